"""Add a ticket type, or change one while it is on sale."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bashi.core import limits
from bashi.core.audit import NONE_TOLD, audit, changes, values_of
from bashi.core.batch import Refused, Statement
from bashi.core.columns import params
from bashi.core.errors import Conflict, Invalid, NotFound, Problem
from bashi.core.events import sql
from bashi.core.events.edit import changed_meanwhile, event_canceled
from bashi.core.events.pages import forget
from bashi.core.events.read import read_event
from bashi.core.events.rules import Event, EventStatus, TicketType, TypeContent, check_type, edited
from bashi.core.ports import Ports


@dataclass(frozen=True, slots=True)
class PutTicketType:
    event_id: str
    type_id: str
    version: int | None
    """None adds a new one."""
    content: TypeContent
    still_right: Sequence[str] = ()
    """Translations that were read again after the main language changed: `name.bn`."""


async def put_ticket_type(ports: Ports, person_id: str, command: PutTicketType) -> TicketType:
    """A new price counts for orders from now on; what was ordered keeps its own.

    Repeating the command right away answers with the present state. Raises InvalidFields, NotFound,
    Invalid (`id_reused`), Conflict (`changed_meanwhile`, `capacity_in_use`, `too_many_types`,
    `event_canceled`).
    """
    event = await _open_event(ports, command)
    check_type(command.content, event.currency, ports.policy.locales)
    stored = None if command.version is None else await _find(ports, command)
    if stored is not None:
        command = _remembering(ports, stored, command)
    try:
        await ports.database.batch(_statements(ports, person_id, stored, command))
    except Refused as refused:
        stored = await _find(ports, command)
        if stored is not None and _already_done(stored, command):
            return stored
        await _open_event(ports, command)
        raise _reason(stored, command, refused) from refused
    await forget(ports.cache, event.slug)
    stored = await _find(ports, command)
    if stored is None:
        raise _no_such_type()
    return stored


def _remembering(ports: Ports, stored: TicketType, command: PutTicketType) -> PutTicketType:
    """The command, with what its translations were checked against."""
    content = edited(stored.content, command.content, ports.policy.locales, command.still_right)
    return replace(command, content=content)


async def _open_event(ports: Ports, command: PutTicketType) -> Event:
    event = await read_event(ports, command.event_id)
    if event.status is EventStatus.CANCELED:
        raise event_canceled()
    return event


def _statements(
    ports: Ports, person_id: str, stored: TicketType | None, command: PutTicketType
) -> list[Statement]:
    now = ports.clock.now()
    bound = {"id": command.type_id, "event": command.event_id, **params(command.content)}
    if command.version is None:
        write, action = sql.INSERT_TYPE(**bound), "ticket_type.add"
    else:
        write = sql.UPDATE_TYPE(1, "ticket_type_version", version=command.version, **bound)
        action = "ticket_type.edit"
    return [
        write,
        sql.TOUCH_OPEN(
            1, "event_open", id=command.event_id, now=now, types_max=limits.TICKET_TYPES_PER_EVENT
        ),
        audit(
            entry_id=ports.ids.uuid(),
            at=now,
            person=person_id,
            action=action,
            subject=command.type_id,
            changes=changes(values_of(stored.content), values_of(command.content))
            if stored
            else NONE_TOLD,
        ),
    ]


async def _find(ports: Ports, command: PutTicketType) -> TicketType | None:
    rows = await ports.database.fetch(sql.TYPE(id=command.type_id))
    return sql.ticket_type(rows[0]) if rows else None


def _already_done(stored: TicketType, command: PutTicketType) -> bool:
    """A repeated command, and not one whose id or version is another's."""
    after = (command.version or 0) + 1
    return (stored.event_id, stored.content, stored.version) == (
        command.event_id,
        command.content,
        after,
    )


def _reason(stored: TicketType | None, command: PutTicketType, refused: Refused) -> Problem:
    if refused.name == "ticket_type_within_capacity":
        used = stored.held + stored.sold if stored else 0
        return Conflict(
            "capacity_in_use",
            f"{used} seats are sold or held, and {command.content.kept_back} kept back:"
            " the capacity must not be below their sum.",
        )
    if refused.name == "event_open":
        return Conflict(
            "too_many_types", f"An event has at most {limits.TICKET_TYPES_PER_EVENT} ticket types."
        )
    if stored is None or stored.event_id != command.event_id:
        return _no_such_type()
    if command.version is None:
        return Invalid("id_reused", "This id was used for another ticket type. Make a new one.")
    return changed_meanwhile()


def _no_such_type() -> NotFound:
    return NotFound("no_such_ticket_type", "This ticket type is not here. Load the event again.")
