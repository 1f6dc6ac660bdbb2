"""Cookies of the refresh token and of a known browser: HttpOnly, sent to our auth routes only."""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request, Response
from fastapi.security import APIKeyCookie

from bashi.core import limits
from bashi.core.errors import Forbidden
from bashi.core.people.devices import Device, presented
from bashi.core.people.sessions import Granted
from bashi.http.deps import ports_of
from bashi.http.people_schemas import AuthOut
from bashi.http.responses import Json

NAME = "bashi_refresh"
DEVICE = "bashi_device"

RefreshToken = Annotated[
    str | None, Depends(APIKeyCookie(name=NAME, scheme_name="refresh_cookie", auto_error=False))
]


async def _known_device(request: Request) -> Device | None:
    return presented(request.cookies.get(DEVICE))


KnownDevice = Annotated[Device | None, Depends(_known_device)]
"""The browser, where it has signed in before."""


def signed_in(request: Request, granted: Granted, status: int = 200) -> Json:
    """AuthOut, with the cookie where there is a new refresh token."""
    answer = Json(AuthOut.of(granted), status)
    if granted.refresh_token is not None:
        _keep(request, answer, NAME, granted.refresh_token, limits.SESSION_SECONDS)
    if granted.device is not None:
        _keep(request, answer, DEVICE, granted.device, limits.DEVICE_SECONDS)
    return answer


def _keep(request: Request, answer: Response, name: str, value: str, seconds: int) -> None:
    answer.set_cookie(
        name,
        value,
        max_age=seconds,
        path=_path(request),
        secure=_secure(request),
        httponly=True,
        samesite="strict",
    )


def signed_out(request: Request) -> Response:
    answer = Response(status_code=204)
    answer.delete_cookie(
        NAME, path=_path(request), secure=_secure(request), httponly=True, samesite="strict"
    )
    return answer


async def from_our_site(request: Request) -> None:
    """Raises Forbidden for a browser on another site's page. Browsers send Origin with each POST,
    and Sec-Fetch-Site, which scripts can't take away; other programs send neither."""
    origin = request.headers.get("origin")
    if origin is None and "sec-fetch-site" not in request.headers:
        return
    if origin != ports_of(request).policy.site_url:
        raise Forbidden("wrong_origin", "Open our site, and try again from there.")


def _path(request: Request) -> str:
    return f"{request.scope.get('root_path', '')}/auth"


def _secure(request: Request) -> bool:
    """Everywhere but on http://localhost, which the settings allow in the demo only."""
    url = urlsplit(ports_of(request).policy.site_url)
    return not (url.scheme == "http" and url.hostname in ("localhost", "127.0.0.1"))
