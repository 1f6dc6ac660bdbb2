import { brand } from "@/lib/brand";
import type { Dictionary } from "@/lib/i18n";

const en = {
  title: `${brand.en} – Bengali events in Oklahoma`,
  description: "Tickets for pujo, music, theater and food with the Bengali community in Oklahoma.",
  headline: "Come together, wherever in Oklahoma you are",
  lead: "Pujo, music, theater and food with your neighbors. Find an event, buy for the whole family, show your phone at the door.",
  seeEvents: "See all events",
  comingUp: "Coming up",
  howTitle: "How it works",
  how: [
    ["Choose", "Pick an event and as many tickets as your family needs."],
    ["Pay safely", "By card, on Stripe's own page. We never see your card number."],
    ["Show your phone", "Your ticket comes by email with a QR code. Printing works too."],
  ] as [string, string][],
};

const bn: typeof en = {
  title: `${brand.bn} – ওকলাহোমায় বাঙালি অনুষ্ঠান`,
  description: "ওকলাহোমার বাঙালিদের পুজো, গান, নাটক আর খাবারের অনুষ্ঠানের টিকিট।",
  headline: "ওকলাহোমার যেখানেই থাকুন, আসুন একসঙ্গে মিলি",
  lead: "পাড়ার সবার সঙ্গে পুজো, গান, নাটক আর খাওয়াদাওয়া। অনুষ্ঠান বেছে নিন, পুরো পরিবারের টিকিট কিনুন, গেটে শুধু ফোন দেখান।",
  seeEvents: "সব অনুষ্ঠান দেখুন",
  comingUp: "সামনে আসছে",
  howTitle: "কীভাবে কাজ করে",
  how: [
    ["বেছে নিন", "পছন্দের অনুষ্ঠান আর পরিবারের জন্য যতগুলো টিকিট লাগে।"],
    ["নিরাপদে টাকা দিন", "কার্ডে, স্ট্রাইপের নিজের পাতায়। কার্ডের নম্বর আমাদের কাছে আসে না।"],
    ["ফোন দেখান", "ইমেইলে QR কোড-সহ টিকিট আসবে। ছাপিয়ে আনলেও চলবে।"],
  ],
};

export const home: Dictionary<typeof en> = { en, bn };
