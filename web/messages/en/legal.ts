import { brand } from "@/lib/brand";

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

export default en;
