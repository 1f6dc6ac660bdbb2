"""Names and metadata of cover pictures."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

ADDRESS = "/api/media/"


@dataclass(frozen=True, slots=True)
class Cover:
    srcset_base: str
    """Path on the site; `-{width}.webp` follows."""
    widths: Sequence[int]
    alt: str

    def media_key(self, width: int) -> str:
        return f"{self.srcset_base.removeprefix(ADDRESS)}-{width}.webp"

    def text(self) -> str:
        """As the event's row keeps it."""
        return json.dumps(
            {"srcset_base": self.srcset_base, "widths": list(self.widths), "alt": self.alt},
            ensure_ascii=False,
        )


def new_cover(name: str, widths: Sequence[int], alt: str) -> Cover:
    return Cover(f"{ADDRESS}covers/{name}", sorted(widths), alt)


def read_cover(text: str | None) -> Cover | None:
    """The inverse of `Cover.text`."""
    return None if text is None else Cover(**json.loads(text))
