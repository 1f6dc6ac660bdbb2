"""Stripe's API over HTTP: who may call, what a repeated call gets, and what the faults do to it."""

import asyncio
import base64
import binascii
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bashi.sandbox import balance, checkout, form, lists, refunds, shapes
from bashi.sandbox.books import Books
from bashi.sandbox.errors import StripeError
from bashi.sandbox.faults import Faults
from bashi.sandbox.form import Params
from bashi.sandbox.replies import Answer, CutOff, json_response
from bashi.sandbox.store import Document

KEY_LENGTH_MAX = 255
KEY_SECONDS = 86_400
"""Stripe forgets a key after at least this. Source: https://docs.stripe.com/api/idempotent_requests"""
Work = Callable[[Books, Mapping[str, str], Params], Document]
"""(books, path's parameters, request's parameters) -> the object to answer with."""


@dataclass(frozen=True, slots=True)
class Job:
    request: Request
    work: Work
    params: Params
    hit: bool
    """The API faults apply to this request."""
    fails: bool
    """Its answer is a failure, although the work is done."""


@dataclass
class Api:
    books: Books
    secret_key: str

    def __post_init__(self) -> None:
        self._in_progress: set[str] = set()

    def routes(self) -> list[Route]:
        return [
            Route(f"/stripe/v1/{path}", self._endpoint(work), methods=[method])
            for method, path, work in ENDPOINTS
        ] + [Route("/stripe/{rest:path}", self._unknown, methods=["GET", "POST", "DELETE"])]

    def _endpoint(self, work: Work) -> Callable[[Request], object]:
        async def endpoint(request: Request) -> Response:
            try:
                return await self._serve(request, work)
            except StripeError as error:
                return json_response(Answer.of(error.status, error.body))

        return endpoint

    async def _unknown(self, request: Request) -> Response:
        message = f"Unrecognized request URL ({request.method}: /{request.path_params['rest']})."
        return json_response(Answer.of(404, StripeError(404, message).body))

    async def _serve(self, request: Request, work: Work) -> Response:
        self._authorize(request.headers.get("authorization", ""))
        faults = self.books.faults
        hit = faults.hits(request.method, _path(request))
        fails = hit and faults.spend("api_fail_next")
        if fails and not faults.api_fail_after_work:
            return json_response(_failure(faults))
        job = Job(request, work, await _params(request), hit, fails)
        response = await self._once(job)
        return CutOff() if hit and faults.spend("api_drop_next") else response

    async def _once(self, job: Job) -> Response:
        """Carries a POST with an idempotency key out only when that has not been done before."""
        key = job.request.headers.get("idempotency-key") if job.request.method == "POST" else None
        if key is None:
            return json_response(await self._carry_out(job, None))
        if len(key) > KEY_LENGTH_MAX:
            raise StripeError(400, "Idempotency keys are up to 255 characters long.")
        asked = f"{_path(job.request)} {json.dumps(job.params, sort_keys=True)}"
        saved = self._saved(key, asked)
        if saved is not None:
            return json_response(saved, {"idempotency-key": key, "idempotent-replayed": "true"})
        self._in_progress.add(key)
        try:
            answer = await self._carry_out(job, (key, asked))
        finally:
            self._in_progress.discard(key)
        return json_response(answer, {"idempotency-key": key})

    def _authorize(self, header: str) -> None:
        scheme, _, credentials = header.partition(" ")
        if scheme.lower() == "basic":
            try:
                credentials = base64.b64decode(credentials).decode().partition(":")[0]
            except (binascii.Error, UnicodeDecodeError):
                credentials = ""
        if not hmac.compare_digest(credentials.encode(), self.secret_key.encode()):
            raise StripeError(401, "Invalid API Key provided.", code="invalid_api_key")

    def _saved(self, key: str, asked: str) -> Answer | None:
        if key in self._in_progress:
            raise StripeError(
                409,
                "There is currently another in-progress request using this Idempotency Key.",
                kind="idempotency_error",
                code="idempotency_key_in_use",
            )
        row = self.books.store.sql.execute(
            "SELECT request, status, body FROM idempotency WHERE key = ? AND created > ?",
            (key, self.books.seconds() - KEY_SECONDS),
        ).fetchone()
        if row is None:
            return None
        if row[0] != asked:
            raise StripeError(
                400,
                "Keys for idempotent requests can only be used with the same parameters they were"
                f" first used with. Try using a key other than '{key}'.",
                kind="idempotency_error",
            )
        return Answer(row[1], row[2])

    async def _carry_out(self, job: Job, claim: tuple[str, str] | None) -> Answer:
        """The work and what its key remembers are one transaction."""
        faults = self.books.faults
        if job.hit and faults.api_delay_seconds:
            await asyncio.sleep(faults.api_delay_seconds)
        with self.books.store.transaction():
            answer, saved = self._work(job)
            if job.fails:
                answer = _failure(faults)
            if claim is not None and saved:
                self.books.store.sql.execute(
                    "INSERT OR REPLACE INTO idempotency VALUES (?,?,?,?,?)",
                    (*claim, answer.status, answer.body, self.books.seconds()),
                )
        return answer

    def _work(self, job: Job) -> tuple[Answer, bool]:
        """The answer, and whether the idempotency key remembers it."""
        try:
            done = job.work(self.books, job.request.path_params, job.params)
        except StripeError as error:
            return Answer.of(error.status, error.body), error.saved
        return Answer.of(200, done), True


