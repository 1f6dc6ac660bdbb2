"""The <head> of an event page: title, Open Graph, JSON-LD, and data for its script."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

from bashi.core.languages import LANGUAGES, prefix
from bashi.core.money import plain
from bashi.core.ports import Policy
from bashi.core.text import Text

Json = Mapping[str, Any]

_OFFERS = {"available": "InStock", "few_left": "LimitedAvailability", "not_yet": "PreOrder"}
# As the page lays the picture out: the same candidate is chosen, and fetched once.
_SIZES = "(min-width: 1024px) 992px, 92vw"


def event_head(event_json: bytes, locale: str, policy: Policy) -> str:
    """HTML to stand before </head>. `event_json` is EventOut, which the page reads as data."""
    event = json.loads(event_json)
    title = f"{_pick(event, 'title', locale)} – {policy.brand.name(locale).name}"
    description = _pick(event, "summary", locale)
    url = _url(event, locale, policy)
    return "".join(
        [
            f"<title>{escape(title)}</title>",
            _meta("name", "description", description),
            f'<link rel="canonical" href="{escape(url)}"/>',
            *(
                f'<link rel="alternate" hreflang="{other}"'
                f' href="{escape(_url(event, other, policy))}"/>'
                for other in policy.locales
            ),
            _meta("property", "og:type", "website"),
            _meta("property", "og:site_name", policy.brand.name(locale).name),
            _meta("property", "og:locale", LANGUAGES[locale].open_graph),
            _meta("property", "og:title", _pick(event, "title", locale)),
            _meta("property", "og:description", description),
            _meta("property", "og:url", url),
            *_pictures(event, policy),
            _data("application/ld+json", "", _linked_data(event, locale, policy)),
            _data("application/json", ' id="__event"', event_json.decode()),
        ]
    )


def _pictures(event: Json, policy: Policy) -> Sequence[str]:
    cover = event["cover"]
    if cover is None:
        return [_meta("name", "twitter:card", "summary")]
    base, widths = cover["srcset_base"], cover["widths"]
    candidates = ", ".join(f"{base}-{width}.webp {width}w" for width in widths)
    early = f'imagesrcset="{escape(candidates)}" imagesizes="{escape(_SIZES)}"'
    return [
        f'<link rel="preload" as="image" fetchpriority="high" {early}/>',
        _meta("property", "og:image", f"{policy.site_url}{base}-{widths[-1]}.webp"),
        _meta("property", "og:image:alt", cover["alt"]),
        _meta("name", "twitter:card", "summary_large_image"),
    ]


def _linked_data(event: Json, locale: str, policy: Policy) -> str:
    """https://schema.org/Event, with what search engines ask for."""
    canceled = event["status"] == "canceled"
    cover = event["cover"]
    url = _url(event, locale, policy)
    data = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": _pick(event, "title", locale),
        "description": _pick(event, "summary", locale),
        "url": url,
        "startDate": _local(event["starts_at"], event["time_zone"]),
        "endDate": _local(event["ends_at"], event["time_zone"]),
        "eventStatus": f"https://schema.org/Event{'Cancelled' if canceled else 'Scheduled'}",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": {"@type": "Place", "name": event["venue"], "address": event["address"]},
        "organizer": {
            "@type": "Organization",
            "name": policy.brand.name(locale).name,
            "url": policy.site_url,
        },
        "image": [
            f"{policy.site_url}{cover['srcset_base']}-{width}.webp" for width in cover["widths"]
        ]
        if cover
        else [],
        "offers": [_offer(event, kind, locale, url) for kind in event["ticket_types"]],
    }
    return json.dumps(data, ensure_ascii=False)


def _offer(event: Json, kind: Json, locale: str, url: str) -> Json:
    state = _OFFERS.get(kind["availability"], "SoldOut")
    offer = {
        "@type": "Offer",
        "name": _pick(kind, "name", locale),
        "price": plain(kind["price_cents"], event["currency"]),
        "priceCurrency": event["currency"],
        "availability": f"https://schema.org/{state}",
        "url": url,
    }
    return offer | ({"validFrom": kind["sale_starts_at"]} if kind["sale_starts_at"] else {})


def _data(kind: str, attributes: str, content: str) -> str:
    """A data block: only `</script` could end it early, and JSON may spell `<` otherwise."""
    safe = content.replace("<", "\\u003c")
    return f'<script type="{kind}"{attributes}>{safe}</script>'


def _meta(key: str, name: str, content: str) -> str:
    return f'<meta {key}="{name}" content="{escape(content)}"/>'


def _pick(thing: Json, name: str, locale: str) -> str:
    return Text(thing[name]).pick(locale)


def _url(event: Json, locale: str, policy: Policy) -> str:
    return f"{policy.site_url}{prefix(locale)}/events/{event['slug']}/"


def _local(moment: str, zone: str) -> str:
    return datetime.fromisoformat(moment).astimezone(ZoneInfo(zone)).isoformat()
