"use client";

import { api, type Schemas } from "@/lib/api";
import { span } from "@/lib/format";
import { fill, href, localized } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { pageTitle } from "@/lib/page-meta";
import { unwrap } from "@/lib/problem";
import { isStaff, useSession } from "@/lib/session";
import { useFragment } from "@/lib/use-address";
import { useResource } from "@/lib/use-resource";
import { common } from "@/messages/common";
import { door } from "@/messages/door";
import { Alert } from "../ui/alert";
import { ButtonLink } from "../ui/button";
import { Card } from "../ui/card";
import { Failure } from "../ui/failure";
import { Page, PageHeader } from "../ui/page";
import { Loading } from "../ui/spinner";
import { signedCode, ticketId } from "./code";
import { TicketCheck } from "./ticket-check";

/** What a ticket's QR opens: the event for everyone, name, state and check-in for staff. */
export function TicketView() {
  const locale = useLocale();
  const t = door[locale];
  const fragment = useFragment();
  const session = useSession();
  const code = signedCode(fragment ?? "");
  const id = code && ticketId(code);
  const known = fragment !== null && session !== undefined;
  const ticket = useResource(known && id ? `${id} ${session?.person.id}` : null, () =>
    unwrap(api.GET("/tickets/verify/{ticket_id}", { params: { path: { ticket_id: id ?? "" } } })),
  );
  const event = ticket.data?.event;
  const title = event
    ? fill(t.ticketFor, { event: localized(locale, event, "title") })
    : t.ticketTitle;
  return (
    <Page width="narrow">
      {event && <title>{pageTitle(locale, title)}</title>}
      <PageHeader title={title} />
      {known && !id && (
        <Alert kind="error">
          <p>{t.ticketIncomplete}</p>
        </Alert>
      )}
      {ticket.error ? <Failure error={ticket.error} retry={ticket.reload} /> : null}
      {ticket.loading && (id || !known) && <Loading />}
      {ticket.data && (
        <div className="space-y-6">
          <EventCard event={ticket.data.event} />
          {ticket.data.detail && code ? (
            <TicketCheck
              code={code}
              detail={ticket.data.detail}
              timeZone={ticket.data.event.time_zone}
              reload={ticket.reload}
            />
          ) : (
            <Visitor code={code ?? ""} staff={isStaff(session?.person)} />
          )}
        </div>
      )}
    </Page>
  );
}

function EventCard({ event }: { event: Schemas["EventBrief"] }) {
  const locale = useLocale();
  return (
    <Card>
      <h2 className="text-xl font-bold break-words">
        <a className="underline" href={href(locale, `/events/${event.slug}/`)}>
          {localized(locale, event, "title")}
        </a>
      </h2>
      <p className="mt-1 text-muted">
        {span(event.starts_at, event.ends_at, event.time_zone, locale)}
      </p>
      <p className="text-muted">{[event.venue, event.address].filter(Boolean).join(", ")}</p>
    </Card>
  );
}

/**
 * The ticket to show at the door, for whoever was sent its link. Staff without a confirmed address
 * see no more than the public, and why.
 */
function Visitor({ code, staff }: { code: string; staff: boolean }) {
  const locale = useLocale();
  const t = door[locale];
  const shown = useResource(code, () => unwrap(api.POST("/tickets/show", { body: { code } })));
  return (
    <>
      {staff && <Alert kind="warning">{t.confirmFirst}</Alert>}
      {shown.loading && <Loading />}
      {shown.error ? <Failure error={shown.error} retry={shown.reload} /> : null}
      {shown.data && <Shown {...shown.data} />}
      <p>{t.ticketMine}</p>
      <ButtonLink variant="secondary" href={href(locale, "/tickets/")}>
        {common[locale].myTickets}
      </ButtonLink>
    </>
  );
}

function Shown({ state, qr_svg }: Schemas["Show"]) {
  const t = door[useLocale()];
  if (state === "void" || state === "superseded") return <Alert kind="error">{t[state]}</Alert>;
  if (state === "frozen") return <Alert kind="error">{t.ticketFrozen}</Alert>;
  return (
    <>
      {state === "used" && <Alert kind="warning">{t.ticketUsed}</Alert>}
      <p>{t.ticketPublic}</p>
      <div
        role="img"
        aria-label={t.ticketCode}
        className="mx-auto max-w-md bg-white p-1"
        // biome-ignore lint/security/noDangerouslySetInnerHtml: drawn by the server out of its own signature.
        dangerouslySetInnerHTML={{ __html: qr_svg ?? "" }}
      />
    </>
  );
}
