import type en from "../en/admin-overview";

const bn: typeof en = {
  title: "এক নজরে",
  paidWithoutTicket: "টাকা দিয়েও টিকিট পাননি",
  allGood: "সব পেমেন্টের টিকিট দেওয়া হয়েছে",
  lookHere: "কেউ টাকা দিয়েছেন কিন্তু এখনও টিকিট পাননি। সিস্টেম নিজে থেকে ঠিক করছে; সতর্কতাগুলো দেখুন।",
  checked: "{when} দেখা হয়েছে",
  neverChecked: "পেমেন্টগুলো এখনও মিলিয়ে দেখা হয়নি।",
  money: "টাকা",
  sales: "বিক্রি",
  refunds: "ফেরত",
  net: "ফেরত বাদে বিক্রি",
  ticketsHeading: "টিকিট",
  issued: "দেওয়া হয়েছে",
  used: "ঢুকেছেন",
  held: "সাময়িকভাবে সংরক্ষিত",
  upcoming: "আসন্ন অনুষ্ঠান",
  work: "চলছে",
  emails: "পাঠানো বাকি ইমেইল",
  emailsOldest: "সবচেয়ে পুরোনোটি {time} ধরে",
  refundsOpen: "চলতি টাকা ফেরত",
  alarms: "সতর্কতা",
  alarmsNone: "কোনো সতর্কতা নেই।",
  alarm: "সতর্কতা",
  detail: "কী হয়েছে",
  seen: "দেখা গেছে",
  seenOften: "{first} থেকে {count} বার",
  resolve: "সমাধান হয়েছে",
  resolveThis: "সমাধান হয়েছে: {alarm}",
  sendAgain: "ইমেইলগুলি আবার পাঠান",
};

export default bn;
