"""Verdicts of a scan: admit, already used, void, wrong event. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from bashi.core.text import Text


class Verdict(StrEnum):
    ADMITTED = "admitted"
    ALREADY_USED = "already_used"
    VOID = "void"
    FROZEN = "frozen"  # the buyer's bank disputes the payment
    WRONG_EVENT = "wrong_event"
    SUPERSEDED = "superseded"  # re-issued since: an older code of the same ticket
    UNKNOWN = "unknown"
    FORGED = "forged"


@dataclass(frozen=True, slots=True)
class DoorEvent:
    """Where somebody may stand."""

    id: str
    title: Text
    starts_at: int
    ends_at: int
    time_zone: str
    venue: str


@dataclass(frozen=True, slots=True)
class DoorTicket:
    """A ticket as it stands after a scan's batch."""

    id: str
    event_id: str
    status: str
    serial: int
    attendee: str
    type_name: Text
    order_number: str
    event_title: Text
    used_at: int | None
    used_gate: str | None
    used_scan_id: str | None


@dataclass(frozen=True, slots=True)
class Scanned:
    scan_id: str
    verdict: Verdict
    ticket: DoorTicket | None
    used_at: int | None
    """When and where the ticket was first used, as known at this scan."""
    used_gate: str | None
