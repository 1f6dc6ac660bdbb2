"""The lists and look-ups of the product, as requests for one database."""

import asyncio
from collections.abc import Callable
from random import Random

from bench.database import EVENT, ORDER, STAFF, TICKET, Size, id_of
from bench.servers import request
from bench.traffic import Traffic, address

ASKED = 200
CROWDED = id_of(EVENT, 1)
FEW = 40  # my tickets: each draws its QR codes, and a person may ask thirty times a minute


def lookups(traffic: Traffic, size: Size) -> dict[str, list[bytes]]:
    """What is looked for is spread over all that there is. To be asked again and again."""
    admin = asyncio.run(traffic.token(STAFF))
    random = Random(5)

    def asked(path: Callable[[], str]) -> list[bytes]:
        return [request("GET", path(), Authorization=admin) for _ in range(ASKED)]

    orders = size.tickets // 2

    def order() -> int:
        return random.randint(1, orders)

    return {
        "public list of events": [_public(number, "/api/events") for number in range(ASKED)],
        "event page": [
            _public(number, f"/api/events/event-{number % size.events + 1}")
            for number in range(ASKED)
        ],
        "my tickets": asyncio.run(_mine(traffic, size, random)),
        "ticket by order number": asked(lambda: f"/api/admin/tickets?q={order():08X}"),
        "ticket by typed code": asked(lambda: f"/api/admin/tickets?q={_code(random, size)}"),
        "ticket check": asked(
            lambda: f"/api/tickets/verify/{id_of(TICKET, random.randint(1, size.tickets))}"
        ),
        "newest orders": asked(lambda: "/api/admin/orders"),
        "orders of the largest event": asked(lambda: f"/api/admin/orders?event_id={CROWDED}"),
        "order by number": asked(lambda: f"/api/admin/orders?q={order():08X}"),
        "orders by a name that nobody has": asked(lambda: "/api/admin/orders?q=nobody"),
        "orders by a name that all have": asked(lambda: "/api/admin/orders?q=sen+mitali"),
        "one order": asked(lambda: f"/api/admin/orders/{id_of(ORDER, order())}"),
        "attendees of the largest event": asked(lambda: f"/api/admin/tickets?event_id={CROWDED}"),
        "attendee by name in the largest event": asked(
            lambda: f"/api/admin/tickets?event_id={CROWDED}&q=nobody"
        ),
        "attendee by a name that all have": asked(
            lambda: f"/api/admin/tickets?event_id={CROWDED}&q=sen+mitali"
        ),
        "audit": asked(lambda: "/api/admin/audit"),
        "people": asked(lambda: "/api/admin/people"),
        "figures of the console": asked(lambda: "/api/admin/overview"),
        "figures of the largest event's door": asked(lambda: f"/api/door/{CROWDED}/figures"),
    }


async def _mine(traffic: Traffic, size: Size, random: Random) -> list[bytes]:
    buyers = random.sample(range(STAFF + 1, STAFF + 1 + size.buyers), FEW)
    return [
        request(
            "GET",
            "/api/me/tickets",
            Authorization=await traffic.token(buyer),
            X_Forwarded_For=address(buyer),
        )
        for buyer in buyers
    ]


def _public(number: int, path: str) -> bytes:
    return request("GET", path, X_Forwarded_For=address(number))


def _code(random: Random, size: Size) -> str:
    """As bench.database scatters them."""
    return f"{random.randint(1, size.tickets) * 654188429 % 1099511627776:010X}"
