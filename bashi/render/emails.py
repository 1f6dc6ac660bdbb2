"""Render emails: subject, plain text, HTML and attachments.

Each kind has a template per language (`templates/en/tickets_ready.jinja`) that is rendered twice:
its blocks stand in `email.html` or `email.txt`, its macros come from `parts.html` or `parts.txt`.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache, partial
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from bashi.core.brand import Name
from bashi.core.languages import LANGUAGES, spoken
from bashi.core.mail.emails import (
    Attachment,
    Email,
    EventCanceled,
    EventFacts,
    EventMoved,
    Organization,
    RenderedEmail,
    TicketsReady,
)
from bashi.render.calendar import event_calendar, method
from bashi.render.links import event_url, page_url
from bashi.render.locales import digits, money, span_words

_GREETING_NAME_MAX = 60
_SUBJECT_MAX = 90
_LOOKS_LIKE_A_LINK = re.compile(r"[/\\@<>]|\w{2,}\.\w{2,}")
_DOT_WITHIN = re.compile("(?<=\\w)[.\u3002\uff0e\uff61](?=\\w[^\\s.])")
"""All that browsers take for a dot of a host's name (RFC 3490 §3.1); not the dots of J.R. Roy."""
_TEMPLATES = PackageLoader("bashi.render")

Tickets = Callable[[TicketsReady, str, Organization], bytes]
"""Of the facts, in a locale. Where it is not Typst in this process, its 80 MB stay unloaded."""


def render_email(
    email: Email, locale: str, organization: Organization, tickets: Tickets | None = None
) -> RenderedEmail:
    """The email in the person's language (English for one that we don't write), ready to send.

    `tickets` makes the PDF that is attached; None: Typst does, here.
    """
    if isinstance(email, EventCanceled):
        email = replace(email, event=replace(email.event, canceled=True))
    lang = spoken(locale, organization.languages)
    facts = _facts(email, lang, organization)
    name = f"{lang}/{_kind(email)}.jinja"
    return RenderedEmail(
        subject=one_line(_subject(name, facts), _SUBJECT_MAX),
        text=re.sub(r"\n{3,}", "\n\n", _render("txt", name, facts)).strip() + "\n",
        html=_render("html", name, facts) + "\n",
        attachments=_attachments(email, lang, organization, tickets),
    )


def one_line(text: str, length: int) -> str:
    """Fit for a mail header: no line break or control, at most `length` signs."""
    line = " ".join(
        "".join(" " if ord(sign) < 32 or sign == "\x7f" else sign for sign in text).split()
    )
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


@cache
def _environment(form: str) -> Environment:
    """`form`: html or txt. Only HTML is escaped; plain text shows what was written."""
    if form == "txt":
        return _environment("html").overlay(autoescape=False)
    environment = Environment(
        loader=_TEMPLATES,
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["squash"] = _squash
    environment.filters["unlinked"] = _unlinked
    return environment


def _render(form: str, name: str, facts: dict[str, Any]) -> str:
    frame = {"layout": f"email.{form}", "parts": f"parts.{form}"}
    return _environment(form).get_template(name).render(facts | frame)


def _subject(name: str, facts: dict[str, Any]) -> str:
    template = _environment("txt").get_template(name)
    return "".join(template.blocks["subject"](template.new_context(facts)))


def _squash(text: str) -> str:
    """Joined by its own class, so that escaped text stays known as escaped."""
    return type(text)(" ").join(text.split())


def _unlinked(name: str) -> str:
    """ "Md.Rahim" as "Md. Rahim": mail programs make a link of evil.com, and strangers choose whom
    our emails go to and which names stand in them."""
    return _DOT_WITHIN.sub(". ", name)


def _kind(email: Email) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", type(email).__name__).lower()


def _facts(email: Email, lang: str, organization: Organization) -> dict[str, Any]:
    """What templates may use: the email's own fields, and these in the reader's language."""
    event = getattr(email, "event", None)
    return {
        "email": email,
        "name": _greeting_name(email.name),
        "lang": lang,
        "direction": LANGUAGES[lang].direction,
        "organization": organization,
        "colors": organization.brand.colors,
        **_names(organization.brand.name(lang)),
        "event": _event(event, lang, organization) if event else None,
        "before": _before(email, lang) if isinstance(email, EventMoved) else None,
        "forgot_url": page_url("forgot", lang, organization.site_url),
        "money": partial(money, currency=getattr(email, "currency", ""), locale=lang),
        "count": lambda number: digits(str(number), lang),
    }


def _names(name: Name) -> dict[str, str]:
    """Where no form is given, the suffix stands behind a hyphen, as Bangla writes foreign names."""
    return {
        "our_name": name.name,
        "of_us": name.of or f"{name.name}-এর",
        "at_us": name.at or f"{name.name}-এ",
    }


def _greeting_name(name: str) -> str:
    """Empty for what mail programs would turn into a link: strangers type names, we send them."""
    clean = one_line(name, _GREETING_NAME_MAX)
    return "" if _LOOKS_LIKE_A_LINK.search(clean) else _unlinked(clean)


def _event(event: EventFacts, lang: str, organization: Organization) -> dict[str, str]:
    day, hours = span_words(event.starts_at, event.ends_at, event.time_zone, lang)
    return {
        "title": one_line(event.title.pick(lang), 300),
        "day": day,
        "hours": hours,
        "venue": event.venue,
        "address": event.address,
        "url": event_url(event.slug, lang, organization.site_url),
    }


def _before(email: EventMoved, lang: str) -> list[str]:
    """The lines about date and place that no longer hold."""
    event = email.event
    lines: list[str] = []
    times = (email.previous_starts_at, email.previous_ends_at, email.previous_time_zone)
    if times != (event.starts_at, event.ends_at, event.time_zone):
        lines += span_words(*times, lang)
    place = (email.previous_venue, email.previous_address)
    if place != (event.venue, event.address):
        lines += filter(None, place)
    return lines


def _attachments(
    email: Email, lang: str, organization: Organization, draw: Tickets | None
) -> Sequence[Attachment]:
    if isinstance(email, TicketsReady):
        tickets = _tickets(email, lang, organization, draw)
        return (tickets, _calendar(email.event, lang, organization))
    if isinstance(email, EventMoved | EventCanceled):
        return (_calendar(email.event, lang, organization),)
    return ()


def _tickets(
    email: TicketsReady, lang: str, organization: Organization, draw: Tickets | None
) -> Attachment:
    number = re.sub(r"[^A-Za-z0-9-]", "", email.order_number)
    content = (draw or _typst())(email, lang, organization)
    return Attachment(f"tickets-{number}.pdf", "application/pdf", content)


def _typst() -> Tickets:
    from bashi.render.documents.ticket import tickets_pdf  # noqa: PLC0415 - heavy

    return tickets_pdf


def _calendar(event: EventFacts, lang: str, organization: Organization) -> Attachment:
    content_type = f"text/calendar; charset=utf-8; method={method(event)}"
    return Attachment("event.ics", content_type, event_calendar(event, lang, organization))
