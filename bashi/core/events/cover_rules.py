"""Limits of cover uploads and the sizes made of them, the same on every engine."""

from bashi.core.errors import Invalid
from bashi.core.limits import COVER_BYTES, COVER_PIXELS

WIDTHS = (360, 640, 960, 1280)
WEBP_QUALITY = 80
FORMATS = ("JPEG", "PNG", "WEBP")
SIDES_RATIO_MAX = 4
"""A picture longer than this has no use as a cover, and would pass WebP's 16,383 pixels a side."""


def check_bytes(upload: bytes) -> None:
    """Raises errors.Invalid (`image_too_large`)."""
    if len(upload) > COVER_BYTES:
        raise too_large()


def check_size(width: int, height: int) -> None:
    """In pixels, before anything is unpacked.

    Raises errors.Invalid: `image_too_large` (pixels), `image_invalid` (long and thin).
    """
    if width * height > COVER_PIXELS:
        raise too_large()
    if max(width, height) > SIDES_RATIO_MAX * min(width, height):
        raise Invalid(
            "image_invalid",
            f"The picture is too long and thin. Please crop it so that its long side is at most "
            f"{SIDES_RATIO_MAX} times its short side.",
        )


def unreadable() -> Invalid:
    return Invalid(
        "image_invalid", "This file is no picture that we can read. Please use JPEG, PNG or WebP."
    )


def too_large() -> Invalid:
    return Invalid(
        "image_too_large",
        f"The picture is too large. Please use one of at most {COVER_BYTES // 1024 // 1024} MB"
        f" and {COVER_PIXELS // 1_000_000} million pixels.",
    )
