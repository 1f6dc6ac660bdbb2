"""Serve the built site: immutable hashed files, pages under their own CSP, lists and event pages
filled in.

Every event shares one exported shell, `/events/_/`; its head is filled with the event that the path
names (web/README.md, "Unknown slugs").
"""

import re
from collections.abc import Callable, Mapping

from starlette.types import Receive, Scope, Send

from bashi.core import limits
from bashi.core.batch import Unavailable
from bashi.core.errors import NotFound
from bashi.core.events.browse import When, upcoming_slugs
from bashi.core.events.pages import SITE_LISTS, SITEMAP_KEY, site_key, site_list_key
from bashi.core.languages import LANGUAGES, prefix
from bashi.core.ports import Policy, Ports
from bashi.http.brand_files import brand_css, manifest
from bashi.http.cached_page import CachedPage, Headers, answer, make_page
from bashi.http.cached_route import PUBLIC, keep, kept
from bashi.http.event_head import event_head
from bashi.http.event_list import first_page
from bashi.http.events import event_page
from bashi.http.list_head import list_head
from bashi.http.responses import Raw
from bashi.http.robots import robots, sitemap
from bashi.http.site_files import Files, SiteFile

# Names with a hash of the content; `_next/static/export/` has none.
HASHED = ("/_next/static/chunks/", "/_next/static/media/")
_IMMUTABLE = (b"cache-control", b"public, max-age=31536000, immutable")
_ASK_AGAIN = (b"cache-control", b"no-cache")
_HTML = (b"content-type", b"text/html; charset=utf-8")
_TEXT = (b"content-type", b"text/plain; charset=utf-8")
_XML = (b"content-type", b"application/xml")
_PREFIXES = {prefix(tag): tag for tag in LANGUAGES}
_LANGUAGE = f"(?P<prefix>{'|'.join(map(re.escape, filter(None, _PREFIXES)))})?"
_EVENT = re.compile(_LANGUAGE + r"/events/(?P<slug>[a-z0-9-]{1,100})(?P<rest>/.*)?")
_PAGE = re.compile(_LANGUAGE + r"(?P<path>/.*)?")
_LISTS = {f"{name}{path}": (path, tag) for name, tag in _PREFIXES.items() for path in SITE_LISTS}
_CHOSEN = re.compile(rb"(?:^|&)(?:when|q)=")
"""A list of other events than the next ones."""
_BRAND: Mapping[str, tuple[tuple[bytes, bytes], Callable[[Policy], str]]] = {
    "/brand.css": ((b"content-type", b"text/css; charset=utf-8"), brand_css),
    "/site.webmanifest": ((b"content-type", b"application/manifest+json"), manifest),
}
_NOT_BUILT = (
    b"<!doctype html><html lang=en><title>Not built yet</title>"
    b"<h1>The site has not been built</h1><p>Run <code>make site</code>, then load this page again."
)


