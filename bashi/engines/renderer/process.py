"""Renderer with a process of its own for emails and PDFs: drawing holds the interpreter, and every
request would wait beside a thread that draws (decision 18)."""

import asyncio
import os
import pickle
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

from bashi.core.errors import Busy
from bashi.core.mail.emails import Email, EventFacts, Organization, RenderedEmail
from bashi.engines.renderer import drawing
from bashi.engines.renderer.child import LENGTH

DRAWN_SECONDS = 40.0  # within an email's lease
IDLE_SECONDS = 60.0
DOWNLOADS_MAX = 32
"""PDFs asked for at once. Most take half a second; twenty long names take several."""

_PROGRAM = (sys.executable, "-P", "-m", "bashi.engines.renderer.child")

T = TypeVar("T")


class ProcessRenderer:
    """Belongs to one event loop. The process begins with an email, draws one after the other, and
    ends when none has come for `idle_seconds`, which gives its memory back.

    What pages need is drawn in threads: it takes little, and waits for no PDF. PDFs that are asked
    for have a line of their own, of which an email waits for one at most.
    """

    def __init__(self, organization: Organization, idle_seconds: float = IDLE_SECONDS) -> None:
        self._organization = organization
        self._idle_seconds = idle_seconds
        self._turn = asyncio.Lock()
        self._downloads = asyncio.Lock()
        self._asked_for = 0
        self._process: Process | None = None
        self._leaving: asyncio.TimerHandle | None = None

    async def email(self, email: Email, locale: str) -> RenderedEmail:
        """Raises OSError or EOFError when no process begins or a second one dies, TimeoutError."""
        return await self._draw(drawing.email, email, locale)

    async def tickets_pdf(self, email: Email, locale: str) -> bytes:
        """Raises TypeError for an email without tickets, Busy, and what `email` raises."""
        if self._asked_for >= DOWNLOADS_MAX:
            raise Busy("drawing_busy", "Many tickets are being drawn. Try again in a moment.", 5)
        self._asked_for += 1
        try:
            async with self._downloads:
                return await self._draw(drawing.tickets_pdf, email, locale)
        finally:
            self._asked_for -= 1

    async def calendar(self, event: EventFacts, locale: str) -> bytes:
        return await asyncio.to_thread(drawing.calendar, event, locale, self._organization)

    async def markdown(self, text: str) -> str:
        return await asyncio.to_thread(drawing.markdown, text)

    async def qr_svg(self, text: str) -> str:
        return await asyncio.to_thread(drawing.qr_svg, text)

    async def close(self) -> None:
        process = self._dismiss()
        if process is not None:
            await process.wait()

    async def _draw(
        self, work: Callable[[Email, str, Organization], T], email: Email, locale: str
    ) -> T:
        ask = pickle.dumps((work, email, locale, self._organization))
        async with self._turn:
            if self._leaving is not None:
                self._leaving.cancel()
            try:
                async with asyncio.timeout(DRAWN_SECONDS):
                    answer = await self._asked(ask)
            except BaseException:
                self._dismiss()  # half an answer would be taken for the next one's
                raise
            loop = asyncio.get_running_loop()
            self._leaving = loop.call_later(self._idle_seconds, self._dismiss)
        if isinstance(answer, Exception):
            raise answer
        drawn: T = answer
        return drawn

    async def _asked(self, ask: bytes) -> Any:
        """Of another process where one died: the kernel's choice when memory runs out."""
        try:
            return await _answer(await self._present(), ask)
        except (EOFError, ConnectionError):
            self._dismiss()
            return await _answer(await self._present(), ask)

    async def _present(self) -> Process:
        if self._process is None:
            secrets_apart = {
                name: value for name, value in os.environ.items() if not name.startswith("BASHI_")
            }
            self._process = await asyncio.create_subprocess_exec(
                *_PROGRAM, stdin=PIPE, stdout=PIPE, env=secrets_apart
            )
        return self._process

    def _dismiss(self) -> Process | None:
        """Ends it at once: it is idle, or what it does is not awaited any more."""
        process, self._process = self._process, None
        if process is not None:
            with suppress(ProcessLookupError):
                process.kill()
        return process


async def _answer(process: Process, ask: bytes) -> Any:
    """What was drawn, or the exception that was raised."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(ask)
    await process.stdin.drain()
    (length,) = LENGTH.unpack(await process.stdout.readexactly(LENGTH.size))
    pickled = await process.stdout.readexactly(length)
    return pickle.loads(pickled)  # noqa: S301 - from a child of ours, by a pipe of its own
