"""Sign in with email address and password; sign out."""

from dataclasses import dataclass

from bashi.core.batch import Refused, Statement
from bashi.core.errors import Forbidden, Unauthenticated
from bashi.core.people import passwords, sql
from bashi.core.people.rules import Person, fold_email
from bashi.core.people.sessions import Granted, grant, new_session
from bashi.core.ports import Ports
from bashi.core.tokens import digest


@dataclass(frozen=True, slots=True)
class SignIn:
    email: str
    password: str


async def sign_in(ports: Ports, command: SignIn) -> Granted:
    """Raises the same Unauthenticated, after the same work, for a wrong password, an unknown
    address and a disabled account.
    """
    rows = await ports.database.fetch(sql.PERSON_BY_EMAIL(email=fold_email(command.email)))
    stored = rows[0]["password_hash"] if rows else None
    password = passwords.normal(command.password)
    if not await ports.hasher.verify(password, stored) or stored is None:
        raise wrong_credentials()
    person = sql.person(rows[0])
    admit(ports, person, password)
    now = ports.clock.now()
    session = new_session(ports, person.id, now)
    try:
        await ports.database.batch(
            [await keep_password(ports, person, password, stored), *session.statements]
        )
    except Refused as refused:
        raise wrong_credentials() from refused
    return await grant(ports, person, session.id, session.refresh_token, now)


def wrong_credentials() -> Unauthenticated:
    return Unauthenticated("wrong_credentials", "The address or the password is wrong.")


def admit(ports: Ports, person: Person, password: str) -> None:
    """Whoever was given a staff role with a shorter password chooses a new one first: this is the
    one moment at which a password's length is known again. Raises Forbidden."""
    least = passwords.chars_min(person.role, ports.policy)
    if len(passwords.normal(password)) < least:
        raise Forbidden(
            "password_too_short",
            f"Your role asks for a password of {least} characters or more."
            " Choose a new one with “Forgot password”.",
        )


async def keep_password(ports: Ports, person: Person, password: str, stored: str) -> Statement:
    """Guards that the password is still `stored`, and hashes it anew when that is outdated."""
    outdated = ports.hasher.outdated(stored)
    kept = await ports.hasher.hash(password) if outdated else stored
    return sql.KEEP_PASSWORD(1, "person_unchanged", id=person.id, hash=kept, old=stored)


async def sign_out(ports: Ports, session_id: str | None, refresh_token: str | None) -> None:
    """Ends the session that either of them names; ending it twice is no error."""
    ended = [session_id] if session_id else []
    if refresh_token:
        rows = await ports.database.fetch(sql.REFRESH_TOKEN(hash=digest(refresh_token)))
        ended += [row["session_id"] for row in rows]
    now = ports.clock.now()
    if ended:
        await ports.database.batch([sql.END_SESSION(id=each, now=now) for each in ended])
