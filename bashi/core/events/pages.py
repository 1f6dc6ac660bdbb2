"""Which prepared answers show an event, so that a change can drop them at once.

Other processes let theirs go within `limits.CACHE_PAGE_SECONDS`.
"""

from bashi.core.ports import Cache


def api_key(slug: str) -> str:
    return f"page:event:{slug}"


def site_key(slug: str, locale: str) -> str:
    return f"page:site:{locale}:{slug}"


async def forget(cache: Cache, *slugs: str) -> None:
    for slug in set(slugs):
        for key in (api_key(slug), site_key(slug, "en"), site_key(slug, "bn")):
            await cache.delete(key)
