"""Change the password of whoever knows the current one."""

from dataclasses import dataclass

from bashi.core.batch import Refused, Row
from bashi.core.errors import Fault, InvalidFields, Unauthenticated
from bashi.core.mail.kinds import EmailKind
from bashi.core.people import passwords, sql
from bashi.core.people.notes import tell, trail
from bashi.core.people.sessions import Granted, grant, new_session
from bashi.core.ports import Ports


@dataclass(frozen=True, slots=True)
class ChangePassword:
    person_id: str
    current_password: str
    new_password: str


async def change_password(ports: Ports, command: ChangePassword) -> Granted:
    """All sessions and mailed links end, and a new session begins. Raises InvalidFields."""
    row = await proved_person(
        ports, command.person_id, command.current_password, "current_password"
    )
    person, now = sql.person(row), ports.clock.now()
    chosen = passwords.accept(command.new_password, person, ports.policy, "new_password")
    session = new_session(ports, person.id, now)
    statements = [
        sql.KEEP_PASSWORD(
            1,
            "person_unchanged",
            id=person.id,
            hash=await ports.hasher.hash(chosen),
            old=row["password_hash"],
        ),
        sql.END_SESSIONS(person=person.id, now=now),
        sql.VOID_LINKS(person=person.id, now=now),
        *session.statements,
        *tell(ports, EmailKind.PASSWORD_CHANGED, person, now),
        trail(ports, "person.change_password", person, now, by=person.id),
    ]
    try:
        await ports.database.batch(statements)
    except Refused as refused:
        raise wrong_password("current_password") from refused
    return await grant(ports, person, session.id, session.refresh_token, now)


async def proved_person(ports: Ports, person_id: str, password: str, field: str) -> Row:
    """The person's row, once the password was right. Raises InvalidFields naming `field`."""
    rows = await ports.database.fetch(sql.PERSON_BY_ID(id=person_id))
    if not rows:
        raise Unauthenticated("session_ended", "Your session has ended. Please sign in again.")
    row = rows[0]
    if not await ports.hasher.verify(passwords.normal(password), row["password_hash"]):
        raise wrong_password(field)
    return row


def wrong_password(field: str) -> InvalidFields:
    return InvalidFields({field: Fault("wrong_password", "This is not your present password.")})
