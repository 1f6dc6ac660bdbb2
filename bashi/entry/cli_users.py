"""`bashi users`: accounts, for the operator at the machine, who knows people by their address."""

from typing import Annotated

import typer

from bashi.core import limits
from bashi.core.people import rules
from bashi.core.people.add_user import AddUser, add_user
from bashi.core.people.browse import list_people
from bashi.core.people.login_link import make_login_link, send_login_link
from bashi.core.people.roles import disable, enable, person_by_email, promote
from bashi.core.people.rules import Person, Role
from bashi.core.ports import Ports
from bashi.entry.cli_support import fail, out, settings, with_ports

users = typer.Typer(no_args_is_help=True, help="People's accounts.")


@users.command("add")
def users_add(
    email: str,
    name: Annotated[str, typer.Option(prompt=True)],
    password: Annotated[str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True)],
    admin: Annotated[bool, typer.Option("--admin", help="May do everything.")] = False,
    volunteer: Annotated[bool, typer.Option("--volunteer", help="May scan tickets.")] = False,
) -> None:
    """Make an account whose address counts as confirmed."""
    role = rules.Role.ADMIN if admin else rules.Role.VOLUNTEER if volunteer else rules.Role.USER
    command = AddUser(email=_deliverable(email), name=name, password=password, role=role)
    person = with_ports(settings(), lambda ports: add_user(ports, command))
    out.print(f"{person.email} is there, as {person.role}.")


@users.command("list")
def users_list(
    words: Annotated[str, typer.Argument(help="Part of a name or an address.")] = "",
    role: Annotated[Role | None, typer.Option(help="Of this role alone.")] = None,
) -> None:
    """A line for each account: address, role, state, name; the newest first."""

    async def read(ports: Ports) -> list[Person]:
        people: list[Person] = []
        cursor: str | None = None
        while True:
            page = await list_people(ports, words, role, cursor, limits.PAGE_ITEMS_MAX)
            people += page.people
            cursor = page.next_cursor
            if cursor is None:
                return people

    for person in with_ports(settings(), read):
        typer.echo("\t".join((person.email, person.role, _state(person), person.name)))


@users.command("promote")
def users_promote(email: str, role: Role) -> None:
    """Give a person another role."""
    person = with_ports(settings(), lambda ports: promote(ports, email, role))
    out.print(f"{person.email} is {person.role} now.")


@users.command("demote")
def users_demote(email: str) -> None:
    """Take a person's role away: a user like any other."""
    users_promote(email, Role.USER)


@users.command("disable")
def users_disable(email: str) -> None:
    """End a person's sessions and links at once, and refuse new ones."""

    async def use(ports: Ports) -> Person:
        person = await person_by_email(ports, email)
        return await disable(ports, person.id, by=None)

    out.print(f"{with_ports(settings(), use).email} is disabled.")


@users.command("enable")
def users_enable(email: str) -> None:
    """Let a disabled person sign in again."""

    async def use(ports: Ports) -> Person:
        person = await person_by_email(ports, email)
        return await enable(ports, person.id, by=None)

    out.print(f"{with_ports(settings(), use).email} may sign in.")


@users.command("link")
def users_link(
    email: str,
    mail: Annotated[bool, typer.Option("--mail", help="Send it instead of printing it.")] = False,
) -> None:
    """A link that signs in, for 15 minutes and once: give it to nobody but its owner."""

    async def use(ports: Ports) -> str:
        person = await person_by_email(ports, email)
        if person.disabled_at is not None:
            fail(f"{person.email} is disabled: `bashi users enable` comes first.")
        if not mail:
            return await make_login_link(ports, person)
        await send_login_link(ports, person.email)
        return f"An email to {person.email} is on its way."

    typer.echo(with_ports(settings(), use))


def _state(person: Person) -> str:
    if person.disabled_at is not None:
        return "disabled"
    return "confirmed" if person.verified else "unconfirmed"


def _deliverable(email: str) -> str:
    from bashi.http.people_schemas import deliverable  # noqa: PLC0415

    try:
        return deliverable(email)
    except ValueError as error:
        fail(str(error))
