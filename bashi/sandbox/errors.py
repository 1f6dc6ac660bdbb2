"""What the API answers instead of an object. Source: https://docs.stripe.com/api/errors"""

from typing import Any


class StripeError(Exception):
    """`type` is one of api_error, card_error, idempotency_error, invalid_request_error.

    `saved` says that the endpoint had begun its work, so a repeat with the same idempotency key
    gets the same answer; Stripe saves nothing for a request that it found invalid.
    """

    def __init__(
        self,
        status: int,
        message: str,
        *,
        code: str | None = None,
        kind: str = "invalid_request_error",
        param: str | None = None,
        saved: bool = False,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.saved = saved
        self.error: dict[str, Any] = {"type": kind, "message": message}
        if code is not None:
            self.error |= {"code": code, "doc_url": f"https://stripe.com/docs/error-codes/{code}"}
        if param is not None:
            self.error["param"] = param

    @property
    def body(self) -> dict[str, Any]:
        return {"error": self.error}


def missing(kind: str, key: str, param: str) -> StripeError:
    return StripeError(404, f"No such {kind}: '{key}'", code="resource_missing", param=param)


def invalid(message: str, param: str | None = None, code: str | None = None) -> StripeError:
    return StripeError(400, message, code=code, param=param)
