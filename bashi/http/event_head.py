"""The <head> of an event page: title, Open Graph, JSON-LD, and data for its script."""

import json
from collections.abc import Sequence
from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from bashi.core.money import plain
from bashi.core.ports import Policy
from bashi.http.head import (
    Json,
    addresses,
    cover_files,
    data_block,
    early_cover,
    meta,
    open_graph,
    organization,
    page_url,
    pick,
)

_OFFERS = {"available": "InStock", "few_left": "LimitedAvailability", "not_yet": "PreOrder"}
_SIZES = "(min-width: 1024px) 992px, 92vw"


def event_head(event_json: bytes, locale: str, policy: Policy) -> str:
    """HTML to stand before </head>. `event_json` is EventOut, which the page reads as data."""
    event = json.loads(event_json)
    title, description = pick(event, "title", locale), pick(event, "summary", locale)
    path = _path(event)
    return "".join(
        [
            f"<title>{escape(f'{title} – {policy.brand.name(locale).name}')}</title>",
            meta("name", "description", description),
            *addresses(path, locale, policy),
            *open_graph(title, description, path, locale, policy),
            *_pictures(event, policy),
            data_block("application/ld+json", "", _linked_data(event, locale, policy)),
            data_block("application/json", ' id="__event"', event_json.decode()),
        ]
    )


def _path(event: Json) -> str:
    return f"/events/{event['slug']}/"


def _pictures(event: Json, policy: Policy) -> Sequence[str]:
    cover = event["cover"]
    if cover is None:
        return [meta("name", "twitter:card", "summary")]
    return [
        early_cover(cover, _SIZES),
        meta("property", "og:image", cover_files(cover, policy)[-1]),
        meta("property", "og:image:alt", cover["alt"]),
        meta("name", "twitter:card", "summary_large_image"),
    ]


def _linked_data(event: Json, locale: str, policy: Policy) -> str:
    """https://schema.org/Event, with what search engines ask for."""
    canceled = event["status"] == "canceled"
    url = page_url(_path(event), locale, policy)
    data = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": pick(event, "title", locale),
        "description": pick(event, "summary", locale),
        "url": url,
        "startDate": _local(event["starts_at"], event["time_zone"]),
        "endDate": _local(event["ends_at"], event["time_zone"]),
        "eventStatus": f"https://schema.org/Event{'Cancelled' if canceled else 'Scheduled'}",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": {"@type": "Place", "name": event["venue"], "address": event["address"]},
        "organizer": organization(locale, policy),
        "image": cover_files(event["cover"], policy),
        "offers": [_offer(event, kind, locale, url) for kind in event["ticket_types"]],
    }
    return json.dumps(data, ensure_ascii=False)


def _offer(event: Json, kind: Json, locale: str, url: str) -> Json:
    state = _OFFERS.get(kind["availability"], "SoldOut")
    offer = {
        "@type": "Offer",
        "name": pick(kind, "name", locale),
        "price": plain(kind["price_cents"], event["currency"]),
        "priceCurrency": event["currency"],
        "availability": f"https://schema.org/{state}",
        "url": url,
    }
    return offer | ({"validFrom": kind["sale_starts_at"]} if kind["sale_starts_at"] else {})


def _local(moment: str, zone: str) -> str:
    return datetime.fromisoformat(moment).astimezone(ZoneInfo(zone)).isoformat()
