import type { Dictionary } from "@/lib/i18n";

/** Sentences for the API's problem codes that a visitor can meet; others show the server's own. */
const en = {
  offline: "We could not reach the server. Check your connection and try again.",
  unknown: "Something went wrong on our side. Try again in a moment.",
  too_many_requests: "Too many tries in a short time. Wait a minute, then try again.",
  wrong_credentials: "The email address or the password is wrong.",
  email_taken: "There is an account with this email address already. Log in instead.",
  session_ended: "Your session has ended. Log in again.",
  link_expired: "This link has expired or was used already.",
  not_found: "We could not find that.",
  sold_out: "These tickets have just sold out.",
  not_on_sale: "These tickets are not on sale now.",
  order_open: "You have an unfinished order for this event.",
  order_closed: "This order can't be paid any more.",
};

const bn: typeof en = {
  offline: "সার্ভারের সঙ্গে যোগাযোগ করা গেল না। ইন্টারনেট সংযোগ দেখে আবার চেষ্টা করুন।",
  unknown: "আমাদের দিকে কোনো সমস্যা হয়েছে। একটু পরে আবার চেষ্টা করুন।",
  too_many_requests: "অল্প সময়ে অনেকবার চেষ্টা হয়েছে। এক মিনিট পরে আবার চেষ্টা করুন।",
  wrong_credentials: "ইমেল ঠিকানা অথবা পাসওয়ার্ড ভুল।",
  email_taken: "এই ইমেল ঠিকানায় আগে থেকেই একটি অ্যাকাউন্ট আছে। লগ ইন করুন।",
  session_ended: "আপনার সেশন শেষ হয়ে গেছে। আবার লগ ইন করুন।",
  link_expired: "এই লিংকের মেয়াদ ফুরিয়েছে, অথবা এটি আগেই ব্যবহার করা হয়েছে।",
  not_found: "এটি খুঁজে পাওয়া গেল না।",
  sold_out: "এই টিকিটগুলি এইমাত্র ফুরিয়ে গেছে।",
  not_on_sale: "এই টিকিট এখন বিক্রি হচ্ছে না।",
  order_open: "এই অনুষ্ঠানের জন্য আপনার একটি অসম্পূর্ণ অর্ডার আছে।",
  order_closed: "এই অর্ডারের টাকা আর দেওয়া যাবে না।",
};

export const problems: Dictionary<typeof en> = { en, bn };
