"""Cancel an event. Sales stop at once; refunds and emails follow from the outbox."""

import unicodedata

from bashi.core.audit import audit
from bashi.core.batch import Refused
from bashi.core.errors import Conflict, Fault, InvalidFields
from bashi.core.events import sql
from bashi.core.events.edit import changed_meanwhile
from bashi.core.events.pages import forget
from bashi.core.events.read import EventView, read_view
from bashi.core.events.rules import Event, EventStatus
from bashi.core.mail.kinds import EmailKind
from bashi.core.mail.sql import queue
from bashi.core.ports import Ports


async def cancel(
    ports: Ports, person_id: str, event_id: str, version: int, confirm_title: str
) -> EventView:
    """A canceled event stays so: repeating is harmless.

    Raises NotFound, InvalidFields (the title does not match), Conflict (`changed_meanwhile`,
    `event_is_draft`).
    """
    view = await read_view(ports, event_id)
    event = view.event
    _check_title(event, confirm_title)
    if event.status is EventStatus.CANCELED:
        return view
    if event.status is EventStatus.DRAFT:
        raise Conflict("event_is_draft", "Nobody has seen this event. Delete it instead.")
    now, ids = ports.clock.now(), ports.ids
    batch = [
        sql.CANCEL(1, "event_version", id=event_id, version=version, now=now),
        sql.BUMP_TYPES(event=event_id),
        audit(
            entry_id=ids.uuid(), at=now, person=person_id, action="event.cancel", subject=event_id
        ),
        queue(email_id=ids.uuid(), kind=EmailKind.TASK_CANCEL_EVENT, subject=event_id, now=now),
    ]
    try:
        await ports.database.batch(batch)
    except Refused as refused:
        raise changed_meanwhile() from refused
    await forget(ports.cache, event.slug)
    return await read_view(ports, event_id)


def _check_title(event: Event, confirm_title: str) -> None:
    given, *titles = (
        unicodedata.normalize("NFC", title)
        for title in (confirm_title.strip(), *event.content.title.words.values())
    )
    if given not in titles:
        words = "Write the event's title to confirm."
        raise InvalidFields({"confirm_title": Fault("title_differs", words)})
