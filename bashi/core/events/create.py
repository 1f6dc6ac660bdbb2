"""Create an event as a draft that only organizers see."""

from dataclasses import dataclass

from bashi.core.audit import audit
from bashi.core.batch import Param, Refused
from bashi.core.columns import params
from bashi.core.errors import Conflict, Invalid, NotFound
from bashi.core.events import sql
from bashi.core.events.read import EventView, read_view
from bashi.core.events.rules import (
    Content,
    check_content,
    fingerprint,
    search_text,
    slug_candidates,
)
from bashi.core.ports import Ports


@dataclass(frozen=True, slots=True)
class Create:
    event_id: str
    slug: str | None
    """The organizer's own choice of address; None makes one from the title."""
    content: Content


async def create(ports: Ports, person_id: str, command: Create) -> EventView:
    """Repeating the command answers with the present state.

    Raises InvalidFields, Conflict (`slug_taken`), Invalid (`id_reused`), NotFound.
    """
    check_content(command.content, ports.policy.locales)
    own = command.slug
    for slug in (own,) if own else slug_candidates(command.content, command.event_id):
        try:
            await _insert(ports, person_id, command, slug)
        except Refused:
            stored = await _stored(ports, person_id, command)
            if stored is not None:
                return stored
        else:
            return await read_view(ports, command.event_id)
    raise slug_taken()


def slug_taken() -> Conflict:
    return Conflict("slug_taken", "Another event has this address. Choose another one.")


def content_params(content: Content) -> dict[str, Param]:
    """Columns of the event's row."""
    return params(content) | {"search_text": search_text(content)}


async def _insert(ports: Ports, person_id: str, command: Create, slug: str) -> None:
    now = ports.clock.now()
    await ports.database.batch(
        [
            sql.INSERT(
                id=command.event_id,
                slug=slug,
                currency=ports.policy.currency,
                hash=fingerprint(command.content, command.slug),
                person=person_id,
                now=now,
                **content_params(command.content),
            ),
            audit(
                entry_id=ports.ids.uuid(),
                at=now,
                person=person_id,
                action="event.create",
                subject=command.event_id,
                detail=slug,
            ),
        ]
    )


async def _stored(ports: Ports, person_id: str, command: Create) -> EventView | None:
    """The event that this command made before, or None when only its address was taken."""
    rows = await ports.database.fetch(sql.BY_ID(id=command.event_id))
    if not rows:
        return None
    if rows[0]["created_by"] != person_id:
        raise NotFound("no_such_event", "This id belongs to another event. Make a new one.")
    if rows[0]["content_hash"] != fingerprint(command.content, command.slug):
        raise Invalid("id_reused", "This id was used for another event. Make a new one.")
    return await read_view(ports, command.event_id)
