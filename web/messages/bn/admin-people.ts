import type en from "../en/admin-people";

const bn: typeof en = {
  title: "সদস্য",
  searchLabel: "নাম বা ইমেইল ঠিকানা",
  none: "এখনও কেউ নেই",
  role: "ভূমিকা",
  user: "সাধারণ সদস্য",
  volunteer: "স্বেচ্ছাসেবক",
  admin: "আয়োজক",
  roleHelp: {
    user: "টিকিট কেনেন, নিজের অর্ডার দেখেন।",
    volunteer: "গেটে টিকিটও স্ক্যান করেন।",
    admin: "আয়োজনও করেন: অনুষ্ঠান, টাকা ফেরত, সদস্য।",
  },
  you: "আপনি",
  unverified: "ঠিকানা নিশ্চিত নয়",
  disabled: "বন্ধ",
  active: "চালু",
  joined: "যোগদান",
  changeRole: "ভূমিকা বদলান",
  roleTitle: "{name}-এর ভূমিকা",
  roleLead: "পরের ক্লিক থেকেই কার্যকর। যিনি স্বেচ্ছাসেবক বা আয়োজক হবেন তাঁকে আবার লগ ইন করতে হবে।",
  roleSelf: "এটি আপনার নিজের অ্যাকাউন্ট: আপনি নিজেই আর ঢুকতে না-ও পারেন।",
  roleSave: "ভূমিকা সেভ করুন",
  roleDone: "{name} এখন: {role}।",
  disable: "বন্ধ করুন",
  disableOf: "{name}-এর অ্যাকাউন্ট বন্ধ করুন",
  disableTitle: "{name}-এর অ্যাকাউন্ট বন্ধ করবেন?",
  disableLead:
    "সঙ্গে সঙ্গে লগ আউট হবেন, আর লগ ইন করতে পারবেন না। টিকিট বৈধ থাকবে, অ্যাকাউন্ট আবার চালু করা যাবে।",
  disableDone: "{name}-এর অ্যাকাউন্ট বন্ধ হয়েছে।",
  enable: "চালু করুন",
  enableOf: "{name}-এর অ্যাকাউন্ট চালু করুন",
  enableTitle: "{name}-এর অ্যাকাউন্ট চালু করবেন?",
  enableLead: "আবার লগ ইন করতে পারবেন।",
  notVerified: "আগে তাঁকে আমাদের ইমেইলের লিংকটি খুলতে হবে; তার পরে ভূমিকা দেওয়া যাবে।",
  enableDone: "{name}-এর অ্যাকাউন্ট চালু হয়েছে।",
};

export default bn;
