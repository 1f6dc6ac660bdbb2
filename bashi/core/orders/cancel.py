"""Cancel a pending order and release its seats."""

from contextlib import suppress
from dataclasses import replace

from bashi.core.errors import Conflict
from bashi.core.orders.rules import OrderStatus
from bashi.core.orders.sql import Order
from bashi.core.orders.subject import ORDER
from bashi.core.orders.view import OrderView, read_order_view
from bashi.core.payments.close import close
from bashi.core.payments.provider import PaymentsUnavailable
from bashi.core.ports import Ports


async def cancel(ports: Ports, order: Order, by: str | None) -> OrderView:
    """The order afterwards: canceled, or paid when the payment was faster, or still pending when
    Stripe could not be asked (then the sweep does it). Raises Conflict for a paid order."""
    if order.status is OrderStatus.CANCELED:
        return await read_order_view(ports, order.id)
    if order.status is not OrderStatus.PENDING:
        raise Conflict("order_closed", f"This order is {order.status}. Write to us about a refund.")
    ports = replace(ports, payments=ports.payments.soon())
    with suppress(PaymentsUnavailable):
        if not await close(ports, ORDER, order.id, canceled=True, by=by):
            await close(ports, ORDER, order.id, canceled=True, by=by)
    return await read_order_view(ports, order.id)
