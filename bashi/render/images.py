"""Image processing: an upload becomes clean WebP files, a cover becomes a ticket's banner."""

import io
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from bashi.core.events import cover_rules as rules

if TYPE_CHECKING:
    from PIL.Image import Image

Cut = Callable[[bytes, int, int], bytes | None]
"""`strip`, or what stands in for it; where it returns None, a ticket gets the drawn pattern."""
_ORIENTATION_TAG = 0x0112
_TURNED_BY_A_QUARTER = (5, 6, 7, 8)


def cover(upload: bytes) -> Mapping[int, bytes]:
    """WebP files by width, upright, in sRGB, without metadata, in the upload's proportions.

    A picture narrower than a width is kept at its own size under that width's key.
    Raises errors.Invalid: `image_too_large` (bytes or pixels), `image_invalid` (anything else).
    """
    rules.check_bytes(upload)
    largest = _decode(upload)
    return {width: _webp(largest, width) for width in rules.WIDTHS}


@lru_cache(maxsize=8)
def strip(picture: bytes, width: int, height: int) -> bytes:
    """The middle of a picture as a JPEG of exactly `width` x `height` pixels.

    Remembered: a flash sale sends hundreds of emails with the same cover.
    """
    from PIL import Image, ImageOps  # noqa: PLC0415 - heavy, and absent at the edge

    with Image.open(io.BytesIO(picture)) as image:
        fitted = ImageOps.fit(image.convert("RGB"), (width, height), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    fitted.save(out, "JPEG", quality=82, optimize=True)
    return out.getvalue()


def _decode(upload: bytes) -> "Image":
    """The first frame, upright, opaque, in sRGB and no wider than the widest cover."""
    from PIL import Image  # noqa: PLC0415

    try:
        with Image.open(io.BytesIO(upload), formats=rules.FORMATS) as image:
            rules.check_size(*image.size)
            return _upright(_srgb(_reduced(image)), image.getexif().get(_ORIENTATION_TAG, 1))
    except Image.DecompressionBombError as error:
        raise rules.too_large() from error
    # What Pillow's readers raise on hostile bytes: unknown or cut off (OSError), broken chunks.
    except (OSError, SyntaxError, ValueError, EOFError, OverflowError, IndexError) as error:
        raise rules.unreadable() from error


def _reduced(image: "Image") -> "Image":
    """Scaled down before anything else is done, so that the large original is soon let go."""
    turned = image.getexif().get(_ORIENTATION_TAG, 1) in _TURNED_BY_A_QUARTER
    final_width = image.height if turned else image.width
    scale = min(1.0, rules.WIDTHS[-1] / final_width)
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    image.draft(None, size)
    profile = image.info.get("icc_profile")
    small = _opaque(image)
    if small.size != size:
        small = small.resize(size, reducing_gap=3.0)
    small.info["icc_profile"] = profile
    return small


def _opaque(image: "Image") -> "Image":
    from PIL import Image  # noqa: PLC0415

    if image.mode.startswith("I"):
        image = _eight_bits(image)
    if not image.has_transparency_data:
        return image.copy() if image.mode in ("RGB", "CMYK") else image.convert("RGB")
    layered = image.convert("RGBA")
    white = Image.new("RGB", layered.size, "white")
    white.paste(layered, mask=layered.getchannel("A"))
    return white


def _eight_bits(image: "Image") -> "Image":
    """Grey of 16 bits as grey of 8, where Pillow's own conversion makes all from 255 on white."""
    from PIL import ImageChops  # noqa: PLC0415

    deep = image.convert("I")
    grey = deep.point(lambda level: level * (1 / 257)).convert("L")
    clear = image.info.get("transparency")
    if isinstance(clear, int):
        above = deep.point(lambda level: level * 1 - clear).convert("L")
        below = deep.point(lambda level: level * -1 + clear).convert("L")
        opaque = ImageChops.lighter(above, below).point(lambda level: 255 if level else 0)
        grey.putalpha(opaque)
    return grey


def _srgb(image: "Image") -> "Image":
    """Phones tag wide-gamut pictures; without their profile the colors would go pale."""
    from PIL import ImageCms  # noqa: PLC0415

    profile = image.info.get("icc_profile")
    if profile:
        try:
            converted = ImageCms.profileToProfile(
                image, io.BytesIO(profile), ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except ImageCms.PyCMSError:
            return image.convert("RGB")
        return converted or image
    return image.convert("RGB")


def _upright(image: "Image", orientation: int) -> "Image":
    """EXIF 2.3's eight orientations, undone."""
    from PIL.Image import Transpose  # noqa: PLC0415

    turns = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }
    return image.transpose(turns[orientation]) if orientation in turns else image


def _webp(image: "Image", width: int) -> bytes:
    from PIL.Image import Resampling  # noqa: PLC0415

    if image.width > width:
        height = max(1, round(image.height * width / image.width))
        image = image.resize((width, height), Resampling.LANCZOS)
    out = io.BytesIO()
    image.save(
        out, "WEBP", quality=rules.WEBP_QUALITY, method=4, exif=b"", icc_profile=b"", xmp=b""
    )
    return out.getvalue()
