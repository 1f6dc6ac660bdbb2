"""No chance while the top level runs: a Worker is frozen there, and would repeat it for ever."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

_real = os.urandom
_state = {"allowed": 0}


def _urandom(size: int) -> bytes:
    if not _state["allowed"]:
        raise OSError(29, "Cannot get entropy outside of request context")
    _state["allowed"] -= 1
    return _real(size)


def before_top_level() -> None:
    os.urandom = _urandom


def enter_request_context() -> None:
    os.urandom = _real


@contextmanager
def allow_bad_entropy_calls(calls: int) -> Iterator[None]:
    before, _state["allowed"] = _state["allowed"], calls
    try:
        yield
    finally:
        _state["allowed"] = before
