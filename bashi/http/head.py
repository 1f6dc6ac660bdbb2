"""Parts of the <head> of pages that the server fills."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from bashi.core.languages import LANGUAGES, prefix
from bashi.core.ports import Policy
from bashi.core.text import Text

Json = Mapping[str, Any]


def page_url(path: str, locale: str, policy: Policy) -> str:
    """`path` is that of the main language."""
    return f"{policy.site_url}{prefix(locale)}{path}"


def addresses(path: str, locale: str, policy: Policy) -> Iterable[str]:
    """The page's own address, and those of the same page in each language."""
    yield f'<link rel="canonical" href="{escape(page_url(path, locale, policy))}"/>'
    for other in policy.locales:
        url = escape(page_url(path, other, policy))
        yield f'<link rel="alternate" hreflang="{other}" href="{url}"/>'


def open_graph(
    title: str, description: str, path: str, locale: str, policy: Policy
) -> Iterable[str]:
    """https://ogp.me, but for the picture."""
    yield meta("property", "og:type", "website")
    yield meta("property", "og:site_name", policy.brand.name(locale).name)
    yield meta("property", "og:locale", LANGUAGES[locale].open_graph)
    yield meta("property", "og:title", title)
    yield meta("property", "og:description", description)
    yield meta("property", "og:url", page_url(path, locale, policy))


def early_cover(cover: Json, sizes: str) -> str:
    """Loads a picture before the scripts. `sizes`: as the page lays it out, so that the same
    candidate is chosen, and fetched once."""
    base, widths = cover["srcset_base"], cover["widths"]
    candidates = ", ".join(f"{base}-{width}.webp {width}w" for width in widths)
    early = f'imagesrcset="{escape(candidates)}" imagesizes="{escape(sizes)}"'
    return f'<link rel="preload" as="image" fetchpriority="high" {early}/>'


def data_block(kind: str, attributes: str, content: str) -> str:
    """Only `</script` could end it early, and JSON may spell `<` otherwise."""
    safe = content.replace("<", "\\u003c")
    return f'<script type="{kind}"{attributes}>{safe}</script>'


def meta(key: str, name: str, content: str) -> str:
    return f'<meta {key}="{name}" content="{escape(content)}"/>'


def pick(thing: Json, name: str, locale: str) -> str:
    return Text(thing[name]).pick(locale)


def organization(locale: str, policy: Policy) -> Mapping[str, str]:
    """https://schema.org/Organization"""
    return {
        "@type": "Organization",
        "name": policy.brand.name(locale).name,
        "url": policy.site_url,
    }


def cover_files(cover: Json | None, policy: Policy) -> Sequence[str]:
    """Addresses of all widths, the least first."""
    if cover is None:
        return []
    base = f"{policy.site_url}{cover['srcset_base']}"
    return [f"{base}-{width}.webp" for width in cover["widths"]]
