"""Scan a ticket: admit it if unused, log the scan, and answer with the verdict, in one batch."""

from dataclasses import dataclass

from bashi.core import limits
from bashi.core.batch import Refused, Statement
from bashi.core.door import sql
from bashi.core.door.rules import Scanned, Verdict
from bashi.core.errors import Invalid, NotFound
from bashi.core.ports import Ports
from bashi.core.tickets import tally


@dataclass(frozen=True, slots=True)
class Scan:
    scan_id: str
    """Made on the phone; the same scan sent again gets the same answer."""
    event_id: str
    gate: str
    person_id: str
    scanned_at: int


@dataclass(frozen=True, slots=True)
class Seen:
    """Which ticket a code names. `serial` None: a typed code, or a ticket chosen from a list."""

    ticket_id: str
    serial: int | None


async def scan_code(ports: Ports, scan: Scan, code: str) -> Scanned:
    """A QR's code, or the whole link that it holds."""
    named = await ports.signer.verify_ticket(code.rpartition("#")[2])
    if named is None:
        return await _unknown(ports, scan, Verdict.FORGED)
    return await scan_ticket(ports, scan, Seen(named.ticket_id, named.serial))


async def scan_typed(ports: Ports, scan: Scan, typed: str) -> Scanned:
    """The ten symbols under the QR. Crockford's base32 forgives I, L and O; case and spaces."""
    code = typed.upper().translate(_FORGIVEN)
    if len(code) != limits.TYPED_CODE_CHARS:
        raise Invalid("typed_code_length", "The code has ten letters and digits.")
    rows = await ports.database.fetch(sql.TICKET_TYPED(code=code))
    if not rows:
        return await _unknown(ports, scan, Verdict.UNKNOWN)
    return await scan_ticket(ports, scan, Seen(rows[0]["id"], None))


async def scan_found(ports: Ports, scan: Scan, ticket_id: str) -> Scanned:
    """A guest's ticket, chosen among those found at this door."""
    return await scan_ticket(ports, scan, Seen(ticket_id, None))


async def scan_chosen(ports: Ports, ticket_id: str, gate: str, by: str, scan_id: str) -> Scanned:
    """A ticket picked from a list, at its own event. Raises NotFound."""
    rows = await ports.database.fetch(sql.TICKET(ticket=ticket_id))
    if not rows:
        raise NotFound("no_such_ticket", "This ticket is not here.")
    scan = Scan(scan_id, rows[0]["event_id"], gate, by, ports.clock.now())
    return await scan_ticket(ports, scan, Seen(ticket_id, None))


_FORGIVEN = {ord("I"): "1", ord("L"): "1", ord("O"): "0", ord(" "): None, ord("-"): None}


async def scan_ticket(ports: Ports, scan: Scan, seen: Seen) -> Scanned:
    now = ports.clock.now()
    batch: list[Statement] = [
        sql.USE(
            at=_believed(scan.scanned_at, now),
            gate=scan.gate,
            person=scan.person_id,
            scan=scan.scan_id,
            ticket=seen.ticket_id,
            event=scan.event_id,
            serial=seen.serial,
        ),
        tally.ADMIT(ticket=seen.ticket_id, scan=scan.scan_id),
        sql.LOG(
            scan=scan.scan_id,
            event=scan.event_id,
            serial=seen.serial,
            gate=scan.gate,
            person=scan.person_id,
            scanned_at=scan.scanned_at,
            now=now,
            ticket=seen.ticket_id,
        ),
        sql.JUDGED(ticket=seen.ticket_id, scan=scan.scan_id),
    ]
    try:
        _, _, logged, read = await ports.database.batch(batch)
    except Refused:
        return await _repeated(ports, scan)
    if not logged.changed:
        return await _unknown(ports, scan, Verdict.UNKNOWN)
    [row] = read.rows
    ticket = sql.door_ticket(row)
    return Scanned(scan.scan_id, sql.verdict(row), ticket, ticket.used_at, ticket.used_gate)


def _believed(scanned_at: int, now: int) -> int:
    """The phone's word, within what it may be: its clock can be years away from ours."""
    return min(max(scanned_at, now - limits.SCAN_KEPT_SECONDS * 1000), now)


async def _unknown(ports: Ports, scan: Scan, verdict: Verdict) -> Scanned:
    log = sql.LOG_UNKNOWN(
        scan=scan.scan_id,
        event=scan.event_id,
        verdict=verdict.value,
        gate=scan.gate,
        person=scan.person_id,
        scanned_at=scan.scanned_at,
        now=ports.clock.now(),
    )
    try:
        await ports.database.batch([log])
    except Refused:
        return await _repeated(ports, scan)
    return Scanned(scan.scan_id, verdict, None, None, None)


async def _repeated(ports: Ports, scan: Scan) -> Scanned:
    """The first answer to this scan id, whatever happened to the ticket since."""
    stored = (await ports.database.fetch(sql.SCAN(scan=scan.scan_id)))[0]
    if stored["person_id"] != scan.person_id or stored["event_id"] != scan.event_id:
        raise NotFound("no_such_scan", "This scan id belongs to another scan.")
    rows = await ports.database.fetch(sql.TICKET(ticket=stored["ticket_id"]))
    return Scanned(
        scan.scan_id,
        sql.verdict(stored),
        sql.door_ticket(rows[0]) if rows else None,
        stored["first_used_at"],
        stored["first_used_gate"],
    )
