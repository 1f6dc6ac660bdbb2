"""Edit an event's texts, date and place. Ticket holders are told of a new date or place."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bashi.core.audit import audit, changes, values_of
from bashi.core.batch import Refused, Statement
from bashi.core.errors import Conflict, Fault, InvalidFields
from bashi.core.events import sql
from bashi.core.events.create import content_params, slug_taken
from bashi.core.events.pages import forget
from bashi.core.events.read import EventView, read_event, read_view
from bashi.core.events.rules import Content, Event, EventStatus, check_content, edited, moved
from bashi.core.mail.kinds import EmailKind
from bashi.core.mail.sql import queue
from bashi.core.ports import Ports

MOVED_FACTS = ("starts_at", "ends_at", "time_zone", "venue", "address")


@dataclass(frozen=True, slots=True)
class Edit:
    event_id: str
    version: int
    slug: str | None
    """None keeps the address."""
    content: Content
    still_right: Sequence[str] = ()
    """Translations that were read again after the main language changed: `title.bn`."""


async def edit(ports: Ports, person_id: str, command: Edit) -> EventView:
    """Repeating the command right away answers with the present state.

    Raises InvalidFields, NotFound, Conflict (`changed_meanwhile`, `event_canceled`, `slug_taken`).
    """
    check_content(command.content, ports.policy.locales)
    event = await read_event(ports, command.event_id)
    slug = command.slug or event.slug
    content = edited(event.content, command.content, ports.policy.locales, command.still_right)
    command = replace(command, content=content)
    if _already_done(event, command, slug):
        return await read_view(ports, event.id)
    now = ports.clock.now()
    _check_allowed(event, command, slug, now)
    try:
        await ports.database.batch(_statements(ports, person_id, event, command, slug, now))
    except Refused as refused:
        if refused.name == "event.slug":
            raise slug_taken() from refused
        raise changed_meanwhile() from refused
    await forget(ports.cache, event.slug, slug)
    return await read_view(ports, event.id)


def changed_meanwhile() -> Conflict:
    return Conflict("changed_meanwhile", "Somebody changed this meanwhile. Load it again.")


def event_canceled() -> Conflict:
    return Conflict("event_canceled", "This event was canceled; it stays as it is.")


def _already_done(event: Event, command: Edit, slug: str) -> bool:
    return (event.version, event.content, event.slug) == (
        command.version + 1,
        command.content,
        slug,
    )


def _check_allowed(event: Event, command: Edit, slug: str, now: int) -> None:
    if event.status is EventStatus.CANCELED:
        raise event_canceled()
    if event.status is not EventStatus.PUBLISHED:
        return
    if slug != event.slug:
        words = "Keep this address: links to a published event must go on working."
        raise InvalidFields({"slug": Fault("slug_fixed", words)})
    if event.content.ends_at > now >= command.content.ends_at:
        words = "The end must lie ahead. Cancel the event instead?"
        raise InvalidFields({"ends_at": Fault("end_passed", words)})


def _statements(
    ports: Ports, person_id: str, event: Event, command: Edit, slug: str, now: int
) -> list[Statement]:
    published = event.status is EventStatus.PUBLISHED
    is_moved = published and moved(event.content, command.content)
    batch = [
        sql.UPDATE(
            1,
            "event_version",
            id=event.id,
            version=command.version,
            slug=slug,
            revision=event.revision + is_moved,
            now=now,
            **content_params(command.content),
        ),
        audit(
            entry_id=ports.ids.uuid(),
            at=now,
            person=person_id,
            action="event.move" if is_moved else "event.edit",
            subject=event.id,
            changes=changes(
                {"slug": event.slug, **values_of(event.content)},
                {"slug": slug, **values_of(command.content)},
            ),
        ),
    ]
    if is_moved and event.content.ends_at > now:
        batch.append(
            queue(
                email_id=ports.ids.uuid(),
                kind=EmailKind.TASK_MOVE_EVENT,
                subject=event.id,
                now=now,
                detail=_facts(event.content),
            )
        )
    return batch


def _facts(before: Content) -> str:
    """Where and when it would have been, as JSON of MOVED_FACTS."""
    return json.dumps({name: getattr(before, name) for name in MOVED_FACTS}, ensure_ascii=False)
