"""Show a ticket to whoever holds its signed code: its QR and its state."""

from enum import StrEnum

from bashi.core import tokens
from bashi.core.door import sql
from bashi.core.errors import NotFound
from bashi.core.ports import Ports


class CodeState(StrEnum):
    VALID = "valid"
    USED = "used"
    VOID = "void"
    FROZEN = "frozen"
    SUPERSEDED = "superseded"

    @property
    def is_shown(self) -> bool:
        return self in (CodeState.VALID, CodeState.USED)


async def show(ports: Ports, code: str) -> tuple[CodeState, str | None]:
    """The state, and the QR as <svg> of a code that is still the ticket's. Raises NotFound."""
    named = await ports.signer.verify_ticket(code)
    found = await ports.database.fetch(sql.STATE(ticket=named.ticket_id)) if named else []
    if named is None or not found:
        raise NotFound("no_such_ticket", "This ticket is not known here.")
    old = found[0]["serial"] != named.serial
    state = CodeState.SUPERSEDED if old else CodeState(found[0]["status"])
    if not state.is_shown:
        return state, None
    return state, await ports.renderer.qr_svg(tokens.ticket_address(ports.policy.site_url, code))
