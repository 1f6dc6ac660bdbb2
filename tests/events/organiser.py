"""An organiser at work, through the API."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from tests.events.installation import Installation, body, event_in, type_in


@dataclass
class Organiser:
    at: Installation
    headers: Mapping[str, str]

    async def call(self, method: str, path: str, json: Any = None, **more: Any) -> httpx.Response:
        headers = {**self.headers, **more.pop("headers", {})}
        return await self.at.client.request(
            method, f"/admin/events{path}", json=json, headers=headers, **more
        )

    async def create(self, **changes: Any) -> Any:
        answer = await self.call("POST", "", event_in(id=self.at.ports.ids.uuid(), **changes))
        assert answer.status_code == 201, answer.text
        return body(answer)

    async def add_type(self, event_id: str, **changes: Any) -> Any:
        path = f"/{event_id}/ticket-types/{self.at.ports.ids.uuid()}"
        answer = await self.call("PUT", path, type_in(**changes))
        assert answer.status_code == 200, answer.text
        return body(answer)

    async def publish(self, event: Any) -> Any:
        path = f"/{event['id']}/publish"
        answer = await self.call("POST", path, {"version": event["version"]})
        assert answer.status_code == 200, answer.text
        return body(answer)

    async def published(self, **changes: Any) -> Any:
        """A published event with one ticket type."""
        event = await self.create(**changes)
        await self.add_type(event["id"])
        return await self.publish(event)

    async def edit(self, event: Any, **changes: Any) -> httpx.Response:
        content = {name: event[name] for name in event_in()}
        return await self.call(
            "PUT", f"/{event['id']}", {**content, "version": event["version"], **changes}
        )
