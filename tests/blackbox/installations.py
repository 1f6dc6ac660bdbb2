"""The product as it is installed in each of its places."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path

from tests.blackbox.embedded import embedded
from tests.blackbox.installation import Installation
from tests.blackbox.scale_out import scale_out

INSTALLATIONS: Mapping[str, Callable[[Path], AbstractContextManager[Installation]]] = {
    "embedded": embedded,
    "scale-out": scale_out,
}
"""By the columns of docs/engines.md; each takes an empty folder."""
