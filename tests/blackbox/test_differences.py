"""docs/engines.md says what may differ, and the suite looks at all of it."""

from tests.blackbox.differences import differences, engines
from tests.blackbox.installations import INSTALLATIONS

LOOKED_AT = {"/metrics"}


def test_every_engine_of_the_page_is_installed() -> None:
    assert engines() == list(INSTALLATIONS)


def test_every_difference_of_the_page_is_looked_at() -> None:
    for engine in INSTALLATIONS:
        assert differences(engine).keys() == LOOKED_AT
