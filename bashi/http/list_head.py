"""The <head> of the home page and the list of events: addresses, Open Graph, JSON-LD, and the
first page of the list for its script."""

import json
import re
from html import unescape

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
)

HOME = "/"
_SIZES = "(min-width: 1024px) 320px, (min-width: 640px) 50vw, 92vw"
_TITLE = re.compile("<title>(.*?)</title>")
_DESCRIPTION = re.compile('<meta name="description" content="(.*?)"/>')


def list_head(shell: str, list_json: bytes, path: str, locale: str, policy: Policy) -> str:
    """HTML to stand before </head>. `shell`: the page as it was built, whose title and description
    are told to messengers too; `list_json`: a page of EventCard, soonest first."""
    events = json.loads(list_json)["items"]
    title, description = _found(_TITLE, shell), _found(_DESCRIPTION, shell)
    return "".join(
        [
            *addresses(path, locale, policy),
            *open_graph(title, description, path, locale, policy),
            *_first_picture(events, policy),
            data_block("application/ld+json", "", _linked_data(events, path, locale, policy)),
            data_block("application/json", ' id="__events"', list_json.decode()),
        ]
    )


def _found(pattern: re.Pattern[str], shell: str) -> str:
    found = pattern.search(shell)
    return unescape(found[1]) if found else ""


def _first_picture(events: list[Json], policy: Policy) -> list[str]:
    covers = [event["cover"] for event in events if event["cover"]]
    if not covers:
        return [meta("name", "twitter:card", "summary")]
    early = [early_cover(covers[0], _SIZES)] if events[0]["cover"] else []
    return [
        *early,
        meta("property", "og:image", cover_files(covers[0], policy)[-1]),
        meta("property", "og:image:alt", covers[0]["alt"]),
        meta("name", "twitter:card", "summary_large_image"),
    ]


def _linked_data(events: list[Json], path: str, locale: str, policy: Policy) -> str:
    """https://schema.org/ItemList of the events' own pages; at home, whose site it is too."""
    listed = {
        "@type": "ItemList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "url": page_url(f"/events/{event['slug']}/", locale, policy),
            }
            for position, event in enumerate(events, 1)
        ],
    }
    graph = [organization(locale, policy), listed] if path == HOME else [listed]
    data = {"@context": "https://schema.org", "@graph": graph}
    return json.dumps(data, ensure_ascii=False)
