"""An APIRoute that bypasses FastAPI's dependency solver, for hot endpoints."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from fastapi import Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails
from starlette.routing import request_response

_JSON = "application/json"


class DirectRoute(APIRoute):
    """Serves a handler of `request`, path parameters, one JSON body and callers (`Depends`).

    Path, method, document and errors are FastAPI's. Its general solver, which looks again at each
    request for query, header and cookie parameters, overrides and open contexts, took a third of a
    hold's CPU (decision 0015). Callers come first: who may not ask learns nothing of shapes.
    """

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        super().__init__(path, endpoint, **options)
        self.answer = _handler(self.dependant, self._body_adapter())
        self.app = request_response(self.answer)

    def _body_adapter(self) -> TypeAdapter[Any] | None:
        shape = self.body_field.field_info.annotation if self.body_field else None
        return TypeAdapter(shape) if shape is not None else None


def _handler(
    dependant: Dependant, body_adapter: TypeAdapter[Any] | None
) -> Callable[[Request], Awaitable[Response]]:
    endpoint, request_name = dependant.call, dependant.request_param_name
    assert endpoint is not None
    assert request_name is not None
    assert not dependant.query_params + dependant.header_params + dependant.cookie_params
    callers = [(one.name, one.call) for one in dependant.dependencies]
    body_name = dependant.body_params[0].name if dependant.body_params else ""

    async def handle(request: Request) -> Response:
        values: dict[str, Any] = {request_name: request}
        errors: list[Any] = []
        for name, call in callers:
            assert name is not None
            assert call is not None
            values[name] = await call(request)
        for param in dependant.path_params:
            given = request.path_params[param.alias]
            values[param.name], found = param.validate(given, loc=("path", param.alias))
            errors += found
        if body_adapter is not None:
            try:
                values[body_name] = body_adapter.validate_json(await _json_body(request))
            except ValidationError as error:
                errors += _in_body(error.errors(include_url=False, include_input=False))
        if errors:
            raise RequestValidationError(errors)
        response: Response = await endpoint(**values)
        return response

    return handle


async def _json_body(request: Request) -> bytes:
    """Empty for what is not sent as JSON: it is refused like a body that is none."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return await request.body() if kind == _JSON else b""


def _in_body(errors: Sequence[ErrorDetails]) -> list[dict[str, Any]]:
    return [{**error, "loc": ("body", *error["loc"])} for error in errors]
