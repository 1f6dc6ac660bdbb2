"""URLs of the site's pages, in each language."""


def page_url(path: str, locale: str, site_url: str) -> str:
    return f"{site_url.rstrip('/')}{'/bn' if locale == 'bn' else ''}/{path}/"


def event_url(slug: str, locale: str, site_url: str) -> str:
    return page_url(f"events/{slug}", locale, site_url)
