"""Load settings from the environment, or say which are missing or wrong."""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    EnvSettingsSource,
    SettingsConfigDict,
)

from bashi.entry.demo.demo import demo_environment
from bashi.entry.setting_groups.group import Wrong
from bashi.entry.settings import FIELDS, Mode, Settings

PREFIX = "bashi_"
TESTS = "bashi_test_"  # read by the tests alone


class BadSettings(Exception):
    """`sentences` say what to set."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__("; ".join(sentences))
        self.sentences = sentences


class _Sources(BaseSettings):
    """Read by a library of its own, since the edge has no environment and is spared it."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True)


def load_settings() -> Settings:
    """Raises BadSettings."""
    given = _given()
    unknown = [f"{_variable(name)} is not a setting{_hint(name)}" for name in _unknown(given)]
    if unknown:
        raise BadSettings(unknown)
    if given.get("mode") == Mode.DEMO:
        given = _demo_values(given) | given
    try:
        return Settings.read(given)
    except ValidationError as error:
        raise BadSettings(list(sentences(error))) from error


def sentences(error: ValidationError) -> Iterator[str]:
    """What to set, one setting a sentence, without values: they may be secrets."""
    for problem in error.errors():
        cause = problem.get("ctx", {}).get("error")
        if isinstance(cause, Wrong):
            yield from cause.sentences
        elif isinstance(cause, ValueError):
            yield str(cause)
        else:
            yield f"{_variable(str(problem['loc'][-1]))}: {problem['msg']}"


def _given() -> dict[str, Any]:
    """By the setting's name. A variable of the process goes before a line of `.env`."""
    found = {**DotEnvSettingsSource(_Sources).env_vars, **EnvSettingsSource(_Sources).env_vars}
    return {
        name.removeprefix(PREFIX): value
        for name, value in found.items()
        if name.startswith(PREFIX) and not name.startswith(TESTS)
    }


def _demo_values(given: Mapping[str, str]) -> dict[str, Any]:
    """What the demo makes for itself."""
    folder = given.get("data_dir", FIELDS["data_dir"].default)
    port = given.get("port", FIELDS["port"].default)
    return demo_environment(Path(folder), port)


def _unknown(given: Iterable[str]) -> list[str]:
    return sorted(name for name in given if name not in FIELDS)


def _hint(name: str) -> str:
    close = get_close_matches(name, FIELDS, n=1)
    return (
        f"; did you mean {_variable(close[0])}?" if close else "; docs/settings.md lists them all"
    )


def _variable(name: str) -> str:
    return f"{PREFIX}{name}".upper()
