"use client";

import { CalendarDaysIcon, MapPinIcon } from "@heroicons/react/24/outline";
import type { Schemas } from "@/lib/api";
import { span } from "@/lib/format";
import { href, localized } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { AvailabilityBadge } from "./availability";
import { Cover } from "./cover";
import { priceRange } from "./prices";

interface EventCardProps {
  event: Schemas["EventCard"];
  heading: "h2" | "h3";
}

/** One event in a list; the whole card is its link. */
export function EventCard({ event, heading: Heading }: EventCardProps) {
  const locale = useLocale();
  const price = priceRange(event, locale);
  return (
    <article className="group relative flex h-full flex-col overflow-hidden rounded-2xl border border-line bg-card shadow-xs transition-shadow hover:shadow-lg has-[a:focus-visible]:outline-3 has-[a:focus-visible]:outline-info">
      <Cover cover={event.cover} sizes="(min-width: 1024px) 320px, (min-width: 640px) 50vw, 92vw" />
      <div className="flex grow flex-col gap-2 p-4">
        <Heading className="text-xl leading-snug font-bold">
          <a
            href={href(locale, `/events/${event.slug}/`)}
            className="outline-none after:absolute after:inset-0 group-hover:underline"
          >
            {localized(locale, event, "title")}
          </a>
        </Heading>
        <p className="flex gap-2 text-muted">
          <CalendarDaysIcon className="mt-0.5 size-5 shrink-0" aria-hidden="true" />
          {span(event.starts_at, event.ends_at, event.time_zone, locale)}
        </p>
        <p className="flex gap-2 text-muted">
          <MapPinIcon className="mt-0.5 size-5 shrink-0" aria-hidden="true" />
          {event.venue}
        </p>
        <p className="mt-auto flex flex-wrap items-center justify-between gap-2 pt-2">
          <span className="font-semibold">{price}</span>
          <AvailabilityBadge availability={event.availability} />
        </p>
      </div>
    </article>
  );
}
