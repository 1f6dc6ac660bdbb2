"""Fail when a page's first JavaScript is over budget. Run after `postbuild.py`.

Counts the gzipped scripts that the page's HTML names, without the `nomodule` ones that browsers of
today skip. KB = 1000 bytes. React and Next alone are about 135 KB.
"""

from __future__ import annotations

import re
from pathlib import Path

SITE = Path(__file__).resolve().parent.parent.parent / "bashi" / "site"
BUDGET_KB = 175
CHECKOUT_BUDGET_KB = 180
SCRIPT = re.compile(r"<script([^>]*)>")
SOURCE = re.compile(r'src="([^"?]+)')


def main() -> int:
    over = 0
    for page in sorted(SITE.rglob("*.html")):
        path = "/" + page.relative_to(SITE).as_posix().removesuffix("index.html")
        budget = CHECKOUT_BUDGET_KB if path.endswith("/checkout/") else BUDGET_KB
        size = first_load(page.read_text("utf-8")) / 1000
        over += size > budget
        print(f"{size:7.1f} KB of {budget}  {path}{'  OVER' if size > budget else ''}")
    return 1 if over else 0


def first_load(html: str) -> int:
    """Bytes of gzipped JavaScript that the page loads by itself."""
    sources = {
        source[1]
        for attributes in SCRIPT.findall(html)
        if "nomodule" not in attributes.lower() and (source := SOURCE.search(attributes))
    }
    return sum((SITE / f"{source.lstrip('/')}.gz").stat().st_size for source in sources)


if __name__ == "__main__":
    raise SystemExit(main())
