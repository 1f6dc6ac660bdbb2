"""Decode and verify the signed payload of a ticket's QR code."""

from bashi.core import tokens
from bashi.core.ports import Ports


async def read_code(ports: Ports, code: str) -> tokens.TicketCode | None:
    """None for what we have not signed."""
    payload = await ports.signer.verify_ticket(code)
    return None if payload is None else tokens.read_ticket_payload(payload)
