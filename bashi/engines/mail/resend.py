"""Mailer over Resend's HTTP API, on the Http port. Source: https://resend.com/docs/api-reference"""

import base64
import json
from typing import Any

from bashi.core.mail.emails import RenderedEmail
from bashi.core.ports import Http, HttpAnswer, HttpFailed, MailDown, MailRefused

_TIMEOUT_SECONDS = 30.0
_NAME_CHARS = 50
_ABOUT_A_FIELD = (400, 422)
_RECIPIENT = "`to` field"
"""In Resend's sentence when the address is at fault; all else is ours, for an operator to mend."""
_SAME_KEY_OTHER_CONTENT = "invalid_idempotent_request"


class ResendMailer:
    """`sender`: "Name <address>", of a domain that the account has verified."""

    def __init__(
        self, http: Http, api_key: str, sender: str, base_url: str = "https://api.resend.com"
    ) -> None:
        self._http = http
        self._api_key = api_key
        self._sender = sender
        self._url = f"{base_url.rstrip('/')}/emails"

    async def send(self, email: RenderedEmail, *, to: str, message_id: str) -> None:
        headers = {
            "Authorization": f"Bearer {self._api_key}",
            "Content-Type": "application/json",
            "Idempotency-Key": message_id,
        }
        body = json.dumps(self._content(email, to, message_id)).encode()
        try:
            answer = await self._http.request("POST", self._url, headers, body, _TIMEOUT_SECONDS)
        except HttpFailed as error:
            raise MailDown("Resend did not answer") from error
        if answer.status // 100 != 2:
            _judge(answer)

    def _content(self, email: RenderedEmail, to: str, message_id: str) -> dict[str, Any]:
        from bashi.render.message import full_message_id  # noqa: PLC0415 - jinja2 comes with it

        return {
            "from": self._sender,
            "to": [to],
            "subject": email.subject,
            "html": email.html,
            "text": email.text,
            "headers": {
                "Message-ID": full_message_id(message_id, self._sender),
                "Auto-Submitted": "auto-generated",
            },
            "attachments": [
                {
                    "filename": attachment.filename,
                    "content": base64.b64encode(attachment.content).decode(),
                    "content_type": attachment.content_type,
                }
                for attachment in email.attachments
            ],
        }


def _judge(answer: HttpAnswer) -> None:
    """Raises, unless the email is there already: a repeat may be built from newer facts, and
    Resend then says that it accepted other content under this key.
    """
    name = _told(answer.body, "name")[:_NAME_CHARS]
    if answer.status == 409 and name == _SAME_KEY_OTHER_CONTENT:
        return
    reason = f"Resend answered {answer.status} {name}".rstrip()
    final = answer.status in _ABOUT_A_FIELD and _RECIPIENT in _told(answer.body, "message")
    raise MailRefused(reason) if final else MailDown(reason)


def _told(body: bytes, field: str) -> str:
    """ "name" is Resend's stable word for the error; "message" may hold the recipient's address."""
    try:
        return str(json.loads(body)[field])
    except (ValueError, KeyError, TypeError):
        return ""
