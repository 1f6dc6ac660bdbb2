"""Response helpers: models as JSON serialized once, and RFC 9457 problem documents."""

from collections.abc import Mapping, Sequence
from typing import Any, Generic, TypeVar

from fastapi import Response
from pydantic import BaseModel, ConfigDict, Field

NO_STORE = "no-store"

Item = TypeVar("Item")


class Schema(BaseModel):
    """Base of every shape in the API: unknown fields are refused, output has no optional keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ListOut(Schema, Generic[Item]):
    items: Sequence[Item]
    next_cursor: str | None = Field(description="Pass as `cursor` for the next page; null: the end")


def binary(*kinds: str) -> dict[str, Any]:
    """OpenAPI's content of a body or an answer that is a file of one of these types."""
    return {kind: {"schema": {"type": "string", "format": "binary"}} for kind in kinds}


def text(kind: str) -> dict[str, Any]:
    """The same of a file that people could read."""
    return {kind: {"schema": {"type": "string"}}}


class Json(Response):
    media_type = "application/json"

    def __init__(
        self, model: BaseModel, status: int = 200, *, cache_control: str = NO_STORE
    ) -> None:
        """Written as bytes at once; the general way through text and a dict of headers took as long
        again."""
        self.status_code = status
        self.background = None
        self.body = model.__pydantic_serializer__.to_json(model)
        self.raw_headers = [
            (b"cache-control", cache_control.encode()),
            (b"content-length", str(len(self.body)).encode()),
            (b"content-type", b"application/json"),
        ]


class Raw(Response):
    """A whole answer made beforehand (a cached page): its headers are sent as they are."""

    def __init__(self, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
        self.status_code = status
        self.raw_headers = headers
        self.body = body
        self.background = None


def _absent(schema: dict[str, Any]) -> None:
    """Left out of the answer when there is none, so a default would say too much."""
    schema.pop("default")


class FaultOut(Schema):
    """What is wrong with one field."""

    code: str = Field(description="Stable; listed in docs/errors.md", examples=["too_long"])
    detail: str = Field(description="What to do", examples=["Use at most 100 characters."])
    least: int | None = Field(
        default=None, description="The limit that `detail` names", json_schema_extra=_absent
    )
    most: int | None = Field(default=None, examples=[100], json_schema_extra=_absent)


class ProblemOut(Schema):
    """An RFC 9457 problem document."""

    type: str = Field(examples=["about:blank"])
    title: str = Field(examples=["Conflict"])
    status: int = Field(examples=[409])
    code: str = Field(description="Stable; listed in docs/errors.md", examples=["sold_out"])
    detail: str = Field(description="What to do next", examples=["These tickets are sold out."])
    request_id: str
    fields: Mapping[str, FaultOut] | None = Field(
        default=None, description="Of each field that needs correcting, by its path"
    )
    retry_after_seconds: int | None = None

    model_config = ConfigDict(extra="allow", frozen=True)
