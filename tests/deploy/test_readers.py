"""What is deployed with, as the programs that read it there see it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.server import BASHI

DEPLOY = Path(__file__).parents[2] / "deploy"
DOCKER = DEPLOY / "docker"
PROGRAMS = Path(sys.executable).parent
ANALYZE = shutil.which("systemd-analyze")


def said(*command: object, **environment: str) -> str:
    """Both streams together; fails when the program does."""
    done = subprocess.run(
        [str(word) for word in command],
        env={**os.environ, **environment},
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def test_hadolint_finds_nothing_in_the_dockerfile() -> None:
    """All rules, but for those that a line of it ignores with a reason."""
    assert said(PROGRAMS / "hadolint", "--no-color", DOCKER / "Dockerfile") == ""


@pytest.mark.parametrize("file", sorted(DOCKER.glob("compose*.yaml")), ids=lambda path: path.name)
def test_compose_files_are_of_the_compose_specification(file: Path) -> None:
    said(PROGRAMS / "check-jsonschema", "--builtin-schema", "vendor.compose-spec", file)


def test_caddy_takes_the_caddyfile(tmp_path: Path) -> None:
    config = ("--adapter", "caddyfile", "--config", DOCKER / "Caddyfile")
    keeps = {"XDG_DATA_HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    told = said(PROGRAMS / "caddy", "validate", *config, SITE_DOMAIN="tickets.example.org", **keeps)
    assert "Valid configuration" in told
    assert '"level":"warn"' not in told


@pytest.mark.skipif(ANALYZE is None, reason="this machine has no systemd to ask")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    units = []
    for file in sorted((DEPLOY / "systemd").glob("*.service")):
        units.append(tmp_path / file.name)
        units[-1].write_text(file.read_text().replace("/opt/bashi/bin/bashi", str(BASHI)))
    assert said(ANALYZE, "verify", "--man=no", *units) == ""
