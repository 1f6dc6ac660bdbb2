"""An organizer at work, through the API."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

from bashi.core.batch import Query
from bashi.engines.system import SystemIds
from bashi.http.fields import rfc3339
from tests.support.client import Client
from tests.support.product import Product

HOUR = 3_600_000
DAY = 24 * HOUR


def texts(before: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """`changes` in full: a plain word where a text stands is the English one."""
    return before | {
        name: before[name] | {"en": value}
        if isinstance(value, str) and isinstance(before.get(name), dict)
        else value
        for name, value in changes.items()
    }


def event_in(now: int, **changes: Any) -> dict[str, Any]:
    """Ten days from `now`, which is what the clock of the server says that is asked."""
    event = {
        "title": {"en": "Durga Pujo", "bn": "দুর্গাপূজা"},
        "summary": {"en": "Five days of drums.", "bn": "পাঁচ দিনের ঢাক।"},
        "description": {"en": "Come **all**!", "bn": "সবাই **আসুন**!"},
        "refund_policy": {"en": "Until a week before.", "bn": "এক সপ্তাহ আগে পর্যন্ত।"},
        "starts_at": rfc3339(now + 10 * DAY),
        "ends_at": rfc3339(now + 10 * DAY + 5 * HOUR),
        "time_zone": "America/Chicago",
        "venue": "Riverside Hall",
        "address": "1 River Road, Oklahoma City",
    }
    return texts(event, changes)


def type_in(**changes: Any) -> dict[str, Any]:
    kind = {
        "name": {"en": "Adult", "bn": "প্রাপ্তবয়স্ক"},
        "price_cents": 1500,
        "capacity": 100,
        "kept_back": 0,
        "sale_starts_at": None,
        "sale_ends_at": None,
        "min_per_order": 1,
        "max_per_order": 10,
        "position": 0,
        "hidden": False,
        "version": None,
    }
    return texts(kind, changes)


async def write(product: Product, sql: str) -> None:
    """What would take hundreds of orders to bring about."""
    await product.ports.database.batch([Query(sql)()])


@dataclass
class Organizer:
    client: Client
    now: Callable[[], int]
    """The clock of the server that `client` calls."""
    ids: SystemIds = field(default_factory=SystemIds)

    async def call(self, method: str, path: str, json: Any = None, **more: Any) -> httpx.Response:
        return await self.client.request(method, f"admin/events{path}", json=json, **more)

    async def read(self, event: Any) -> Any:
        return _ok(await self.call("GET", f"/{event['id']}"))

    async def create(self, **changes: Any) -> Any:
        return _ok(
            await self.call("POST", "", event_in(self.now(), **{"id": self.ids.uuid()} | changes))
        )

    async def put_type(
        self, event: Any, type_id: str | None = None, **changes: Any
    ) -> httpx.Response:
        path = f"/{event['id']}/ticket-types/{type_id or self.ids.uuid()}"
        return await self.call("PUT", path, type_in(**changes))

    async def add_type(self, event: Any, **changes: Any) -> Any:
        return _ok(await self.put_type(event, **changes))

    async def publish(self, event: Any) -> Any:
        path = f"/{event['id']}/publish"
        return _ok(await self.call("POST", path, {"version": event["version"]}))

    async def published(self, **changes: Any) -> Any:
        """A published event with one ticket type."""
        event = await self.create(**changes)
        await self.add_type(event)
        return await self.publish(event)

    async def edit(self, event: Any, **changes: Any) -> httpx.Response:
        content = {name: event[name] for name in event_in(self.now())}
        version = {"version": event["version"]}
        return await self.call("PUT", f"/{event['id']}", texts(content, version | changes))

    async def cancel(self, event: Any, **changes: Any) -> httpx.Response:
        command = {"version": event["version"], "confirm_title": event["title"]["en"], **changes}
        return await self.call("POST", f"/{event['id']}/cancel", command)


async def organizer_of(product: Product, email: str | None = None) -> Organizer:
    """Somebody whom the operator of `product` added."""
    return Organizer(await product.staff(email=email), product.clock.now)


def _ok(answer: httpx.Response) -> Any:
    assert answer.is_success, answer.text
    return answer.json()
