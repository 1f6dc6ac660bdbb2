"""Create an account from the command line: the first admin, and the demo's people."""

from dataclasses import dataclass

from bashi.core.batch import Refused
from bashi.core.people import passwords, rules, sql
from bashi.core.people.notes import trail
from bashi.core.people.register import refusal
from bashi.core.people.rules import Person, Role
from bashi.core.ports import Ports


@dataclass(frozen=True, slots=True)
class AddUser:
    email: str
    name: str
    password: str
    role: Role
    locale: str | None = None
    """None: the main language."""


async def add_user(ports: Ports, command: AddUser) -> Person:
    """The operator vouches for the address, so it is verified; consent stays empty until given.

    Raises InvalidFields, and Conflict("email_taken").
    """
    now = ports.clock.now()
    person = Person(
        id=ports.ids.uuid(),
        email=rules.fold_email(command.email),
        name=rules.clean_name(command.name),
        role=command.role,
        locale=command.locale or ports.policy.locales[0],
        verified_at=now,
        disabled_at=None,
        created_at=now,
    )
    rules.check_profile(person, ports.policy.locales)
    chosen = passwords.accept(command.password, person, ports.policy, "password")
    added = sql.add_person(person, await ports.hasher.hash(chosen), consent=None)
    try:
        await ports.database.batch([added, trail(ports, "person.add", person, now, by=None)])
    except Refused as refused:
        raise refusal(refused) from refused
    return person
