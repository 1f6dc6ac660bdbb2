"use client";

import type { Schemas } from "@/lib/api";
import { moment } from "@/lib/format";
import { fill } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { explain } from "@/lib/problem";
import { adminTickets } from "@/messages/admin-tickets";
import { Alert } from "../../ui/alert";

export type TicketResult =
  | { kind: "scan"; name: string; scan: Schemas["Scan"] }
  | { kind: "undone"; name: string }
  | { kind: "failed"; error: unknown };

/** What came of the last action, for eyes and screen readers. */
export function TicketNews({ result }: { result: TicketResult | null }) {
  const locale = useLocale();
  const t = adminTickets[locale];
  return (
    <div role="status" className="mb-3">
      {result?.kind === "undone" && (
        <Alert kind="success">{fill(t.undone, { name: result.name })}</Alert>
      )}
      {result?.kind === "failed" && <Alert kind="error">{explain(result.error, locale)}</Alert>}
      {result?.kind === "scan" && <Verdict {...result} />}
    </div>
  );
}

function Verdict({ name, scan }: { name: string; scan: Schemas["Scan"] }) {
  const locale = useLocale();
  const t = adminTickets[locale];
  if (scan.verdict === "admitted") {
    return <Alert kind="success">{fill(t.admitted, { name })}</Alert>;
  }
  if (scan.verdict === "already_used") {
    const when = scan.used_at ? moment(scan.used_at, locale) : "";
    const words = fill(t.already_used, { name, when, gate: scan.used_gate ?? "" });
    return <Alert kind="warning">{words}</Alert>;
  }
  if (scan.verdict === "frozen") return <Alert kind="error">{t.frozen}</Alert>;
  return <Alert kind="error">{scan.verdict === "void" ? t.void : t.refused}</Alert>;
}
