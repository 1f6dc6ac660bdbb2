"""Sign in by a mailed link: who reads the mailbox needs no password.

Its page has a button, since mail scanners open every link (and would use it up).
"""

from bashi.core.batch import Refused
from bashi.core.mail.kinds import EmailKind
from bashi.core.people import sql
from bashi.core.people.devices import Device
from bashi.core.people.links import Purpose, expired, read_link, send_link
from bashi.core.people.notes import trail
from bashi.core.people.rules import fold_email
from bashi.core.people.sessions import Granted, grant_new, new_session
from bashi.core.ports import Ports


async def send_login_link(ports: Ports, email: str) -> None:
    """One read and one batch of the same shape, whether the address is known or not. An address
    that nobody has proved is asked to be proved first: whoever registered it would read along."""
    folded, now = fold_email(email), ports.clock.now()
    rows = await ports.database.fetch(sql.PERSON_BY_EMAIL(email=folded))
    person = sql.person(rows[0]) if rows else None
    unproved = person is not None and not person.verified
    kind = EmailKind.VERIFY_EMAIL if unproved else EmailKind.LOGIN_LINK
    await ports.database.batch(send_link(ports, kind, person, folded, now))


async def login_by_link(ports: Ports, token: str, device: Device | None) -> Granted:
    """Raises Gone("link_expired")."""
    link = await read_link(ports, token, Purpose.LOGIN)
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
