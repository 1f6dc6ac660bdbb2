"use client";

import type { ReactNode } from "react";
import { href, type Locale, languageName } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { zoneNames } from "@/lib/zones";
import { adminEvents } from "@/messages/admin-events";
import { Card } from "../../ui/card";
import { TextField } from "../../ui/field";
import { Pair, Translations } from "./translations";
import type { EventValues } from "./values";

/** Which words name which field. */
const LABELS = {
  title: "textTitle",
  summary: "textSummary",
  description: "textDescription",
  refund_policy: "textPolicy",
  time_zone: "zone",
  starts_at: "startsAt",
  ends_at: "endsAt",
  venue: "venue",
  address: "address",
  slug: "slug",
  still_right: "stillRight",
} as const satisfies Record<keyof EventValues, keyof typeof adminEvents.en>;

/** `title.bn` → `Title (Bangla)`. */
export function labelOf(path: string, locale: Locale): string {
  const [name = "", language] = path.split(".");
  const label = adminEvents[locale][LABELS[name as keyof typeof LABELS]];
  return language ? `${label} (${languageName(language, locale)})` : label;
}

interface EventFieldsProps {
  published: boolean;
  slug: string | undefined;
  outdated: readonly string[];
}

export function EventFields({ published, slug, outdated }: EventFieldsProps) {
  const t = adminEvents[useLocale()];
  return (
    <>
      <Group title={t.details}>
        <Translations name="title" label={t.textTitle} outdated={outdated} needed />
        <Translations
          name="summary"
          label={t.textSummary}
          hint={t.summaryHint}
          outdated={outdated}
          rows={3}
        />
        <Translations
          name="description"
          label={t.textDescription}
          hint={t.markdownHint}
          outdated={outdated}
          rows={8}
        />
      </Group>
      <Group title={t.whenWhere}>
        {published && <p className="text-muted">{t.movedHint}</p>}
        <ZoneField />
        <Pair>
          <TextField name="starts_at" label={t.startsAt} type="datetime-local" />
          <TextField name="ends_at" label={t.endsAt} type="datetime-local" />
        </Pair>
        <TextField name="venue" label={t.venue} />
        <TextField name="address" label={t.address} hint={t.addressHint} />
      </Group>
      <Group title={t.policies}>
        <Translations
          name="refund_policy"
          label={t.textPolicy}
          hint={t.policyHint}
          outdated={outdated}
          rows={3}
        />
        {published ? (
          <PageAddress slug={slug ?? ""} />
        ) : (
          <TextField
            name="slug"
            label={t.slug}
            hint={t.slugHint}
            optional
            autoCapitalize="none"
            spellCheck={false}
          />
        )}
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

function ZoneField() {
  const t = adminEvents[useLocale()];
  return (
    <>
      <TextField
        name="time_zone"
        label={t.zone}
        hint={t.zoneHint}
        list="time-zones"
        autoCapitalize="none"
        spellCheck={false}
      />
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
