"""The sample for nginx, as a real nginx serves the product with it."""

import io
import os
import shutil
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import pytest
from PIL import Image

from bashi.core import limits
from bashi.entry.demo.data import PASSWORD
from tests.support.certificates import certify
from tests.support.server import Server, free_port

SAMPLE = Path(__file__).parents[2] / "deploy" / "nginx" / "bashi.conf"
NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
START_SECONDS = 20
CALLER = "127.0.0.2"  # not the proxy's own address, which the server trusts

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(NGINX is None, reason="this machine has no nginx (apt-get install nginx)"),
]


@pytest.fixture(scope="module")
def addresses(
    tmp_path_factory: pytest.TempPathFactory, shared_server: Server
) -> Iterator[tuple[str, str]]:
    with running_nginx(tmp_path_factory.mktemp("nginx"), shared_server.port) as addresses:
        yield addresses


@pytest.fixture
def plain(addresses: tuple[str, str]) -> str:
    return addresses[1]


@pytest.fixture
async def http(addresses: tuple[str, str]) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.AsyncHTTPTransport(verify=False, local_address=CALLER)
    async with httpx.AsyncClient(transport=transport, base_url=addresses[0], timeout=60) as client:
        yield client


@contextmanager
def running_nginx(folder: Path, upstream: int) -> Iterator[tuple[str, str]]:
    """Where the site is by https and by http, with a certificate and ports of this test."""
    assert NGINX is not None
    port, plain = free_port(), free_port()
    certify(folder)
    changes = {
        "tickets.example.org": "localhost",
        "/etc/letsencrypt/live/localhost": str(folder),
        "/var/cache/nginx/bashi": str(folder / "cache"),
        "[::]:443": f"[::1]:{port}",
        "[::]:80": f"[::1]:{plain}",
        "listen 443": f"listen 127.0.0.1:{port}",
        "listen 80": f"listen 127.0.0.1:{plain}",
        "127.0.0.1:8000": f"127.0.0.1:{upstream}",
    }
    sample = SAMPLE.read_text()
    for ours, theirs in changes.items():
        assert ours in sample, ours
        sample = sample.replace(ours, theirs)
    (folder / "site.conf").write_text(sample)
    main = "user root;\n" if os.geteuid() == 0 else ""  # whose folder this is
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"{main}daemon off;\npid {folder}/pid;\nerror_log {folder}/errors warn;\n"
        f"events {{}}\nhttp {{\naccess_log off;\n{temporary}include {folder}/site.conf;\n}}\n"
    )
    process = subprocess.Popen([NGINX, "-e", folder / "errors", "-c", folder / "nginx.conf"])
    try:
        until_it_answers(f"https://localhost:{port}", process, folder / "errors")
        yield f"https://localhost:{port}", f"http://localhost:{plain}"
    finally:
        process.terminate()
        process.wait(timeout=START_SECONDS)


def until_it_answers(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    ends = time.monotonic() + START_SECONDS
    while True:
        with suppress(httpx.TransportError):
            httpx.get(f"{url}/healthz", verify=False).raise_for_status()
            return
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < ends, log.read_text()
        time.sleep(0.05)


async def admin(http: httpx.AsyncClient) -> dict[str, str]:
    form = {"email": "admin@example.org", "password": PASSWORD}
    answer = await http.post("/api/auth/login", json=form)
    assert answer.status_code == 200, answer.text
    return {"authorization": f"Bearer {answer.json()['access_token']}"}


async def test_a_cover_as_large_as_the_product_takes_passes(http: httpx.AsyncClient) -> None:
    who = await admin(http)
    events = (await http.get("/api/admin/events", headers=who)).json()["items"]
    content = noise(limits.COVER_BYTES)
    answer = await http.put(
        f"/api/admin/events/{events[0]['id']}/cover", content=content, headers=who
    )
    assert answer.status_code == 200, answer.text
    answer = await http.put(
        f"/api/admin/events/{events[0]['id']}/cover", content=content + b"x" * 1000, headers=who
    )
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")


async def test_large_cookies_of_the_domain_do_no_harm(http: httpx.AsyncClient) -> None:
    cookie = "; ".join(f"other{number}={'x' * 4000}" for number in range(7))
    answer = await http.get("/api/events", headers={"cookie": cookie})
    assert answer.status_code == 200


async def test_the_caller_is_who_nginx_saw_whatever_the_caller_says(
    http: httpx.AsyncClient,
) -> None:
    answers = [
        await http.post(
            "/api/auth/login",
            json={"email": f"nobody{number}@example.org", "password": "a wrong guess"},
            headers={"x-forwarded-for": f"203.0.113.{number}"},
        )
        for number in range(limits.AUTH_PER_ADDRESS + 1)
    ]
    assert answers[-1].status_code == 429


async def test_figures_are_not_for_the_world(http: httpx.AsyncClient) -> None:
    for path in ("/metrics", "/api/metrics"):
        assert (await http.get(path)).status_code == 404


async def test_pictures_are_kept_and_pages_are_not(http: httpx.AsyncClient) -> None:
    events = (await http.get("/api/events")).json()["items"]
    [base, *_] = [event["cover"]["srcset_base"] for event in events if event["cover"]]
    kept = [await http.get(f"{base}-360.webp") for _ in range(2)]
    assert [answer.headers["x-cache"] for answer in kept] == ["MISS", "HIT"]
    assert kept[0].content == kept[1].content
    assert "x-cache" not in (await http.get("/api/events")).headers


def test_plain_http_is_sent_to_https(plain: str) -> None:
    answer = httpx.get(f"{plain}/events/durga-pujo/?from=poster", follow_redirects=False)
    assert answer.status_code == 308
    assert answer.headers["location"] == "https://localhost/events/durga-pujo/?from=poster"


def noise(size: int) -> bytes:
    """A JPEG of exactly so many bytes, as large pictures are: padded behind its end."""
    image = Image.effect_noise((1600, 900), 90)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90)
    return out.getvalue().ljust(size, b"\0")
