"""Seed data of the demo: three people who can sign in, and events with pictures."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bashi.core import setting
from bashi.core.batch import Refused, Statement
from bashi.core.columns import params
from bashi.core.events import sql
from bashi.core.events.covers import Cover, new_cover
from bashi.core.events.create import content_params
from bashi.core.events.rules import Content, check_content, check_type, fingerprint
from bashi.core.money import some_price
from bashi.core.people.rules import Person, Role
from bashi.core.people.sql import add_person
from bashi.core.ports import Ports
from bashi.entry.demo.events import (
    EVENTS,
    NO_REFUND,
    REFUND,
    DemoEvent,
)

PASSWORD = "bashi-demo-2026"  # noqa: S105 - printed at start, and refused by production

PEOPLE = (
    ("attendee@example.org", "Mitali Sen", Role.USER),
    ("volunteer@example.org", "Rafiq Ahmed", Role.VOLUNTEER),
    ("admin@example.org", "Anjali Chowdhury", Role.ADMIN),
)
SATURDAY = 5
TONIGHT = timedelta(hours=3)
WEEK_MS = 7 * 86_400_000

DEMO = "demo"


async def seed(ports: Ports) -> None:
    """All of it in one batch, and only into an empty database."""
    if await ports.database.fetch(setting.ANYTHING(name=DEMO)):
        return
    batch = [setting.CLAIM(name=DEMO, value="filled")]
    people = [_person(ports, *each) for each in PEOPLE]
    password_hash = await ports.hasher.hash(PASSWORD)
    batch += [
        add_person(person, password_hash, consent=ports.policy.terms_version) for person in people
    ]
    admin = people[-1]
    for event in EVENTS:
        cover = await _draw(ports, event)
        batch += _event(ports, event, cover, admin)
    try:
        await ports.database.batch(batch)
    except Refused as refused:
        if refused.name != "setting.name":  # another process that starts now was first
            raise


def _person(ports: Ports, email: str, name: str, role: Role) -> Person:
    now = ports.clock.now()
    return Person(
        id=ports.ids.uuid(),
        email=email,
        name=name,
        role=role,
        locale="en",
        verified_at=now,
        disabled_at=None,
        created_at=now,
    )


async def _draw(ports: Ports, event: DemoEvent) -> Cover:
    files = await ports.images.cover(await asyncio.to_thread(event.cover))
    cover = new_cover(ports.ids.uuid(), list(files), event.alt)
    for width, content in files.items():
        await ports.media.put(cover.media_key(width), content, "image/webp")
    return cover


def _event(ports: Ports, event: DemoEvent, cover: Cover, by: Person) -> list[Statement]:
    now, event_id = ports.clock.now(), ports.ids.uuid()
    content = _content(ports, event, now)
    check_content(content, ports.policy.locales)
    created = min(now, content.starts_at) - WEEK_MS
    batch = [
        sql.INSERT(
            id=event_id,
            slug=event.slug,
            currency=ports.policy.currency,
            hash=fingerprint(content, event.slug),
            person=by.id,
            now=created,
            **content_params(content),
        ),
        sql.SET_COVER(id=event_id, version=1, cover=cover.text(), alt=cover.alt, now=created),
        sql.PUBLISH_UNSEEN(id=event_id, now=created),
    ]
    for position, kind in enumerate(event.types):
        price = some_price(kind.price_cents, ports.policy.currency)
        check_type(replace(kind, price_cents=price), ports.policy.currency, ports.policy.locales)
        bound = params(kind) | {"position": position, "price_cents": price}
        batch.append(sql.INSERT_TYPE(id=ports.ids.uuid(), event=event_id, **bound))
    return batch


def _content(ports: Ports, event: DemoEvent, now: int) -> Content:
    zone = ZoneInfo(ports.policy.time_zone)
    today = datetime.fromtimestamp(now / 1000, UTC).astimezone(zone)
    day = (today + timedelta(days=event.days)).date()
    day += timedelta(days=(SATURDAY - day.weekday()) % 7)
    start = datetime(day.year, day.month, day.day, event.hour, tzinfo=zone)
    if event.tonight:
        start = (today + TONIGHT).replace(minute=0, second=0, microsecond=0)
    starts_at = int(start.timestamp()) * 1000
    return Content(
        title=event.title,
        summary=event.summary,
        description=event.description,
        refund_policy=NO_REFUND if event.free else REFUND,
        starts_at=starts_at,
        ends_at=starts_at + event.hours * 3_600_000,
        time_zone=ports.policy.time_zone,
        venue=event.venue,
        address=event.address,
    )
