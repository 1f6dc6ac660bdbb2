"""Shared by commands: where they print, their settings, how a use case is run and explained."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import NoReturn, TypeVar

import typer
from rich.console import Console

from bashi.core.batch import Indefinite, Unavailable
from bashi.core.errors import InvalidFields, Problem
from bashi.core.ports import MediaUnavailable, Ports
from bashi.entry.load import BadSettings, load_settings
from bashi.entry.settings import Settings

out = Console()
err = Console(stderr=True)

T = TypeVar("T")


def settings() -> Settings:
    """Ends the command where they are wrong, a line for each."""
    try:
        return load_settings()
    except BadSettings as error:
        fail("\n".join(error.sentences))


def with_ports(given: Settings, use: Callable[[Ports], Awaitable[T]]) -> T:
    """Run one use case on the migrated database, and say in words what it refuses."""
    from bashi.entry.compose import compose  # noqa: PLC0415
    from bashi.entry.database import NoDatabase, migrate  # noqa: PLC0415
    from bashi.entry.demo.demo import check_mark  # noqa: PLC0415

    async def run() -> T:
        migrate(given)
        composed = compose(given)
        try:
            await check_mark(composed.ports, given)
            return await use(composed.ports)
        finally:
            await composed.close()

    try:
        return asyncio.run(run())
    except InvalidFields as error:
        fail("\n".join(f"{field}: {fault.detail}" for field, fault in error.fields.items()))
    except Problem as error:
        fail(error.message)
    except (Unavailable, Indefinite) as error:
        fail(no_answer(error))
    except (ValueError, NoDatabase, MediaUnavailable) as error:
        fail(str(error))


def no_answer(error: Exception) -> str:
    return f"The database did not answer: {error}. Try again; what is done is not done twice."


def fail(words: str) -> NoReturn:
    err.print(words, style="red", soft_wrap=True, markup=False)
    raise typer.Exit(2)
