"""Sessions: start one, and read one at each request."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bashi.core import limits
from bashi.core.batch import Statement
from bashi.core.people import sql
from bashi.core.people.devices import Device, new_device
from bashi.core.people.rules import Person
from bashi.core.ports import Ports
from bashi.core.tokens import access_claims, digest


@dataclass(frozen=True, slots=True)
class SignedIn:
    person: Person
    session_id: str


@dataclass(frozen=True, slots=True)
class Granted:
    """What a person gets to go on with. `refresh_token` and `device` (the secrets of two cookies)
    are None when the present ones stay."""

    person: Person
    access_token: str
    refresh_token: str | None
    device: str | None = None


@dataclass(frozen=True, slots=True)
class NewSession:
    id: str
    refresh_token: str
    device: Device
    statements: Sequence[Statement]


async def read_session(ports: Ports, access_token: str) -> SignedIn | None:
    """The person, or None once the token, the session or the account has ended.

    The row is read from the primary database at every request, so signing out, a new password, a
    new role and disabling count at once.
    """
    now = ports.clock.now()
    claims = await ports.signer.read_access_token(access_token, now)
    if claims is None:
        return None
    session_id = str(claims["sid"])
    rows = await ports.database.fetch(sql.PERSON_OF_SESSION(session=session_id, now=now))
    if not rows or rows[0]["id"] != claims["sub"]:
        return None
    return SignedIn(sql.person(rows[0]), session_id)


def new_session(ports: Ports, person_id: str, now: int, device: Device | None) -> NewSession:
    """A session that exists once its statements are committed. Its browser is known from then on,
    and wrong passwords are forgotten."""
    session_id, refresh_token = ports.ids.uuid(), ports.ids.secret()
    device = device or new_device(ports)
    return NewSession(
        session_id,
        refresh_token,
        device,
        (
            sql.ADD_SESSION(
                id=session_id,
                person=person_id,
                device=device.hash,
                now=now,
                expires=session_end(now),
            ),
            sql.ADD_REFRESH_TOKEN(hash=digest(refresh_token), session=session_id, now=now),
            sql.KNOW_DEVICE(device=device.hash, person=person_id, now=now),
            sql.FORGET_WRONG_PASSWORDS(id=person_id),
        ),
    )


def session_end(now: int) -> int:
    return now + limits.SESSION_SECONDS * 1000


async def grant_new(ports: Ports, person: Person, session: NewSession, now: int) -> Granted:
    """For a session that has just begun."""
    granted = await grant(ports, person, session.id, session.refresh_token, now)
    return replace(granted, device=session.device.secret)


async def grant(
    ports: Ports, person: Person, session_id: str, refresh_token: str | None, now: int
) -> Granted:
    claims = access_claims(person.id, session_id, now, limits.ACCESS_TOKEN_SECONDS)
    return Granted(person, await ports.signer.access_token(claims), refresh_token)
