import * as z from "zod/mini";
import { say } from "@/messages/validation";

export const nameRule = z
  .string()
  .check(z.trim(), z.minLength(1, say("name_missing")), z.maxLength(100, say("name_long")));
export const emailRule = z.string().check(z.trim(), z.email(say("email_bad")));
export const newPasswordRule = z
  .string()
  .check(z.minLength(8, say("password_short")), z.maxLength(128, say("password_long")));
export const passwordRule = z.string().check(z.minLength(1, say("password_missing")));

export const registerSchema = z.object({
  name: nameRule,
  email: emailRule,
  password: newPasswordRule,
  consent: z.boolean().check(z.refine((given) => given, say("consent_missing"))),
});
export const loginSchema = z.object({ email: emailRule, password: passwordRule });
