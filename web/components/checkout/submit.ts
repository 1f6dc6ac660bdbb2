import { api, type Schemas } from "@/lib/api";
import { href, type Locale } from "@/lib/i18n";
import { leave, pay } from "@/lib/payment";
import { ApiError, hasCode, unwrap } from "@/lib/problem";
import { currentSession, signIn } from "@/lib/session";
import { site } from "@/lib/site";
import { type Choices, formFields, orderLines, totals } from "./cart";
import { dropDraft, forgetOrder, orderIdFor } from "./draft";
import type { Buyer } from "./schemas";

export interface CheckoutValues {
  choices: Choices;
  name: string;
  email: string;
  password: string;
  consent: boolean;
}

type Event = Schemas["Event"];
type Order = Schemas["Order"];

/** Makes the account, or logs in; a known address is said at its field. Throws ApiError. */
export async function signInBuyer(
  buyer: Buyer,
  { name, email, password }: CheckoutValues,
  locale: Locale,
  emailKnown: string,
): Promise<void> {
  if (buyer === "signed") return;
  if (buyer === "known") {
    signIn(await unwrap(api.POST("/auth/login", { body: { email, password } })));
    return;
  }
  const { terms_version } = await site();
  const body = { name, email, password, locale, terms_version };
  try {
    signIn(await unwrap(api.POST("/auth/register", { body })));
  } catch (error) {
    if (!hasCode(error, "email_taken")) throw error;
    const fields = { email: { code: "email_known", detail: emailKnown } };
    throw new ApiError(error.status, { ...error.problem, fields });
  }
}

/** Takes the seats, then opens the payment page, or the order's page when nothing is to be paid. */
export async function place(
  event: Event,
  choices: Choices,
  locale: Locale,
  onWait: (place: number, until: string) => void,
): Promise<void> {
  const lines = orderLines(event.ticket_types, choices);
  const { cents } = totals(event.ticket_types, choices);
  const order = await hold(event.id, lines, cents, locale).catch((error: unknown) => {
    if (!(error instanceof ApiError) || !error.problem.fields) throw error;
    const fields = formFields(error.problem.fields, lines);
    throw new ApiError(error.status, { ...error.problem, fields });
  });
  if (order.status === "pending") {
    onWait(0, order.expires_at);
    return pay({ id: order.id, key: null }, (ahead) => onWait(ahead, order.expires_at));
  }
  dropDraft(event.slug);
  return leave(`${href(locale, "/order/")}?id=${order.id}`);
}

/** The order of these lines, once: repeated under the same id until it is settled or closed. */
async function hold(
  event_id: string,
  lines: Schemas["LineIn"][],
  total_cents: number,
  locale: Locale,
): Promise<Order> {
  const { terms_version } = await site();
  const content = JSON.stringify([currentSession()?.person.id, event_id, lines, locale]);
  const send = (id: string) =>
    unwrap(
      api.POST("/orders", {
        body: { id, event_id, lines, locale, terms_version, total_cents },
      }),
    );
  const id = orderIdFor(content);
  const order = await send(id);
  if (order.status === "pending" || order.status === "paid") return order;
  forgetOrder(id);
  return send(orderIdFor(content));
}
