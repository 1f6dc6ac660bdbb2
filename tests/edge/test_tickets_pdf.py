"""The PDF as the edge makes it: a Worker of its own sets it, Cloudflare cuts the picture."""

from dataclasses import replace
from typing import Any

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat

from bashi.core.text import Text
from bashi.render import images
from bashi.render.documents import typesetter
from bashi.render.documents.ticket import banner_pixels, tickets_pdf
from tests.edge.adapters import EdgeDocuments
from tests.edge.harness import Edge
from tests.edge.visit import Visit, until
from tests.events.organizer import Organizer
from tests.render.facts import ORGANIZATION, event, ticket, tickets_ready
from tests.render.test_images import file
from tests.support.qr_reader import read_qr_codes

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
    read = [[code.text for code in read_qr_codes(page)] for page in shown]
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


async def test_tickets_wait_for_the_worker_that_draws_them(visit: Visit) -> None:
    event = await visit.event(await visit.organizer())
    buyer = await visit.buyer()
    with visit.edge.lost("DOCUMENTS"):
        order = await visit.buy(buyer, event, 1)
        answer = await buyer.get(f"orders/{order['id']}/tickets.pdf")
        assert answer.status_code == 503
        assert answer.json()["code"] == "drawing_busy"
        assert answer.headers["retry-after"]
        held = "SELECT status, failure FROM outbox WHERE kind = 'tickets' AND subject_id = ?"
        await until(lambda: (visit.edge.sql(held, order["id"]) or [{}])[0].get("failure"))
    assert visit.edge.sql(held, order["id"])[0]["status"] == "queued"
    answer = await buyer.get(f"orders/{order['id']}/tickets.pdf")
    assert answer.content.startswith(b"%PDF-")


LONG = "Celebration of Spring and of All Who Came Before Us "
LOOKS: dict[str, dict[str, Any]] = {
    "plain": {},
    "picture": {"event": {"cover": file(Image.effect_mandelbrot((1280, 720), (-2, -1, 1, 1), 9))}},
    "long": {"event": {"title": Text({"en": LONG * 3}), "venue": LONG * 2, "address": LONG * 3}},
    "scripts": {
        "event": {
            "title": Text({"en": "محمد רחל"}),
            "venue": "रवि தமிழ்",
            "address": "ਗੁਰ પ્રિ రాము ไทย ស្រី",
        },
        "ticket": {"attendee": "Rahim 🎉 রহিম"},
    },
}


@pytest.mark.parametrize("locale", ["en", "bn"])
@pytest.mark.parametrize("look", LOOKS)
async def test_they_look_as_those_of_a_server(
    edge: Edge, look: str, locale: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The QR apart: each engine has a writer of its own, and any of its masks is right."""
    monkeypatch.setattr(typesetter, "optional_families", frozenset)
    facts, one = event(**LOOKS[look].get("event", {})), ticket(**LOOKS[look].get("ticket", {}))
    email = tickets_ready(event=facts, tickets=[one])
    size = banner_pixels(facts)
    banner = images.strip(facts.cover, *size) if facts.cover else None
    cut_before = replace(email, event=replace(facts, cover=banner))
    here = tickets_pdf(email, locale, ORGANIZATION)
    there = await EdgeDocuments(edge).tickets(cut_before, locale, ORGANIZATION)
    shown = [pypdfium2.PdfDocument(pdf)[0].render(scale=2).to_pil() for pdf in (here, there)]
    for page in shown:
        assert [code.text for code in read_qr_codes(page)] == [one.link]
        page.paste("white", QR_PLACE)
    difference = ImageChops.difference(*shown).convert("L")
    assert ImageStat.Stat(difference).mean[0] < 0.2
    coarse = difference.resize((42, 60), Image.Resampling.BOX)
    assert ImageStat.Stat(coarse).extrema[0][1] < 12


QR_PLACE = (379, 673, 779, 1078)
"""Pixels of a page at twice its points."""
