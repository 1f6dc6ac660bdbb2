"""Renderer in a thread of its own: a PDF takes up to a second, and the event loop must go on."""

import asyncio
import gc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from bashi.core.mail.letters import EventFacts, Letter, Organisation, RenderedLetter, TicketsReady

T = TypeVar("T")

_YOUNG = 1
"""The generations that a letter's own objects are in: they go, and what has lived long is left
alone, so that no request waits for a look at everything."""


class ThreadRenderer:
    """One thread for letters, since rendering holds the interpreter; what pages need goes beside
    it, so that no page waits for a PDF. Libraries load when they are first used.
    """

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
        return await asyncio.to_thread(_markdown, text)

    async def qr_svg(self, text: str) -> str:
        return await asyncio.to_thread(_qr_svg, text)

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

    async def _run(self, work: Callable[..., T], *arguments: Letter | str) -> T:
        return await asyncio.get_running_loop().run_in_executor(
            self._executor, _tidily, work, *arguments
        )


def _tidily(work: Callable[..., T], *arguments: Letter | str) -> T:
    """Fonts refer to themselves in circles, and a busy server seldom looks for those."""
    try:
        return work(*arguments)
    finally:
        gc.collect(_YOUNG)


def _qr_svg(text: str) -> str:
    from bashi.render.qr import svg  # noqa: PLC0415 - heavy

    return svg(text)


def _markdown(text: str) -> str:
    from bashi.render.markdown import html  # noqa: PLC0415 - heavy

    return html(text)
