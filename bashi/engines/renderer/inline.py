"""Renderer without threads or processes, for where there are none."""

from collections.abc import Awaitable, Callable

from bashi.core.mail.emails import Email, EventFacts, Organization, RenderedEmail, TicketsReady
from bashi.engines.renderer import drawing


class InlineRenderer:
    """`tickets` makes an order's tickets as a PDF, elsewhere."""

    def __init__(
        self,
        organization: Organization,
        tickets: Callable[[TicketsReady, str, Organization], Awaitable[bytes]],
    ) -> None:
        self._organization = organization
        self._tickets = tickets

    async def email(self, email: Email, locale: str) -> RenderedEmail:
        pdf = await self.tickets_pdf(email, locale) if isinstance(email, TicketsReady) else b""
        # Made beforehand, since rendering does not wait.
        return drawing.email(email, locale, self._organization, lambda *_: pdf)

    async def tickets_pdf(self, email: Email, locale: str) -> bytes:
        """Raises TypeError for an email without tickets."""
        return await self._tickets(drawing.with_tickets(email), locale, self._organization)

    async def calendar(self, event: EventFacts, locale: str) -> bytes:
        return drawing.calendar(event, locale, self._organization)

    async def markdown(self, text: str) -> str:
        return drawing.markdown(text)

    async def qr_svg(self, text: str) -> str:
        return drawing.qr_svg(text)
