"use client";

import type { ReactNode } from "react";
import { href } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { zoneNames } from "@/lib/zones";
import { adminEvents } from "@/messages/admin-events";
import { Card } from "../../ui/card";
import { TextArea, TextField } from "../../ui/field";
import type { EventValues } from "./values";

/** Which words name which field. */
export const LABELS = {
  title_en: "titleEn",
  title_bn: "titleBn",
  summary_en: "summaryEn",
  summary_bn: "summaryBn",
  description_en: "descriptionEn",
  description_bn: "descriptionBn",
  refund_policy_en: "policyEn",
  refund_policy_bn: "policyBn",
  time_zone: "zone",
  starts_at: "startsAt",
  ends_at: "endsAt",
  venue: "venue",
  address: "address",
  slug: "slug",
} as const satisfies Record<keyof EventValues, keyof typeof adminEvents.en>;

interface EventFieldsProps {
  published: boolean;
  slug: string | undefined;
}

export function EventFields({ published, slug }: EventFieldsProps) {
  const t = adminEvents[useLocale()];
  return (
    <>
      <Group title={t.details}>
        <Pair>
          <TextField name="title_en" label={t.titleEn} lang="en" />
          <TextField name="title_bn" label={t.titleBn} lang="bn" />
        </Pair>
        <Pair>
          <TextArea name="summary_en" label={t.summaryEn} hint={t.summaryHint} lang="en" rows={3} />
          <TextArea name="summary_bn" label={t.summaryBn} hint={t.summaryHint} lang="bn" rows={3} />
        </Pair>
        <TextArea
          name="description_en"
          label={t.descriptionEn}
          hint={t.markdownHint}
          lang="en"
          rows={8}
        />
        <TextArea
          name="description_bn"
          label={t.descriptionBn}
          hint={t.markdownHint}
          lang="bn"
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
        <Pair>
          <TextArea
            name="refund_policy_en"
            label={t.policyEn}
            hint={t.policyHint}
            lang="en"
            rows={3}
          />
          <TextArea
            name="refund_policy_bn"
            label={t.policyBn}
            hint={t.policyHint}
            lang="bn"
            rows={3}
          />
        </Pair>
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

/** English and Bangla beside each other where there is room. */
function Pair({ children }: { children: ReactNode }) {
  return <div className="grid grid-cols-1 gap-5 sm:grid-cols-2 sm:items-end">{children}</div>;
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
