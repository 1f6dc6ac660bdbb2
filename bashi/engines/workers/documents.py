"""Documents, set by the Worker of deploy/cloudflare/documents, which has the Typst compiler."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from pyodide.ffi import JsException

from bashi.core.errors import Busy
from bashi.core.mail.emails import Organization, TicketsReady

log = structlog.get_logger()

_ORIGIN = "https://documents.internal"
_AGAIN_SECONDS = 10
_NO_OPTIONAL_FONTS: frozenset[str] = frozenset()


class WorkersDocuments:
    """`binding`: that Worker's service binding. `cut` makes the banner of a cover, or None."""

    def __init__(
        self, binding: Any, cut: Callable[[bytes, int, int], Awaitable[bytes | None]]
    ) -> None:
        self._binding = binding
        self._cut = cut

    async def tickets(self, email: TicketsReady, locale: str, organization: Organization) -> bytes:
        """Raises Busy while the Worker does not answer."""
        from bashi.render.documents import ticket  # noqa: PLC0415 - not before it is needed

        cover, banner = email.event.cover, None
        if cover is not None:
            banner = await self._cut(cover, *ticket.banner_pixels(email.event))
        data = ticket.ticket_data(
            email, locale, organization, lambda *_: banner, _NO_OPTIONAL_FONTS
        )
        return await self._set(ticket.SOURCE, json.dumps(data, ensure_ascii=False))

    async def _set(self, source: str, data: str) -> bytes:
        try:
            answer = await self._binding.fetch(f"{_ORIGIN}/{source}", method="POST", body=data)
            content: bytes = await answer.bytes()
        except (JsException, OSError) as error:  # the SDK makes the other of the one
            log.warning("document_not_set", reason=str(error))
            raise _busy() from error
        if answer.status != 200:
            log.error("document_not_set", status=answer.status, reason=content[:500].decode())
            raise _busy()
        return content


def _busy() -> Busy:
    return Busy("drawing_busy", "Tickets can't be drawn now. Try again soon.", _AGAIN_SECONDS)
