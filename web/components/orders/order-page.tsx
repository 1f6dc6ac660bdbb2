"use client";

import { useEffect } from "react";
import type { Schemas } from "@/lib/api";
import { money, span } from "@/lib/format";
import { fill, href, localized } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { forgetPaying, wasPaying } from "@/lib/payment";
import { useSearch } from "@/lib/use-address";
import { usePassed } from "@/lib/use-passed";
import { usePoll } from "@/lib/use-poll";
import { orders } from "@/messages/orders";
import { dropDraft, forgetOrder } from "../checkout/draft";
import { TicketCard } from "../tickets/ticket-card";
import { Alert } from "../ui/alert";
import { ButtonLink } from "../ui/button";
import { Page, PageHeader } from "../ui/page";
import { Checking } from "./checking";
import { OrderFiles } from "./order-files";
import type { OrderPart } from "./order-part";
import { OrderSummary } from "./order-summary";
import { POLL_SECONDS, stageOf } from "./stage";
import { Unpaid } from "./unpaid";

type Order = Schemas["Order"];

export function OrderPage(props: OrderPart) {
  const { access, order, reload } = props;
  const locale = useLocale();
  const t = orders[locale];
  const query = new URLSearchParams(useSearch() ?? "");
  const canceled = query.has("canceled");
  const unpaid = canceled || query.has("unpaid");
  const stage = stageOf(order, { paying: wasPaying(order.id), unpaid });
  const over = order.status !== "pending";
  const late = usePassed(Date.parse(order.expires_at));
  usePoll(!over && !late, POLL_SECONDS, reload);
  usePoll(!over && late, POLL_SECONDS, reload);
  useEffect(() => {
    if (!over) return;
    forgetPaying();
    forgetOrder(order.id);
    dropDraft(order.event.slug);
  }, [over, order.id, order.event.slug]);
  const titles = {
    checking: t.checkingTitle,
    unpaid: t.pendingTitle,
    paid: t.paidTitle,
    refunding: t.refundingTitle,
    refunded: t.refundedTitle,
    expired: t.expiredTitle,
    canceled: t.canceledTitle,
  };
  return (
    <Page>
      <PageHeader title={titles[stage]} lead={<EventLine event={order.event} />} />
      <div className="space-y-6">
        {order.event.status === "canceled" && (
          <Alert kind="error" title={t.eventCanceled}>
            {over && order.total_cents > 0 && <p>{t.eventCanceledHint}</p>}
          </Alert>
        )}
        {stage === "checking" && <Checking {...props} />}
        {stage === "unpaid" && <Unpaid {...props} returned={canceled} />}
        {stage === "paid" && (
          <Alert kind="success" title={t.ready}>
            <p className="break-words">{fill(t.sentTo, { email: order.email })}</p>
          </Alert>
        )}
        {stage === "refunding" && <p>{t.refundingHint}</p>}
        {stage === "refunded" && (
          <p>
            {fill(t.refundedHint, { amount: money(order.refunded_cents, order.currency, locale) })}
          </p>
        )}
        {(stage === "expired" || stage === "canceled") && <Again order={order} stage={stage} />}
        {order.tickets && <Tickets order={order} tickets={order.tickets} />}
        {stage === "paid" && <OrderFiles access={access} order={order} />}
        <OrderSummary order={order} />
      </div>
    </Page>
  );
}

function EventLine({ event }: { event: Order["event"] }) {
  const locale = useLocale();
  return (
    <>
      <a
        className="font-semibold break-words text-brand underline"
        href={href(locale, `/events/${event.slug}/`)}
      >
        {localized(locale, event, "title")}
      </a>
      <span className="block">{span(event.starts_at, event.ends_at, event.time_zone, locale)}</span>
      <span className="block">{event.venue}</span>
    </>
  );
}

interface TicketsProps {
  order: Order;
  tickets: Schemas["Ticket"][];
}

function Tickets({ order, tickets }: TicketsProps) {
  const t = orders[useLocale()];
  const admits = tickets.some(({ status }) => status === "valid");
  return (
    <>
      {admits && order.event.status !== "canceled" && <p>{t.printHint}</p>}
      <ul className="space-y-6">
        {tickets.map((ticket) => (
          <li key={ticket.id}>
            <TicketCard ticket={ticket} count={tickets.length} heading="h2" />
          </li>
        ))}
      </ul>
    </>
  );
}

function Again({ order, stage }: { order: Order; stage: "expired" | "canceled" }) {
  const locale = useLocale();
  const t = orders[locale];
  return (
    <>
      <p>{stage === "expired" ? t.expiredHint : t.canceledHint}</p>
      <ButtonLink
        size="large"
        wide
        href={`${href(locale, "/checkout/")}?event=${encodeURIComponent(order.event.slug)}`}
      >
        {t.buyAgain}
      </ButtonLink>
    </>
  );
}
