"""What a browser sees: the hosted payment page, and the controls. No script runs on them."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

from jinja2 import Environment, FileSystemLoader
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bashi.sandbox import cards, checkout, control, payment
from bashi.sandbox.books import Books
from bashi.sandbox.errors import StripeError
from bashi.sandbox.payment import CardOutcome
from bashi.sandbox.replies import Answer, json_response
from bashi.sandbox.store import Document

_FOLDER = Path(__file__).parent / "templates"
_RECENT = 20


def money(cents: int, currency: str) -> str:
    sign, cents = ("-" if cents < 0 else ""), abs(cents)
    amount = f"{cents // 100:,}.{cents % 100:02}"
    return f"{sign}${amount}" if currency == "usd" else f"{sign}{amount} {currency.upper()}"


class Pages:
    def __init__(self, books: Books, organization: str) -> None:
        self._books = books
        self._organization = organization
        self._templates = Environment(
            loader=FileSystemLoader(_FOLDER), autoescape=True, trim_blocks=True, lstrip_blocks=True
        )
        self._templates.filters["card_number"] = lambda number: " ".join(
            number[start : start + 4] for start in range(0, len(number), 4)
        )
        self._templates.globals["money"] = money

    def routes(self) -> list[Route]:
        return [
            Route("/pay/{session}", self.show, methods=["GET"]),
            Route("/pay/{session}", self.submit, methods=["POST"]),
            Route("/control", self.show_controls, methods=["GET"]),
            Route("/control/state", self.show_state, methods=["GET"]),
            Route("/control/{action}", self.act, methods=["POST"]),
            Route("/sandbox.css", self.style, methods=["GET"]),
        ]

    async def show(self, request: Request) -> Response:
        with self._books.store.transaction():
            session = self._books.store.get("checkout.session", request.path_params["session"])
            if session is not None:
                session = checkout.find(self._books, session["id"])
        return self._page(request, session)

    async def submit(self, request: Request) -> Response:
        """`card` is a number; `challenge` is the answer to the 3-D Secure step."""
        values = dict(parse_qsl((await request.body()).decode()))
        key = request.path_params["session"]
        try:
            with self._books.store.transaction():
                outcome = self._pay(key, values)
        except StripeError:
            # Paid in another tab, or expired meanwhile: the page says which.
            return await self.show(request)
        if outcome.result in {"paid", "processing"}:
            return RedirectResponse(_return_url(outcome.session), 303)
        return self._page(request, outcome.session, outcome.message)

    def _pay(self, key: str, values: dict[str, str]) -> CardOutcome:
        if "challenge" in values:
            passed = values["challenge"] == "pass"
            return payment.answer_challenge(self._books, key, passed=passed)
        return payment.pay(self._books, key, values.get("card", ""))

    def _page(
        self, request: Request, session: Document | None, message: str | None = None
    ) -> Response:
        if session is None or session["status"] != "open":
            return self._closed(request, session)
        intent_id = session["payment_intent"]
        intent = self._books.find("payment_intent", intent_id) if intent_id else {}
        content = {
            "session": session,
            "lines": self._books.store.children("item", session["id"]),
            "cards": cards.CARDS.values(),
            "challenge": intent.get("status") == "requires_action",
            "message": message,
        }
        origins = {_origin(session[name]) for name in ("success_url", "cancel_url")}
        return self._render(request, "pay.html", 200, origins, **content)

    def _closed(self, request: Request, session: Document | None) -> Response:
        if session is None:
            return self._render(
                request, "closed.html", 404, set(), heading="Unknown payment", back=None
            )
        paid = session["status"] == "complete"
        heading = "You have paid already" if paid else "This payment page has expired"
        back = _return_url(session) if paid else session["cancel_url"]
        return self._render(
            request, "closed.html", 200 if paid else 410, set(), heading=heading, back=back
        )

    async def show_controls(self, request: Request) -> Response:
        newest = self._books.store.newest
        return self._render(
            request,
            "control.html",
            200,
            set(),
            state=control.state(self._books),
            sessions=newest("checkout.session", _RECENT),
            refunds=newest("refund", _RECENT),
            disputes=newest("dispute", _RECENT),
        )

    async def show_state(self, request: Request) -> Response:  # noqa: ARG002
        return json_response(Answer.of(200, control.state(self._books)))

    async def act(self, request: Request) -> Response:
        """JSON is answered with JSON; a form with the page of controls."""
        body = await request.body()
        is_form = request.headers.get("content-type", "").startswith(
            "application/x-www-form-urlencoded"
        )
        try:
            values = (
                dict(parse_qsl(body.decode(), keep_blank_values=True))
                if is_form
                else json.loads(body or b"{}")
            )
            result = control.run(self._books, request.path_params["action"], values)
        except StripeError as error:
            return json_response(Answer.of(error.status, error.body))
        except ValueError as problem:
            return json_response(Answer.of(400, StripeError(400, str(problem)).body))
        if is_form:
            return RedirectResponse(f"{request.scope['root_path']}/control", 303)
        return json_response(Answer.of(200, result))

    async def style(self, request: Request) -> Response:  # noqa: ARG002
        return FileResponse(_FOLDER / "sandbox.css", media_type="text/css")

    def _render(
        self, request: Request, template: str, status: int, origins: set[str], **content: Any
    ) -> Response:
        html = self._templates.get_template(template).render(
            base=request.scope["root_path"], organization=self._organization, **content
        )
        # A browser applies form-action to the redirect that follows the form, too.
        targets = " ".join(["'self'", *sorted(origins)])
        policy = (
            "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none';"
            f" form-action {targets}"
        )
        headers = {
            "content-security-policy": policy,
            "cache-control": "no-store",
            # `no-referrer` would hide the Origin that guard.py looks at.
            "referrer-policy": "same-origin",
            "x-content-type-options": "nosniff",
        }
        return HTMLResponse(html, status, headers)


def _return_url(session: Document) -> str:
    url: str = session["success_url"]
    return url.replace("{CHECKOUT_SESSION_ID}", quote(session["id"]))


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
