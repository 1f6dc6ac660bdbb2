"""Sign in with email address and password; sign out."""

from bashi.core.batch import Refused, Statement
from bashi.core.errors import Forbidden, Unauthenticated
from bashi.core.people import passwords, sql
from bashi.core.people.prove import Account, proves
from bashi.core.people.rules import Person
from bashi.core.people.sessions import Granted, grant_new, new_session
from bashi.core.ports import Ports
from bashi.core.tokens import digest


async def sign_in(ports: Ports, account: Account, password: str) -> Granted:
    """Raises the same Unauthenticated, after the same work, for a wrong password, an unknown
    address, a disabled account, and one whose password was guessed too often.
    """
    if not await proves(ports, account, password):
        raise wrong_credentials()
    person, stored = account.person, account.password_hash
    assert person is not None
    assert stored is not None
    chosen = passwords.normal(password)
    admit(ports, person, chosen)
    now = ports.clock.now()
    session = new_session(ports, person.id, now, account.device)
    try:
        await ports.database.batch(
            [await keep_password(ports, person, chosen, stored), *session.statements]
        )
    except Refused as refused:
        raise wrong_credentials() from refused
    return await grant_new(ports, person, session, now)


def wrong_credentials() -> Unauthenticated:
    words = "The address or the password is wrong. You can ask for a link by email instead."
    return Unauthenticated("wrong_credentials", words)


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
