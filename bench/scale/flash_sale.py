"""A flash sale from the first request to the last ticket in a mailbox, on one server.

Everybody comes within two seconds, with a token in hand, and pays as soon as Stripe's page is
there. Stripe's sandbox, the SMTP server and the buyers are processes of their own on this machine.
"""

import asyncio
import io
import json
import os
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from PIL import Image

from bashi.engines.system import SystemClock
from bench.database import STAFF, Size, id_of
from bench.load import HOST
from bench.scale.places import DATABASE, PORTS, Place, embedded, filled
from bench.scale.results import Result
from bench.servers import request
from bench.traffic import Traffic, address
from tests.events.organizer import Organizer
from tests.support.client import TERMS, Client
from tests.support.server import free_port
from tests.support.shop import line_in
from tests.support.stripe_process import StripeProcess, running_stripe

BUYERS, SEATS, WITHIN_SECONDS = 2_000, 500, 2.0
QUICK_BUYERS, QUICK_SEATS = 200, 50
SESSIONS_PER_SECOND = 80  # what is told to a live Stripe account unless set otherwise
EMAIL_SECONDS = 15
PATIENCE_SECONDS = 300
ORDER = 0x12  # what other ids name
TICKETS_BEFORE = 2_000


@dataclass
class Sale:
    """What the buyers saw; times are this machine's monotonic seconds."""

    began: float
    answers: Counter[str] = field(default_factory=Counter)
    held: list[float] = field(default_factory=list)
    paid: list[float] = field(default_factory=list)


def measure_flash_sale(folder: Path, *, quick: bool) -> list[Result]:
    people, seats = (QUICK_BUYERS, QUICK_SEATS) if quick else (BUYERS, SEATS)
    size = Size(TICKETS_BEFORE, buyers=people)
    data = filled(folder / "data", size)
    mails, busy = folder / "mails", os.getloadavg()[0]
    webhook = f"http://{HOST}:{PORTS[0]}/webhooks/stripe"
    with _sink(mails) as smtp_port, running_stripe(folder, free_port(), webhook) as stripe:
        settings = stripe.settings | {
            "BASHI_STRIPE_SESSIONS_PER_SECOND": str(SESSIONS_PER_SECOND),
            "BASHI_MAIL": "smtp",
            "BASHI_SMTP_HOST": HOST,
            "BASHI_SMTP_PORT": str(smtp_port),
            "BASHI_SMTP_SECURITY": "none",
        }
        with embedded(data, size, PORTS[0], **settings) as place:
            event = asyncio.run(_event(place, seats))
            cpu = place.servers[0].cpu_ns_with_emails()
            sale = asyncio.run(_sell(place.traffic, stripe, event, people))
            emails = _wait_for(mails, seats)
            spent = monotonic() - sale.began
            cores = (place.servers[0].cpu_ns_with_emails() - cpu) / 1e9 / spent
        sold = _sold(data / DATABASE, event["id"])
    return _results(sale, emails, seats, sold, {"load_before": busy, "cores": cores})


def _results(
    sale: Sale, emails: list[float], seats: int, sold: int, machine: dict[str, float]
) -> list[Result]:
    expected = {"paid": seats, "sold_out": sale.answers.total() - seats}
    errors = {what: n for what, n in sale.answers.items() if what not in expected}
    words = ", ".join(f"{count} × {what}" for what, count in errors.items()) or "none"
    last = emails[-1] - sale.began if len(emails) == seats else None
    said = f"{last:.1f} s" if last is not None else f"only {len(emails)} came"
    return [
        Result("buyers", f"{sale.answers.total():,}"),
        Result("… who were told “sold out”", f"{sale.answers['sold_out']:,}"),
        Result("seats sold", f"{sold} of {seats}", "all, none twice", sold == seats),
        Result("errors but “sold out”", words, "none", not errors, dict(errors)),
        Result("last seat held after", _after(sale, sale.held)),
        Result("last order paid after", _after(sale, sale.paid)),
        Result("first ticket email after", _after(sale, emails[:1])),
        Result(
            f"ticket email {seats} after",
            said,
            f"≤ {EMAIL_SECONDS} s",
            last is not None and last <= EMAIL_SECONDS,
            {"last_email_seconds": last} if last is not None else {},
        ),
        Result(
            "machine's load before; cores used by the product",
            f"{machine['load_before']:.1f}; {machine['cores']:.2f}",
            figures=machine,
        ),
    ]  # fmt: skip


def _after(sale: Sale, times: list[float]) -> str:
    return f"{max(times) - sale.began:.1f} s" if times else "never"


# Before the sale


@contextmanager
def _sink(mails: Path) -> Iterator[int]:
    """The port of an SMTP server that writes to `mails`."""
    port = free_port()
    command = [sys.executable, "-m", "bench.scale.sink", str(port), str(mails)]
    process = subprocess.Popen(command)
    try:
        while not mails.exists():
            assert process.poll() is None, "the SMTP server did not start"
            sleep(0.01)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=30)


