"""Who may use the sandbox: programs and browsers on this machine, and no other site's page."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import Scope

from bashi.core.host_header import host_of

_HOSTS = {"localhost", "127.0.0.1", "::1"}
_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")


def refusal(scope: Scope) -> Response | None:
    """The answer to a request that must not be served; None for one that may."""
    headers = Headers(scope=scope)
    if not _is_local(scope) or any(name in headers for name in _FORWARDED):
        return PlainTextResponse("The sandbox serves this machine only.", 403)
    host = headers.get("host", "")
    # A name that an attacker points at 127.0.0.1 is not ours.
    if host_of(host) not in _HOSTS:
        return PlainTextResponse("The sandbox answers to localhost only.", 403)
    origin = headers.get("origin")
    if scope["method"] == "POST" and origin is not None and urlsplit(origin).netloc != host:
        return PlainTextResponse("Another site may not use the sandbox.", 403)
    return None


def _is_local(scope: Scope) -> bool:
    client = scope.get("client")
    if client is None:
        return False
    try:
        return ip_address(client[0]).is_loopback
    except ValueError:
        return False
