import type { Dictionary } from "@/lib/i18n";

/** What a form says of a field. Schemas name these keys; the field shows the reader's language. */
const en = {
  name_missing: "Enter your name",
  name_long: "Use at most 100 characters",
  email_bad: "Enter an email address like name@example.com",
  password_missing: "Enter your password",
  password_short: "Use at least 8 characters",
  password_long: "Use at most 128 characters",
  consent_missing: "Agree to the terms to go on",
  tickets_missing: "Choose at least one ticket",
  tickets_many: "Choose at most 20 tickets in one order",
  attendee_missing: "Enter a name for each ticket",
  gate_long: "Use at most 40 characters",
  required: "Fill in this field",
  number_bad: "Enter a whole number",
  unready: "The form could not be checked. Look at your connection and try again",
  too_long: "Shorten this text",
  price_bad: "Enter a price such as 35 or 12.50",
  price_small: "Enter 0, or at least 0.50",
  time_skipped: "Enter a date and a time that the clocks show",
  time_order: "Enter a time after the start",
  zone_bad: "Enter a time zone such as America/Chicago",
  slug_bad: "Use small letters, digits and single hyphens",
  most_below_least: "Enter at least the smallest number of an order",
  kept_back_high: "Keep back at most all seats",
  per_order_bad: "Enter a number from 1 to 20",
  names_count: "Write 1 to 20 names, one a line",
  alt_missing: "Say what the picture shows",
};
export type ValidationKey = keyof typeof en;

const bn: typeof en = {
  name_missing: "আপনার নাম লিখুন",
  name_long: "সর্বাধিক ১০০টি অক্ষর লিখুন",
  email_bad: "name@example.com-এর মতো একটি ইমেল ঠিকানা লিখুন",
  password_missing: "পাসওয়ার্ড লিখুন",
  password_short: "অন্তত ৮টি অক্ষর ব্যবহার করুন",
  password_long: "সর্বাধিক ১২৮টি অক্ষর ব্যবহার করুন",
  consent_missing: "এগিয়ে যেতে শর্তাবলিতে সম্মতি দিন",
  tickets_missing: "অন্তত একটি টিকিট বেছে নিন",
  tickets_many: "এক অর্ডারে সর্বাধিক ২০টি টিকিট বেছে নিন",
  attendee_missing: "প্রতিটি টিকিটের জন্য একটি নাম লিখুন",
  gate_long: "সর্বাধিক ৪০টি অক্ষর লিখুন",
  required: "এই ঘরটি পূরণ করুন",
  number_bad: "একটি পূর্ণসংখ্যা লিখুন",
  unready: "ফর্মটি যাচাই করা গেল না। ইন্টারনেট সংযোগ দেখে আবার চেষ্টা করুন",
  too_long: "লেখাটি ছোট করুন",
  price_bad: "35 বা 12.50-এর মতো একটি দাম লিখুন",
  price_small: "0, অথবা অন্তত 0.50 লিখুন",
  time_skipped: "ঘড়িতে আছে এমন তারিখ ও সময় লিখুন",
  time_order: "শুরুর পরের একটি সময় লিখুন",
  zone_bad: "America/Chicago-এর মতো একটি সময় অঞ্চল লিখুন",
  slug_bad: "ছোট হাতের ইংরেজি অক্ষর, সংখ্যা ও একটি করে হাইফেন ব্যবহার করুন",
  most_below_least: "অর্ডারের সবচেয়ে ছোট সংখ্যার কম নয়",
  kept_back_high: "মোট আসনের বেশি তুলে রাখা যায় না",
  per_order_bad: "১ থেকে ২০-এর মধ্যে একটি সংখ্যা লিখুন",
  names_count: "১ থেকে ২০টি নাম লিখুন, প্রতি লাইনে একটি",
  alt_missing: "ছবিতে কী আছে তা লিখুন",
};

export const validation: Dictionary<typeof en> = { en, bn };

/** A schema's message, checked to be a key. */
export const say = (key: ValidationKey): ValidationKey => key;
