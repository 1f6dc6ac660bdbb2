"""Covers as the edge makes them: by the platform's Images, and by the same rules as a server."""

import io
from typing import Any

import pytest
from PIL import Image

from tests.edge.visit import Visit
from tests.events.organizer import Organizer
from tests.render.test_images import color, corners, file, opened, png_of
from tests.support.client import problem

pytestmark = pytest.mark.slow

ORIENTATION, MAKER = 0x0112, 0x010F


async def put(organizer: Organizer, event: Any, upload: bytes) -> Any:
    return await organizer.call("PUT", f"/{event['id']}/cover", content=upload)


async def made(visit: Visit, organizer: Organizer, upload: bytes) -> list[bytes]:
    """The files of a new event's cover, the narrowest first."""
    answer = await put(organizer, await visit.event(organizer), upload)
    assert answer.status_code == 200, answer.text
    cover = answer.json()["cover"]
    base = cover["srcset_base"].removeprefix("/api/")
    files = [await visit.client().get(f"{base}-{width}.webp") for width in cover["widths"]]
    return [one.content for one in files]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
async def test_each_width_keeps_the_proportions(visit: Visit, kind: str) -> None:
    upload = file(Image.new("RGB", (1600, 900), "teal"), kind)
    files = await made(visit, await visit.organizer(), upload)
    assert [opened(content).width for content in files] == [360, 640, 960, 1280]
    assert all(abs(opened(one).height - opened(one).width * 9 / 16) <= 1 for one in files)
    assert {opened(content).format for content in files} == {"WEBP"}


async def test_a_small_picture_is_never_enlarged(visit: Visit) -> None:
    files = await made(visit, await visit.organizer(), file(Image.new("RGB", (500, 300))))
    assert [opened(content).width for content in files] == [360, 500, 500, 500]


async def test_pictures_stand_upright_and_lose_their_metadata(visit: Visit) -> None:
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKER] = 6, "Camera of a person"
    stored = corners().transpose(Image.Transpose.ROTATE_90)
    upload = file(stored, "JPEG", exif=exif, quality=95)
    content = (await made(visit, await visit.organizer(), upload))[0]
    assert opened(content).size == (128, 64)
    assert not {"exif", "xmp", "icc_profile"} & opened(content).info.keys()
    assert (color(content, (8, 8)), color(content, (120, 56))) == ("red", "blue")


async def test_transparency_becomes_white(visit: Visit) -> None:
    upload = file(Image.new("RGBA", (100, 100), (0, 0, 0, 0)), "PNG")
    content = (await made(visit, await visit.organizer(), upload))[0]
    assert opened(content).convert("RGBA").getpixel((50, 50)) == (255, 255, 255, 255)


async def test_what_is_no_cover_is_refused_as_a_server_does(visit: Visit) -> None:
    organizer = await visit.organizer()
    event = await visit.event(organizer)
    noise = file(Image.effect_noise((300, 300), 80), "PNG")
    for upload, code in (
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>x</script></svg>', "image_invalid"),
        (file(Image.new("RGB", (50, 50)), "GIF"), "image_invalid"),
        (noise[: len(noise) // 2], "image_invalid"),
        (file(Image.new("RGB", (2000, 100))), "image_invalid"),
        (png_of(7000, 6000), "image_too_large"),
    ):
        problem(await put(organizer, event, upload), 422, code)
    assert (await organizer.read(event))["cover"] is None


async def test_when_no_more_pictures_are_made_this_month(visit: Visit) -> None:
    organizer = await visit.organizer()
    event = await visit.event(organizer)
    with visit.edge.lost("IMAGES"):
        answer = await put(organizer, event, file(Image.new("RGB", (500, 300))))
    problem(answer, 422, "images_used_up")


async def test_while_the_bucket_does_not_answer(visit: Visit) -> None:
    """Pictures wait; the sale goes on, and its tickets come without them."""
    organizer = await visit.organizer()
    event = await visit.event(organizer)
    shown = await put(organizer, event, file(Image.new("RGB", (500, 300))))
    picture = shown.json()["cover"]["srcset_base"].removeprefix("/api/") + "-360.webp"
    buyer = await visit.buyer()
    with visit.edge.lost("MEDIA"):
        problem(await visit.client().get(picture), 503, "media_unavailable")
        answer = await put(organizer, event, file(Image.new("RGB", (400, 300))))
        problem(answer, 503, "media_unavailable")
        await visit.buy(buyer, event)
        email = await visit.email(buyer.person["email"], event["title"]["en"])
    assert [name for name in email.attachments if name.endswith(".pdf")]
    assert (await visit.client().get(picture)).status_code == 200
    assert (await organizer.read(event))["cover"] == shown.json()["cover"]


async def test_a_photo_is_larger_than_other_bodies(visit: Visit) -> None:
    organizer = await visit.organizer()
    out = io.BytesIO()
    Image.effect_noise((800, 500), 90).save(out, "PNG")
    assert len(out.getvalue()) > 256 * 1024
    assert len(await made(visit, organizer, out.getvalue())) == 4
