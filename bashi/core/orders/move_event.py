"""Email every ticket holder after an event's date or place changed, in resumable steps."""

import json
from contextlib import suppress

from bashi.core import claims
from bashi.core.batch import Query, Refused
from bashi.core.mail.kinds import EmailKind
from bashi.core.mail.sql import queue
from bashi.core.ports import Ports

STEP = 50

NEXT = Query(
    "SELECT id, email, locale FROM orders WHERE event_id = :event AND id > :after"
    " AND status IN ('paid', 'refunding') ORDER BY id LIMIT :take"
)


async def step(ports: Ports, task_id: str, event_id: str, place: str) -> str | None:
    """`place` is JSON: the facts before the change, and the last order written to as `after`.

    Returns the next place, or None after the last order.
    """
    facts = json.loads(place)
    after = facts.pop("after", "")
    rows = await ports.database.fetch(NEXT(event=event_id, after=after, take=STEP))
    previous = json.dumps(facts, ensure_ascii=False)
    for row in rows:
        email = queue(
            email_id=claims.moved_email(task_id, row["id"]),
            kind=EmailKind.EVENT_MOVED,
            recipient=row["email"],
            locale=row["locale"],
            subject=row["id"],
            detail=previous,
            now=ports.clock.now(),
        )
        with suppress(Refused):  # queued in an earlier run of this step
            await ports.database.batch([email])
    if not rows:
        return None
    return json.dumps({**facts, "after": rows[-1]["id"]}, ensure_ascii=False)
