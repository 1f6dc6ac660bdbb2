import type en from "../en/account";

const bn: typeof en = {
  title: "অ্যাকাউন্ট",
  profile: "প্রোফাইল",
  language: "ইমেইলের ভাষা",
  save: "সেভ করুন",
  saved: "সেভ হয়েছে।",
  emailTitle: "ইমেইল ঠিকানা",
  confirmed: "নিশ্চিত",
  unconfirmed: "এখনও নিশ্চিত নয়",
  unconfirmedHint: "আমাদের পাঠানো ইমেইলের লিংকটি খুলুন।",
  sendAgain: "ইমেইলটি আবার পাঠান",
  sentAgain: "পাঠানো হয়েছে। আপনার ইনবক্স দেখুন।",
  changeEmail: "ইমেইল ঠিকানা বদলান",
  newEmail: "নতুন ইমেইল ঠিকানা",
  changeEmailDone: "নতুন ঠিকানায় একটি লিংক পাঠিয়েছি। সেটি না খোলা পর্যন্ত পুরোনো ঠিকানাই থাকবে।",
  passwordTitle: "পাসওয়ার্ড",
  changePassword: "পাসওয়ার্ড বদলান",
  changePasswordDone: "পাসওয়ার্ড বদলানো হয়েছে। অন্য সব ডিভাইস থেকে লগ আউট হয়েছে।",
  logoutHint: "এই ডিভাইস থেকে লগ আউট করুন।",
};

export default bn;
