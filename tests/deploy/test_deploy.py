"""What is deployed with fits the product; test_readers.py asks the programs that read it."""

import configparser
import json
import os
import re
import shlex
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from bashi.entry.settings import FIELDS
from tests.support.server import BASHI, Server, free_port, running

DEPLOY = Path(__file__).parents[2] / "deploy"
DOCKER = DEPLOY / "docker"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
COMPOSE = sorted(DOCKER.glob("compose*.yaml"))
SAMPLE = DEPLOY / "systemd" / "bashi.env"
FILES = sorted((*DOCKER.iterdir(), *UNITS, SAMPLE))
FINISH_SECONDS = 30  # requests under way, then the background
SECRETIVE = re.compile(r"SECRET|PASSWORD|TOKEN|_KEY")


@cache
def dockerfile() -> list[tuple[str, str]]:
    """(instruction, words), continued lines joined."""
    text = (DOCKER / "Dockerfile").read_text().replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(name, words.strip()) for name, _, words in (line.partition(" ") for line in lines)]


def instructions(name: str) -> list[str]:
    return [words for each, words in dockerfile() if each == name]


def environment() -> dict[str, str]:
    return dict(pair.partition("=")[::2] for pair in shlex.split(instructions("ENV")[0]))


def services(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(file.read_text())["services"]
    return found


def ours(file: Path) -> dict[str, Any]:
    return {name: each for name, each in services(file).items() if each["image"] == "bashi"}


def unit(file: Path) -> configparser.SectionProxy:
    parser = configparser.ConfigParser(strict=False, interpolation=None, delimiters=("=",))
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(file.read_text())
    return parser["Service"]


def commands() -> set[tuple[str, ...]]:
    """The words behind `bashi` that anything here starts."""
    default = json.loads(instructions("CMD")[0])
    found = {
        tuple(each.get("command", default)) for file in COMPOSE for each in ours(file).values()
    }
    return found | {tuple(shlex.split(unit(file)["ExecStart"])[1:]) for file in UNITS}


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.name)
def test_every_setting_that_is_named_exists(file: Path) -> None:
    named = set(re.findall(r"\bBASHI_[A-Z0-9_]+", file.read_text()))
    assert named <= {f"BASHI_{name.upper()}" for name in FIELDS}


def test_images_are_pinned_to_a_version() -> None:
    images = [each["image"] for file in COMPOSE for each in services(file).values()]
    images += [words.split()[0] for words in instructions("FROM")]
    for image in set(images) - {"bashi"}:
        assert re.search(r":\d", image), image


def test_the_image_is_built_from_locks_and_runs_as_nobody_special() -> None:
    runs = " ; ".join(instructions("RUN"))
    assert len(instructions("FROM")) == 2
    assert re.search(r"pip install [^;&]*--require-hashes[^;&]*-r requirements.lock", runs)
    assert not instructions("ADD")
    assert "sudo" not in runs
    for step in re.findall(r"apt-get install[^;]*", runs):
        assert "--no-install-recommends" in step
        assert "rm -rf /var/lib/apt/lists/*" in step
    user = instructions("USER")[-1].partition(":")[0]
    assert int(user) >= 10_000
    assert f"--uid {user}" in runs
    assert [name for name, _ in dockerfile()].index("USER") > [
        name for name, _ in dockerfile()
    ].index("COPY")


def test_no_secret_is_in_a_file() -> None:
    assert not [name for name in environment() if SECRETIVE.search(name)]
    assert not instructions("ARG")
    for file in COMPOSE:
        for each in services(file).values():
            for name, value in each.get("environment", {}).items():
                if SECRETIVE.search(name):
                    assert value.startswith("${"), name
                assert not re.search(r"://[^$]*:[^$/]+@", str(value)), name


def test_the_image_keeps_its_data_in_the_volume_and_out_of_the_build() -> None:
    folder = environment()["BASHI_DATA_DIR"]
    assert instructions("VOLUME") == [folder]
    ignored = (DOCKER / "Dockerfile.dockerignore").read_text().splitlines()
    assert ignored[0] == "**"
    copied = [words.split()[0] for words in instructions("COPY") if not words.startswith("--from")]
    assert copied == ["."]
    for file in COMPOSE:
        declared = yaml.safe_load(file.read_text())["volumes"]
        for each in ours(file).values():
            assert each["volumes"] == [f"data:{folder}"]
        assert "data" in declared


