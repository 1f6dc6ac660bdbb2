import "@/lib/zod-setup";
import * as z from "zod/mini";
import type { Schemas } from "@/lib/api";
import { accountFields, consent, login } from "../people/schemas";
import { type Choices, issues } from "./cart";

/** Whether the buyer is known, makes an account here, or logs in here. */
export type Buyer = "signed" | "new" | "known";

const anything = z.string();
const ACCOUNT = {
  signed: { name: anything, email: anything, password: anything },
  new: accountFields,
  known: { name: anything, ...login.shape },
} as const;

/** The whole form; which account fields count depends on the buyer. */
export function checkout(buyer: Buyer, types: Schemas["TicketType"][]) {
  const choices = z.custom<Choices>().check((context) => {
    for (const { path, message } of issues(types, context.value)) {
      context.issues.push({ code: "custom", input: context.value, path, message });
    }
  });
  return z.object({ ...ACCOUNT[buyer], choices, consent });
}
