const en = {
  title: "Account",
  profile: "Profile",
  language: "Language of emails",
  save: "Save",
  saved: "Saved.",
  emailTitle: "Email address",
  confirmed: "confirmed",
  unconfirmed: "not confirmed yet",
  unconfirmedHint: "Open the link in the email that we sent you.",
  sendAgain: "Send the email again",
  sentAgain: "Sent. Look in your inbox.",
  changeEmail: "Change email address",
  newEmail: "New email address",
  changeEmailDone: "We sent a link to the new address. The old one stays until you open it.",
  passwordTitle: "Password",
  changePassword: "Change password",
  changePasswordDone: "Your password is changed. Other devices are logged out.",
  logoutHint: "Log out on this device.",
};

export default en;
