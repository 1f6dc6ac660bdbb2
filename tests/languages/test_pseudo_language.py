"""Adding a language is a line and a folder of words: nothing else changes."""

import json
import os
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bashi.render import emails
from tests.languages import pseudo
from tests.render import facts

pytestmark = pytest.mark.slow

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("pseudo")
    pseudo.build(folder)
    path = os.pathsep.join((str(folder), str(REPOSITORY)))
    environment = os.environ | {"PYTHONPATH": path}

    def run(*command: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", *command],
            cwd=folder, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    run("tools.cldr")
    return json.loads(run("tests.languages.journey", str(folder)))


def test_the_site_needs_nothing_but_its_words(tmp_path: Path) -> None:
    pseudo.build(tmp_path)
    web = pseudo.build_site(tmp_path)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join((str(tmp_path), str(REPOSITORY)))}
    run = partial(subprocess.run, env=environment, capture_output=True, text=True, check=False)
    made = run([sys.executable, "-m", "tools.languages"], cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    tsc = [sys.executable, "-m", "tools.npm", "exec", "--", "tsc", "--noEmit"]
    checked = run(tsc, cwd=tmp_path)
    assert checked.returncode == 0, checked.stdout[-3000:]
    table = json.loads((web / "lib/languages.json").read_text("utf-8"))
    assert table[pseudo.TAG]["root"] == f"/{pseudo.TAG}"
    assert f'"{pseudo.TAG}": ' in (web / "messages/common.ts").read_text("utf-8")


def test_every_email_is_written_in_it(found: Any) -> None:
    english = [emails.render_email(each, "en", facts.ORGANIZATION) for each in facts.one_of_each()]
    assert len(found["texts"]) == len(english)
    for text, subject, html, one in zip(
        found["texts"], found["subjects"], found["html"], english, strict=True
    ):
        assert subject != one.subject
        assert len(text) > len(one.text)
        assert f'lang="{pseudo.TAG}"' in html


def test_the_api_speaks_it(found: Any) -> None:
    assert found["locales"] == ["en", pseudo.TAG, "bn"]
    assert found["title"] == {"en": "Pujo", pseudo.TAG: "Pûjö"}


def test_links_in_emails_lead_to_its_pages(found: Any) -> None:
    assert f"/{pseudo.TAG}/verify/#" in found["welcome"]