class Site:
    def __init__(self, files: Files, ports: Ports) -> None:
        self._files = files
        self._ports = ports

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await (await self._answer(scope))(scope, receive, send)

    async def _answer(self, scope: Scope) -> Raw:
        if scope["method"] not in ("GET", "HEAD"):
            return Raw(405, [(b"allow", b"GET, HEAD"), (b"content-length", b"0")], b"")
        if scope["path"] == "/robots.txt":
            words = robots(self._ports.policy).encode()
            return answer(scope, make_page(words, 0), [_TEXT, PUBLIC])
        if scope["path"] in _BRAND:
            content_type, make = _BRAND[scope["path"]]
            page = make_page(make(self._ports.policy).encode(), 0)
            return answer(scope, page, [content_type, PUBLIC])
        if scope["path"] == "/sitemap.xml":
            return answer(scope, await self._sitemap(), [_XML, PUBLIC])
        if not self._files.built():
            return answer(scope, make_page(_NOT_BUILT, 0), [_HTML, _ASK_AGAIN], 503)
        if elsewhere := self._spoken_elsewhere(scope["path"]):
            return _moved(scope, elsewhere, 302)
        return await self._page_or_file(scope, scope["path"])

    async def _page_or_file(self, scope: Scope, path: str) -> Raw:
        wanted = f"{path}index.html" if path.endswith("/") else path
        event = _EVENT.fullmatch(path)
        if path in _LISTS and wanted in self._files and not _CHOSEN.search(scope["query_string"]):
            return await self._list_page(scope, path)
        if wanted in self._files and not wanted.endswith("/_/index.html"):
            return await self._file(scope, wanted)
        if f"{path}/index.html" in self._files or (event and event["rest"] is None):
            return _redirect(scope)
        if event:
            return await self._below_event(scope, event)
        return await self._missing(scope)

    def _spoken_elsewhere(self, path: str) -> str | None:
        """The same page in the main language, for a language that is switched off."""
        locales = self._ports.policy.locales
        page = _PAGE.fullmatch(path)
        if page is None or _PREFIXES[page["prefix"] or ""] in locales:
            return None
        if path.endswith("/") or f"{path}/index.html" in self._files or _EVENT.fullmatch(path):
            return f"{prefix(locales[0])}{page['path'] or '/'}"
        return None

    async def _file(self, scope: Scope, path: str) -> Raw:
        file = await self._files.read(path)
        caching = _IMMUTABLE if path.startswith(HASHED) else _ASK_AGAIN
        return answer(scope, file.page, [*_headers(file), caching])

    async def _list_page(self, scope: Scope, path: str) -> Raw:
        """As it was built while the database is away: its script asks again."""
        file = await self._files.read(f"{path}index.html")
        try:
            page = await self._list(file, *_LISTS[path])
        except Unavailable:
            page = file.page
        return answer(scope, page, [*_headers(file), _ASK_AGAIN])

    async def _list(self, shell: SiteFile, path: str, locale: str) -> CachedPage:
        ports, key = self._ports, site_list_key(path, locale)
        if page := await kept(ports, key):
            return page
        data = await first_page(ports, When.UPCOMING, SITE_LISTS[path])
        html = shell.page.body.decode()
        head = list_head(html, data.body, path, locale, ports.policy)
        filled = html.replace("</head>", f"{head}</head>", 1).encode()
        return await keep(ports, key, make_page(filled, data.fresh_until))

    async def _below_event(self, scope: Scope, event: re.Match[str]) -> Raw:
        """The event's page, or a file that the shell's page brings along."""
        shell = f"{event['prefix'] or ''}/events/_{event['rest']}"
        if event["rest"] != "/":
            known = shell in self._files and event["rest"] != "/index.html"
            return await (self._file(scope, shell) if known else self._missing(scope))
        file = await self._files.read(f"{shell}index.html")
        try:
            page = await self._event(file, event["slug"], _PREFIXES[event["prefix"] or ""])
        except NotFound:
            return await self._missing(scope)
        except Unavailable:
            return answer(scope, file.page, [*_headers(file), _ASK_AGAIN], 503)
        return answer(scope, page, [*_headers(file), _ASK_AGAIN])

    async def _event(self, shell: SiteFile, slug: str, locale: str) -> CachedPage:
        """Raises NotFound."""
        ports, key = self._ports, site_key(slug, locale)
        if page := await kept(ports, key):
            return page
        data = await event_page(ports, slug)
        head = event_head(data.body, locale, ports.policy).encode()
        html = shell.page.body.replace(b"</head>", head + b"</head>", 1)
        return await keep(ports, key, make_page(html, data.fresh_until))

    async def _sitemap(self) -> CachedPage:
        ports = self._ports
        if page := await kept(ports, SITEMAP_KEY):
            return page
        words = sitemap(ports.policy, await upcoming_slugs(ports)).encode()
        fresh_until = ports.clock.now() + limits.CACHE_PAGE_SECONDS * 1000
        return await keep(ports, SITEMAP_KEY, make_page(words, fresh_until))

    async def _missing(self, scope: Scope) -> Raw:
        page = _PAGE.fullmatch(scope["path"])
        own = f"{(page and page['prefix']) or ''}/404.html"
        file = await self._files.read(own if own in self._files else "/404.html")
        return answer(scope, file.page, [*_headers(file), _ASK_AGAIN], 404)


def _headers(file: SiteFile) -> Headers:
    headers = [(b"content-type", file.content_type)]
    if file.policy:
        headers.append((b"content-security-policy", file.policy))
    return headers


def _redirect(scope: Scope) -> Raw:
    """To the same page with its slash; the path is one of ours, so it cannot lead elsewhere."""
    return _moved(scope, f"{scope['path']}/", 308)


def _moved(scope: Scope, path: str, status: int) -> Raw:
    query: bytes = scope["query_string"]
    location = path.encode() + (b"?" + query if query else b"")
    return Raw(status, [(b"location", location), (b"content-length", b"0")], b"")
