"use client";

import { useState } from "react";
import type { Schemas } from "@/lib/api";
import { moment } from "@/lib/format";
import { fill, href, type Locale, localized } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { door } from "@/messages/door";
import { Button, ButtonLink } from "../ui/button";
import { Card } from "../ui/card";
import { keptPlace } from "./place";
import { signal, unlockSound } from "./signals";
import { useScans } from "./use-scans";
import { judge } from "./verdict";
import { VerdictScreen } from "./verdict-screen";

type Detail = Schemas["Detail"];

interface TicketCheckProps {
  code: string;
  detail: Detail;
  timeZone: string;
  reload: () => void;
}

/** For staff whose own camera app opened the QR: name and state, and one button to let in. */
export function TicketCheck({ code, detail, timeZone, reload }: TicketCheckProps) {
  const locale = useLocale();
  const t = door[locale];
  const [gate] = useState(() => keptPlace().gate || t.gateDefault);
  const scans = useScans(detail.event_id, gate, ({ verdict }) => {
    signal(judge(verdict).tone);
    reload();
  });
  const checkIn = () => {
    unlockSound();
    scans.scan({ code });
  };
  return (
    <>
      <Card>
        <dl className="space-y-3">
          <Fact term={t.attendee} big>
            {detail.attendee}
          </Fact>
          <Fact term={t.kind}>{localized(locale, detail, "type_name")}</Fact>
          <Fact term={t.order}>{detail.order_number}</Fact>
          <Fact term={t.state}>{stateWords(detail, locale)}</Fact>
          <Fact term={t.gate}>{gate}</Fact>
        </dl>
      </Card>
      {detail.status === "valid" && (
        <Button size="large" wide busy={scans.current?.state === "sending"} onClick={checkIn}>
          {t.checkIn}
        </Button>
      )}
      <ButtonLink variant="secondary" wide href={href(locale, "/scan/")}>
        {t.openScanner}
      </ButtonLink>
      <VerdictScreen
        entry={scans.current}
        timeZone={timeZone}
        full={scans.full}
        next={scans.next}
      />
    </>
  );
}

function stateWords(detail: Detail, locale: Locale): string {
  const t = door[locale];
  if (detail.status === "valid") return t.stateValid;
  if (detail.status === "void") return t.stateVoid;
  if (detail.status === "frozen") return t.stateFrozen;
  const at = detail.used_at ? moment(detail.used_at, locale) : "";
  return fill(t.usedAt, { time: at, gate: detail.used_gate ?? "" });
}

function Fact({ term, big, children }: { term: string; big?: boolean; children: string }) {
  return (
    <div>
      <dt className="text-sm text-muted">{term}</dt>
      <dd className={big ? "text-2xl font-bold break-words" : "break-words"}>{children}</dd>
    </div>
  );
}
