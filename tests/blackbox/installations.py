"""The product as it is installed in each of its places."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager

import pytest

from tests.blackbox.edge import edge
from tests.blackbox.embedded import embedded
from tests.blackbox.installation import Installation
from tests.blackbox.scale_out import scale_out

Installing = Callable[[pytest.FixtureRequest], AbstractContextManager[Installation]]

INSTALLATIONS: Mapping[str, Installing] = {
    "embedded": embedded,
    "scale-out": scale_out,
    "edge": edge,
}
"""By the columns of docs/engines.md; each may ask for other fixtures."""
