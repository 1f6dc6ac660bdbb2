"""An event as letters and calendar files take it."""

from bashi.core.events.rules import Event, Status
from bashi.core.mail.letters import EventFacts


def event_facts(event: Event, cover: bytes | None = None) -> EventFacts:
    content = event.content
    return EventFacts(
        id=event.id,
        slug=event.slug,
        title_en=content.title_en,
        title_bn=content.title_bn,
        starts_at=content.starts_at,
        ends_at=content.ends_at,
        time_zone=content.time_zone,
        venue=content.venue,
        address=content.address,
        cover=cover,
        updated_at=event.updated_at,
        revision=event.revision,
        cancelled=event.status is Status.CANCELLED,
    )
