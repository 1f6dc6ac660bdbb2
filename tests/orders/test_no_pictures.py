"""The place of the pictures is away: they cannot be shown or changed, and all else goes on."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bashi.engines.media.s3 import S3Media
from tests.events.test_cover import picture
from tests.support.client import Client, problem
from tests.support.database import Template
from tests.support.s3 import S3Server, running_s3
from tests.support.shop import Shop
from tests.support.stripe import Stripe, open_shop

pytestmark = pytest.mark.slow


@pytest.fixture
def pictures(tmp_path: Path) -> Iterator[S3Server]:
    with running_s3(tmp_path) as server:
        yield server


@pytest.fixture
async def stripe(
    tmp_path: Path, database_template: Template, pictures: S3Server
) -> AsyncIterator[Stripe]:
    media = S3Media(pictures.bucket)
    async with open_shop(tmp_path, database_template, media=media) as stripe:
        yield stripe


async def test_pictures_cannot_be_reached_and_tickets_are_sold(
    shop: Shop, buyer: Client, pictures: S3Server
) -> None:
    event = await shop.event()
    path = f"/{event['id']}/cover"
    answer = await shop.organizer.call("PUT", path, content=picture())
    cover = answer.json()["cover"]
    file = f"{cover['srcset_base'].removeprefix('/api/')}-360.webp"
    assert (await buyer.get(file)).status_code == 200
    await shop.product.deliver()
    pictures.stop()

    told = await buyer.get(file)
    problem(told, 503, "media_unavailable")
    assert told.headers["retry-after"] == "5"
    assert told.headers["cache-control"] == "no-store"
    another = await shop.organizer.call("PUT", path, content=picture("PNG"))
    problem(another, 503, "media_unavailable")
    assert (await buyer.get(f"events/{event['slug']}")).json()["cover"] == cover

    order = await shop.buy(buyer, event)
    [email] = await shop.product.deliver()
    assert "application/pdf" in {part.content_type for part in email.email.attachments}
    assert (await buyer.get(f"orders/{order['id']}/tickets.pdf")).status_code == 200

    pictures.start()
    assert (await buyer.get(file)).status_code == 200


async def test_a_picture_is_taken_from_its_event_though_its_files_must_stay(
    shop: Shop, buyer: Client, pictures: S3Server
) -> None:
    event = await shop.event()
    path = f"/{event['id']}/cover"
    await shop.organizer.call("PUT", path, content=picture())
    pictures.stop()
    removed = await shop.organizer.call("DELETE", path)
    assert (removed.status_code, removed.json()["cover"]) == (200, None)
    assert (await buyer.get(f"events/{event['slug']}")).json()["cover"] is None
    pictures.start()
