"""FastAPI dependencies: the ports, the caller, and their address."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPBearer

from bashi.core import limits
from bashi.core.errors import Forbidden, TooMany, Unauthenticated
from bashi.core.people.rules import Person, Role
from bashi.core.people.sessions import SignedIn, read_session
from bashi.core.ports import Ports, Use
from bashi.core.tokens import digest
from bashi.http.client_address import network_of


def ports_of(request: Request) -> Ports:
    ports: Ports = request.app.state.ports
    return ports


@dataclass(frozen=True, slots=True)
class Caller:
    """Whom the access token names, checked against the session row at this request."""

    person: Person
    session_id: str

    @property
    def is_staff(self) -> bool:
        return self.person.verified and self.person.role in (Role.VOLUNTEER, Role.ADMIN)

    @property
    def is_admin(self) -> bool:
        return self.person.verified and self.person.role is Role.ADMIN


class _Session(HTTPBearer):
    """Bearer access token → Caller. One class, so that OpenAPI shows which routes need it."""

    def __init__(self, *, required: bool) -> None:
        super().__init__(scheme_name="access_token", bearerFormat="JWT", auto_error=False)
        self._required = required

    async def __call__(self, request: Request) -> Caller | None:  # type: ignore[override]
        caller = await read_caller(request)
        if caller is None and self._required:
            raise Unauthenticated("not_signed_in", "Please sign in.")
        return caller


async def read_caller(request: Request) -> Caller | None:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        return None
    found = await read_session(ports_of(request), token)
    return Caller(found.person, found.session_id) if isinstance(found, SignedIn) else None


def _allowed(caller: Caller, *, enough: bool) -> Caller:
    if not enough:
        if not caller.person.verified:
            raise Forbidden(
                "not_verified", "Open the link in our email first to confirm your address."
            )
        raise Forbidden("not_allowed", "Your account may not do this. Ask an organizer.")
    return caller


class _Staff(_Session):
    async def __call__(self, request: Request) -> Caller | None:  # type: ignore[override]
        caller = await super().__call__(request)
        assert caller is not None
        return _allowed(caller, enough=caller.is_staff)


class _Admin(_Session):
    async def __call__(self, request: Request) -> Caller | None:  # type: ignore[override]
        caller = await super().__call__(request)
        assert caller is not None
        return _allowed(caller, enough=caller.is_admin)


Maybe = Annotated[Caller | None, Depends(_Session(required=False))]
Signed = Annotated[Caller, Depends(_Session(required=True))]
Staff = Annotated[Caller, Depends(_Staff(required=True))]
Admin = Annotated[Caller, Depends(_Admin(required=True))]


def client_address(request: Request) -> str:
    """Set by the outermost layer, which alone knows which proxies to believe."""
    address: str = request.state.client_address
    return address


def client_network(request: Request) -> str:
    return network_of(client_address(request))


async def limit_address(request: Request, what: str) -> None:
    await limit(request, f"{what}.address", client_network(request), limits.AUTH_PER_ADDRESS)


async def limit_account(request: Request, what: str, account: str) -> None:
    """`account` is whatever names it here, known or not; counters keep only its digest."""
    await limit(request, f"{what}.account", digest(account), limits.AUTH_PER_ACCOUNT)


async def limit(
    request: Request,
    what: str,
    who: str,
    uses: int,
    *,
    window_seconds: int = limits.RATE_WINDOW_SECONDS,
) -> None:
    """Raises TooMany after `uses` within a window. `who` is an address or an account."""
    await _count(request, Use(f"{what}:{who}", uses, window_seconds))


async def limit_each(request: Request, what: str, *whos: tuple[str, int]) -> None:
    """The same for several at once, who are counted together: nobody whose use would be somebody
    else's to spend, such as an account that a stranger names."""
    window = limits.RATE_WINDOW_SECONDS
    await _count(request, *(Use(f"{what}:{who}", uses, window) for who, uses in whos))


async def _count(request: Request, *uses: Use) -> None:
    wait = await ports_of(request).limiter.hit(*uses)
    if wait:
        raise TooMany("too_many_requests", f"Too many tries. Wait {wait} seconds.", wait)
