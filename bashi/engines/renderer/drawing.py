"""Render emails and documents, with libraries loaded at first use."""

from typing import TYPE_CHECKING

from bashi.core.mail.emails import Email, EventFacts, Organization, RenderedEmail, TicketsReady

if TYPE_CHECKING:
    from bashi.render.emails import Tickets


def email(
    facts: Email, locale: str, organization: Organization, tickets: "Tickets | None" = None
) -> RenderedEmail:
    """`tickets` makes the PDF that is attached; None: Typst does, here."""
    from bashi.render import emails  # noqa: PLC0415 - heavy

    return emails.render_email(facts, locale, organization, tickets)


def tickets_pdf(facts: Email, locale: str, organization: Organization) -> bytes:
    """Raises TypeError for an email without tickets."""
    from bashi.render.documents import ticket  # noqa: PLC0415 - heavy

    return ticket.tickets_pdf(with_tickets(facts), locale, organization)


def with_tickets(facts: Email) -> TicketsReady:
    """Raises TypeError for an email without tickets."""
    if not isinstance(facts, TicketsReady):
        raise TypeError(f"{type(facts).__name__} has no tickets")
    return facts


def calendar(event: EventFacts, locale: str, organization: Organization) -> bytes:
    from bashi.render.calendar import event_calendar  # noqa: PLC0415 - heavy

    return event_calendar(event, locale, organization)


def markdown(text: str) -> str:
    from bashi.render.markdown import html  # noqa: PLC0415 - heavy

    return html(text)


def qr_svg(text: str) -> str:
    from bashi.render.qr import svg  # noqa: PLC0415 - heavy

    return svg(text)
