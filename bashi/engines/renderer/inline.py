"""Renderer without threads or processes, for where there are none."""

import gc
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from bashi.core.mail.emails import EventFacts, Letter, Organisation, RenderedLetter, TicketsReady
from bashi.engines.renderer import drawing

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
        return drawing.letter(letter, locale, self._organisation, await self._ready(letter))

    async def tickets_pdf(self, letter: Letter, locale: str) -> bytes:
        """Raises TypeError for a letter without tickets."""
        cut = await self._ready(letter)
        try:
            return drawing.tickets_pdf(letter, locale, self._organisation, cut)
        finally:
            gc.collect()  # fonts refer to themselves in circles, and a Worker has 128 MB

    async def calendar(self, event: EventFacts, locale: str) -> bytes:
        return drawing.calendar(event, locale, self._organisation)

    async def markdown(self, text: str) -> str:
        return drawing.markdown(text)

    async def qr_svg(self, text: str) -> str:
        return drawing.qr_svg(text)

    async def _ready(self, letter: Letter) -> "Cut":
        """Cut beforehand, since drawing does not wait."""
        strip: bytes | None = None
        if isinstance(letter, TicketsReady) and letter.event.cover:
            from bashi.render.ticket_pdf import picture_pixels  # noqa: PLC0415 - heavy

            strip = await self._cut(letter.event.cover, *picture_pixels(letter.event))
        return lambda _picture, _width, _height: strip
