"""Routes for buying: hold, pay, view, cancel, and the tickets as files."""

from typing import Annotated

from fastapi import APIRouter, Header, Request, Response

from bashi.core import limits, tokens
from bashi.core.events.browse import When
from bashi.core.orders import my_orders
from bashi.core.orders.cancel import cancel
from bashi.core.orders.emails import event_facts, tickets_email
from bashi.core.orders.hold import Hold, hold
from bashi.core.orders.open_payment import open_payment
from bashi.core.orders.resend import no_tickets, resend
from bashi.core.orders.rules import Wanted
from bashi.core.orders.sql import Order
from bashi.core.orders.view import no_such_order, order_view, read_order
from bashi.core.payments.open import Ready
from bashi.http.cursors import decode, encode
from bashi.http.deps import Caller, Maybe, Signed, client_network, limit, limit_each, ports_of
from bashi.http.fast_route import DirectRoute
from bashi.http.fields import Id
from bashi.http.json_body import JsonRoute
from bashi.http.order_schemas import OrderIn, OrderOut, PaymentOut, TicketOut, order_out
from bashi.http.problems import responses
from bashi.http.responses import NO_STORE, Json, ListOut, Schema, binary, text

router = APIRouter(tags=["orders"], route_class=JsonRoute)
hot = APIRouter(tags=["orders"], route_class=DirectRoute)

Key = Annotated[
    str | None,
    Header(alias="Order-Key", max_length=100, description="From the order's mailed link"),
]


class DoneOut(Schema):
    """Accepted; what follows happens soon."""


@hot.post(
    "/orders",
    status_code=201,
    response_model=OrderOut,
    responses={200: {"model": OrderOut, "description": "As it is now"}, **responses(401, 404, 409)},
)
async def place_order(request: Request, body: OrderIn, caller: Signed) -> Json:
    """Hold seats. A free order comes back paid. Repeating it answers with its present state."""
    ports = ports_of(request)
    network = client_network(request)
    by_person = (caller.person.id, limits.ORDERS_PER_PERSON)
    await limit_each(request, "orders", by_person, (network, limits.ORDERS_PER_ADDRESS))
    command = Hold(
        order_id=body.id,
        event_id=body.event_id,
        lines=[Wanted(line.ticket_type_id, line.attendees) for line in body.lines],
        locale=body.locale or ports.policy.locales[0],
        network=network,
        terms_version=body.terms_version,
        total_cents=body.total_cents,
    )
    held = await hold(ports, caller.person, command)
    out = await order_out(ports, held.view, with_tickets=True, with_link=True)
    return Json(out, 201 if held.is_new else 200)


router.routes.extend(hot.routes)


@router.get("/orders/{order_id}", response_model=OrderOut, responses=responses(404))
async def get_order(request: Request, order_id: Id, caller: Maybe, order_key: Key = None) -> Json:
    """For its buyer, an admin, or whoever holds its mailed link."""
    order = await _own_order(request, order_id, caller, order_key)
    view = await order_view(ports_of(request), order)
    if view.tickets:
        network = client_network(request)
        await limit(request, "tickets", network, limits.TICKET_READS_PER_ADDRESS)
    return Json(await order_out(ports_of(request), view, with_tickets=True, with_link=True))


@router.post(
    "/orders/{order_id}/payment",
    response_model=PaymentOut,
    responses={202: {"model": PaymentOut, "description": "Not yet"}, **responses(404, 409)},
)
async def open_payment_page(
    request: Request, order_id: Id, caller: Maybe, order_key: Key = None
) -> Json:
    """Ask again until `ready`; the place in line says how long it may take."""
    order = await _own_order(request, order_id, caller, order_key)
    state = await open_payment(ports_of(request), order)
    if isinstance(state, Ready):
        out = PaymentOut(status="ready", url=state.url, place=None, retry_after_seconds=None)
        return Json(out)
    wait = state.retry_after_seconds
    out = PaymentOut(status="waiting", url=None, place=state.place, retry_after_seconds=wait)
    answer = Json(out, 202)
    answer.headers["retry-after"] = str(wait)
    return answer


@router.post(
    "/orders/{order_id}/cancel",
    response_model=OrderOut,
    responses={202: {"model": OrderOut, "description": "Being canceled"}, **responses(404, 409)},
)
async def cancel_order(
    request: Request, order_id: Id, caller: Maybe, order_key: Key = None
) -> Json:
    """Give the held seats back. Not for paid orders: those an organizer refunds."""
    order = await _own_order(request, order_id, caller, order_key)
    by = caller.person.id if caller else None
    view = await cancel(ports_of(request), order, by)
    out = await order_out(ports_of(request), view, with_tickets=True, with_link=True)
    return Json(out, 202 if out.status == "pending" else 200)


