"""The edge's own adapters: they run in the host's Pyodide, and are called from here."""

import base64
import pickle
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx

from bashi.core.batch import Result, Row, Statement
from bashi.core.mail.emails import Organization, TicketsReady
from bashi.core.ticket_code import TicketCode
from tests.edge.harness import Edge

CALL_SECONDS = 60


@dataclass
class Adapter:
    """`kind` is one of those in `host/shim/contract.py`."""

    edge: Edge
    kind: str
    opening: Sequence[Any] = ()
    name: str = field(default_factory=lambda: str(uuid4()))

    async def call(self, method: str, *given: Any) -> Any:
        """Raises what it raised there; an error of JavaScript as RuntimeError."""
        async with httpx.AsyncClient(timeout=CALL_SECONDS) as http:
            return _told(await http.post(self._url, json=self._asked(method, given)))

    def call_now(self, method: str, *given: Any) -> Any:
        """For methods that do not wait."""
        return _told(httpx.post(self._url, json=self._asked(method, given), timeout=CALL_SECONDS))

    @property
    def _url(self) -> str:
        return f"{self.edge.control_url}/call"

    def _asked(self, method: str, given: Sequence[Any]) -> dict[str, str]:
        told = pickle.dumps((self.kind, self.opening, self.name, method, given), protocol=4)
        return {"asked": base64.b64encode(told).decode()}


def _told(answer: httpx.Response) -> Any:
    assert answer.status_code == 200, answer.text
    succeeded, told = pickle.loads(base64.b64decode(answer.json()))
    if not succeeded:
        raise told
    return told


class EdgeDatabase(Adapter):
    """On a D1 database of its own, made new with `schema`."""

    def __init__(self, edge: Edge, schema: str) -> None:
        super().__init__(edge, "database")
        tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%'"
        for row in edge.sql(f"{tables} ESCAPE '\\'", database="CONTRACT"):
            edge.sql(f'DROP TABLE "{row["name"]}"', database="CONTRACT")
        for statement in filter(str.strip, schema.split(";")):
            edge.sql(statement, database="CONTRACT")

    async def fetch(self, statement: Statement) -> list[Row]:
        rows: list[Row] = await self.call("fetch", statement)
        return rows

    async def batch(self, statements: Sequence[Statement]) -> list[Result]:
        results: list[Result] = await self.call("batch", statements)
        return results

    async def close(self) -> None:
        """It stays with the host."""


class EdgeCache(Adapter):
    """Another name is another isolate; the same `prefix` the same entries."""

    def __init__(self, edge: Edge, prefix: str) -> None:
        super().__init__(edge, "cache")
        self._prefix = prefix

    async def get(self, key: str) -> bytes | None:
        found: bytes | None = await self.call("get", f"{self._prefix}:{key}")
        return found

    async def put(self, key: str, value: bytes, ttl_seconds: int) -> None:
        await self.call("put", f"{self._prefix}:{key}", value, ttl_seconds)

    async def delete(self, key: str) -> None:
        await self.call("delete", f"{self._prefix}:{key}")


class EdgeMedia(Adapter):
    """On the bucket that the site's pictures lie in."""

    def __init__(self, edge: Edge) -> None:
        super().__init__(edge, "media")

    async def put(self, key: str, content: bytes, content_type: str) -> None:
        await self.call("put", key, content, content_type)

    async def get(self, key: str) -> bytes | None:
        found: bytes | None = await self.call("get", key)
        return found

    async def delete(self, key: str) -> None:
        await self.call("delete", key)


class EdgeHasher(Adapter):
    def __init__(self, edge: Edge, work: str) -> None:
        super().__init__(edge, "hasher", [work])

    async def hash(self, password: str) -> str:
        return str(await self.call("hash", password))

    async def verify(self, password: str, stored: str | None) -> bool:
        return bool(await self.call("verify", password, stored))

    def outdated(self, stored: str) -> bool:
        return bool(self.call_now("outdated", stored))


class EdgeSigner(Adapter):
    def __init__(self, edge: Edge, *keys: Any) -> None:
        super().__init__(edge, "signer", keys)

    async def access_token(self, claims: Mapping[str, Any]) -> str:
        return str(await self.call("access_token", claims))

    async def read_access_token(self, token: str, now: int) -> Mapping[str, Any] | None:
        claims: Mapping[str, Any] | None = await self.call("read_access_token", token, now)
        return claims

    async def seal(self, purpose: str, content: str) -> str:
        return str(await self.call("seal", purpose, content))

    async def unseal(self, purpose: str, content: str, tag: str) -> bool:
        return bool(await self.call("unseal", purpose, content, tag))

    async def sign_ticket(self, code: TicketCode) -> str:
        return str(await self.call("sign_ticket", code))

    async def verify_ticket(self, text: str) -> TicketCode | None:
        code: TicketCode | None = await self.call("verify_ticket", text)
        return code


class EdgeDocuments(Adapter):
    """Covers of its events are banners already: JPEGs of the right size."""

    def __init__(self, edge: Edge) -> None:
        super().__init__(edge, "documents")

    async def tickets(self, email: TicketsReady, locale: str, organization: Organization) -> bytes:
        return bytes(await self.call("tickets", email, locale, organization))
