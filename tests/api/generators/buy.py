"""Buy a ticket with nothing but the generated client: `python buy.py URL`.

The card is paid at the demo's payment page, as a browser would.
"""

import sys
import time
from uuid import uuid4

import httpx
from bashi_client import AuthenticatedClient, Client
from bashi_client.api.accounts import register
from bashi_client.api.events import get_event, list_events
from bashi_client.api.orders import get_order, get_tickets_pdf, open_payment_page, place_order
from bashi_client.api.site import get_site
from bashi_client.models import LineIn, OrderIn, OrderStatus, PaymentStatus, RegisterIn
from bashi_client.models import TicketTypeAvailability as Availability

URL = sys.argv[1]
TRIES = 100


def signed_in() -> AuthenticatedClient:
    stranger = Client(base_url=f"{URL}/api")
    site = get_site.sync(client=stranger)
    person = RegisterIn(
        email=f"{uuid4().hex}@example.org",
        name="Rahima Khatun",
        password="six geese cross the bridge",
        locale="en",
        terms_version=site.terms_version,
    )
    auth = register.sync(client=stranger, body=person)
    return AuthenticatedClient(base_url=f"{URL}/api", token=auth.access_token)


def paid_order(client: AuthenticatedClient) -> OrderIn:
    """For the first ticket type with a price that is on sale."""
    for card in list_events.sync(client=client).items:
        event = get_event.sync(card.slug, client=client)
        for kind in event.ticket_types:
            if kind.price_cents and kind.availability is Availability.AVAILABLE:
                names = [f"Guest {number}" for number in range(kind.min_per_order)]
                return OrderIn(
                    id=uuid4(),
                    event_id=event.id,
                    lines=[LineIn(kind.id, kind.min_per_order, names)],
                    locale="en",
                    terms_version=get_site.sync(client=client).terms_version,
                    total_cents=kind.min_per_order * kind.price_cents,
                )
    raise SystemExit("nothing is on sale")


def main() -> None:
    client = signed_in()
    order = place_order.sync(client=client, body=paid_order(client))
    payment = open_payment_page.sync(order.id, client=client)
    for _ in range(TRIES):
        if payment.status is PaymentStatus.READY:
            break
        time.sleep(payment.retry_after_seconds)
        payment = open_payment_page.sync(order.id, client=client)
    session = payment.url.rpartition("/")[2]
    httpx.post(f"{URL}/sandbox/control/pay", json={"session": session}).raise_for_status()
    for _ in range(TRIES):
        order = get_order.sync(order.id, client=client)
        if order.status is OrderStatus.PAID:
            break
        time.sleep(0.2)
    pdf = get_tickets_pdf.sync(order.id, client=client)
    print(order.status, len(order.tickets), pdf.payload.read(5).decode())


main()
