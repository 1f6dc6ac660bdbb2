import { brand } from "@/lib/brand";

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

export default en;
