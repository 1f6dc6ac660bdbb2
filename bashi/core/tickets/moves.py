"""Ticket states, and every move between them."""

from enum import StrEnum

from bashi.core.moves import Move


class TicketState(StrEnum):
    VALID = "valid"
    USED = "used"
    VOID = "void"
    FROZEN = "frozen"  # the buyer's bank disputes the payment


USE_TICKET = Move({TicketState.VALID}, {TicketState.USED})
UNDO_USE = Move({TicketState.USED}, {TicketState.VALID})
VOID_UNUSED = Move({TicketState.VALID}, {TicketState.VOID})
VOID_ANY = Move({TicketState.VALID, TicketState.USED}, {TicketState.VOID})
REVIVE_TICKET = Move({TicketState.VOID}, {TicketState.VALID, TicketState.USED, TicketState.FROZEN})
FREEZE_TICKET = Move({TicketState.VALID}, {TicketState.FROZEN})
THAW_TICKET = Move({TicketState.FROZEN}, {TicketState.VALID})
TICKET_MOVES = (
    USE_TICKET,
    UNDO_USE,
    VOID_UNUSED,
    VOID_ANY,
    REVIVE_TICKET,
    FREEZE_TICKET,
    THAW_TICKET,
)
