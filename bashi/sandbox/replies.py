"""How an answer goes out: as Stripe's JSON, or cut off in the middle."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from bashi.sandbox.shapes import API_VERSION
from bashi.sandbox.store import new_id


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes

    @classmethod
    def of(cls, status: int, content: Mapping[str, Any]) -> Self:
        return cls(status, json.dumps(content).encode())


def json_response(answer: Answer, headers: Mapping[str, str] | None = None) -> Response:
    return Response(
        answer.body,
        answer.status,
        {"request-id": new_id("req_", 14), "stripe-version": API_VERSION, **(headers or {})},
        media_type="application/json",
    )


class CutOff(Response):
    """Promises more than it sends, so that the caller sees a broken connection."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        headers = [(b"content-type", b"application/json"), (b"content-length", b"4096")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"{", "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})
