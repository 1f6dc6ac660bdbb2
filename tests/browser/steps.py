"""What people do again and again, by the words that they see."""

import io
import re
from typing import Any
from uuid import uuid4

import pypdfium2
from PIL import Image
from playwright.async_api import expect

from bashi.engines.system import SystemClock
from bashi.http.fields import rfc3339
from tests.browser.visitor import Visitor
from tests.events.organizer import HOUR, Organizer
from tests.support.client import PASSWORD, TERMS, Client
from tests.support.qr_reader import read_qr_codes
from tests.support.server import Server
from tests.support.shop import line_in

PAYS = "4242 4242 4242 4242"
DECLINED = "4000 0000 0000 0002"
SECURE = "4000 0025 0000 3155"


async def event_tonight(
    organizer: Organizer,
    title: str | dict[str, str],
    price_cents: int = 1500,
    capacity: int = 100,
    **changes: Any,
) -> Any:
    """Published, on sale, and near enough for the door to be open."""
    now = SystemClock().now()
    times = {"starts_at": rfc3339(now + 2 * HOUR), "ends_at": rfc3339(now + 6 * HOUR)}
    event = await organizer.create(**times, **{"title": title, **changes})
    await organizer.add_type(event, price_cents=price_cents, capacity=capacity)
    return await organizer.publish(event)


async def newcomer(server: Server, email: str, **changes: str) -> Client:
    client = server.client()
    await client.register(email, **changes)
    return client


async def verified(server: Server, email: str, **changes: str) -> Client:
    """A newcomer who has opened the link of the welcome email."""
    client = await newcomer(server, email, **changes)
    answer = await client.post(
        "auth/verify-email", json={"token": await server.link("verify", email)}
    )
    client.take(answer)
    return client


async def free_order(client: Client, event: Any, *names: str) -> Any:
    """Tickets of an event that costs nothing."""
    line = line_in(event["ticket_types"][0]["id"], len(names)) | {"attendees": names}
    order = {"id": str(uuid4()), "event_id": event["id"], "lines": [line], "total_cents": 0}
    answer = await client.post("orders", json={**order, "locale": "en", "terms_version": TERMS})
    assert answer.status_code == 201, answer.text
    return (await client.get(f"orders/{order['id']}")).json()


async def choose(visitor: Visitor, kind: str, tickets: int) -> None:
    """A lone type starts with one ticket."""
    amount = visitor.field(f"{kind}: number of tickets")
    for _ in range(tickets - int(await amount.inner_text())):
        await visitor.button(f"One more: {kind}").click()
    await expect(amount).to_have_text(str(tickets))


async def fill_account(visitor: Visitor, name: str, email: str) -> None:
    await visitor.field("Full name").fill(name)
    await visitor.field("Email address").fill(email)
    await visitor.field("Password").fill(PASSWORD)


async def agree(visitor: Visitor) -> None:
    await visitor.page.get_by_role("checkbox", name=re.compile("I agree")).check()


async def start_order(visitor: Visitor, event: Any, *, tickets: int = 1) -> None:
    """For somebody signed in, up to the payment page."""
    await visitor.open(f"/checkout/?event={event['slug']}")
    await choose(visitor, "Adult", tickets)
    for number in range(2, tickets + 1):
        await visitor.field(f"Name for ticket {number}: Adult").fill(f"Guest {number}")
    await agree(visitor)
    await to_payment(visitor)


async def to_payment(visitor: Visitor) -> None:
    """From the filled checkout to the payment page."""
    await visitor.page.get_by_role("button", name=re.compile("^Go to payment")).click()
    await visitor.page.wait_for_url("**/sandbox/pay/**")


async def pay(visitor: Visitor, card: str = PAYS) -> None:
    await visitor.field("Card number").fill(card)
    await visitor.page.locator("#pay").click()


async def expect_tickets(visitor: Visitor, *names: str) -> None:
    await expect(visitor.heading("Your tickets")).to_be_visible()
    for name in names:
        await expect(visitor.heading(name)).to_be_visible()
        await expect(
            visitor.page.get_by_role("img", name=f"QR code of the ticket for {name}")
        ).to_be_visible()


def pictures(pdf: bytes) -> list[Image.Image]:
    """Each page as a reader shows it."""
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    try:
        return [page.render(scale=2).to_pil() for page in document]
    finally:
        document.close()


def qr_part(page: Image.Image) -> tuple[str, Image.Image]:
    """The text of the page's only QR, and the part of the picture that a phone would film."""
    [code] = read_qr_codes(page)
    at = code.position
    quiet = (at.top_right.x - at.top_left.x) // 6
    box = (
        at.top_left.x - quiet,
        at.top_left.y - quiet,
        at.bottom_right.x + quiet,
        at.bottom_right.y + quiet,
    )
    return code.text, page.crop(box)
