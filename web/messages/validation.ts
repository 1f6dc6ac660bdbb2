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
  required: "Fill in this field",
  number_bad: "Enter a whole number",
  unready: "The form could not be checked. Look at your connection and try again",
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
  required: "এই ঘরটি পূরণ করুন",
  number_bad: "একটি পূর্ণসংখ্যা লিখুন",
  unready: "ফর্মটি যাচাই করা গেল না। ইন্টারনেট সংযোগ দেখে আবার চেষ্টা করুন",
};

export const validation: Dictionary<typeof en> = { en, bn };

/** A schema's message, checked to be a key. */
export const say = (key: ValidationKey): ValidationKey => key;
