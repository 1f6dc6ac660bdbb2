import "@/lib/zod-setup";
import * as z from "zod/mini";
import { atLeast, atMost } from "@/lib/checks";
import { LOCALES } from "@/lib/i18n";
import { say } from "@/lib/say";

const name = z
  .string()
  .check(z.trim(), z.minLength(1, say("name_missing")), atMost(100, say("name_long")));
const email = z.string().check(z.trim(), z.email(say("email_bad")));
const newPassword = z
  .string()
  .check(atLeast(8, say("password_short")), atMost(128, say("password_long")));
const password = z.string().check(z.minLength(1, say("password_missing")));
export const consent = z.boolean().check(z.refine((given) => given, say("consent_missing")));

/** What a new account needs; checkout asks for the same on its own form. */
export const accountFields = { name, email, password: newPassword };

export const registration = z.object({ ...accountFields, consent });
export const login = z.object({ email, password });
export const forgotten = z.object({ email });
export const freshPassword = z.object({ new_password: newPassword });
export const knownPassword = z.object({ password });
export const profile = z.object({ name, locale: z.enum(LOCALES) });
export const emailChange = z.object({ new_email: email, password });
export const passwordChange = z.object({ current_password: password, new_password: newPassword });
export const nothing = z.object({});