async def _params(request: Request) -> Params:
    encoded = await request.body() if request.method == "POST" else b""
    return form.parse(encoded.decode() or request.url.query)


def _path(request: Request) -> str:
    return "/v1/" + request.url.path.partition("/stripe/v1/")[2]


def _failure(faults: Faults) -> Answer:
    status, code = faults.api_fail_status, faults.api_fail_code
    if code:
        error = StripeError(status, f"This request was refused: {code}.", code=code)
    elif status == 429:
        error = StripeError(429, "Too many requests hit the API too quickly.", code="rate_limit")
    else:
        error = StripeError(status, "An unknown error occurred.", kind="api_error")
    return Answer.of(status, error.body)


def _retrieve(path: str) -> Work:
    kind = lists.KINDS[path].name

    def retrieve(books: Books, names: Mapping[str, str], params: Params) -> Document:
        form.only(params, ())
        if kind == "checkout.session":
            return checkout.find(books, names["id"])
        return books.find(kind, names["id"])

    return retrieve


def _list(path: str) -> Work:
    return lambda books, _, params: lists.page(books, path, params)


def _line_items(books: Books, names: Mapping[str, str], params: Params) -> Document:
    form.only(params, ("limit",))
    key = names["id"]
    books.find("checkout.session", key, "session")
    lines = books.store.children("item", key)
    return shapes.page(f"/v1/checkout/sessions/{key}/line_items", lines, more=False)


def _expire(books: Books, names: Mapping[str, str], params: Params) -> Document:
    form.only(params, ())
    return checkout.expire(books, names["id"])


def _balance(books: Books, _: Mapping[str, str], params: Params) -> Document:
    form.only(params, ())
    return balance.total(books)


ENDPOINTS: list[tuple[str, str, Work]] = [
    ("POST", "checkout/sessions", lambda books, _, params: checkout.create(books, params)),
    ("POST", "checkout/sessions/{id}/expire", _expire),
    ("GET", "checkout/sessions/{id}/line_items", _line_items),
    ("POST", "refunds", lambda books, _, params: refunds.create(books, params)),
    ("GET", "balance", _balance),
    *(("GET", path, _list(path)) for path in lists.KINDS),
    *(("GET", f"{path}/{{id}}", _retrieve(path)) for path in lists.KINDS),
]
