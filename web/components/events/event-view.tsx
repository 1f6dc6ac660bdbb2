"use client";

import { usePathname } from "next/navigation";
import { api, type Schemas } from "@/lib/api";
import { href, localized } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { pageTitle } from "@/lib/page-meta";
import { ApiError, unwrap } from "@/lib/problem";
import { useSearch } from "@/lib/use-address";
import { useResource } from "@/lib/use-resource";
import { common } from "@/messages/common";
import { events } from "@/messages/events";
import { ButtonLink } from "../ui/button";
import { Failure } from "../ui/failure";
import { Page, PageHeader } from "../ui/page";
import { EventArticle } from "./event-article";
import { EventSkeleton } from "./event-skeleton";
import { hiddenType } from "./hidden-type";

type Event = Schemas["Event"];

/** The page of any event: one exported shell, whose address names the event. */
export function EventView() {
  const locale = useLocale();
  const slug = usePathname().split("/").filter(Boolean).at(-1) ?? "";
  const search = useSearch();
  const event = useResource(slug === "_" || search === null ? null : slug + search, () =>
    load(slug, search ?? ""),
  );
  if (event.error instanceof ApiError && event.error.status === 404) return <Missing />;
  if (event.error) {
    return (
      <Page>
        <Failure error={event.error} retry={event.reload} />
      </Page>
    );
  }
  if (!event.data) return <EventSkeleton />;
  return (
    <>
      <title>{pageTitle(locale, localized(locale, event.data, "title"))}</title>
      <EventArticle event={event.data} />
    </>
  );
}

/** From the page's own data block when the server put one there, else from the API. */
async function load(slug: string, search: string): Promise<Event> {
  const hidden = hiddenType(search);
  const block = hidden ? null : document.getElementById("__event")?.textContent;
  const given = block ? (JSON.parse(block) as Event) : null;
  if (given?.slug === slug) return given;
  const params = { path: { slug }, query: { ticket_type: hidden ?? undefined } };
  return unwrap(api.GET("/events/{slug}", { params }));
}

function Missing() {
  const locale = useLocale();
  const t = events[locale];
  return (
    <Page>
      <title>{pageTitle(locale, t.notFound)}</title>
      <PageHeader title={t.notFound} lead={t.notFoundHint} />
      <ButtonLink href={href(locale, "/events/")}>{common[locale].seeEvents}</ButtonLink>
    </Page>
  );
}
