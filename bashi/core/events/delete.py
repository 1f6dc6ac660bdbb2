"""Delete a draft that nobody has ordered from."""

from bashi.core.audit import audit
from bashi.core.batch import Refused
from bashi.core.errors import Conflict
from bashi.core.events import sql
from bashi.core.events.change_cover import delete_files
from bashi.core.events.covers import read_cover
from bashi.core.events.read import read_event
from bashi.core.ports import Ports


async def delete(ports: Ports, person_id: str, event_id: str) -> None:
    """Raises NotFound (also when repeated), Conflict (`event_not_draft`)."""
    event = await read_event(ports, event_id)
    now = ports.clock.now()
    batch = [
        sql.DELETE(1, "event_deletable", id=event_id),
        sql.DELETE_TYPES(event=event_id),
        audit(
            entry_id=ports.ids.uuid(),
            at=now,
            person=person_id,
            action="event.delete",
            subject=event_id,
            detail=event.slug,
        ),
    ]
    try:
        await ports.database.batch(batch)
    except Refused as refused:
        raise Conflict(
            "event_not_draft", "Only a draft without orders can be deleted. Cancel it instead."
        ) from refused
    await delete_files(ports, read_cover(event.cover))
