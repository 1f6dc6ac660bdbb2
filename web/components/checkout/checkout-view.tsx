"use client";

import { api, type Schemas } from "@/lib/api";
import { href, localized } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { unwrap } from "@/lib/problem";
import { useSession } from "@/lib/session";
import { useSearch } from "@/lib/use-address";
import { useResource } from "@/lib/use-resource";
import { checkout } from "@/messages/checkout";
import { common } from "@/messages/common";
import { events } from "@/messages/events";
import { isOnSale } from "../events/availability";
import { hiddenType } from "../events/hidden-type";
import { ButtonLink } from "../ui/button";
import { Failure } from "../ui/failure";
import { Page, PageHeader } from "../ui/page";
import { Loading } from "../ui/spinner";
import { CheckoutForm } from "./checkout-form";

/** Buying for the event of `?event=SLUG`; `&ticket_type=ID` shows a hidden type too. */
export function CheckoutView() {
  const t = checkout[useLocale()];
  const search = useSearch();
  const session = useSession();
  const query = new URLSearchParams(search ?? "");
  const slug = query.get("event");
  const wanted = hiddenType(search ?? "");
  const event = useResource(search === null || !slug ? null : search, () => load(slug, wanted));
  if (search !== null && !slug) return <NoEvent />;
  if (event.data && session !== undefined) {
    return <Buy event={event.data} wanted={wanted} reload={event.reload} />;
  }
  return (
    <Page>
      <PageHeader title={t.title} />
      {event.error ? <Failure error={event.error} retry={event.reload} /> : <Loading />}
    </Page>
  );
}

function load(slug: string | null, wanted: string | null): Promise<Schemas["Event"]> {
  const params = { path: { slug: slug ?? "" }, query: { ticket_type: wanted ?? undefined } };
  return unwrap(api.GET("/events/{slug}", { params, cache: "no-cache" }));
}

interface BuyProps {
  event: Schemas["Event"];
  wanted: string | null;
  reload: () => void;
}

function Buy({ event, wanted, reload }: BuyProps) {
  const locale = useLocale();
  const t = checkout[locale];
  const open = event.ticket_types.some((type) => isOnSale(type.availability));
  return (
    <Page>
      <PageHeader title={t.title} lead={localized(locale, event, "title")} />
      {open ? (
        <CheckoutForm event={event} wanted={wanted} reload={reload} />
      ) : (
        <>
          <NothingOnSale event={event} />
          <ButtonLink href={href(locale, `/events/${event.slug}/`)}>{t.backToEvent}</ButtonLink>
        </>
      )}
    </Page>
  );
}

function NothingOnSale({ event }: { event: Schemas["Event"] }) {
  const locale = useLocale();
  if (event.availability !== "sold_out") {
    return <p className="mb-6">{checkout[locale].nothingOnSale}</p>;
  }
  return (
    <div className="mb-6">
      <p className="font-semibold">{events[locale].soldOut}</p>
      <p>{events[locale].soldOutHint}</p>
    </div>
  );
}

function NoEvent() {
  const locale = useLocale();
  const t = checkout[locale];
  return (
    <Page>
      <PageHeader title={t.noEvent} lead={t.noEventHint} />
      <ButtonLink href={href(locale, "/events/")}>{common[locale].seeEvents}</ButtonLink>
    </Page>
  );
}
