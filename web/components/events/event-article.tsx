"use client";

import { CalendarDaysIcon, MapPinIcon } from "@heroicons/react/24/outline";
import type { ComponentType, ReactNode, SVGProps } from "react";
import type { Schemas } from "@/lib/api";
import { cx } from "@/lib/cx";
import { span } from "@/lib/format";
import { languageOf, localized } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { events } from "@/messages/events";
import { Alert } from "../ui/alert";
import { Page } from "../ui/page";
import { BuyBar } from "./buy-bar";
import { Cover } from "./cover";
import { TicketTypes } from "./ticket-types";

type Event = Schemas["Event"];

export function EventArticle({ event }: { event: Event }) {
  const locale = useLocale();
  const t = events[locale];
  const policy = localized(locale, event, "refund_policy");
  return (
    <Page width="wide">
      <article>
        <Cover
          cover={event.cover}
          eager
          sizes="(min-width: 1024px) 992px, 92vw"
          className="max-h-[28rem] rounded-2xl"
        />
        <div className="mt-6 gap-10 md:grid md:grid-cols-[minmax(0,1fr)_20rem]">
          <div className="space-y-8">
            <header className="space-y-3">
              <h1
                lang={languageOf(locale, event.title)}
                className="text-3xl font-extrabold tracking-tight break-words sm:text-4xl"
              >
                {localized(locale, event, "title")}
              </h1>
              <p lang={languageOf(locale, event.summary)} className="text-lg text-muted">
                {localized(locale, event, "summary")}
              </p>
            </header>
            {event.status === "canceled" && (
              <Alert kind="error" title={t.canceledTitle}>
                <p>{t.canceledHint}</p>
              </Alert>
            )}
            <Facts event={event} />
            {event.outdated.includes(locale) && <p className="text-muted">{t.outdated}</p>}
            <Prose
              title={t.about}
              html={localized(locale, event, "description_html")}
              lang={languageOf(locale, event.description_html)}
            />
          </div>
          <aside className="mt-8 space-y-6 md:mt-0">
            <TicketTypes event={event} />
            {policy && (
              <section aria-labelledby="refunds">
                <h2 id="refunds" className="text-lg font-bold">
                  {t.refunds}
                </h2>
                <p
                  lang={languageOf(locale, event.refund_policy)}
                  className="mt-2 whitespace-pre-line text-muted"
                >
                  {policy}
                </p>
              </section>
            )}
          </aside>
        </div>
      </article>
      <BuyBar event={event} />
    </Page>
  );
}

function Facts({ event }: { event: Event }) {
  const locale = useLocale();
  const t = events[locale];
  const place = [event.venue, event.address].filter(Boolean).join(", ");
  const link = "min-h-11 items-center text-brand underline underline-offset-4";
  return (
    <dl className="space-y-3">
      <Fact icon={CalendarDaysIcon} term={t.when}>
        {span(event.starts_at, event.ends_at, event.time_zone, locale)}
        {event.status !== "canceled" && (
          <a className={cx(link, "flex")} href={`/api/events/${event.slug}/calendar.ics`}>
            {t.calendar}
          </a>
        )}
      </Fact>
      <Fact icon={MapPinIcon} term={t.where}>
        <span className="block font-semibold">{event.venue}</span>
        {event.address && <span className="block whitespace-pre-line">{event.address}</span>}
        <a
          className={cx(link, "inline-flex")}
          target="_blank"
          rel="noopener noreferrer"
          href={`https://www.google.com/maps/search/?api=1&query=${encodeURIComponent(place)}`}
        >
          {t.map}
        </a>
      </Fact>
    </dl>
  );
}

interface FactProps {
  icon: ComponentType<SVGProps<SVGSVGElement>>;
  term: string;
  children: ReactNode;
}

function Fact({ icon: Icon, term, children }: FactProps) {
  return (
    <div className="flex gap-3">
      <dt>
        <span className="grid size-11 place-items-center rounded-xl bg-brand-soft text-brand">
          <Icon className="size-6" aria-hidden="true" />
          <span className="sr-only">{term}</span>
        </span>
      </dt>
      <dd className="min-w-0 pt-2 break-words">{children}</dd>
    </div>
  );
}

/** The organizer's text; the server made it from Markdown, without raw HTML or unsafe links. */
function Prose({ title, html, lang }: { title: string; html: string; lang: string }) {
  if (!html) return null;
  return (
    <section aria-labelledby="about">
      <h2 id="about" className="text-xl font-bold">
        {title}
      </h2>
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: sanitised by the server. */}
      <div lang={lang} className="prose mt-3" dangerouslySetInnerHTML={{ __html: html }} />
    </section>
  );
}