@router.post(
    "/orders/{order_id}/resend",
    status_code=202,
    response_model=DoneOut,
    responses=responses(404, 409),
)
async def resend_tickets(
    request: Request, order_id: Id, caller: Maybe, order_key: Key = None
) -> Json:
    """Mail the tickets again, to the address of the order."""
    order = await _own_order(request, order_id, caller, order_key)
    tries, all_tries = limits.EMAILS_PER_HOUR_UNVERIFIED, limits.EMAILS_PER_HOUR_VERIFIED
    await limit(request, "resend", order_id, tries, window_seconds=3600)
    reader = tokens.digest(order.email)
    await limit(request, "resend.to", reader, all_tries, window_seconds=3600)
    await resend(ports_of(request), await order_view(ports_of(request), order))
    return Json(DoneOut(), 202)


@router.get(
    "/orders/{order_id}/tickets.pdf",
    response_class=Response,
    responses={200: {"content": binary("application/pdf")}, **responses(404, 409)},
)
async def get_tickets_pdf(
    request: Request, order_id: Id, caller: Maybe, order_key: Key = None
) -> Response:
    """All tickets of the order that still admit somebody, a page each."""
    ports = ports_of(request)
    order = await _own_order(request, order_id, caller, order_key)
    by_address = (client_network(request), limits.FILES_PER_ADDRESS)
    await limit_each(request, "files", (order_id, limits.FILES_PER_ORDER), by_address)
    message = await tickets_email(ports, await order_view(ports, order))
    if message is None:
        raise no_tickets()
    content = await ports.renderer.tickets_pdf(message, order.locale)
    return _file(content, "application/pdf", f"tickets-{order.number}.pdf")


@router.get(
    "/orders/{order_id}/calendar.ics",
    response_class=Response,
    responses={200: {"content": text("text/calendar")}, **responses(404)},
)
async def get_order_calendar(
    request: Request, order_id: Id, caller: Maybe, order_key: Key = None
) -> Response:
    """The order's event as an iCalendar file, in the order's language."""
    ports = ports_of(request)
    order = await _own_order(request, order_id, caller, order_key)
    facts = await event_facts(ports, order.event_id, with_cover=False)
    content = await ports.renderer.calendar(facts, order.locale)
    return _file(content, "text/calendar; charset=utf-8", f"{facts.slug}.ics")


@router.get("/me/orders", response_model=ListOut[OrderOut], responses=responses(401))
async def list_my_orders(request: Request, caller: Signed, cursor: str | None = None) -> Json:
    """Newest first, without their tickets."""
    ports = ports_of(request)
    views, after = await my_orders.orders(ports, caller.person, decode(cursor), with_tickets=False)
    items = [await order_out(ports, view, with_tickets=False, with_link=False) for view in views]
    return Json(ListOut[OrderOut](items=items, next_cursor=encode(after)))


@router.get("/me/tickets", response_model=ListOut[TicketOut], responses=responses(401))
async def list_my_tickets(
    request: Request, caller: Signed, when: When | None = None, cursor: str | None = None
) -> Json:
    """The newest order first; with `when` only for events that are still to end, or are over."""
    ports = ports_of(request)
    await limit(request, "tickets.mine", caller.person.id, limits.TICKET_LISTS_PER_PERSON)
    views, after = await my_orders.orders(
        ports, caller.person, decode(cursor), when, with_tickets=True
    )
    items: list[TicketOut] = []
    for view in views:
        out = await order_out(ports, view, with_tickets=True, with_link=False)
        items.extend(out.tickets or ())
    return Json(ListOut[TicketOut](items=items, next_cursor=encode(after)))


async def _own_order(
    request: Request, order_id: str, caller: Caller | None, key: str | None
) -> Order:
    """The caller's own, found in one read. Raises NotFound."""
    ports = ports_of(request)
    order = await read_order(ports, order_id)
    if key is not None and await ports.signer.unseal(tokens.ORDER, order_id, key):
        return order
    if caller is None or not (caller.is_admin or my_orders.is_mine(order, caller.person)):
        raise no_such_order()
    return order


def _file(content: bytes, kind: str, name: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": NO_STORE}
    return Response(content, media_type=kind, headers=headers)
