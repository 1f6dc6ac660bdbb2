"""Errors that a person or a client can meet, as one tree with stable codes.

    Problem                     status, code, message
      Invalid            422    the shape is right, the content is not
        InvalidFields    422    the same, with the fields named
      Unauthenticated    401    no session, or one that has ended
      Forbidden          403    signed in, but not allowed
      NotFound           404    unknown, or another person's
      Conflict           409    the present state does not allow it
      Gone               410    it was there and is over
      TooMany            429    try again in `retry_after_seconds`
      Busy               503    try again in `retry_after_seconds`

`code` is stable and documented in docs/errors.md; `message` says what to do next.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Extra = str | int | Sequence[Mapping[str, str | int]] | None
"""What a problem carries beside its code and words."""


class Problem(Exception):
    status = 500

    def __init__(self, code: str, message: str, **extra: Extra) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.extra: Mapping[str, Extra] = extra


class Invalid(Problem):
    status = 422


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one field. `code` is stable and stands in docs/errors.md; clients may show
    words of their own, with the limits that `detail` names."""

    code: str
    detail: str
    least: int | None = None
    most: int | None = None


class InvalidFields(Invalid):
    """`fields` maps a field's path in the request ("lines.0.quantity") to its fault."""

    def __init__(self, fields: Mapping[str, Fault]) -> None:
        super().__init__("invalid_fields", "Please correct the marked fields.")
        self.fields = fields


class Unauthenticated(Problem):
    status = 401


class Forbidden(Problem):
    status = 403


class NotFound(Problem):
    status = 404


class Conflict(Problem):
    status = 409


class Gone(Problem):
    status = 410


class Retry(Problem):
    def __init__(
        self, code: str, message: str, retry_after_seconds: int, **extra: str | int | None
    ) -> None:
        super().__init__(code, message, **extra)
        self.retry_after_seconds = retry_after_seconds


class TooMany(Retry):
    status = 429


class Busy(Retry):
    status = 503
