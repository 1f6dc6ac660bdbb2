"""Register: person, session and welcome email in one batch."""

from dataclasses import dataclass

from bashi.core.batch import Refused
from bashi.core.errors import Conflict, Fault, InvalidFields
from bashi.core.mail.kinds import EmailKind
from bashi.core.people import passwords, rules, sql
from bashi.core.people.devices import Device
from bashi.core.people.links import send_link
from bashi.core.people.rules import Person, Role
from bashi.core.people.sessions import Granted, grant_new, new_session
from bashi.core.ports import Ports


@dataclass(frozen=True, slots=True)
class Register:
    email: str
    name: str
    password: str
    locale: str
    terms_version: str
    """The terms that the person has read and accepted."""
    device: Device | None = None


async def register(ports: Ports, command: Register) -> Granted:
    """Raises InvalidFields, and Conflict("email_taken")."""
    now = ports.clock.now()
    person = Person(
        id=ports.ids.uuid(),
        email=rules.fold_email(command.email),
        name=rules.clean_name(command.name),
        role=Role.USER,
        locale=command.locale,
        verified_at=None,
        disabled_at=None,
        created_at=now,
    )
    rules.check_profile(person, ports.policy.locales)
    if command.terms_version != ports.policy.terms_version:
        words = "Our terms have changed. Please read them and try again."
        raise InvalidFields({"terms_version": Fault("terms_changed", words)})
    chosen = passwords.accept(command.password, person, ports.policy, "password")
    session = new_session(ports, person.id, now, command.device)
    statements = [
        sql.add_person(person, await ports.hasher.hash(chosen), consent=command.terms_version),
        *session.statements,
        *send_link(ports, EmailKind.WELCOME, person, person.email, now),
    ]
    try:
        await ports.database.batch(statements)
    except Refused as refused:
        raise refusal(refused) from refused
    return await grant_new(ports, person, session, now)


def refusal(refused: Refused) -> Conflict:
    if refused.name != "person.email":
        raise refused
    return Conflict(
        "email_taken", "There is an account with this address. Sign in, or choose a new password."
    )
