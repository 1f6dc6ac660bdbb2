"""The `bashi` command line."""

import asyncio
import base64
import json
import os
import secrets
from importlib.metadata import version
from typing import Annotated

import structlog
import typer
import uvloop
from rich.table import Table

from bashi.core.batch import Indefinite, Unavailable
from bashi.core.mail.send_again import SendAgain, send_again
from bashi.core.ports import MediaUnavailable
from bashi.entry import logs
from bashi.entry.cli_support import fail, no_answer, out, with_ports
from bashi.entry.cli_support import settings as read_settings
from bashi.entry.cli_users import users
from bashi.entry.settings import Mode, ProcessRole, Settings

app = typer.Typer(no_args_is_help=True, add_completion=False)
app.add_typer(users, name="users")
emails = typer.Typer(no_args_is_help=True, help="Emails that did not leave.")
app.add_typer(emails, name="emails")

log = structlog.get_logger()


def main() -> None:
    """What a command makes (a data folder, a database, pictures) is its user's alone."""
    os.umask(0o077)
    app()


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"bashi {version('bashi')}")
        raise typer.Exit


@app.callback()
def options(
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Which one this is.")
    ] = False,
) -> None:
    """Tickets, gifts and the door."""


@app.command()
def serve(
    role: Annotated[
        ProcessRole,
        typer.Option(help="`web` and `worker` in processes of their own, any number of each."),
    ] = ProcessRole.ALL,
) -> None:
    """Migrate, then serve the site, the API and the background work."""
    from bashi.entry import database, server  # noqa: PLC0415 - the other commands start without it

    settings = read_settings()
    logs.configure(json=settings.mode is Mode.PRODUCTION)
    if settings.mode is Mode.DEMO and role is not ProcessRole.WORKER:
        _say_demo(settings)
    else:
        listens = f"{settings.server.host}:{settings.server.port}"
        log.info("serving", role=role.value, url=settings.server.public_url, address=listens)
    try:
        uvloop.run(server.serve(settings, role))
    except (Unavailable, Indefinite) as error:
        fail(no_answer(error))
    except (database.NoDatabase, MediaUnavailable, ValueError, OSError, RuntimeError) as error:
        fail(str(error))


@app.command()
def migrate() -> None:
    """Bring the database's schema up to date."""
    from bashi.entry import database  # noqa: PLC0415

    try:
        applied = database.migrate(read_settings())
    except database.NoDatabase as error:
        fail(str(error))
    out.print(f"Applied: {', '.join(applied)}" if applied else "Nothing to apply.")


@app.command()
def move(
    to: Annotated[str, typer.Option(help="postgresql://… or sqlite:path; empty so far.")],
) -> None:
    """Copy the whole database into another one, and check it. Stop every server first."""
    from bashi.entry.move.screen import move_with_bar  # noqa: PLC0415
    from bashi.entry.move.sides import NotMoved  # noqa: PLC0415

    try:
        out.print(move_with_bar(read_settings(), to, out), soft_wrap=True)
    except NotMoved as error:
        fail(str(error))


@app.command()
def seed() -> None:
    """Fill an empty database with demo data (demo mode only)."""
    from bashi.entry.demo.data import seed as fill  # noqa: PLC0415

    settings = read_settings()
    if settings.mode is not Mode.DEMO:
        fail("Demo data is for the demo: set BASHI_MODE=demo")
    with_ports(settings, fill)
    out.print("The demo data is there.")


@app.command()
def doctor() -> None:
    """Check everything that can be wrong, and say what to do about it."""
    from bashi.entry.doctor import examine  # noqa: PLC0415

    findings = asyncio.run(examine(read_settings()))
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


@emails.command("send-again")
def emails_send_again(
    refused: Annotated[
        bool, typer.Option("--refused", help="Also those whose address was refused.")
    ] = False,
) -> None:
    """Queue all emails again that were given up, once the mail service takes them."""
    command = SendAgain(include_refused=refused, by=None)
    queued = with_ports(read_settings(), lambda ports: send_again(ports, command))
    out.print(f"{queued} emails wait to be sent.")


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
