"""Renderer in a thread of its own: a PDF takes half a second, and the event loop must go on."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from bashi.core.mail.letters import EventFacts, Letter, Organisation, RenderedLetter, TicketsReady

T = TypeVar("T")


class ThreadRenderer:
    """One thread, since rendering holds the interpreter; libraries load with the first letter."""

    def __init__(self, organisation: Organisation) -> None:
        self._organisation = organisation
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="render")

    async def letter(self, letter: Letter, locale: str) -> RenderedLetter:
        return await self._run(self._letter, letter, locale)

    async def tickets_pdf(self, letter: Letter, locale: str) -> bytes:
        """Raises TypeError for a letter without tickets."""
        if not isinstance(letter, TicketsReady):
            raise TypeError(f"{type(letter).__name__} has no tickets")
        return await self._run(self._tickets_pdf, letter, locale)

    async def calendar(self, event: EventFacts, locale: str) -> bytes:
        return await asyncio.to_thread(self._calendar, event, locale)

    async def markdown(self, text: str) -> str:
        """Beside the thread of the letters: a page must not wait for a PDF."""
        return await asyncio.to_thread(_markdown, text)

    async def qr_svg(self, text: str) -> str:
        return await self._run(self._qr_svg, text)

    def close(self) -> None:
        self._executor.shutdown(cancel_futures=True)

    def _calendar(self, event: EventFacts, locale: str) -> bytes:
        from bashi.render.calendar import event_calendar  # noqa: PLC0415 - heavy

        return event_calendar(event, locale, self._organisation)

    def _letter(self, letter: Letter, locale: str) -> RenderedLetter:
        from bashi.render.letters import render_letter  # noqa: PLC0415 - heavy

        return render_letter(letter, locale, self._organisation)

    def _tickets_pdf(self, letter: TicketsReady, locale: str) -> bytes:
        from bashi.render.ticket_pdf import tickets_pdf  # noqa: PLC0415 - heavy

        return tickets_pdf(letter, locale, self._organisation)

    def _qr_svg(self, text: str) -> str:
        from bashi.render.qr import svg  # noqa: PLC0415 - heavy

        return svg(text)

    async def _run(self, work: Callable[..., T], *arguments: Letter | str) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._executor, work, *arguments)


def _markdown(text: str) -> str:
    from bashi.render.markdown import html  # noqa: PLC0415 - heavy

    return html(text)
