"""The link of a verify email: it proves an address, and on its own nothing more.

Somebody else may have registered the address, so outside the account's own session the reader also
gives the password, or sets a new one, which ends the sessions of whoever chose the old one
(Sudhodanan and Paverd, "Pre-hijacked accounts", USENIX Security 2022).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bashi.core.batch import Refused, Statement
from bashi.core.errors import Conflict
from bashi.core.mail.kinds import EmailKind
from bashi.core.people import passwords, sql
from bashi.core.people.devices import Device
from bashi.core.people.links import Link, Purpose, expired, read_link
from bashi.core.people.notes import tell, trail
from bashi.core.people.prove import find_account, proves
from bashi.core.people.register import refusal
from bashi.core.people.rules import Person
from bashi.core.people.sessions import Granted, SignedIn, grant, grant_new, new_session
from bashi.core.people.sign_in import admit, wrong_credentials
from bashi.core.ports import Ports


@dataclass(frozen=True, slots=True)
class ConfirmEmail:
    token: str
    caller: SignedIn | None
    device: Device | None
    password: str | None
    new_password: str | None
    """Ignored where `password` is given."""


async def confirm_email(ports: Ports, command: ConfirmEmail) -> Granted:
    """Raises Gone("link_expired"), Conflict("password_needed" or "email_taken"), Unauthenticated,
    Forbidden and InvalidFields."""
    link = await read_link(ports, command.token, Purpose.VERIFY)
    now = ports.clock.now()
    own = command.caller if command.caller and command.caller.person.id == link.person.id else None
    if not link.usable(now):
        if own and own.person.verified and not link.changes_email:
            return await grant(ports, own.person, own.session_id, None, now)
        raise expired()
    stored = link.password_hash if own else await _proved(ports, command, link)
    session = None if own else new_session(ports, link.person.id, now, command.device)
    person = replace(link.person, email=link.email, verified_at=now)
    statements = [
        sql.USE_LINK(1, "link_unused", id=link.id, now=now),
        sql.CONFIRM_EMAIL(
            1,
            "person_unchanged",
            id=person.id,
            email=person.email,
            old_email=link.person.email,
            hash=stored or None,
            old=link.password_hash,
            now=now,
        ),
        sql.VOID_LINKS(person=person.id, now=now),
        *_consequences(ports, link, person, now, new_password=stored != link.password_hash),
        *(session.statements if session else ()),
    ]
    try:
        await ports.database.batch(statements)
    except Refused as refused:
        raise _explain(refused) from refused
    if session:
        return await grant_new(ports, person, session, now)
    assert own is not None
    return await grant(ports, person, own.session_id, None, now)


async def _proved(ports: Ports, command: ConfirmEmail, link: Link) -> str:
    """The hash that the account goes on with."""
    if command.password is not None:
        account = await find_account(ports, link.person.email, command.device)
        if not await proves(ports, account, command.password):
            raise wrong_credentials()
        admit(ports, link.person, command.password)
        return link.password_hash
    if command.new_password is not None and not link.changes_email:
        chosen = passwords.accept(command.new_password, link.person, ports.policy, "new_password")
        return await ports.hasher.hash(chosen)
    raise Conflict("password_needed", "Please enter your password to confirm this address.")


def _consequences(
    ports: Ports, link: Link, person: Person, now: int, *, new_password: bool
) -> Sequence[Statement]:
    action = "person.change_email" if link.changes_email else "person.verify_email"
    statements = [trail(ports, action, person, now, by=person.id)]
    if link.changes_email:
        statements += tell(ports, EmailKind.EMAIL_CHANGED, link.person, now, person.email)
    if new_password:
        statements.append(sql.END_SESSIONS(person=person.id, now=now))
        statements.append(trail(ports, "person.reset_password", person, now, by=person.id))
    return statements


def _explain(refused: Refused) -> Exception:
    return expired() if refused.name in ("link_unused", "person_unchanged") else refusal(refused)
