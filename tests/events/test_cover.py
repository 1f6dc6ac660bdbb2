"""Cover pictures: uploaded by organizers, served for ever."""

import io
from pathlib import Path

from PIL import Image

from bashi.core import limits
from tests.events.organizer import Organizer
from tests.support.client import Client, faults, problem
from tests.support.product import Product


def picture(kind: str = "JPEG", width: int = 1600) -> bytes:
    image = Image.new("RGB", (width, width * 9 // 16), "#aa2233")
    exif = Image.Exif()
    exif[0x010E] = "taken at my home"
    out = io.BytesIO()
    image.save(out, kind, exif=exif)
    return out.getvalue()


async def test_a_picture_is_made_anew_in_four_widths(organizer: Organizer, client: Client) -> None:
    event = await organizer.published()
    path = f"/{event['id']}/cover"
    answer = await organizer.call("PUT", path, content=picture(), params={"alt": " Drums "})
    cover = answer.json()["cover"]
    assert (cover["widths"], cover["alt"]) == ([360, 640, 960, 1280], "Drums")
    assert answer.json()["version"] == event["version"] + 1
    assert (await client.get("events/durga-pujo")).json()["cover"] == cover
    for width in cover["widths"]:
        file = await client.get(f"{cover['srcset_base'].removeprefix('/api/')}-{width}.webp")
        assert file.headers["content-type"] == "image/webp"
        assert file.headers["cache-control"] == "public, max-age=31536000, immutable"
        with Image.open(io.BytesIO(file.content)) as image:
            assert (image.format, image.size) == ("WEBP", (width, width * 9 // 16))
            assert not image.getexif()


async def test_a_new_picture_has_a_new_name_and_the_old_one_goes(
    organizer: Organizer, client: Client
) -> None:
    event = await organizer.published()
    path = f"/{event['id']}/cover"
    first = (await organizer.call("PUT", path, content=picture())).json()["cover"]
    second = (await organizer.call("PUT", path, content=picture("PNG"))).json()["cover"]
    assert first["srcset_base"] != second["srcset_base"]
    old = f"{first['srcset_base'].removeprefix('/api/')}-360.webp"
    problem(await client.get(old), 404, "no_such_file")
    assert (await organizer.call("DELETE", path)).json()["cover"] is None
    new = f"{second['srcset_base'].removeprefix('/api/')}-360.webp"
    problem(await client.get(new), 404, "no_such_file")
    assert (await organizer.call("DELETE", path)).status_code == 200


async def test_a_folder_that_cannot_be_used_is_told_and_tried_again(
    organizer: Organizer, tmp_path: Path
) -> None:
    event, folder = await organizer.published(), tmp_path / "media"
    folder.touch()
    path = f"/{event['id']}/cover"
    problem(await organizer.call("PUT", path, content=picture()), 503, "media_unavailable")
    folder.unlink()
    assert (await organizer.call("PUT", path, content=picture())).status_code == 200


async def test_deleting_a_draft_takes_its_pictures_along(
    organizer: Organizer, client: Client
) -> None:
    event = await organizer.create()
    answer = await organizer.call("PUT", f"/{event['id']}/cover", content=picture())
    base = answer.json()["cover"]["srcset_base"].removeprefix("/api/")
    assert (await client.get(f"{base}-360.webp")).status_code == 200
    await organizer.call("DELETE", f"/{event['id']}")
    problem(await client.get(f"{base}-360.webp"), 404, "no_such_file")


async def test_only_pictures_by_their_content_are_taken(organizer: Organizer) -> None:
    event = await organizer.published()
    path = f"/{event['id']}/cover"
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    headers = {"content-type": "image/png"}
    for content in (svg, b"", b"GIF89a", picture()[:500]):
        answer = await organizer.call("PUT", path, content=content, headers=headers)
        problem(answer, 422, "image_invalid")
    too_long = await organizer.call("PUT", path, content=picture(), params={"alt": "x" * 201})
    assert "alt" in faults(too_long)
    assert (await organizer.read(event))["cover"] is None


async def test_an_upload_may_be_larger_than_other_bodies_but_not_endless(
    organizer: Organizer,
) -> None:
    event = await organizer.create()
    noise = Image.effect_noise((2400, 1350), 90).convert("RGB")
    out = io.BytesIO()
    noise.save(out, "PNG")
    assert limits.BODY_BYTES < len(out.getvalue()) < limits.COVER_BYTES
    path = f"/{event['id']}/cover"
    assert (await organizer.call("PUT", path, content=out.getvalue())).status_code == 200
    endless = bytes(limits.COVER_BYTES + 1)
    assert (await organizer.call("PUT", path, content=endless)).status_code == 413
    elsewhere = bytes(limits.BODY_BYTES + 1)
    assert (await organizer.call("POST", "", content=elsewhere)).status_code == 413


async def test_files_outside_the_media_folder_are_not_there(
    product: Product, client: Client
) -> None:
    for path in ("..%2Fbashi.sqlite", "covers/../../bashi.sqlite", "%2Fetc%2Fpasswd", "", "covers"):
        answer = await client.get(f"media/{path}")
        assert answer.status_code == 404
