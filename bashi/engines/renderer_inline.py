"""Renderer without threads, for where there are none. Libraries load when they are first used."""

import gc
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from bashi.core.mail.letters import EventFacts, Letter, Organisation, RenderedLetter, TicketsReady

if TYPE_CHECKING:
    from bashi.render.images import Cut


class InlineRenderer:
    """`cut` makes the strip on top of tickets, as `render.images.Cut` does, elsewhere."""

    def __init__(
        self,
        organisation: Organisation,
        cut: Callable[[bytes, int, int], Awaitable[bytes | None]],
    ) -> None:
        self._organisation = organisation
        self._cut = cut

    async def letter(self, letter: Letter, locale: str) -> RenderedLetter:
        from bashi.render.letters import render_letter  # noqa: PLC0415 - heavy

        return render_letter(letter, locale, self._organisation, await self._ready(letter))

    async def tickets_pdf(self, letter: Letter, locale: str) -> bytes:
        """Raises TypeError for a letter without tickets."""
        from bashi.render.ticket_pdf import tickets_pdf  # noqa: PLC0415 - heavy

        if not isinstance(letter, TicketsReady):
            raise TypeError(f"{type(letter).__name__} has no tickets")
        try:
            return tickets_pdf(letter, locale, self._organisation, await self._ready(letter))
        finally:
            gc.collect()  # fonts refer to themselves in circles, and a Worker has 128 MB

    async def calendar(self, event: EventFacts, locale: str) -> bytes:
        from bashi.render.calendar import event_calendar  # noqa: PLC0415 - heavy

        return event_calendar(event, locale, self._organisation)

    async def markdown(self, text: str) -> str:
        from bashi.render.markdown import html  # noqa: PLC0415 - heavy

        return html(text)

    async def qr_svg(self, text: str) -> str:
        from bashi.render.qr import svg  # noqa: PLC0415 - heavy

        return svg(text)

    async def _ready(self, letter: Letter) -> "Cut":
        """Cut beforehand, since drawing does not wait."""
        strip: bytes | None = None
        if isinstance(letter, TicketsReady) and letter.event.cover:
            from bashi.render.ticket_pdf import picture_pixels  # noqa: PLC0415 - heavy

            strip = await self._cut(letter.event.cover, *picture_pixels(letter.event))
        return lambda _picture, _width, _height: strip
