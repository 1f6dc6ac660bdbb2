"""A Resend of our own: it takes emails as the real one does, and shows them to the tests."""

import base64
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


@dataclass(frozen=True, slots=True)
class SentEmail:
    to: str
    subject: str
    text: str
    html: str
    attachments: Mapping[str, bytes]


@dataclass
class Outbox:
    """Emails by idempotency key: the same key is the same email."""

    url: str = ""
    by_key: dict[str, SentEmail] = field(default_factory=dict)

    @property
    def emails(self) -> list[SentEmail]:
        """In the order they came."""
        return list(self.by_key.values())

    def to(self, address: str) -> list[SentEmail]:
        return [email for email in self.emails if email.to == address]


@contextmanager
def running_resend(key: str) -> Iterator[Outbox]:
    outbox = Outbox()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = json.loads(self.rfile.read(int(self.headers["content-length"])))
            if self.path != "/emails" or self.headers["authorization"] != f"Bearer {key}":
                self._answer(401, {"name": "missing_api_key"})
                return
            outbox.by_key[self.headers["idempotency-key"]] = _email(content)
            self._answer(200, {"id": self.headers["idempotency-key"]})

        def _answer(self, status: int, content: Mapping[str, str]) -> None:
            body = json.dumps(content).encode()
            self.send_response(status)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Nobody reads it."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        outbox.url = f"http://127.0.0.1:{server.server_port}"
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield outbox
        finally:
            server.shutdown()
            thread.join()


def _email(content: Mapping[str, Any]) -> SentEmail:
    return SentEmail(
        to=content["to"][0],
        subject=content["subject"],
        text=content["text"],
        html=content["html"],
        attachments={
            one["filename"]: base64.b64decode(one["content"]) for one in content["attachments"]
        },
    )
