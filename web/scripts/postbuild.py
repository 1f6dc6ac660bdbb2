"""Turn `web/out` (the export of `next build`) into `bashi/site`, the tree that servers answer.

* the pages of the main language stand at the root, those of others below their names;
* `404.html`: one in each language's folder, for unknown addresses;
* `csp.json`: page path → Content-Security-Policy, with the hashes of that page's inline scripts;
* `_headers`, `_redirects`: the same for a static host in the style of Cloudflare Pages;
* `NAME.gz` beside every compressible file;
* `zxing/zxing_reader.wasm`: the QR reader for browsers without their own.

React's soft-navigation payloads (`*.txt`) are left out: links of this site load whole pages, so
that each page runs under its own policy.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

WEB = Path(__file__).resolve().parent.parent
OUT = WEB / "out"
SITE = WEB.parent / "bashi" / "site"
WASM = WEB / "node_modules" / "zxing-wasm" / "dist" / "reader" / "zxing_reader.wasm"
COMPRESSIBLE = {".html", ".js", ".css", ".json", ".svg", ".txt", ".wasm", ".webmanifest"}
MAIN_LANGUAGE = "en"
NOT_FOUND = "not-found-page"
SHELL = "/events/_/"
SCANNER = "/scan/"
INLINE_SCRIPT = re.compile(r"<script((?:\s[^>]*)?)>(.*?)</script>", re.DOTALL)
COMMON_HEADERS = """/*
  X-Content-Type-Options: nosniff
  X-Frame-Options: DENY
  Referrer-Policy: strict-origin-when-cross-origin
  Cross-Origin-Opener-Policy: same-origin
  Cross-Origin-Resource-Policy: same-origin
  Permissions-Policy: camera=(self), geolocation=(), microphone=(), payment=()
  Strict-Transport-Security: max-age=31536000
/_next/static/chunks/*
  Cache-Control: public, max-age=31536000, immutable
/_next/static/media/*
  Cache-Control: public, max-age=31536000, immutable"""
# What bashi/http/gateway.py says on every answer, and the folders of bashi/http/site.py;
# `_next/static/export/` has names without a hash.


def main() -> None:
    fresh = SITE.with_name("site.new")
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(OUT, fresh, ignore=shutil.ignore_patterns("*.txt", "404*", "_not-found*"))
    place_languages(fresh)
    (fresh / "zxing").mkdir()
    shutil.copyfile(WASM, fresh / "zxing" / WASM.name)
    compress(fresh)
    policies = {page_path(fresh, page): policy(fresh, page) for page in pages(fresh)}
    (fresh / "csp.json").write_text(json.dumps(policies, indent=1) + "\n", "utf-8")
    (fresh / "_headers").write_text(headers_file(policies), "utf-8")
    (fresh / "_redirects").write_text(redirects_file(policies), "utf-8")
    shutil.rmtree(SITE, ignore_errors=True)
    fresh.rename(SITE)
    print(f"{len(policies)} pages in {SITE.relative_to(WEB.parent)}")


def place_languages(root: Path) -> None:
    shutil.copytree(root / MAIN_LANGUAGE, root, dirs_exist_ok=True)
    shutil.rmtree(root / MAIN_LANGUAGE)
    for folder in sorted(root.rglob(NOT_FOUND)):
        (folder / "index.html").rename(folder.with_name("404.html"))
        shutil.rmtree(folder)


def pages(root: Path) -> list[Path]:
    return sorted(root.rglob("*.html"))


def page_path(root: Path, page: Path) -> str:
    """`events/index.html` → `/events/`; `404.html` → `/404.html`."""
    return "/" + page.relative_to(root).as_posix().removesuffix("index.html")


def policy(root: Path, page: Path) -> str:
    scripts = ["'self'", *script_hashes(page.read_text("utf-8"))]
    if page_path(root, page).endswith(SCANNER):
        scripts.append("'wasm-unsafe-eval'")
    return "; ".join(
        [
            "default-src 'none'",
            "script-src " + " ".join(scripts),
            "style-src 'self'",
            "img-src 'self' data: blob:",
            "font-src 'self'",
            "connect-src 'self'",
            "worker-src 'self'",
            "manifest-src 'self'",
            "media-src 'self' blob:",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        ]
    )


def script_hashes(html: str) -> list[str]:
    """Sources for the inline scripts that a browser would run; data blocks need none."""
    found = {
        hashlib.sha256(body.encode()).digest()
        for attributes, body in INLINE_SCRIPT.findall(html)
        if " src=" not in attributes and 'type="application/' not in attributes
    }
    return sorted(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in found)


def headers_file(policies: dict[str, str]) -> str:
    lines = [COMMON_HEADERS]
    for path, value in policies.items():
        if not path.endswith(".html"):
            lines += [path.replace("/_/", "/:slug/"), f"  Content-Security-Policy: {value}"]
    return "\n".join(lines) + "\n"


def redirects_file(paths: Iterable[str]) -> str:
    shells = [path for path in paths if path.endswith(SHELL)]
    return "".join(f"{shell.replace('/_/', '/:slug/')} {shell} 200\n" for shell in shells)


def compress(root: Path) -> None:
    for path in sorted(root.rglob("*")):
        if path.suffix in COMPRESSIBLE:
            packed = gzip.compress(path.read_bytes(), 9, mtime=0)
            path.with_name(path.name + ".gz").write_bytes(packed)


if __name__ == "__main__":
    main()
