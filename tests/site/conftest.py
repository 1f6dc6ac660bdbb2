import gzip
import json
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from bashi.http.site import Site
from bashi.http.site_files import SiteFiles
from tests.events.organizer import Organizer, organizer_of
from tests.support.product import SITE, Product

SHELL = '<!doctype html><html lang="{}"><head><meta charset="utf-8"/></head><body></body></html>'
LISTED = (
    '<!doctype html><html lang="{}"><head><title>{}</title>'
    '<meta name="description" content="{}"/></head><body></body></html>'
)
BANGLA = LISTED.format("bn", "পাতা &amp; &lt;আরও&gt;", "সব &quot;অনুষ্ঠান&quot;")
FILES = {
    "index.html": LISTED.format("en", "Home", "All of us"),
    "bn/index.html": BANGLA,
    "404.html": "<!doctype html><title>Nothing here</title>",
    "events/index.html": LISTED.format("en", "Events", "All events"),
    "bn/events/index.html": BANGLA,
    "events/_/index.html": SHELL.format("en"),
    "events/_/payload.txt": "soft",
    "bn/events/_/index.html": SHELL.format("bn"),
    "bn/404.html": "<!doctype html><title>কিছু নেই</title>Nothing here",
    "icon.svg": "<svg/>",
    "_next/static/chunks/0a1b2c.js": "1",
    "_next/static/export/_buildManifest.js": "2",
    "_headers": "secret of the other host",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small site, as the build leaves it."""
    root = tmp_path / "site"
    for name, content in FILES.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, "utf-8")
        file.with_name(f"{file.name}.gz").write_bytes(gzip.compress(content.encode()))
    pages = [f"/{name.removesuffix('index.html')}" for name in FILES if name.endswith(".html")]
    policies = {page: f"default-src 'none'; script-src 'self' 'sha256-{page}'" for page in pages}
    (root / "csp.json").write_text(json.dumps(policies), "utf-8")
    (tmp_path / "outside.html").write_text("private", "utf-8")
    return root


@pytest.fixture
async def site(product: Product, folder: Path) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(Site(SiteFiles(folder), product.ports))
    async with httpx.AsyncClient(transport=transport, base_url=SITE) as client:
        yield client


@pytest.fixture
async def organizer(product: Product) -> Organizer:
    return await organizer_of(product)
