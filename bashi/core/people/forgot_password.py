"""Reset a forgotten password by a mailed link."""

from dataclasses import replace

from bashi.core.batch import Refused
from bashi.core.mail.kinds import EmailKind
from bashi.core.people import passwords, sql
from bashi.core.people.devices import Device
from bashi.core.people.links import Purpose, expired, read_link, send_link
from bashi.core.people.notes import tell, trail
from bashi.core.people.rules import fold_email
from bashi.core.people.sessions import Granted, grant_new, new_session
from bashi.core.ports import Ports


async def forgot_password(ports: Ports, email: str) -> None:
    """One read and one batch of the same shape, whether the address is known or not."""
    folded, now = fold_email(email), ports.clock.now()
    rows = await ports.database.fetch(sql.PERSON_BY_EMAIL(email=folded))
    person = sql.person(rows[0]) if rows else None
    await ports.database.batch(send_link(ports, EmailKind.RESET_PASSWORD, person, folded, now))


async def reset_password(
    ports: Ports, token: str, new_password: str, device: Device | None
) -> Granted:
    """The email proves the address, so it counts as verified; all sessions and other links end.

    Raises Gone("link_expired") and InvalidFields.
    """
    link = await read_link(ports, token, Purpose.RESET)
    now = ports.clock.now()
    if link.changes_email or not link.usable(now):
        raise expired()
    person = replace(link.person, verified_at=link.person.verified_at or now)
    chosen = passwords.accept(new_password, person, ports.policy, "new_password")
    session = new_session(ports, person.id, now, device)
    statements = [
        sql.USE_LINK(1, "link_unused", id=link.id, now=now),
        sql.RESET_PASSWORD(
            1,
            "person_unchanged",
            id=person.id,
            email=person.email,
            hash=await ports.hasher.hash(chosen),
            now=now,
        ),
        sql.END_SESSIONS(person=person.id, now=now),
        sql.VOID_LINKS(person=person.id, now=now),
        *session.statements,
        *tell(ports, EmailKind.PASSWORD_CHANGED, person, now),
        trail(ports, "person.reset_password", person, now, by=person.id),
    ]
    try:
        await ports.database.batch(statements)
    except Refused as refused:
        raise expired() from refused
    return await grant_new(ports, person, session, now)
