"""The `bashi` command line."""

import asyncio
import base64
import json
import secrets
from collections.abc import Awaitable, Callable
from typing import Annotated, NoReturn, TypeVar

import structlog
import typer
import uvloop
from rich.console import Console
from rich.table import Table

from bashi.core.batch import Indefinite, Unavailable
from bashi.core.errors import InvalidFields, Problem
from bashi.core.mail.send_again import SendAgain, send_again
from bashi.core.people import rules
from bashi.core.people.add_user import AddUser, add_user
from bashi.core.people.roles import promote
from bashi.core.ports import MediaUnavailable, Ports
from bashi.entry import logs
from bashi.entry.load import BadSettings, load_settings
from bashi.entry.settings import Mode, ProcessRole, Settings

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Tickets, gifts and the door.")
users = typer.Typer(no_args_is_help=True, help="People's accounts.")
app.add_typer(users, name="users")
emails = typer.Typer(no_args_is_help=True, help="Emails that did not leave.")
app.add_typer(emails, name="emails")

log = structlog.get_logger()
out = Console()
err = Console(stderr=True)

T = TypeVar("T")


def main() -> None:
    app()


@app.command()
def serve(
    role: Annotated[
        ProcessRole,
        typer.Option(help="`web` and `worker` in processes of their own, any number of each."),
    ] = ProcessRole.ALL,
) -> None:
    """Migrate, then serve the site, the API and the background work."""
    from bashi.entry import database, server  # noqa: PLC0415 - the other commands start without it

    settings = _settings()
    logs.configure(json=settings.mode is Mode.PRODUCTION)
    if settings.mode is Mode.DEMO and role is not ProcessRole.WORKER:
        _say_demo(settings)
    else:
        listens = f"{settings.server.host}:{settings.server.port}"
        log.info("serving", role=role.value, url=settings.server.public_url, address=listens)
    try:
        uvloop.run(server.serve(settings, role))
    except (Unavailable, Indefinite) as error:
        _fail(_no_answer(error))
    except (database.NoDatabase, MediaUnavailable, ValueError, OSError, RuntimeError) as error:
        _fail(str(error))


@app.command()
def migrate() -> None:
    """Bring the database's schema up to date."""
    from bashi.entry import database  # noqa: PLC0415

    try:
        applied = database.migrate(_settings())
    except database.NoDatabase as error:
        _fail(str(error))
    out.print(f"Applied: {', '.join(applied)}" if applied else "Nothing to apply.")


@app.command()
def move(
    to: Annotated[str, typer.Option(help="postgresql://… or sqlite:path; empty so far.")],
) -> None:
    """Copy the whole database into another one, and check it. Stop every server first."""
    from bashi.entry.move.screen import move_with_bar  # noqa: PLC0415
    from bashi.entry.move.sides import NotMoved  # noqa: PLC0415

    try:
        out.print(move_with_bar(_settings(), to, out), soft_wrap=True)
    except NotMoved as error:
        _fail(str(error))


@app.command()
def seed() -> None:
    """Fill an empty database with demo data (demo mode only)."""
    from bashi.entry.demo.data import seed as fill  # noqa: PLC0415

    settings = _settings()
    if settings.mode is not Mode.DEMO:
        _fail("Demo data is for the demo: set BASHI_MODE=demo")
    _with_ports(settings, fill)
    out.print("The demo data is there.")


@app.command()
def doctor() -> None:
    """Check everything that can be wrong, and say what to do about it."""
    from bashi.entry.doctor import examine  # noqa: PLC0415

    findings = asyncio.run(examine(_settings()))
    table = Table("", "what", "finding")
    for finding in findings:
        table.add_row("ok" if finding.ok else "[bold red]no[/]", finding.what, finding.words)
    out.print(table)
    raise typer.Exit(0 if all(finding.ok for finding in findings) else 1)


@app.command()
def keys() -> None:
    """Print new random secrets for BASHI_SECRET and BASHI_TICKET_KEY."""
    out.print(f"BASHI_SECRET={secrets.token_urlsafe(48)}", soft_wrap=True)
    ticket_key = base64.b64encode(secrets.token_bytes(32)).decode()
    out.print(f"BASHI_TICKET_KEY={ticket_key}", soft_wrap=True)


@app.command()
def openapi() -> None:
    """Print the API's OpenAPI 3.1 document."""
    from bashi.entry.describe import describe  # noqa: PLC0415

    typer.echo(json.dumps(describe(), indent=2, ensure_ascii=False))


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
    person = _with_ports(_settings(), lambda ports: add_user(ports, command))
    out.print(f"{person.email} is there, as {person.role}.")


@users.command("promote")
def users_promote(email: str, role: rules.Role) -> None:
    """Give a person another role."""
    person = _with_ports(_settings(), lambda ports: promote(ports, email, role))
    out.print(f"{person.email} is {person.role} now.")


@emails.command("send-again")
def emails_send_again(
    refused: Annotated[
        bool, typer.Option("--refused", help="Also those whose address was refused.")
    ] = False,
) -> None:
    """Queue all emails again that were given up, once the mail service takes them."""
    command = SendAgain(include_refused=refused, by=None)
    queued = _with_ports(_settings(), lambda ports: send_again(ports, command))
    out.print(f"{queued} emails wait to be sent.")


def _deliverable(email: str) -> str:
    from bashi.http.people_schemas import deliverable  # noqa: PLC0415

    try:
        return deliverable(email)
    except ValueError as error:
        _fail(str(error))


def _with_ports(settings: Settings, use: Callable[[Ports], Awaitable[T]]) -> T:
    """Run one use case on the migrated database, and say in words what it refuses."""
    from bashi.entry.compose import compose  # noqa: PLC0415
    from bashi.entry.database import NoDatabase, migrate  # noqa: PLC0415
    from bashi.entry.demo.demo import check_mark  # noqa: PLC0415

    async def run() -> T:
        migrate(settings)
        composed = compose(settings)
        try:
            await check_mark(composed.ports, settings)
            return await use(composed.ports)
        finally:
            await composed.close()

    try:
        return asyncio.run(run())
    except InvalidFields as error:
        _fail("\n".join(f"{field}: {fault.detail}" for field, fault in error.fields.items()))
    except Problem as error:
        _fail(error.message)
    except (Unavailable, Indefinite) as error:
        _fail(_no_answer(error))
    except (ValueError, NoDatabase, MediaUnavailable) as error:
        _fail(str(error))


def _settings() -> Settings:
    try:
        return load_settings()
    except BadSettings as error:
        _fail("\n".join(error.sentences))


def _no_answer(error: Exception) -> str:
    return f"The database did not answer: {error}. Try again; what is done is not done twice."


def _fail(words: str) -> NoReturn:
    err.print(words, style="red", soft_wrap=True, markup=False)
    raise typer.Exit(2)


def _say_demo(settings: Settings) -> None:
    from bashi.entry.demo.data import PASSWORD  # noqa: PLC0415

    base = settings.server.public_url
    table = Table(
        show_header=False, box=None, title="OKLAHOMABASHI, the demo", title_justify="left"
    )
    table.add_row("Site", base)
    for role in ("attendee", "volunteer", "admin"):
        table.add_row(f"Log in as {role}", f"{role}@example.org, password {PASSWORD}")
    table.add_row("Emails", f"{base}/mailbox")
    table.add_row("Test card", "4242 4242 4242 4242, any future date, any CVC")
    table.add_row("Faults", f"{base}/sandbox/control")
    out.print(table)
