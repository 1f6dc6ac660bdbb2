"""Emails and PDFs from a process of their own, whatever becomes of it."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import suppress

import psutil
import pytest

from bashi.core.errors import Busy
from bashi.core.mail.emails import PasswordChanged
from bashi.engines.renderer import process as renderer_process
from bashi.engines.renderer.process import DOWNLOADS_MAX, ProcessRenderer
from bashi.render.calendar import event_calendar
from bashi.render.documents.ticket import tickets_pdf
from bashi.render.emails import render_email
from bashi.render.qr import svg
from tests.render.facts import ORGANIZATION, event, ticket, tickets_ready

EMAIL = PasswordChanged("Rina")
ENDED_SECONDS = 30


@pytest.fixture
async def renderer() -> AsyncIterator[ProcessRenderer]:
    process = ProcessRenderer(ORGANIZATION)
    yield process
    await process.close()


def drawing() -> list[psutil.Process]:
    return [child for child in psutil.Process().children() if _draws(child)]


def _draws(child: psutil.Process) -> bool:
    with suppress(psutil.NoSuchProcess):  # it has just ended
        return "bashi.engines.renderer.child" in child.cmdline()
    return False


async def ended(process: psutil.Process) -> None:
    async with asyncio.timeout(ENDED_SECONDS):
        while process in drawing():  # noqa: ASYNC110 - another process
            await asyncio.sleep(0.02)


async def test_emails_and_tickets_are_those_of_render(renderer: ProcessRenderer) -> None:
    email = tickets_ready()
    assert await renderer.email(email, "bn") == render_email(email, "bn", ORGANIZATION)
    assert await renderer.tickets_pdf(email, "en") == tickets_pdf(email, "en", ORGANIZATION)


async def test_what_pages_need_is_that_of_render(renderer: ProcessRenderer) -> None:
    link = ticket().link
    assert await renderer.qr_svg(link) == svg(link)
    assert await renderer.markdown("# A") == "<h3>A</h3>\n"
    assert await renderer.calendar(event(), "bn") == event_calendar(event(), "bn", ORGANIZATION)
    assert drawing() == []


async def test_an_email_without_tickets_has_no_pdf(renderer: ProcessRenderer) -> None:
    with pytest.raises(TypeError, match="PasswordChanged has no tickets"):
        await renderer.tickets_pdf(EMAIL, "en")


async def test_what_cannot_be_drawn_fails_alone(renderer: ProcessRenderer) -> None:
    damaged = tickets_ready(event=event(time_zone="Nowhere/At_All"))
    both = await asyncio.gather(
        renderer.email(damaged, "en"), renderer.email(EMAIL, "en"), return_exceptions=True
    )
    assert [type(one).__name__ for one in both] == ["ZoneInfoNotFoundError", "RenderedEmail"]


async def test_many_at_once_are_drawn_by_one_process(renderer: ProcessRenderer) -> None:
    names = [f"Rina {number}" for number in range(20)]
    messages = await asyncio.gather(
        *(renderer.email(PasswordChanged(name), "en") for name in names)
    )
    assert all(name in email.text for name, email in zip(names, messages, strict=True))
    assert len(drawing()) == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_service_that_is_told_to_end_finishes_its_emails(
    renderer: ProcessRenderer, number: signal.Signals
) -> None:
    """The whole group of processes is told."""
    await renderer.email(EMAIL, "en")
    [process] = drawing()
    process.send_signal(number)
    await renderer.email(EMAIL, "en")
    assert drawing() == [process]


async def test_what_a_process_drew_when_it_was_killed_another_draws(
    renderer: ProcessRenderer,
) -> None:
    """As the kernel does when memory runs out, and this process is the largest."""
    await renderer.email(EMAIL, "en")
    [process] = drawing()
    process.suspend()
    waiting = asyncio.create_task(renderer.email(EMAIL, "en"))
    await asyncio.sleep(0)
    process.kill()
    assert "Rina" in (await waiting).text
    assert drawing() != [process]


async def test_what_kills_each_process_is_given_up(
    renderer: ProcessRenderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as during:
        during.setattr(renderer_process, "_PROGRAM", (sys.executable, "-c", ""))
        with pytest.raises((EOFError, OSError)):
            await renderer.email(EMAIL, "en")
    assert "Rina" in (await renderer.email(EMAIL, "en")).text


async def test_one_that_was_killed_while_it_was_idle_is_missed_by_nobody(
    renderer: ProcessRenderer,
) -> None:
    await renderer.email(EMAIL, "en")
    [process] = drawing()
    process.kill()
    assert (await renderer.tickets_pdf(tickets_ready(), "en")).startswith(b"%PDF")


async def test_an_answer_that_nobody_awaits_any_more_is_nobody_elses(
    renderer: ProcessRenderer,
) -> None:
    await renderer.email(EMAIL, "en")
    waiting = asyncio.create_task(renderer.email(tickets_ready(), "en"))
    await asyncio.sleep(0.01)
    waiting.cancel()
    with suppress(asyncio.CancelledError):
        await waiting
    assert "Tahmina" in (await renderer.email(PasswordChanged("Tahmina"), "en")).text


async def test_it_ends_when_there_is_nothing_to_draw() -> None:
    renderer = ProcessRenderer(ORGANIZATION, idle_seconds=0.2)
    await renderer.email(EMAIL, "en")
    [process] = drawing()
    await ended(process)
    await renderer.email(EMAIL, "en")
    assert len(drawing()) == 1
    await renderer.close()
    assert drawing() == []


async def test_it_is_told_no_secrets(
    renderer: ProcessRenderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It opens pictures that people have sent."""
    monkeypatch.setenv("BASHI_SECRET", "not for everybody")
    await renderer.email(EMAIL, "en")
    [process] = drawing()
    names = process.environ()
    assert "PATH" in names
    assert [name for name in names if name.startswith("BASHI_")] == []


async def test_downloads_hold_up_no_email_and_are_not_endless(renderer: ProcessRenderer) -> None:
    tickets = tickets_ready()
    asked = [asyncio.create_task(renderer.tickets_pdf(tickets, "en")) for _ in range(DOWNLOADS_MAX)]
    await asyncio.sleep(0)
    with pytest.raises(Busy):
        await renderer.tickets_pdf(tickets, "en")
    await renderer.email(EMAIL, "en")
    assert sum(task.done() for task in asked) <= 2
    drawn = await asyncio.gather(*asked)
    assert drawn == [drawn[0]] * DOWNLOADS_MAX
    assert await renderer.tickets_pdf(tickets, "en") == drawn[0]
