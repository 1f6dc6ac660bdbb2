"""Map errors to problem documents. Everything a route may raise ends here."""

from collections.abc import Mapping
from dataclasses import asdict
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.routing import Match, Route

from bashi.core.batch import Indefinite, Unavailable
from bashi.core.errors import Busy, Extra, Fault, InvalidFields, Problem, Retry
from bashi.core.payments.provider import PaymentsRefused, PaymentsUnavailable
from bashi.core.ports import MediaUnavailable
from bashi.http.faults import faults
from bashi.http.responses import NO_STORE, ProblemOut

log = structlog.get_logger()

TYPE = "application/problem+json"
_HTTP_CODES = {404: "no_such_page", 405: "method_not_allowed", 413: "body_too_large"}
_HTTP_WORDS = {
    404: "There is nothing at this address.",
    405: "This address does not take that method.",
    413: "What was sent is too large.",
}


def problem_answer(request_id: str, error: Problem) -> Response:
    retry = error.retry_after_seconds if isinstance(error, Retry) else None
    return _answer(
        request_id,
        error.status,
        error.code,
        error.message,
        fields=dict(error.fields) if isinstance(error, InvalidFields) else None,
        retry_after_seconds=retry,
        **{name: value for name, value in error.extra.items() if value is not None},
    )


def install(app: FastAPI) -> None:
    app.add_exception_handler(Problem, _on_problem)
    app.add_exception_handler(RequestValidationError, _on_shape)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(Unavailable, _on_database)
    app.add_exception_handler(Indefinite, _on_database)
    app.add_exception_handler(PaymentsUnavailable, _on_payments)
    app.add_exception_handler(PaymentsRefused, _on_payments)
    app.add_exception_handler(MediaUnavailable, _on_media)
    app.add_exception_handler(Exception, _on_mistake)


def responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """OpenAPI entries for the problems of one route, beside those that every route may have."""
    return dict(documented(*statuses).items())


def documented(*statuses: int) -> dict[str, dict[str, Any]]:
    return {
        str(status): {
            "description": HTTPStatus(status).phrase,
            "content": {TYPE: {"schema": {"$ref": "#/components/schemas/ProblemOut"}}},
        }
        for status in statuses
    }


async def _on_problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)
    return problem_answer(request.state.request_id, error)


async def _on_shape(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return problem_answer(request.state.request_id, InvalidFields(faults(error.errors())))


async def _on_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    status = error.status_code
    code = _HTTP_CODES.get(status, "bad_request")
    words = _HTTP_WORDS.get(status, "The request could not be read.")
    answer = _answer(request.state.request_id, status, code, words)
    for name, value in (error.headers or {}).items():
        answer.headers[name] = value
    if status == 405:
        answer.headers["allow"] = ", ".join(_methods(request))
    return answer


def _methods(request: Request) -> list[str]:
    """All that this path takes, where the framework names one route's (RFC 9110 §10.2.1)."""
    found: set[str] = set()
    for route in request.app.router.routes:
        if isinstance(route, Route) and route.matches(request.scope)[0] is not Match.NONE:
            found |= route.methods or set()
    return sorted(found | {"HEAD"} if "GET" in found else found)


async def _on_database(request: Request, error: Exception) -> Response:
    reason = str(error).partition("\n")[0]
    log.error("database_unavailable", kind=type(error).__name__, reason=reason)
    busy = Busy("database_unavailable", "We are busy for a moment. Please try again.", 2)
    return problem_answer(request.state.request_id, busy)


async def _on_payments(request: Request, error: Exception) -> Response:
    log.error("payments_unavailable", kind=type(error).__name__)
    busy = Busy(
        "payments_unavailable",
        "The payment service did not answer. Nothing is lost; please try again.",
        5,
    )
    return problem_answer(request.state.request_id, busy)


async def _on_media(request: Request, error: Exception) -> Response:
    log.error("media_unavailable", reason=str(error))
    busy = Busy(
        "media_unavailable",
        "Pictures cannot be reached just now. Nothing was changed; please try again.",
        5,
    )
    return problem_answer(request.state.request_id, busy)


async def _on_mistake(request: Request, _error: Exception) -> Response:
    """Starlette raises it again afterwards, and the gateway logs it."""
    return internal_error(request.state.request_id)


def body_too_large(request_id: str) -> Response:
    return _answer(request_id, 413, _HTTP_CODES[413], _HTTP_WORDS[413])


def internal_error(request_id: str) -> Response:
    words = "Something went wrong on our side. Try again, and tell us the request id if it stays."
    return _answer(request_id, 500, "internal_error", words)


def _answer(
    request_id: str,
    status: int,
    code: str,
    detail: str,
    *,
    fields: Mapping[str, Fault] | None = None,
    retry_after_seconds: int | None = None,
    **extra: Extra,
) -> Response:
    document = ProblemOut.model_validate(
        {
            "type": "about:blank",
            "title": HTTPStatus(status).phrase,
            "status": status,
            "code": code,
            "detail": detail,
            "request_id": request_id,
            "fields": fields and {name: asdict(each) for name, each in fields.items()},
            "retry_after_seconds": retry_after_seconds,
            **extra,
        }
    )
    headers = {"cache-control": NO_STORE}
    if retry_after_seconds is not None:
        headers["retry-after"] = str(retry_after_seconds)
    body = document.model_dump_json(exclude_none=True)
    return Response(body, status, headers, TYPE)
