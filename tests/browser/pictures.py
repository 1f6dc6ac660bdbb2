"""Makes the README's pictures out of the demo: `python -m tests.browser.pictures`."""

import asyncio
import io
import tempfile
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
from PIL import Image
from playwright.async_api import ViewportSize, async_playwright, expect

from tests.browser.camera import Camera
from tests.browser.chromium import launch
from tests.browser.steps import agree, choose, pay, pictures, qr_part, to_payment
from tests.browser.visitor import PATIENCE_MS, Visitor, Visits
from tests.support.client import TERMS, Client
from tests.support.server import Server, running
from tests.support.shop import line_in, total_cents

FOLDER = Path(__file__).parents[2] / "docs" / "images"
COLORS = 192
PDF_WIDTH = 720
PORT = 8000  # stands on the ticket
WIDE = ViewportSize(width=1120, height=800)
BUYERS = (
    ("Nasrin Jahan", "durga-pujo", (2, 2)),
    ("Arun Das", "baul-evening", (1,)),
    ("Sharmin Akter", "adda-tonight", (2, 1)),
    ("Kabir Hossain", "durga-pujo", (4, 1, 1)),
    ("Lopamudra Mitra", "saraswati-puja", (2,)),
    ("Jamal Uddin", "pohela-boishakh", (3,)),
)
EVENING = "adda-tonight"


async def main() -> None:
    expect.set_options(timeout=PATIENCE_MS)
    with tempfile.TemporaryDirectory() as folder, running(server := Server(Path(folder), PORT)):
        camera = Camera(Path(folder) / "ticket.mjpeg")
        async with async_playwright() as playwright:
            visits = Visits(await launch(playwright, camera), server)
            for buyer in BUYERS:
                await paid_order(server, *buyer)
            await shop_pictures(visits)
            order = await buyer_pictures(visits, await server.demo("attendee"))
            await door_pictures(visits, await server.demo("volunteer"), camera, order)
            await admin_picture(visits, await server.demo("admin"))
            faults = await visits.end()
            await visits.browser.close()
        while server.clients:
            await server.clients.pop().aclose()
        assert faults == []


async def shop_pictures(visits: Visits) -> None:
    visitor = await visits(device_scale_factor=2)
    await visitor.open("/")
    await keep(visitor, "home")
    await visitor.open("/events/durga-pujo/")
    await keep(visitor, "event")
    await visitor.open("/bn/")
    await keep(visitor, "home-bangla")


async def buyer_pictures(visits: Visits, client: Client) -> Any:
    """Tickets of tonight, bought on a phone. Returns the order."""
    buyer = await visits(client, device_scale_factor=2)
    await buyer.open(f"/checkout/?event={EVENING}")
    await choose(buyer, "Seat and tea", 2)
    await choose(buyer, "Child", 1)
    await keep(buyer, "checkout")
    await buyer.field("Name for ticket 2: Seat and tea").fill("Partha Sen")
    await buyer.field("Name for ticket 3: Child").fill("Mishti Sen")
    await agree(buyer)
    await to_payment(buyer)
    await pay(buyer)
    await expect(buyer.heading("Your tickets")).to_be_visible()
    await buyer.heading("Mitali Sen").scroll_into_view_if_needed()
    await buyer.page.evaluate("scrollTo(0, document.querySelector('article').offsetTop - 12)")
    await keep(buyer, "order")
    [order] = (await client.get("me/orders")).json()["items"]
    return order


async def door_pictures(visits: Visits, client: Client, camera: Camera, order: Any) -> None:
    email = await visits.server.email("attendee@example.org", "Your tickets")
    page = pictures(email.attachments[0].content)[0]
    store(page.resize((PDF_WIDTH, PDF_WIDTH * page.height // page.width)), "ticket")
    _, code = qr_part(page)
    camera.show(code)
    door = await visits(client, device_scale_factor=2)
    await door.open("/scan/")
    await door.field("Event").select_option(order["event"]["id"])
    await door.field("Gate").fill("Main door")
    await door.button("Continue").click()
    await door.button("Start camera").click()
    for verdict, name in (("admit", "scan-admit"), ("used", "scan-used")):
        await expect(door.page.locator(f"[data-verdict={verdict}]")).to_be_visible()
        await keep(door, name)


async def admin_picture(visits: Visits, client: Client) -> None:
    admin = await visits(client, WIDE)
    await admin.open("/admin/orders/")
    await expect(admin.page.get_by_role("row").nth(len(BUYERS))).to_be_visible()
    await keep(admin, "admin-orders")


async def paid_order(server: Server, name: str, slug: str, seats: tuple[int, ...]) -> None:
    client = server.client()
    await client.register(f"{name.split(maxsplit=1)[0].lower()}@example.org", name=name)
    event = (await client.get(f"events/{slug}")).json()
    kinds = zip(event["ticket_types"], seats, strict=False)
    lines = [line_in(kind["id"], count) for kind, count in kinds]
    seen = {"terms_version": TERMS, "total_cents": total_cents(event, lines)}
    order = {"id": str(uuid4()), "event_id": event["id"], "lines": lines, "locale": "en", **seen}
    held = await client.post("orders", json=order)
    assert held.status_code == 201, held.text
    page = (await client.post(f"orders/{order['id']}/payment")).json()["url"]
    async with httpx.AsyncClient() as http:
        await http.post(page, data={"card": "4242424242424242"}, headers={"origin": server.url})
    await server.email(client.person["email"], "Your ticket")


async def keep(visitor: Visitor, name: str) -> None:
    await visitor.page.wait_for_load_state("networkidle")
    picture = await visitor.page.screenshot(animations="disabled")
    store(Image.open(io.BytesIO(picture)), name)


def store(picture: Image.Image, name: str) -> None:
    """With few colors, as small as PNG gets."""
    few = picture.convert("RGB").quantize(COLORS, method=Image.Quantize.MEDIANCUT)
    few.save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    asyncio.run(main())
