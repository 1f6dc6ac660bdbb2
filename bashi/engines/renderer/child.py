"""python -m bashi.engines.renderer.child: draws the emails that a ProcessRenderer asks for, one
after the other, until that closes the pipe."""

import gc
import os
import pickle
import signal
import struct
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any, BinaryIO

LENGTH = struct.Struct("!Q")
"""Before each answer: of its pickle, in bytes. An ask is a pickle too: a function of drawing.py and
its arguments; the answer is what it returns, or the exception that it raises."""

_POLITE = 5
_YOUNG = 1


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends us when it has finished
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    with suppress(OSError):  # a service may be forbidden to
        os.nice(_POLITE)  # who buys goes before who reads mail
    asks, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # what a library says must not come between answers
    while _serve(asks, answers):
        # Fonts refer to themselves in circles; what has lived long is not looked at.
        gc.collect(_YOUNG)


def _serve(asks: BinaryIO, answers: BinaryIO) -> bool:
    """False when nobody asks any more."""
    try:
        ask = pickle.load(asks)  # noqa: S301 - from our parent, by a pipe of its own
    except EOFError:
        return False
    pickled = pickle.dumps(_answer(*ask))
    answers.write(LENGTH.pack(len(pickled)))
    answers.write(pickled)
    answers.flush()
    return True


def _answer(work: Callable[..., Any], *arguments: Any) -> Any:
    try:
        return work(*arguments)
    except Exception as error:  # noqa: BLE001 - the parent raises it where it was asked for
        return error


if __name__ == "__main__":
    main()
