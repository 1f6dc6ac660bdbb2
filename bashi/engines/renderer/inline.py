"""Renderer without threads or processes, for where there are none."""

import gc
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from bashi.core.mail.emails import Email, EventFacts, Organization, RenderedEmail, TicketsReady
from bashi.engines.renderer import drawing

if TYPE_CHECKING:
    from bashi.render.images import Cut


class InlineRenderer:
    """`cut` makes the strip on top of tickets, as `render.images.Cut` does, elsewhere."""

    def __init__(
        self,
        organization: Organization,
        cut: Callable[[bytes, int, int], Awaitable[bytes | None]],
    ) -> None:
        self._organization = organization
        self._cut = cut

    async def email(self, email: Email, locale: str) -> RenderedEmail:
        return drawing.email(email, locale, self._organization, await self._ready(email))

    async def tickets_pdf(self, email: Email, locale: str) -> bytes:
        """Raises TypeError for an email without tickets."""
        cut = await self._ready(email)
        try:
            return drawing.tickets_pdf(email, locale, self._organization, cut)
        finally:
            gc.collect()  # fonts refer to themselves in circles, and a Worker has 128 MB

    async def calendar(self, event: EventFacts, locale: str) -> bytes:
        return drawing.calendar(event, locale, self._organization)

    async def markdown(self, text: str) -> str:
        return drawing.markdown(text)

    async def qr_svg(self, text: str) -> str:
        return drawing.qr_svg(text)

    async def _ready(self, email: Email) -> "Cut":
        """Cut beforehand, since drawing does not wait."""
        strip: bytes | None = None
        if isinstance(email, TicketsReady) and email.event.cover:
            from bashi.render.ticket_pdf import picture_pixels  # noqa: PLC0415 - heavy

            strip = await self._cut(email.event.cover, *picture_pixels(email.event))
        return lambda _picture, _width, _height: strip
