"""Addresses of the site's pages: English at the root, Bengali below /bn."""


def event_url(slug: str, locale: str, site_url: str) -> str:
    return f"{site_url.rstrip('/')}{'/bn' if locale == 'bn' else ''}/events/{slug}/"
