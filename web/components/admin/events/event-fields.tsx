"use client";

import type { ReactNode } from "react";
import { cx } from "@/lib/cx";
import { href, type Locale, languageName } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { zoneNames } from "@/lib/zones";
import { adminEvents } from "@/messages/admin-events";
import { events } from "@/messages/events";
import { Card } from "../../ui/card";
import { type FieldProps, TextField } from "../../ui/field";
import { type FieldName, fieldOf, type Group as GroupName, namesIn } from "./fields";
import { Translations } from "./translations";

/** An event's words of the public page serve here too; the console's own come first. */
const wordsOf = (locale: Locale) => ({ ...events[locale], ...adminEvents[locale] });

/** `title.bn` → `Title (Bangla)`. */
export function labelOf(path: string, locale: Locale): string {
  const [name = "", language] = path.split(".");
  const t = wordsOf(locale);
  const label = name === "still_right" ? t.stillRight : t[fieldOf(name as FieldName).label];
  return language ? `${label} (${languageName(language, locale)})` : label;
}

interface EventFieldsProps {
  published: boolean;
  slug: string | undefined;
  outdated: readonly string[];
}

export function EventFields(props: EventFieldsProps) {
  const t = adminEvents[useLocale()];
  return (
    <>
      <Group title={t.details}>
        <FieldsIn group="details" {...props} />
      </Group>
      <Group title={t.whenWhere}>
        {props.published && <p className="text-muted">{t.movedHint}</p>}
        <FieldsIn group="whenWhere" {...props} />
      </Group>
      <Group title={t.policies}>
        <FieldsIn group="policies" {...props} />
      </Group>
    </>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card className="space-y-5">
      <h2 className="text-xl font-bold">{title}</h2>
      {children}
    </Card>
  );
}

/** Moments stand beside each other where there is room. */
function FieldsIn({ group, ...props }: EventFieldsProps & { group: GroupName }) {
  return (
    <div className="grid grid-cols-1 gap-5 sm:grid-cols-2 sm:items-end">
      {namesIn(group).map((name) => (
        <div
          key={name}
          className={cx("min-w-0 space-y-5", fieldOf(name).kind !== "moment" && "sm:col-span-2")}
        >
          <EventField name={name} {...props} />
        </div>
      ))}
    </div>
  );
}

function EventField({ name, published, slug, outdated }: EventFieldsProps & { name: FieldName }) {
  const t = wordsOf(useLocale());
  const { kind, label, hint, needed, rows } = fieldOf(name);
  const field = { name, label: t[label], hint: hint && t[hint] };
  switch (kind) {
    case "text":
      return <Translations {...field} outdated={outdated} rows={rows} needed={Boolean(needed)} />;
    case "line":
      return <TextField {...field} optional={!needed} />;
    case "moment":
      return <TextField {...field} type="datetime-local" />;
    case "zone":
      return <ZoneField {...field} />;
    case "slug":
      return published ? (
        <PageAddress slug={slug ?? ""} />
      ) : (
        <TextField {...field} optional autoCapitalize="none" spellCheck={false} />
      );
  }
}

function ZoneField(props: FieldProps) {
  return (
    <>
      <TextField {...props} list="time-zones" autoCapitalize="none" spellCheck={false} />
      <datalist id="time-zones">
        {zoneNames().map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  );
}

/** Links to a published event must go on working. */
function PageAddress({ slug }: { slug: string }) {
  const locale = useLocale();
  const path = href(locale, `/events/${slug}/`);
  return (
    <p>
      <span className="block font-semibold">{adminEvents[locale].slug}</span>
      <a className="break-all text-brand underline" href={path}>
        {path}
      </a>
    </p>
  );
}
