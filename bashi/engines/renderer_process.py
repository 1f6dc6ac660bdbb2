"""Renderer with a process of its own for letters and PDFs: drawing holds the interpreter, and every
request would wait beside a thread that draws (decision 18)."""

import asyncio
import os
import pickle
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import suppress

from bashi.core.mail.letters import EventFacts, Letter, Organisation, RenderedLetter, TicketsReady
from bashi.engines.renderer_child import LENGTH, Answer, Ask

DRAWN_SECONDS = 60.0
IDLE_SECONDS = 60.0

_PROGRAM = (sys.executable, "-P", "-m", "bashi.engines.renderer_child")


class ProcessRenderer:
    """Belongs to one event loop. The process begins with a letter, draws one after the other, and
    ends when none has come for `idle_seconds`, which gives its memory back.

    What pages need is drawn in threads: it takes little, and waits for no PDF.
    """

    def __init__(self, organisation: Organisation, idle_seconds: float = IDLE_SECONDS) -> None:
        self._organisation = organisation
        self._idle_seconds = idle_seconds
        self._turn = asyncio.Lock()
        self._process: Process | None = None
        self._leaving: asyncio.TimerHandle | None = None

    async def letter(self, letter: Letter, locale: str) -> RenderedLetter:
        """Raises OSError or EOFError when the process can't begin or dies, TimeoutError."""
        drawn = await self._draw(("letter", letter, locale, self._organisation))
        assert isinstance(drawn, RenderedLetter)
        return drawn

    async def tickets_pdf(self, letter: Letter, locale: str) -> bytes:
        """Raises TypeError for a letter without tickets, and what `letter` raises."""
        if not isinstance(letter, TicketsReady):
            raise TypeError(f"{type(letter).__name__} has no tickets")
        drawn = await self._draw(("tickets_pdf", letter, locale, self._organisation))
        assert isinstance(drawn, bytes)
        return drawn

    async def calendar(self, event: EventFacts, locale: str) -> bytes:
        return await asyncio.to_thread(self._calendar, event, locale)

    async def markdown(self, text: str) -> str:
        return await asyncio.to_thread(_markdown, text)

    async def qr_svg(self, text: str) -> str:
        return await asyncio.to_thread(_qr_svg, text)

    async def close(self) -> None:
        process = self._dismiss()
        if process is not None:
            await process.wait()

    async def _draw(self, ask: Ask) -> RenderedLetter | bytes:
        async with self._turn:
            if self._leaving is not None:
                self._leaving.cancel()
            try:
                async with asyncio.timeout(DRAWN_SECONDS):
                    answer = await _answer(await self._present(), ask)
            except BaseException:
                self._dismiss()  # half an answer would be taken for the next one's
                raise
            loop = asyncio.get_running_loop()
            self._leaving = loop.call_later(self._idle_seconds, self._dismiss)
        if isinstance(answer, Exception):
            raise answer
        return answer

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

    def _calendar(self, event: EventFacts, locale: str) -> bytes:
        from bashi.render.calendar import event_calendar  # noqa: PLC0415 - heavy

        return event_calendar(event, locale, self._organisation)


async def _answer(process: Process, ask: Ask) -> Answer:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(pickle.dumps(ask))
    await process.stdin.drain()
    (length,) = LENGTH.unpack(await process.stdout.readexactly(LENGTH.size))
    # From a child of ours, by a pipe of its own.
    answer: Answer = pickle.loads(await process.stdout.readexactly(length))  # noqa: S301
    return answer


def _qr_svg(text: str) -> str:
    from bashi.render.qr import svg  # noqa: PLC0415 - heavy

    return svg(text)


def _markdown(text: str) -> str:
    from bashi.render.markdown import html  # noqa: PLC0415 - heavy

    return html(text)
