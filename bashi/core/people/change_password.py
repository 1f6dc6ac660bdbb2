"""Change the password of whoever knows the current one."""

from dataclasses import dataclass

from bashi.core.batch import Refused
from bashi.core.errors import Fault, InvalidFields, Unauthenticated
from bashi.core.mail.kinds import EmailKind
from bashi.core.people import passwords, sql
from bashi.core.people.notes import tell, trail
from bashi.core.people.prove import Account, account_of_session, proves
from bashi.core.people.sessions import Granted, grant_new, new_session
from bashi.core.ports import Ports


@dataclass(frozen=True, slots=True)
class ChangePassword:
    session_id: str
    current_password: str
    new_password: str


async def change_password(ports: Ports, command: ChangePassword) -> Granted:
    """All sessions and mailed links end, and a new session begins. Raises InvalidFields."""
    account = await proved_account(
        ports, command.session_id, command.current_password, "current_password"
    )
    person, now = account.person, ports.clock.now()
    assert person is not None
    chosen = passwords.accept(command.new_password, person, ports.policy, "new_password")
    session = new_session(ports, person.id, now, account.device)
    statements = [
        sql.KEEP_PASSWORD(
            1,
            "person_unchanged",
            id=person.id,
            hash=await ports.hasher.hash(chosen),
            old=account.password_hash,
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
    return await grant_new(ports, person, session, now)


async def proved_account(ports: Ports, session_id: str, password: str, field: str) -> Account:
    """The session's account, once the password was right. Raises InvalidFields naming `field`."""
    account = await account_of_session(ports, session_id)
    if account is None:
        raise Unauthenticated("session_ended", "Your session has ended. Please sign in again.")
    if not await proves(ports, account, password):
        raise wrong_password(field) if account.may_try else _tried_too_often(field)
    return account


def wrong_password(field: str) -> InvalidFields:
    return InvalidFields({field: Fault("wrong_password", "This is not your present password.")})


def _tried_too_often(field: str) -> InvalidFields:
    words = "Too many wrong passwords were tried here. Choose a new one with “Forgot password”."
    return InvalidFields({field: Fault("tried_too_often", words)})
