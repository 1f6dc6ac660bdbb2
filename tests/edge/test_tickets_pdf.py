"""The PDF as the edge makes it, where Python has no library for pictures."""

from typing import Any

import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageStat

from tests.edge.visit import Visit
from tests.events.organizer import Organizer
from tests.render.test_images import file

pytestmark = pytest.mark.slow

COVER, PATTERN = (10, 80, 200), (94, 10, 31)


async def with_cover(visit: Visit, organizer: Organizer, color: str) -> Any:
    event = await visit.event(organizer)
    picture = Image.new("RGB", (1600, 900), color)
    path = f"/{event['id']}/cover"
    answer = await organizer.call("PUT", path, content=file(picture, "JPEG", quality=95))
    assert answer.status_code == 200, answer.text
    return event


async def pages(visit: Visit, event: Any, seats: int) -> list[Image.Image]:
    """Of the PDF that a new buyer's email brings; each page's QR code reads."""
    buyer = await visit.buyer()
    order = await visit.buy(buyer, event, seats)
    email = await visit.email(buyer.person["email"], "ticket")
    (pdf,) = [content for name, content in email.attachments.items() if name.endswith(".pdf")]
    shown = [page.render(scale=2).to_pil() for page in pypdfium2.PdfDocument(pdf)]
    read = [[code.text for code in zxingcpp.read_barcodes(page)] for page in shown]
    assert sorted(read) == sorted([ticket["link"]] for ticket in order["tickets"])
    return shown


def near(page: Image.Image, color: tuple[int, int, int]) -> bool:
    """The strip at its median: the pattern has lines."""
    found = ImageStat.Stat(page.convert("RGB").crop((0, 0, page.width, 200))).median
    return all(abs(one - asked) < 12 for one, asked in zip(found, color, strict=True))


async def test_the_cover_is_on_top_of_every_ticket_and_made_once(visit: Visit) -> None:
    event = await with_cover(visit, await visit.organizer(), "#0a50c8")
    await visit.quiet()
    first = await pages(visit, event, seats=2)
    assert [near(page, COVER) for page in first] == [True, True]
    assert visit.edge.operations()["picture"] == 1
    assert near((await pages(visit, event, seats=1))[0], COVER)
    assert "picture" not in visit.edge.operations()


async def test_tickets_go_out_when_no_more_pictures_are_made_this_month(visit: Visit) -> None:
    event = await with_cover(visit, await visit.organizer(), "#c8500a")
    with visit.edge.lost("IMAGES"):
        (page,) = await pages(visit, event, seats=1)
    assert near(page, PATTERN)
