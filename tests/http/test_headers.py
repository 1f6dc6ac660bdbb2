"""What stands on every answer, whoever gave it."""

import gzip

import httpx
import pytest

pytestmark = pytest.mark.slow

PATHS = (
    "/",
    "/events/",
    "/no-such-page",
    "/icon.svg",
    "/api/events",
    "/api/me",
    "/api/no-such-page",
    "/healthz",
    "/mailbox",
)
PAGES = ("/", "/bn/", "/events/", "/login/", "/no-such-page")


@pytest.mark.parametrize("path", PATHS)
async def test_security_headers(site: httpx.AsyncClient, path: str) -> None:
    headers = (await site.get(path)).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "camera=(self)" in headers["permissions-policy"]
    assert len(headers["x-request-id"]) == 16
    assert "strict-transport-security" not in headers, "the demo is not https"


@pytest.mark.parametrize("path", PAGES)
async def test_pages_run_our_scripts_only(site: httpx.AsyncClient, path: str) -> None:
    policy = (await site.get(path)).headers["content-security-policy"]
    rules = dict(rule.strip().partition(" ")[::2] for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["frame-ancestors"] == "'none'"
    assert rules["base-uri"] == "'none'"
    assert "unsafe" not in rules["script-src"]
    assert "http" not in policy


async def test_request_ids_differ(site: httpx.AsyncClient) -> None:
    answers = [await site.get("/healthz") for _ in range(5)]
    assert len({answer.headers["x-request-id"] for answer in answers}) == 5


async def test_a_caller_can_not_choose_the_request_id(site: httpx.AsyncClient) -> None:
    answer = await site.get("/healthz", headers={"x-request-id": "forged"})
    assert answer.headers["x-request-id"] != "forged"


@pytest.mark.parametrize("path", ["/", "/api/events", "/api/openapi.json"])
async def test_large_answers_are_compressed_for_who_can_read_them(
    site: httpx.AsyncClient, path: str
) -> None:
    plain = await site.get(path, headers={"accept-encoding": "identity"})
    async with site.stream("GET", path, headers={"accept-encoding": "gzip"}) as answer:
        packed = b"".join([part async for part in answer.aiter_raw()])
    assert "content-encoding" not in plain.headers
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["vary"] == "accept-encoding"
    assert int(answer.headers["content-length"]) == len(packed) < len(plain.content)
    assert gzip.decompress(packed) == plain.content


async def test_small_answers_are_not_compressed(site: httpx.AsyncClient) -> None:
    answer = await site.get("/healthz", headers={"accept-encoding": "gzip"})
    assert "content-encoding" not in answer.headers


@pytest.mark.parametrize("path", ["/", "/icon.svg", "/healthz", "/readyz", "/api/events"])
async def test_head_answers_as_get_without_the_body(site: httpx.AsyncClient, path: str) -> None:
    head, get = await site.head(path), await site.get(path)
    assert (head.status_code, head.content) == (200, b"")
    for name in ("content-length", "content-type", "etag"):
        assert head.headers.get(name) == get.headers.get(name)
    assert (await site.get("/healthz")).json() == {"status": "ok"}, "the connection lives on"


async def test_an_unchanged_page_is_not_sent_again(site: httpx.AsyncClient) -> None:
    for path in ("/", "/api/events"):
        tag = (await site.get(path)).headers["etag"]
        again = await site.get(path, headers={"if-none-match": tag})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
