"""Open a payment page for a held order."""

from bashi.core.errors import Conflict
from bashi.core.languages import prefix
from bashi.core.orders import sql
from bashi.core.orders.rules import OrderStatus
from bashi.core.orders.sql import Order
from bashi.core.orders.subject import ORDER
from bashi.core.orders.view import EVENT
from bashi.core.payments.open import Bill, Due, Ready, Waiting, begin, carry_on
from bashi.core.payments.parts import Part
from bashi.core.payments.provider import CheckoutLine
from bashi.core.ports import Ports


async def open_payment(ports: Ports, order: Order) -> Ready | Waiting:
    """The link, or when to ask again. Raises Conflict (`order_closed`, `too_many_attempts`,
    `payment_refused`)."""
    if order.status is not OrderStatus.PENDING:
        raise Conflict("order_closed", f"This order is {order.status}.", order_id=order.id)
    state = await carry_on(ports, ORDER, order.id)
    return await begin(ports, await _bill(ports, order), state) if isinstance(state, Due) else state


async def _bill(ports: Ports, order: Order) -> Bill:
    event = sql.brief((await ports.database.fetch(EVENT(id=order.event_id)))[0])
    lines = [sql.line(row) for row in await ports.database.fetch(sql.LINES(orders=[order.id]))]
    title = event.title.pick(order.locale)
    page = f"{ports.policy.site_url}{prefix(order.locale)}/order/?id={order.id}"
    return Bill(
        parts=[Part(ORDER, order.id, order.total_cents)],
        description=order.number,
        email=order.email,
        locale=order.locale,
        currency=order.currency,
        lines=[
            CheckoutLine(
                f"{title}: {line.name.pick(order.locale)}",
                line.unit_cents,
                line.quantity,
            )
            for line in lines
            if line.unit_cents
        ],
        success_url=page,
        cancel_url=f"{page}&canceled=1",
        waits_until=order.expires_at,
    )
