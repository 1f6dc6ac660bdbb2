"""Set documents with Typst: one compiler per process, kept, since starting one takes 20 ms."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import typst

STANDARD: Final = "ua-1"
"""PDF/UA-1 (ISO 14289-1): tagged, for screen readers. Typst refuses what does not conform."""


_OPTIONAL_FONTS = ("/usr/share/fonts", "/usr/local/share/fonts")
_OPTIONAL_FILES = ("NotoSansCJK*", "NotoSansSC*", "NotoSansTC*", "NotoSansJP*", "NotoSansKR*")
_REGIONS = ("SC", "TC", "HK", "JP", "KR")


class CannotSet(Exception):
    """A source or its data is wrong, or a character is in none of the fonts."""


def pdf(source: str, data: Mapping[str, Any], created_at: int) -> bytes:
    """`source`: a file of this folder, which reads data.json. `created_at`: epoch ms.

    Raises CannotSet, with the place in the source, for what Typst refuses.
    """
    try:
        compiled = _compiler().compile(
            # Files in memory, which its types do not know. Data in sys.inputs would make it build
            # its standard library anew: a third of the time.
            {"main": _source(source), "data.json": json.dumps(data, ensure_ascii=False).encode()},  # type: ignore[type-var]
            format="pdf",
            pdf_standards=[STANDARD],
            timestamp=datetime.fromtimestamp(created_at // 1000, UTC),
        )
    except RuntimeError as error:  # TypstError, of a package that is loaded when it is used
        raise CannotSet(getattr(error, "diagnostic", str(error))) from error
    assert isinstance(compiled, bytes)
    return compiled


@cache
def optional_families() -> frozenset[str]:
    """Chinese, Japanese and Korean faces that this machine has beside the bundled fonts."""
    return frozenset(name for name in _fonts().families() if name.split()[-1] in _REGIONS)


@cache
def _source(name: str) -> bytes:
    return (files("bashi.render.documents") / name).read_bytes()


@cache
def _compiler() -> "typst.Compiler":
    import typst  # noqa: PLC0415 - 80 MB, and only documents need it

    return typst.Compiler(font_paths=_fonts(), ignore_system_fonts=True)


@cache
def _fonts() -> "typst.Fonts":
    """Read when a text needs them; only what they contain is looked up here."""
    import typst  # noqa: PLC0415 - see above

    with as_file(files("bashi.render") / "fonts") as bundled:
        folders = [bundled, *_optional_folders()]
        return typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=folders
        )


def _optional_folders() -> list[Path]:
    found = {
        path.parent
        for folder in map(Path, _OPTIONAL_FONTS)
        for pattern in _OPTIONAL_FILES
        for path in folder.rglob(pattern)
    }
    return sorted(found)
