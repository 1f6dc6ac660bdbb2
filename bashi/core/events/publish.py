"""Publish a draft."""

from bashi.core.audit import audit
from bashi.core.batch import Refused
from bashi.core.errors import Conflict
from bashi.core.events import sql
from bashi.core.events.edit import changed_meanwhile
from bashi.core.events.pages import forget
from bashi.core.events.read import EventView, read_view
from bashi.core.events.rules import EventStatus
from bashi.core.ports import Ports


async def publish(ports: Ports, person_id: str, event_id: str, version: int) -> EventView:
    """A published event stays so: repeating is harmless.

    Raises NotFound, Conflict (`changed_meanwhile`, `no_ticket_types`, `event_over`,
    `event_canceled`).
    """
    view = await read_view(ports, event_id)
    if view.event.status is EventStatus.PUBLISHED:
        return view
    now = ports.clock.now()
    _check_ready(view, now)
    batch = [
        sql.PUBLISH(1, "event_publishable", id=event_id, version=version, now=now),
        audit(
            entry_id=ports.ids.uuid(),
            at=now,
            person=person_id,
            action="event.publish",
            subject=event_id,
        ),
    ]
    try:
        await ports.database.batch(batch)
    except Refused as refused:
        raise changed_meanwhile() from refused
    await forget(ports.cache, view.event.slug)
    return await read_view(ports, event_id)


def _check_ready(view: EventView, now: int) -> None:
    if view.event.status is EventStatus.CANCELED:
        raise Conflict("event_canceled", "This event was canceled. Make a new one.")
    if not view.kinds:
        raise Conflict("no_ticket_types", "Add a ticket type first; it may be free of charge.")
    if view.event.content.ends_at <= now:
        raise Conflict("event_over", "This event has ended. Correct its dates first.")
