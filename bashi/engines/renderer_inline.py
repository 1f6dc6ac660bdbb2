"""Renderer without threads, for where there are none. Libraries load when they are first used."""

import gc

from bashi.core.mail.letters import EventFacts, Letter, Organisation, RenderedLetter, TicketsReady


class InlineRenderer:
    def __init__(self, organisation: Organisation) -> None:
        self._organisation = organisation

    async def letter(self, letter: Letter, locale: str) -> RenderedLetter:
        from bashi.render.letters import render_letter  # noqa: PLC0415 - heavy

        return render_letter(letter, locale, self._organisation)

    async def tickets_pdf(self, letter: Letter, locale: str) -> bytes:
        """Raises TypeError for a letter without tickets."""
        from bashi.render.ticket_pdf import tickets_pdf  # noqa: PLC0415 - heavy

        if not isinstance(letter, TicketsReady):
            raise TypeError(f"{type(letter).__name__} has no tickets")
        try:
            return tickets_pdf(letter, locale, self._organisation)
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