def test_ports_agree() -> None:
    port = environment()["BASHI_PORT"]
    assert instructions("EXPOSE") == [port]
    assert f"127.0.0.1:{port}/healthz" in instructions("HEALTHCHECK")[0]
    alone = services(DOCKER / "compose.yaml")["bashi"]
    assert alone["ports"] == [f"127.0.0.1:{port}:{port}"]
    scale = services(DOCKER / "compose.scale.yaml")
    servers = {name for name, each in scale.items() if "web" in each.get("command", ())}
    upstreams = re.search(r"reverse_proxy (.*) \{", (DOCKER / "Caddyfile").read_text())
    assert upstreams
    assert set(upstreams[1].split()) == {f"{name}:{port}" for name in servers}
    assert [name for name, each in scale.items() if "ports" in each] == ["caddy"]


def test_the_balancer_hears_of_the_end_in_time() -> None:
    scale = ours(DOCKER / "compose.scale.yaml")
    caddy = (DOCKER / "Caddyfile").read_text()
    assert "health_uri /readyz" in caddy
    seconds = [int(found) for found in re.findall(r"health_(?:interval|timeout) (\d+)s", caddy)]
    for each in scale.values():
        drain = int(each["environment"]["BASHI_DRAIN_SECONDS"])
        assert drain > sum(seconds)
        assert int(each["stop_grace_period"].rstrip("s")) > drain + FINISH_SECONDS
    assert len(seconds) == 2


@pytest.mark.parametrize("file", COMPOSE, ids=lambda path: path.name)
def test_containers_may_do_little_and_believe_only_their_network(file: Path) -> None:
    network = yaml.safe_load(file.read_text())["networks"]["inside"]["ipam"]["config"][0]["subnet"]
    assert ours(file)
    for each in ours(file).values():
        assert each["read_only"] is True
        assert each["cap_drop"] == ["ALL"]
        assert each["security_opt"] == ["no-new-privileges:true"]
        assert each["environment"]["BASHI_TRUSTED_PROXIES"] == network


@pytest.mark.parametrize("file", UNITS, ids=lambda path: path.name)
def test_units_are_hardened(file: Path) -> None:
    service = unit(file)
    assert service["User"] not in ("", "root")
    for name in (
        "NoNewPrivileges",
        "PrivateTmp",
        "PrivateDevices",
        "ProtectHome",
        "LockPersonality",
        "PrivateUsers",
        "RemoveIPC",
    ):
        assert service[name] == "yes"
    assert service["ProtectSystem"] == "strict"
    assert service["CapabilityBoundingSet"] == ""
    assert service["EnvironmentFile"] == "/etc/bashi.env"
    assert f"BASHI_DATA_DIR=/var/lib/{service['StateDirectory']}" in file.read_text()
    assert int(service["TimeoutStopSec"]) > FINISH_SECONDS + 5


@pytest.mark.parametrize("file", UNITS, ids=lambda path: path.name)
def test_the_drawing_process_may_make_room_for_others(file: Path) -> None:
    """`nice` is among @resources; what is named later counts."""
    filters = re.findall(r"^SystemCallFilter=(.*)$", file.read_text(), re.MULTILINE)
    assert filters[-2:] == ["~@privileged @resources", "setpriority"]


def test_what_the_sample_leaves_empty_is_asked_for_one_a_line(tmp_path: Path) -> None:
    given = dict(
        line.partition("=")[::2]
        for line in SAMPLE.read_text().splitlines()
        if line and not line.startswith("#")
    )
    done = subprocess.run(
        [BASHI, "migrate"],
        env={"PATH": os.environ["PATH"], **given},
        cwd=tmp_path,
        text=True,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    missing = {line.partition(":")[0] for line in done.stderr.splitlines()}
    assert {
        "BASHI_SECRET",
        "BASHI_TICKET_KEY",
        "BASHI_STRIPE_API_KEY",
        "BASHI_STRIPE_WEBHOOK_SECRETS",
        "BASHI_MAIL_FROM",
        "BASHI_SMTP_HOST",
    } <= missing


@pytest.mark.slow
@pytest.mark.parametrize("words", sorted(commands()), ids=" ".join)
def test_every_command_starts_and_the_health_check_sees_it(
    words: tuple[str, ...], tmp_path: Path
) -> None:
    assert json.loads(instructions("ENTRYPOINT")[0]) == [BASHI.name]
    server = Server(tmp_path, free_port(), words=words)
    with running(server):
        check = json.loads(instructions("HEALTHCHECK")[0].partition("CMD ")[2])
        check = [word.replace(":8000", f":{server.port}") for word in check]
        assert subprocess.run([sys.executable, *check[1:]], check=False).returncode == 0
        serves = httpx.get(f"{server.url}/api/site").status_code == 200
        assert serves is ("worker" not in words)
        assert server.stop() == 0
    assert subprocess.run([sys.executable, *check[1:]], check=False, capture_output=True).returncode
