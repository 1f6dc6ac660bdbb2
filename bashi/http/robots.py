"""robots.txt and sitemap.xml."""

from collections.abc import Iterable
from html import escape

from bashi.core.languages import prefix
from bashi.core.ports import Policy

_PRIVATE = ("account", "admin", "checkout", "order", "reset", "scan", "t", "tickets", "verify")
_ROBOTS = """User-agent: *
Disallow: /api/
Allow: /api/events
Allow: /api/media/
Allow: /api/site
"""
"""Pages fetch what they show from /api (the longest rule wins, RFC 9309 §2.2.2)."""
_NAMESPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
)


def robots(policy: Policy) -> str:
    private = (
        f"Disallow: {prefix(locale)}/{page}/\n" for page in _PRIVATE for locale in policy.locales
    )
    return f"{_ROBOTS}{''.join(private)}\nSitemap: {policy.site_url}/sitemap.xml\n"


def sitemap(policy: Policy, slugs: Iterable[str]) -> str:
    """Each page once in each language, with all its languages (sitemaps.org, hreflang)."""
    paths = ("/", "/events/", *(f"/events/{slug}/" for slug in slugs))
    pages = "".join(_page(policy, path) for path in paths)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {_NAMESPACES}>\n{pages}</urlset>\n'


def _page(policy: Policy, path: str) -> str:
    urls = {locale: escape(f"{policy.site_url}{prefix(locale)}{path}") for locale in policy.locales}
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{locale}" href="{url}"/>'
        for locale, url in urls.items()
    )
    return "".join(f"<url><loc>{url}</loc>{links}</url>\n" for url in urls.values())
