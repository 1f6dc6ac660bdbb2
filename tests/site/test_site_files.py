"""The built site as files: what is served, how long it is kept, and what is not there."""

import re
import runpy
from pathlib import Path

import httpx
import pytest

from bashi.http.site import HASHED, Site
from bashi.http.site_files import SiteFiles
from tests.support.product import SITE, Product

POSTBUILD = Path(__file__).parents[2] / "web" / "scripts" / "postbuild.py"
FOR_EVER = "public, max-age=31536000, immutable"


@pytest.mark.parametrize("path", ["/", "/events/"])
async def test_a_page_has_its_own_policy_and_is_asked_for_again(
    site: httpx.AsyncClient, path: str
) -> None:
    page = await site.get(path)
    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["content-security-policy"].endswith(f"'sha256-{path}'")
    assert page.headers["cache-control"] == "no-cache"
    again = await site.get(path, headers={"if-none-match": page.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("path", "caching"),
    [
        ("/_next/static/chunks/0a1b2c.js", FOR_EVER),
        ("/_next/static/export/_buildManifest.js", "no-cache"),
        ("/icon.svg", "no-cache"),
    ],
)
async def test_only_names_with_a_hash_are_kept_for_ever(
    site: httpx.AsyncClient, path: str, caching: str
) -> None:
    assert (await site.get(path)).headers["cache-control"] == caching


def test_a_static_host_keeps_the_same_files_for_ever() -> None:
    headers: str = runpy.run_path(str(POSTBUILD))["headers_file"]({})
    kept = re.findall(rf"^(/\S*)\*\n  Cache-Control: {FOR_EVER}$", headers, re.MULTILINE)
    assert tuple(kept) == HASHED


@pytest.mark.parametrize(
    ("path", "words"), [("/nope/", "Nothing here"), ("/bn/nope/", "কিছু নেই"), ("/bnx/", "Nothing")]
)
async def test_an_unknown_address_is_answered_in_its_language(
    site: httpx.AsyncClient, path: str, words: str
) -> None:
    page = await site.get(path)
    assert (page.status_code, words in page.text) == (404, True)


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
async def test_the_packed_copy_goes_to_who_takes_it(site: httpx.AsyncClient, encoding: str) -> None:
    page = await site.get("/icon.svg", headers={"accept-encoding": encoding})
    assert page.headers.get("content-encoding", "identity") == encoding
    assert page.headers["vary"] == "accept-encoding"
    assert page.text == "<svg/>"


@pytest.mark.parametrize(
    "path",
    [
        "/nope",
        "/nope/",
        "/csp.json",
        "/_headers",
        "/index.html.gz",
        "/../outside.html",
        "/%2e%2e/outside.html",
        "/..%2foutside.html",
        "//outside.html",
        "/events/../../outside.html",
        "/events/_/",
        "/bn/events/_/",
    ],
)
async def test_what_is_not_a_file_of_the_site_is_the_404_page(
    site: httpx.AsyncClient, path: str
) -> None:
    url = httpx.URL(SITE, raw_path=path.encode())
    page = await site.get(url)
    assert (page.status_code, "Nothing here" in page.text) == (404, True)
    assert page.headers["content-security-policy"].endswith("/404.html'")
    etag = {"if-none-match": page.headers["etag"]}
    assert (await site.get(url, headers=etag)).status_code == 404


async def test_a_page_without_its_slash_is_sent_to_it(site: httpx.AsyncClient) -> None:
    answer = await site.get("/events?q=puja")
    assert (answer.status_code, answer.headers["location"]) == (308, "/events/?q=puja")


async def test_head_says_the_same_without_a_body(site: httpx.AsyncClient) -> None:
    got, asked = await site.get("/"), await site.head("/")
    assert (asked.status_code, asked.content) == (200, b"")
    assert asked.headers == got.headers


async def test_the_site_only_answers_reading(site: httpx.AsyncClient) -> None:
    answer = await site.post("/")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


async def test_before_the_build_a_page_says_what_to_do(product: Product, tmp_path: Path) -> None:
    folder = tmp_path / "not built"
    transport = httpx.ASGITransport(Site(SiteFiles(folder), product.ports))
    async with httpx.AsyncClient(transport=transport, base_url=SITE) as client:
        page = await client.get("/events/")
        assert (page.status_code, "make site" in page.text) == (503, True)
        folder.mkdir()
        (folder / "csp.json").write_text("{}", "utf-8")
        (folder / "index.html").write_text("built", "utf-8")
        assert (await client.get("/")).text == "built"
