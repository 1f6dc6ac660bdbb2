"""Against a server on this machine that answers as Resend's documentation says."""

import base64
import json
import threading
from collections.abc import AsyncIterator, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from bashi.core.ports import MailDelayed, MailRefused
from bashi.engines.http_httpx import HttpxHttp
from bashi.engines.mail.resend import ResendMailer
from bashi.render.emails import render_email
from tests.render.facts import ORGANIZATION, event_canceled, tickets_ready

PORT, PORT_UNUSED = 8110, 8111
SENDER = "Oklahomabashi <tickets@example.org>"
EMAIL = render_email(event_canceled(), "bn", ORGANIZATION)


class Resend(ThreadingHTTPServer):
    """Remembers keys; `answers` are given before anything else, `lost` requests get no answer."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", PORT), Handler)
        self.sent: dict[str, bytes] = {}
        self.requests: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[tuple[int, dict[str, Any]]] = []
        self.lost = 0

    def judge(self, path: str, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, Any]]:
        self.requests.append((headers, body))
        if path != "/emails":
            return 404, {"name": "not_found"}
        if headers["authorization"] != "Bearer re_key":
            return 403, {"name": "invalid_api_key", "message": "API key is invalid"}
        if self.answers:
            return self.answers.pop(0)
        key = headers["idempotency-key"]
        if self.sent.setdefault(key, body) != body:
            return 409, {"name": "invalid_idempotent_request", "message": "Same key"}
        return 200, {"id": key}


class Handler(BaseHTTPRequestHandler):
    server: Resend

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        status, answer = self.server.judge(self.path, headers, body)
        if self.server.lost:
            self.server.lost -= 1
            return
        content = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture
def resend() -> Iterator[Resend]:
    with Resend() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
async def http() -> AsyncIterator[HttpxHttp]:
    async with HttpxHttp() as client:
        yield client


def mailer(http: HttpxHttp, port: int = PORT, key: str = "re_key") -> ResendMailer:
    return ResendMailer(http, key, SENDER, base_url=f"http://127.0.0.1:{port}")


async def test_an_email_is_handed_over_whole(resend: Resend, http: HttpxHttp) -> None:
    email = render_email(tickets_ready(), "bn", ORGANIZATION)
    await mailer(http).send(email, to="rina@example.net", message_id="0198-email")
    headers, body = resend.requests[0]
    content = json.loads(body)
    assert headers["idempotency-key"] == "0198-email"
    assert content["from"] == SENDER
    assert content["to"] == ["rina@example.net"]
    assert (content["subject"], content["text"], content["html"]) == (
        email.subject,
        email.text,
        email.html,
    )
    assert content["headers"] == {
        "Message-ID": "<0198-email@example.org>",
        "Auto-Submitted": "auto-generated",
    }
    assert [
        (part["filename"], part["content_type"], base64.b64decode(part["content"]))
        for part in content["attachments"]
    ] == [(part.filename, part.content_type, part.content) for part in email.attachments]


async def test_a_repeat_after_a_lost_answer_is_one_email(resend: Resend, http: HttpxHttp) -> None:
    resend.lost = 1
    with pytest.raises(MailDelayed):
        await mailer(http).send(EMAIL, to="rina@example.net", message_id="0198")
    await mailer(http).send(EMAIL, to="rina@example.net", message_id="0198")
    assert len(resend.requests) == 2
    assert list(resend.sent) == ["0198"]


async def test_a_repeat_built_from_newer_facts_counts_as_sent(
    resend: Resend, http: HttpxHttp
) -> None:
    resend.lost = 1
    with pytest.raises(MailDelayed):
        await mailer(http).send(EMAIL, to="rina@example.net", message_id="0198")
    newer = render_email(event_canceled(refund_cents=0), "bn", ORGANIZATION)
    await mailer(http).send(newer, to="rina@example.net", message_id="0198")
    assert list(resend.sent) == ["0198"]


@pytest.mark.parametrize(
    ("status", "name"),
    [(400, "validation_error"), (422, "validation_error")],
)
async def test_what_resend_finds_wrong_with_the_recipient_is_given_up(
    resend: Resend, http: HttpxHttp, status: int, name: str
) -> None:
    words = "Invalid `to` field. The email address needs to follow the `email@example.com` format."
    resend.answers.append((status, {"name": name, "message": words}))
    with pytest.raises(MailRefused, match=f"^Resend answered {status} {name}$"):
        await mailer(http).send(EMAIL, to="rina@example.net", message_id="0198")


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (400, {"name": "validation_error", "message": "We found an error with a field."}),
        (422, {"name": "validation_error", "message": "Invalid `from` field."}),
        (422, {"name": "invalid_from_address"}),
        (422, {"name": "invalid_attachment"}),
        (413, {"name": "too_large"}),
        (401, {"name": "missing_api_key"}),
        (403, {"name": "validation_error"}),
        (409, {"name": "concurrent_idempotent_requests"}),
        (429, {"name": "rate_limit_exceeded"}),
        (500, {"name": "internal_server_error"}),
        (503, {}),
    ],
)
async def test_what_may_pass_is_tried_again(
    resend: Resend, http: HttpxHttp, status: int, answer: dict[str, Any]
) -> None:
    resend.answers.append((status, answer))
    with pytest.raises(MailDelayed, match=str(status)):
        await mailer(http).send(EMAIL, to="rina@example.net", message_id="0198")
    await mailer(http).send(EMAIL, to="rina@example.net", message_id="0198")
    assert list(resend.sent) == ["0198"]


async def test_a_wrong_key_is_a_delay_and_not_told(resend: Resend, http: HttpxHttp) -> None:
    with pytest.raises(MailDelayed) as delayed:
        await mailer(http, key="re_other").send(EMAIL, to="r@example.net", message_id="0198")
    assert str(delayed.value) == "Resend answered 403 invalid_api_key"


async def test_no_server_is_a_delay(http: HttpxHttp) -> None:
    with pytest.raises(MailDelayed):
        await mailer(http, PORT_UNUSED).send(EMAIL, to="r@example.net", message_id="0198")
