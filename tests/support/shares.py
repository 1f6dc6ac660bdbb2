"""A pytest plugin: how the processes of `make test` share the suite. Tests that need the same slow
thing, such as a browser, are one piece of work, and so is a file. The longest pieces begin first,
so that all processes end at about the same time."""

import re
from collections import Counter
from collections.abc import Sequence

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

LONGEST = tuple(
    re.compile(piece)
    for piece in (
        r"/edge/|\[edge\b|/engines/.*\[(d1|workers|webcrypto)\]$|one_isolate_puts_another_finds",
        r"/browser/",
        r"/races/.*\[sqlite\b",
        r"/races/.*\[postgres\b(?! without)",
        r"/races/.*\[postgres without its lane\b",
        r"/races/.*\[d1\b",
        r"/blackbox/.*\[scale-out\b",
        r"/blackbox/.*\[embedded\b",
        r"/crash/test_kill",
        r"/crash/test_upgrade",
    )
)
"""What their node ids have in them."""


class Sharing(LoadScopeScheduling):  # type: ignore[misc]
    """Instead of marks and `--dist loadgroup`, which pytest-xdist 3.8 loses under pytest 9.2."""

    def add_node_collection(self, node: WorkerController, collection: Sequence[str]) -> None:
        """Raises UsageError for tests of one id: only the first of them would run."""
        twice = [nodeid for nodeid, times in Counter(collection).items() if times > 1]
        if twice:
            raise pytest.UsageError(f"Give these tests an id of their own: {', '.join(twice)}")
        super().add_node_collection(node, collection)

    def _split_scope(self, nodeid: str) -> str:
        place = _place(nodeid)
        return LONGEST[place].pattern if place < len(LONGEST) else nodeid.partition("::")[0]


def _place(nodeid: str) -> int:
    matches = (place for place, piece in enumerate(LONGEST) if piece.search(nodeid))
    return next(matches, len(LONGEST))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Sharing:
    return Sharing(config, log)


@pytest.hookimpl(trylast=True)  # pytest's own order is that of fixtures
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: _place(item.nodeid))
