"""Look up a ticket's validity: its fixed part from the cache, its state from the database."""

import json
from dataclasses import astuple, dataclass
from functools import lru_cache

from bashi.core import limits
from bashi.core.door import sql
from bashi.core.errors import NotFound
from bashi.core.orders.rules import EventBrief
from bashi.core.orders.sql import brief
from bashi.core.orders.view import EVENT
from bashi.core.ports import Ports
from bashi.core.text import Text
from bashi.core.tickets.moves import TicketState


@dataclass(frozen=True, slots=True)
class Fixed:
    """What a ticket says for as long as its serial stays the same."""

    attendee: str
    order_number: str
    event_id: str


@dataclass(frozen=True, slots=True)
class Verified:
    fixed: Fixed
    type_name: Text
    event: EventBrief
    status: TicketState
    used_at: int | None
    used_gate: str | None


async def verify(ports: Ports, ticket_id: str) -> Verified:
    """Raises NotFound. The state is never cached: a used ticket must say so at once, and a type
    that has another name by now is called by it."""
    states = await ports.database.fetch(sql.STATE(ticket=ticket_id))
    if not states:
        raise NotFound("no_such_ticket", "This ticket is not known here.")
    state = states[0]
    fixed = await _fixed(ports, ticket_id, state["serial"])
    event = await _event(ports, fixed.event_id)
    return Verified(
        fixed,
        Text.read(state["name"]),
        event,
        TicketState(state["status"]),
        state["used_at"],
        state["used_gate"],
    )


async def _fixed(ports: Ports, ticket_id: str, serial: int) -> Fixed:
    key = f"holder:{ticket_id}:{serial}"
    cached = await ports.cache.get(key)
    if cached is not None:
        return Fixed(*json.loads(cached))
    row = (await ports.database.fetch(sql.FIXED(ticket=ticket_id)))[0]
    fixed = Fixed(row["attendee"], row["number"], row["event_id"])
    await ports.cache.put(key, json.dumps(astuple(fixed)).encode(), limits.CACHE_TICKET_SECONDS)
    return fixed


async def _event(ports: Ports, event_id: str) -> EventBrief:
    key = f"brief:2:{event_id}"
    cached = await ports.cache.get(key)
    if cached is not None:
        return _unpack_event(cached)
    event = brief((await ports.database.fetch(EVENT(id=event_id)))[0])
    values = {name: getattr(event, name) for name in event.__slots__}
    packed = json.dumps(values | {"title": event.title.column()}).encode()
    await ports.cache.put(key, packed, limits.CACHE_PAGE_SECONDS)
    return event


@lru_cache(64)
def _unpack_event(packed: bytes) -> EventBrief:
    """A door asks for one event all evening."""
    values = json.loads(packed)
    return EventBrief(**values | {"title": Text.read(values["title"])})
