"""An order's tickets as one PDF: an email's facts as the words and fonts that ticket.typ sets."""

import base64
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any

from bashi.core.languages import LANGUAGES, spoken
from bashi.core.mail.emails import EventFacts, Organization, TicketFacts, TicketsReady
from bashi.render import images, qr
from bashi.render.documents import typesetter
from bashi.render.documents.scripts import drawable, fonts
from bashi.render.locales import digits, span_words
from bashi.render.words import document_words

SOURCE = "ticket.typ"

_WIDTH_MM, _BANNER_MM, _LOW_BANNER_MM = 148, 53, 31
_LONG_CHARS = 260
"""Titles, venue and address that are longer together get the lower banner, and its room."""
_PIXELS_PER_MM = 8


def tickets_pdf(email: TicketsReady, locale: str, organization: Organization) -> bytes:
    """One page a ticket, in their order. The same facts give the same bytes."""
    created_at = email.event.updated_at
    optional_fonts = typesetter.optional_families()
    data = ticket_data(email, locale, organization, images.strip, optional_fonts)
    try:
        return typesetter.pdf(SOURCE, data, created_at)
    except typesetter.CannotSet:
        if not optional_fonts:
            raise
        # One of them lacks a character that the others of its kind have.
        data = ticket_data(email, locale, organization, images.strip, frozenset())
        return typesetter.pdf(SOURCE, data, created_at)


def banner_pixels(event: EventFacts) -> tuple[int, int]:
    """Width and height of the picture that `cut` is asked for."""
    return _WIDTH_MM * _PIXELS_PER_MM, _banner_mm(event) * _PIXELS_PER_MM


def ticket_data(
    email: TicketsReady,
    locale: str,
    organization: Organization,
    cut: images.Cut,
    optional_fonts: frozenset[str],
) -> Mapping[str, Any]:
    """What ticket.typ reads: every text ready to be drawn, and the fonts that draw them."""
    lang = spoken(locale, organization.languages)
    event, colors = email.event, organization.brand.colors
    name = organization.brand.name(lang).name
    clean = partial(drawable, optional=optional_fonts)
    day, hours = span_words(event.starts_at, event.ends_at, event.time_zone, lang)
    title = clean(event.title.pick(lang))
    second_lang, second_title = _second_title(event, lang)
    created = datetime.fromtimestamp(event.updated_at / 1000, UTC)
    words = document_words("ticket", lang)
    contact = (
        name,
        organization.site_url.split("://")[-1],
        organization.support_email,
    )
    data = {
        "lang": LANGUAGES[lang].spoken,
        "second-lang": LANGUAGES[second_lang].spoken,
        "date": [created.year, created.month, created.day],
        "brand": {"main": colors.main, "dark": colors.dark, "accent": colors.accent},
        "document": words["document"].format(title=title),
        "organization": clean(name),
        "banner": _banner_mm(event),
        "title": title,
        "second-title": clean(second_title),
        "day": day,
        "hours": hours,
        "venue": clean(event.venue),
        "address": clean(event.address),
        "order": email.order_number,
        "words": words,
        "contact": clean(" · ".join(contact)),
        "tickets": [_ticket(email, ticket, lang, clean) for ticket in email.tickets],
    }
    chosen = fonts(_texts(data), optional_fonts)
    return {**data, "fonts": chosen, "picture": _picture(event, cut)}


def _ticket(
    email: TicketsReady, ticket: TicketFacts, lang: str, clean: Callable[[str], str]
) -> Mapping[str, str]:
    words = document_words("ticket", lang)
    half = len(ticket.typed_code) // 2
    code = f"{ticket.typed_code[:half]}  {ticket.typed_code[half:]}"
    count = words["count"].format(position=ticket.position, total=len(email.tickets))
    return {
        "attendee": clean(ticket.attendee),
        "type": clean(ticket.type_name.pick(lang)),
        "count": digits(count, lang),
        "code": code,
        "alt": words["alt"].format(code=ticket.typed_code),
        "qr": qr.svg(ticket.link),
    }


def _second_title(event: EventFacts, lang: str) -> tuple[str, str]:
    """The title in another language, and which; empty if there is none."""
    shown = event.title.pick(lang)
    others = ((name, text) for name, text in event.title.words.items() if text != shown)
    return next(others, (lang, ""))


def _banner_mm(event: EventFacts) -> int:
    texts = (*event.title.words.values(), event.venue, event.address)
    return _BANNER_MM if sum(map(len, texts)) <= _LONG_CHARS else _LOW_BANNER_MM


def _picture(event: EventFacts, cut: images.Cut) -> str | None:
    """In an SVG, since the compiler's inputs are texts; its JPEG goes into the PDF unchanged."""
    width, height = banner_pixels(event)
    strip = cut(event.cover, width, height) if event.cover else None
    if strip is None:
        return None
    link = f"data:image/jpeg;base64,{base64.b64encode(strip).decode()}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" href="{link}"/></svg>'
    )


def _texts(data: Any) -> list[str]:
    """All texts within, at any depth."""
    if isinstance(data, str):
        return [data]
    if isinstance(data, Mapping):
        return [text for value in data.values() for text in _texts(value)]
    return [text for value in data for text in _texts(value)] if isinstance(data, list) else []
