"""Addresses of the site's pages."""

from bashi.core.languages import prefix


def page_url(path: str, locale: str, site_url: str) -> str:
    return f"{site_url.rstrip('/')}{prefix(locale)}/{path}/"


def event_url(slug: str, locale: str, site_url: str) -> str:
    return page_url(f"events/{slug}", locale, site_url)
