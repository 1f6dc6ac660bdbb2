"""Dispatch paths to the API, the site, or the demo's extras."""

from collections.abc import Mapping

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from bashi.core.host_header import host_of

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
AT_ROOT = frozenset(("/healthz", "/readyz", "/metrics", "/webhooks/stripe"))


class Root:
    """The API lives below /api; `api_host` is the same API at its own root, where pages of
    `site_url` may read it, without cookies, and pages of no other site."""

    def __init__(
        self,
        api: ASGIApp,
        site: ASGIApp,
        api_host: str,
        extras: Mapping[str, ASGIApp],
        *,
        site_url: str = "",
    ) -> None:
        self._api = api
        self._site = site
        self._api_host = api_host.lower()
        self._api_at_host = CORSMiddleware(
            api,
            allow_origins=(site_url,),
            allow_methods=METHODS,
            allow_headers=("Authorization", "If-None-Match", "Order-Key"),
            expose_headers=("ETag", "Retry-After", "X-Request-Id"),
        )
        self._extras = extras

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._api(scope, receive, send)
            return
        path: str = scope["path"]
        if path.startswith("/api/"):
            scope["root_path"] = "/api"
            await self._api(scope, receive, send)
        elif path in AT_ROOT:
            await self._api(scope, receive, send)
        elif self._api_host and self._is_api_host(scope):
            await self._api_at_host(scope, receive, send)
        else:
            prefix = "/" + path.removeprefix("/").partition("/")[0]
            extra = self._extras.get(prefix)
            if extra is not None:
                scope["root_path"] = prefix
            await (extra or self._site)(scope, receive, send)

    def _is_api_host(self, scope: Scope) -> bool:
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        return bool(hosts) and host_of(hosts[0].decode("latin-1")) == self._api_host
