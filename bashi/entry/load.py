"""Settings from the environment, or the sentences that say what to set."""

import os
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bashi.entry.demo import demo_environment
from bashi.entry.settings import Mode, Settings

PREFIX = "BASHI_"
TESTS = "BASHI_TEST_"  # read by the tests alone


class BadSettings(Exception):
    """`sentences` say what to set."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__("; ".join(sentences))
        self.sentences = sentences


class _Environment(BaseSettings, Settings):
    """The edge has no environment to read, and is spared the library that reads it."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", env_ignore_empty=True, enable_decoding=False
    )


def load_settings() -> Settings:
    """Raises BadSettings."""
    unknown = _unknown()
    if unknown:
        raise BadSettings(unknown)
    try:
        return _Environment(**_demo_values())
    except ValidationError as error:
        raise BadSettings([_sentence(dict(problem)) for problem in error.errors()]) from error


def _demo_values() -> dict[str, Any]:
    """What the demo makes for itself, unless the environment says otherwise."""
    if os.environ.get("BASHI_MODE") != Mode.DEMO:
        return {}
    data_dir = Path(os.environ.get("BASHI_DATA_DIR", "data"))
    made = demo_environment(data_dir, int(os.environ.get("BASHI_PORT", "8000")))
    return {name: value for name, value in made.items() if _variable(name) not in os.environ}


def _unknown() -> list[str]:
    known = [_variable(name) for name in Settings.model_fields]
    return [
        f"{name} is not a setting{_hint(name, known)}"
        for name in sorted(os.environ)
        if name.startswith(PREFIX) and not name.startswith(TESTS) and name not in known
    ]


def _hint(name: str, known: list[str]) -> str:
    close = get_close_matches(name, known, n=1)
    return f"; did you mean {close[0]}?" if close else "; docs/settings.md lists them all"


def _sentence(problem: dict[str, object]) -> str:
    """Without the value: it may be a secret."""
    place = problem["loc"]
    words = str(problem["msg"]).removeprefix("Value error, ")
    if isinstance(place, tuple) and place:
        return f"{_variable(str(place[0]))}: {words}"
    return words


def _variable(name: str) -> str:
    return f"{PREFIX}{name.upper()}"
