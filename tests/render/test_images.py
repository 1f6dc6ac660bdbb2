import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from bashi.core.errors import Invalid
from bashi.core.events.cover_rules import WIDTHS
from bashi.core.limits import COVER_BYTES
from bashi.render.images import cover, strip


def file(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def color(content: bytes, at: tuple[int, int]) -> str:
    """The one of the three that clearly rules at this pixel."""
    pixel = opened(content).convert("RGB").getpixel(at)
    assert isinstance(pixel, tuple)
    strong = [
        name for name, level in zip(("red", "green", "blue"), pixel, strict=True) if level > 150
    ]
    return " ".join(strong)


def refusal(upload: bytes) -> str:
    with pytest.raises(Invalid) as refused:
        cover(upload)
    assert refused.value.message.endswith(".")
    return refused.value.code


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_each_width_keeps_the_proportions(kind: str) -> None:
    files = cover(file(Image.new("RGB", (1600, 900), "teal"), kind))
    assert [opened(files[width]).size for width in WIDTHS] == [
        (360, 202),
        (640, 360),
        (960, 540),
        (1280, 720),
    ]
    assert {opened(content).format for content in files.values()} == {"WEBP"}


def test_a_small_picture_is_never_enlarged() -> None:
    files = cover(file(Image.new("RGB", (500, 300))))
    assert [opened(files[width]).width for width in WIDTHS] == [360, 500, 500, 500]


def corners(side: int = 64) -> Image.Image:
    """Red at the upper left, blue at the lower right."""
    image = Image.new("RGB", (2 * side, side), "white")
    image.paste("red", (0, 0, side // 2, side // 2))
    image.paste("blue", (2 * side - side // 2, side // 2, 2 * side, side))
    return image


TURNS = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""How a camera that was turned stores an upright picture."""


@pytest.mark.parametrize("orientation", TURNS)
def test_pictures_stand_upright_and_lose_their_metadata(orientation: int) -> None:
    turn = TURNS[orientation]
    stored = corners().transpose(turn) if turn is not None else corners()
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Camera of a person"
    upload = file(stored, "JPEG", exif=exif, quality=95)
    content = cover(upload)[360]
    picture = opened(content)
    assert picture.size == (128, 64)
    assert not picture.getexif()
    assert b"Camera" in upload
    assert b"Camera" not in content
    assert not {"exif", "xmp", "icc_profile"} & picture.info.keys()
    assert color(content, (8, 8)) == "red"
    assert color(content, (120, 56)) == "blue"


def test_a_large_turned_picture_gets_its_width_after_turning() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    files = cover(file(Image.new("RGB", (3000, 2000)), "JPEG", exif=exif))
    assert opened(files[1280]).size == (1280, 1920)


def test_transparency_becomes_white() -> None:
    image = Image.new("RGBA", (100, 100), (0, 0, 0, 0))
    assert opened(cover(file(image, "PNG"))[360]).convert("RGB").getpixel((50, 50)) == (
        255,
        255,
        255,
    )


@pytest.mark.parametrize("mode", ["L", "P", "1", "LA", "I;16"])
def test_other_kinds_of_png_are_taken(mode: str) -> None:
    assert opened(cover(file(Image.new(mode, (100, 80)), "PNG"))[360]).size == (100, 80)


def test_cmyk_and_profiles_are_taken() -> None:
    assert opened(cover(file(Image.new("CMYK", (100, 80)), "JPEG"))[360]).mode == "RGB"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    tagged = file(Image.new("RGB", (100, 80), (200, 30, 30)), "JPEG", icc_profile=profile)
    red, _, _ = opened(cover(tagged)[360]).convert("RGB").getpixel((9, 9))  # type: ignore[misc]
    assert abs(red - 200) < 10
    broken = file(Image.new("RGB", (100, 80)), "JPEG", icc_profile=b"not a profile")
    assert opened(cover(broken)[360]).size == (100, 80)


def test_of_a_moving_picture_the_first_frame_is_taken() -> None:
    frames = [Image.new("RGB", (100, 80), color) for color in ("red", "blue")]
    content = cover(file(frames[0], "WEBP", save_all=True, append_images=frames[1:]))[360]
    picture = opened(content)
    assert getattr(picture, "n_frames", 1) == 1
    assert color(content, (50, 40)) == "red"


@pytest.mark.parametrize(
    "upload",
    [
        b"",
        b"hello",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>x</script></svg>',
        b"GIF89a" + b"\0" * 20,
        b"%PDF-1.7",
        file(Image.new("RGB", (50, 50)), "GIF"),
        file(Image.new("RGB", (50, 50)), "BMP"),
        file(Image.new("RGB", (50, 50)), "TIFF"),
    ],
)
def test_what_is_no_jpeg_png_or_webp_is_refused(upload: bytes) -> None:
    assert refusal(upload) == "image_invalid"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_cut_off_file_is_refused(kind: str) -> None:
    noise = Image.effect_noise((300, 300), 80).convert("RGB")
    content = file(noise, kind)
    assert refusal(content[: len(content) // 2]) == "image_invalid"


def test_too_many_bytes_are_refused_unread() -> None:
    assert refusal(b"\xff\xd8" + b"\0" * COVER_BYTES) == "image_too_large"


def png_of(width: int, height: int) -> bytes:
    """A few hundred bytes that claim any size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    packed = zlib.compress(b"\0" * 100_000)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("size", [(7000, 6000), (20_000, 20_000), (60_000, 60_000)])
def test_bombs_are_refused_before_they_are_unpacked(size: tuple[int, int]) -> None:
    assert refusal(png_of(*size)) == "image_too_large"


@pytest.mark.parametrize("size", [(2000, 100), (100, 2000)])
def test_ribbons_are_refused(size: tuple[int, int]) -> None:
    assert refusal(file(Image.new("RGB", size))) == "image_invalid"


SMALL = {kind: file(Image.effect_noise((40, 30), 80), kind) for kind in ("JPEG", "PNG", "WEBP")}


@given(st.sampled_from(sorted(SMALL)), st.integers(0, 4000), st.binary(min_size=1, max_size=8))
def test_damaged_files_are_pictures_or_refused_and_nothing_else(
    kind: str, at: int, damage: bytes
) -> None:
    content = SMALL[kind]
    at %= len(content)
    try:
        files = cover(content[:at] + damage + content[at + len(damage) :])
    except Invalid:
        return
    assert set(files) == set(WIDTHS)


def test_a_strip_has_the_size_that_was_asked_for() -> None:
    content = strip(file(Image.new("RGB", (300, 900)), "WEBP"), 592, 212)
    assert (opened(content).format, opened(content).size) == ("JPEG", (592, 212))


def grey16(transparent: int | None = None) -> bytes:
    """A gradient from black to white, 16 bits deep, 640 x 400; or black, then mid-grey."""
    half = transparent is not None
    levels = [x // 320 * 32768 if half else x * 65535 // 639 for x in range(640)]
    rows = b"".join(b"\0" + struct.pack(">640H", *levels) for _ in range(400))
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", 640, 400, 16, 0, 0, 0, 0))]
    if transparent is not None:
        chunks.append((b"tRNS", struct.pack(">H", transparent)))
    chunks += [(b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    parts = [
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def greys(content: bytes) -> list[int]:
    row = opened(content).convert("L").resize((64, 1))
    return [row.getpixel((x, 0)) for x in range(64)]  # type: ignore[misc]


def test_a_grey_picture_of_sixteen_bits_keeps_its_shades() -> None:
    found = greys(cover(grey16())[WIDTHS[0]])
    assert found[0] < 10
    assert found[-1] > 245
    assert abs(found[32] - 128) < 12
    assert len(set(found)) > 50


def test_what_is_transparent_in_it_becomes_white() -> None:
    found = greys(cover(grey16(transparent=0))[WIDTHS[0]])
    assert found[8] > 245
    assert abs(found[56] - 128) < 12
