"""Change an event's cover: files first, then the row that names them, then drop the old ones."""

from collections.abc import Mapping
from contextlib import suppress

from bashi.core.audit import audit
from bashi.core.batch import Refused, Unavailable
from bashi.core.events import sql
from bashi.core.events.covers import Cover, new_cover, read_cover
from bashi.core.events.edit import changed_meanwhile, event_canceled
from bashi.core.events.pages import forget
from bashi.core.events.read import EventView, read_event, read_view
from bashi.core.events.rules import Event, EventStatus
from bashi.core.ports import MediaUnavailable, Ports


async def set_cover(
    ports: Ports, person_id: str, event_id: str, upload: bytes, alt: str
) -> EventView:
    """Names are made here and never used again, so files may be cached for ever.

    Raises NotFound, Invalid (no picture, or too large), Conflict, MediaUnavailable.
    """
    event = await _open_event(ports, event_id)
    files = await ports.images.cover(upload)
    cover = new_cover(ports.ids.uuid(), list(files), alt)
    await _put(ports, cover, files)
    await _store(ports, person_id, event, cover)
    return await read_view(ports, event_id)


async def remove_cover(ports: Ports, person_id: str, event_id: str) -> EventView:
    """Raises NotFound, Conflict."""
    event = await _open_event(ports, event_id)
    if event.cover is not None:
        await _store(ports, person_id, event, None)
    return await read_view(ports, event_id)


async def delete_files(ports: Ports, cover: Cover | None) -> list[str]:
    """Files that nothing names any more. Returns the keys of those that cannot be deleted now: they
    stay."""
    keys = [cover.media_key(width) for width in cover.widths] if cover else []
    with suppress(MediaUnavailable):
        while keys:
            await ports.media.delete(keys[0])
            del keys[0]
    return keys


async def _put(ports: Ports, cover: Cover, files: Mapping[int, bytes]) -> None:
    """All of them or none: also the one whose answer was lost may be there."""
    try:
        for width, content in files.items():
            await ports.media.put(cover.media_key(width), content, "image/webp")
    except MediaUnavailable as error:
        left = await delete_files(ports, cover)
        if not left:
            raise
        raise MediaUnavailable(
            f"{error}; what is there of these stays: {', '.join(left)}"
        ) from error


async def _open_event(ports: Ports, event_id: str) -> Event:
    event = await read_event(ports, event_id)
    if event.status is EventStatus.CANCELED:
        raise event_canceled()
    return event


async def _store(ports: Ports, person_id: str, event: Event, cover: Cover | None) -> None:
    now = ports.clock.now()
    batch = [
        sql.SET_COVER(
            1,
            "event_version",
            id=event.id,
            version=event.version,
            cover=cover.text() if cover else None,
            alt=cover.alt if cover else "",
            now=now,
        ),
        audit(
            entry_id=ports.ids.uuid(),
            at=now,
            person=person_id,
            action="event.cover",
            subject=event.id,
        ),
    ]
    try:
        await ports.database.batch(batch)
    except Refused as refused:
        await delete_files(ports, cover)
        raise changed_meanwhile() from refused
    except Unavailable:  # not Indefinite: the row may name them
        await delete_files(ports, cover)
        raise
    await forget(ports.cache, event.slug)
    await delete_files(ports, read_cover(event.cover))
