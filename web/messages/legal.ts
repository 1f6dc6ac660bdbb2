import { brand } from "@/lib/brand";
import type { Dictionary } from "@/lib/i18n";

type Section = [heading: string, text: string];

const en = {
  termsTitle: "Terms",
  terms: [
    [
      "Who we are",
      `${brand.en} is a community organization that sells tickets for its own events.`,
    ],
    [
      "Buying",
      "An order is complete when it is paid. Until then its seats are held for you for a short time that the page names.",
    ],
    [
      "Tickets",
      "A ticket admits one person once. Keep its code to yourself: who shows it first is let in.",
    ],
    [
      "Refunds",
      "The refund policy stands on each event's page and is shown before you pay. If we cancel an event, you get the whole price back without asking.",
    ],
    [
      "Changes",
      "If the date or the place of an event changes, we email everyone who holds a ticket.",
    ],
  ] as Section[],
  privacyTitle: "Privacy notice",
  privacy: [
    [
      "What we keep",
      "Your name, email address, orders, tickets and when they were used at the door; your password only as a one-way hash.",
    ],
    ["Payment", "Cards are handled by Stripe on its own page. We never see or keep a card number."],
    [
      "What for",
      "To sell tickets, to let you in, to email you about your orders, and to keep the books that the law asks for.",
    ],
    [
      "On your device",
      "This site stores your login on your device and sets one cookie that renews it. There is no advertising and no tracking.",
    ],
    ["Your rights", "Ask the organizers for a copy of your data, a correction, or its erasure."],
  ] as Section[],
};

const bn: typeof en = {
  termsTitle: "শর্তাবলি",
  terms: [
    ["আমরা কারা", `${brand.bn} একটি সামাজিক সংগঠন, নিজের অনুষ্ঠানের টিকিট বিক্রি করে।`],
    ["কেনাকাটা", "টাকা দেওয়া হলে অর্ডার সম্পূর্ণ হয়। তার আগে পাতায় লেখা অল্প সময়ের জন্য আসনগুলো আপনার জন্য রাখা থাকে।"],
    ["টিকিট", "একটি টিকিটে একজন একবার ঢুকতে পারেন। কোডটি কাউকে দেবেন না: যিনি আগে দেখাবেন তিনিই ঢুকবেন।"],
    [
      "টাকা ফেরত",
      "টাকা ফেরতের নিয়ম প্রতিটি অনুষ্ঠানের পাতায় লেখা থাকে, টাকা দেওয়ার আগেও দেখানো হয়। আমরা অনুষ্ঠান বাতিল করলে না চাইতেই পুরো টাকা ফেরত পাবেন।",
    ],
    ["পরিবর্তন", "অনুষ্ঠানের তারিখ বা জায়গা বদলালে যাঁদের টিকিট আছে সবাইকে ইমেইল পাঠাব।"],
  ],
  privacyTitle: "গোপনীয়তা নীতি",
  privacy: [
    [
      "কী রাখি",
      "আপনার নাম, ইমেইল ঠিকানা, অর্ডার, টিকিট আর গেটে কখন ব্যবহার হয়েছে; পাসওয়ার্ড রাখি কেবল এমন সংকেতে, যা থেকে সেটি ফিরে পাওয়া যায় না।",
    ],
    ["টাকা দেওয়া", "কার্ডের কাজ স্ট্রাইপ নিজের পাতায় করে। কার্ডের নম্বর আমরা দেখি না, রাখিও না।"],
    ["কেন রাখি", "টিকিট বিক্রি করতে, আপনাকে ঢুকতে দিতে, অর্ডার নিয়ে ইমেইল পাঠাতে, আর আইনমতো হিসাব রাখতে।"],
    [
      "আপনার ডিভাইসে",
      "এই সাইট আপনার ডিভাইসে লগ ইনের তথ্য রাখে, আর তা নতুন করার জন্য একটি কুকি। বিজ্ঞাপন বা নজরদারি নেই।",
    ],
    ["আপনার অধিকার", "নিজের তথ্যের কপি, সংশোধন বা মুছে ফেলার জন্য আয়োজকদের জানান।"],
  ],
};

export const legal: Dictionary<typeof en> = { en, bn };
