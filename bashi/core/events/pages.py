"""Cache keys of the responses that show an event, to invalidate them when it changes.

Other processes let theirs go within `limits.CACHE_PAGE_SECONDS`.
"""

from bashi.core import limits
from bashi.core.events.browse import When
from bashi.core.languages import LANGUAGES
from bashi.core.ports import Cache

SITEMAP_KEY = "page:sitemap"
SITE_LISTS = {"/": 3, "/events/": 12}
"""How many of the next events stand on a page of the site, by its path in the main language."""
LIST_ITEMS = (*SITE_LISTS.values(), limits.PAGE_ITEMS)
"""First pages of these lengths are kept: the site's home page, its list, and the API's own."""


def api_key(slug: str) -> str:
    return f"page:event:{slug}"


def site_key(slug: str, locale: str) -> str:
    return f"page:site:{locale}:{slug}"


def list_key(when: When, items: int) -> str:
    return f"page:events:{when}:{items}"


def site_list_key(path: str, locale: str) -> str:
    return f"page:site:{locale}:list:{path}"


async def forget(cache: Cache, *slugs: str) -> None:
    await cache.delete(SITEMAP_KEY)
    for when in When:
        for items in LIST_ITEMS:
            await cache.delete(list_key(when, items))
    for path in SITE_LISTS:
        for locale in LANGUAGES:
            await cache.delete(site_list_key(path, locale))
    for slug in set(slugs):
        for key in (api_key(slug), *(site_key(slug, locale) for locale in LANGUAGES)):
            await cache.delete(key)