async def _event(place: Place, seats: int) -> Any:
    """On sale, with a cover and so many seats of one type."""
    headers = {"authorization": await place.traffic.token(STAFF)}
    url = f"http://{HOST}:{place.ports[0]}/api"
    async with Client(base_url=url, headers=headers, timeout=60) as client:
        organizer = Organizer(client, SystemClock().now)
        event = await organizer.create(slug="flash-sale")
        await organizer.add_type(event, capacity=seats)
        stored = await organizer.call("PUT", f"/{event['id']}/cover", content=_photo())
        assert stored.is_success, stored.text
        return await organizer.publish(stored.json())


def _photo() -> bytes:
    """A JPEG of a photograph's kind: strong large shapes and ever weaker small ones, all over, in
    each color of its own (about 400 KB, as a phone's picture of this size)."""
    size, out = (1600, 900), io.BytesIO()
    Image.merge("RGB", [_shapes(size) for _ in range(3)]).save(out, "JPEG", quality=85)
    return out.getvalue()


def _shapes(size: tuple[int, int]) -> Image.Image:
    """Noise whose strength halves as its scale does, as in pictures of nature."""
    width, height = size
    sum_ = Image.new("L", size, 128)
    for octave in range(8):
        small = (max(width >> 7 - octave, 2), max(height >> 7 - octave, 2))
        layer = Image.effect_noise(small, 128 / (octave + 1)).resize(size, Image.Resampling.BICUBIC)
        sum_ = Image.blend(sum_, layer, 1 / (2 + octave / 2))
    return sum_


# The sale


async def _sell(traffic: Traffic, stripe: StripeProcess, event: Any, people: int) -> Sale:
    numbers = range(STAFF + 1, STAFF + 1 + people)
    tokens = [await traffic.token(number) for number in numbers]
    sale = Sale(monotonic())
    comes = [sale.began + WITHIN_SECONDS * place / people for place in range(people)]
    each = zip(numbers, tokens, comes, strict=True)
    await asyncio.gather(*(_buy(sale, stripe, event, *one) for one in each))
    return sale


async def _buy(
    sale: Sale, stripe: StripeProcess, event: Any, number: int, token: str, comes: float
) -> None:
    await asyncio.sleep(comes - monotonic())
    sale.answers[await _outcome(sale, stripe, event, number, token)] += 1


async def _outcome(sale: Sale, stripe: StripeProcess, event: Any, number: int, token: str) -> str:
    """`paid`, `sold_out`, or what went wrong."""
    order_id = id_of(ORDER, number)
    caller = {"Authorization": token, "X_Forwarded_For": address(number)}
    body = {
        "id": order_id,
        "event_id": event["id"],
        "lines": [line_in(event["ticket_types"][0]["id"], 1)],
        "locale": "en",
        "terms_version": TERMS,
        "total_cents": event["ticket_types"][0]["price_cents"],
    }
    status, answer = await _ask(PORTS[0], "/api/orders", body, **caller)
    if status != 201:
        return "sold_out" if answer.get("code") == "sold_out" else f"hold: {status}"
    sale.held.append(monotonic())
    while True:
        status, answer = await _ask(PORTS[0], f"/api/orders/{order_id}/payment", {}, **caller)
        if status == 200:
            break
        if status != 202:
            return f"payment: {status}"
        await asyncio.sleep(answer["retry_after_seconds"])
    session = {"session": answer["url"].rpartition("/")[2]}
    status, _ = await _ask(stripe.port, "/sandbox/control/pay", session)
    sale.paid.append(monotonic())
    return "paid" if status == 200 else f"pay: {status}"


async def _ask(port: int, path: str, body: dict[str, Any], **headers: str) -> tuple[int, Any]:
    """Status and JSON, over a connection of its own."""
    asked = request("POST", path, json.dumps(body).encode(), Connection="close", **headers)
    asked = asked.replace(b"Accept-Encoding: gzip\r\n", b"")
    reader, writer = await asyncio.open_connection(HOST, port)
    try:
        writer.write(asked)
        head, _, content = (await reader.read(-1)).partition(b"\r\n\r\n")
    finally:
        writer.close()
    return int(head[9:12]), json.loads(content)


# After it


def _wait_for(mails: Path, count: int) -> list[float]:
    """When each email was taken, in order; fewer than `count` if they do not come."""
    ends = monotonic() + PATIENCE_SECONDS
    while True:
        lines = mails.read_text(encoding="utf-8").splitlines()
        if len(lines) >= count or monotonic() > ends:
            return sorted(float(line.split()[0]) for line in lines)
        sleep(0.1)


def _sold(database: Path, event_id: str) -> int:
    """Tickets, one for each seat that was paid."""
    with closing(sqlite3.connect(database)) as connection:
        find = "SELECT COUNT(*) FROM ticket WHERE event_id = ?"
        return int(connection.execute(find, (event_id,)).fetchone()[0])
