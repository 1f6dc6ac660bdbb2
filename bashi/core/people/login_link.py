"""Sign in by a mailed link: who reads the mailbox needs no password.

Its page has a button, since mail scanners open every link (and would use it up).
"""

from bashi.core import limits
from bashi.core.batch import Refused
from bashi.core.mail.kinds import EmailKind
from bashi.core.people import sql
from bashi.core.people.devices import Device
from bashi.core.people.links import (
    Purpose,
    expired,
    page_address,
    read_link,
    send_link,
    token,
)
from bashi.core.people.notes import trail
from bashi.core.people.rules import Person, fold_email
from bashi.core.people.sessions import Granted, grant_new, new_session
from bashi.core.ports import Ports

PAGE = "login-link"


async def send_login_link(ports: Ports, email: str) -> None:
    """One read and one batch of the same shape, whether the address is known or not. An address
    that nobody has proved is asked to be proved first: whoever registered it would read along."""
    folded, now = fold_email(email), ports.clock.now()
    rows = await ports.database.fetch(sql.PERSON_BY_EMAIL(email=folded))
    person = sql.person(rows[0]) if rows else None
    unproved = person is not None and not person.verified
    kind = EmailKind.VERIFY_EMAIL if unproved else EmailKind.LOGIN_LINK
    await ports.database.batch(send_link(ports, kind, person, folded, now))


async def make_login_link(ports: Ports, person: Person) -> str:
    """The address of a link that an operator hands over, who vouches for whom they give it to."""
    link_id, now = ports.ids.uuid(), ports.clock.now()
    link = sql.ADD_LINK(
        id=link_id,
        person=person.id,
        purpose=Purpose.LOGIN.value,
        email=person.email,
        now=now,
        since=now,
        expires=now + limits.LOGIN_LINK_SECONDS * 1000,
        max_verified=1,  # in no time at all: what others asked for does not count
        max_unverified=1,
    )
    await ports.database.batch([link, trail(ports, "person.login_link", person, now, by=None)])
    return page_address(ports, person, PAGE, await token(ports, link_id, Purpose.LOGIN))


async def login_by_link(ports: Ports, given: str, device: Device | None) -> Granted:
    """Raises Gone("link_expired")."""
    link = await read_link(ports, given, Purpose.LOGIN)
    now = ports.clock.now()
    if link.changes_email or not link.usable(now):
        raise expired()
    session = new_session(ports, link.person.id, now, device)
    statements = [
        sql.USE_LINK(1, "link_unused", id=link.id, now=now),
        sql.LET_IN(1, "person_unchanged", id=link.person.id, email=link.email),
        *session.statements,
        trail(ports, "session.by_link", link.person, now, by=link.person.id),
    ]
    try:
        await ports.database.batch(statements)
    except Refused as refused:
        raise expired() from refused
    return await grant_new(ports, link.person, session, now)
