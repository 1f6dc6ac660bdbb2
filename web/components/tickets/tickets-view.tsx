"use client";

import { TicketIcon } from "@heroicons/react/24/outline";
import { useState } from "react";
import { api } from "@/lib/api";
import { href } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { unwrap } from "@/lib/problem";
import { usePages } from "@/lib/use-pages";
import { common } from "@/messages/common";
import { orders } from "@/messages/orders";
import { SignedIn } from "../layout/signed-in";
import { ButtonLink } from "../ui/button";
import { EmptyState } from "../ui/empty-state";
import { Failure } from "../ui/failure";
import { LoadMore } from "../ui/load-more";
import { Page, PageHeader } from "../ui/page";
import { Loading } from "../ui/spinner";
import { byEvent, type EventTickets } from "./by-event";
import { EventGroup } from "./event-group";
import { UnfinishedOrders } from "./unfinished-orders";

export function TicketsView() {
  return <SignedIn>{({ id }) => <MyTickets key={id} />}</SignedIn>;
}

/** Tickets by event, those to come first, ready to be shown at the door. */
function MyTickets() {
  const t = orders[useLocale()];
  const [now] = useState(Date.now);
  const pages = usePages("tickets", (cursor) =>
    unwrap(api.GET("/me/tickets", { params: { query: { cursor } } })),
  );
  const { upcoming, past } = byEvent(pages.items, now);
  return (
    <Page>
      <PageHeader title={t.ticketsTitle} />
      <div className="space-y-10">
        <UnfinishedOrders />
        {pages.error ? <Failure error={pages.error} retry={pages.reload} /> : null}
        {!pages.loaded && !pages.error && <Loading />}
        {pages.loaded && pages.items.length === 0 && <NoTickets />}
        <Groups title={t.upcoming} groups={upcoming} />
        <Groups title={t.past} groups={past} over />
      </div>
      <LoadMore more={pages.more} busy={pages.busy} />
    </Page>
  );
}

interface GroupsProps {
  title: string;
  groups: EventTickets[];
  over?: boolean;
}

function Groups({ title, groups, over = false }: GroupsProps) {
  if (groups.length === 0) return null;
  return (
    <section aria-label={title} className="space-y-8">
      {over && <h2 className="text-xl font-bold">{title}</h2>}
      {groups.map((group) => (
        <EventGroup key={group.event.id} {...group} over={over} />
      ))}
    </section>
  );
}

function NoTickets() {
  const locale = useLocale();
  const t = orders[locale];
  return (
    <EmptyState icon={TicketIcon} title={t.none}>
      <p>{t.noneHint}</p>
      <ButtonLink href={href(locale, "/events/")}>{common[locale].seeEvents}</ButtonLink>
    </EmptyState>
  );
}
