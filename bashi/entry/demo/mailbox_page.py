"""Mailbox page of the demo: every email that would have been sent."""

from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from bashi.engines.mail.mailbox import MailboxMailer

# Emails carry inline styles; they are shown in a sandboxed frame of their own.
PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'"
EMAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:;"
    " sandbox allow-popups allow-popups-to-escape-sandbox; frame-ancestors 'self'"
)


class MailboxPage:
    def __init__(self, mailbox: MailboxMailer) -> None:
        self._mailbox = mailbox
        loader = FileSystemLoader(Path(__file__).parent / "templates")
        self._templates = Environment(loader=loader, autoescape=True)
        self._app = Starlette(
            routes=[
                Route("/", self._list),
                Route("/{email}", self._email),
                Route("/{email}/html", self._html),
                Route("/{email}/files/{place:int}", self._file),
            ]
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app(scope, receive, send)

    async def _list(self, _request: Request) -> Response:
        return self._page("mailbox.html", emails=await self._mailbox.list())

    async def _email(self, request: Request) -> Response:
        email = await self._mailbox.read(request.path_params["email"])
        if email is None:
            return HTMLResponse("There is no such email.", 404)
        return self._page("email.html", email=email)

    async def _html(self, request: Request) -> Response:
        email = await self._mailbox.read(request.path_params["email"])
        if email is None:
            return HTMLResponse("There is no such email.", 404)
        framed = email.html.replace("<head>", '<head><base target="_blank">', 1)
        return HTMLResponse(framed, headers={"content-security-policy": EMAIL_POLICY})

    async def _file(self, request: Request) -> Response:
        email = await self._mailbox.read(request.path_params["email"])
        place: int = request.path_params["place"]
        if email is None or place >= len(email.attachments):
            return HTMLResponse("There is no such file.", 404)
        file = email.attachments[place]
        disposition = f"inline; filename*=utf-8''{quote(file.filename)}"
        return Response(
            file.content, media_type=file.content_type, headers={"content-disposition": disposition}
        )

    def _page(self, name: str, **values: object) -> HTMLResponse:
        html = self._templates.get_template(name).render(**values)
        return HTMLResponse(html, headers={"content-security-policy": PAGE_POLICY})
