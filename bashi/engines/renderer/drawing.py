"""Render emails and documents, with libraries loaded at first use."""

from typing import TYPE_CHECKING

from bashi.core.mail.emails import Email, EventFacts, Organization, RenderedEmail, TicketsReady

if TYPE_CHECKING:
    from bashi.render.images import Cut


def email(
    facts: Email, locale: str, organization: Organization, cut: "Cut | None" = None
) -> RenderedEmail:
    """`cut` makes the strip on top of tickets; None: Pillow does."""
    from bashi.render import emails, images  # noqa: PLC0415 - heavy

    return emails.render_email(facts, locale, organization, cut or images.strip)


def tickets_pdf(
    facts: Email, locale: str, organization: Organization, cut: "Cut | None" = None
) -> bytes:
    """Raises TypeError for an email without tickets."""
    from bashi.render import images, ticket_pdf  # noqa: PLC0415 - heavy

    if not isinstance(facts, TicketsReady):
        raise TypeError(f"{type(facts).__name__} has no tickets")
    return ticket_pdf.tickets_pdf(facts, locale, organization, cut or images.strip)


def calendar(event: EventFacts, locale: str, organization: Organization) -> bytes:
    from bashi.render.calendar import event_calendar  # noqa: PLC0415 - heavy

    return event_calendar(event, locale, organization)


def markdown(text: str) -> str:
    from bashi.render.markdown import html  # noqa: PLC0415 - heavy

    return html(text)


def qr_svg(text: str) -> str:
    from bashi.render.qr import svg  # noqa: PLC0415 - heavy

    return svg(text)
