"""After an event's date or place changed: a letter to every holder, in resumable steps."""

from bashi.core.batch import Query, Refused
from bashi.core.mail.kinds import Kind as Letter
from bashi.core.mail.sql import queue
from bashi.core.orders.cancel_event import STEP
from bashi.core.ports import Ports

NEXT = Query(
    "SELECT id, email, locale FROM orders WHERE event_id = :event AND id > :after"
    " AND status IN ('paid', 'refunding') ORDER BY id LIMIT :take"
)


async def step(ports: Ports, task_id: str, event_id: str, previous: str, after: str) -> str | None:
    """`previous` is the JSON of the facts before. Returns the last order id written to, or None."""
    rows = await ports.database.fetch(NEXT(event=event_id, after=after, take=STEP))
    for row in rows:
        letter = queue(
            letter_id=f"{task_id}.{row['id']}",
            kind=Letter.EVENT_MOVED,
            recipient=row["email"],
            locale=row["locale"],
            subject=row["id"],
            detail=previous,
            now=ports.clock.now(),
        )
        try:
            await ports.database.batch([letter])
        except Refused:
            continue  # queued in an earlier run of this step
    return rows[-1]["id"] if rows else None
