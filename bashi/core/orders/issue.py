"""The statements that turn a held order into a paid one with tickets: the same for money and free."""

from collections.abc import Sequence

from bashi.core import limits
from bashi.core.batch import Statement
from bashi.core.mail.kinds import Kind as Letter
from bashi.core.mail.sql import queue
from bashi.core.orders import sql
from bashi.core.orders.rules import Status
from bashi.core.ports import Ids

Seats = Sequence[tuple[str, int, Sequence[str]]]
"""(ticket type id, price in cents, attendees) of each line."""


def settle_statements(
    ids: Ids,
    *,
    order_id: str,
    event_id: str,
    claim: str,
    was: Status,
    seats: Seats,
    email: str,
    locale: str,
    now: int,
) -> list[Statement]:
    """Paid (guarded), seats sold, tickets, and their letter. `was` pending sells held seats; `was`
    expired takes free ones again, which the capacity may refuse."""
    sell = sql.SELL_HELD if was is Status.PENDING else sql.SELL_FREE
    batch = [
        sql.SETTLE_ORDER(1, "order_to_settle", claim=claim, now=now, id=order_id, was=was.value)
    ]
    batch += [sell(quantity=len(people), type=kind) for kind, _, people in sorted(seats)]
    position = 0
    for kind, price_cents, people in seats:
        for attendee in people:
            position += 1
            batch.append(
                sql.INSERT_TICKET(
                    id=ids.uuid(),
                    seat=f"{order_id}:{position}",
                    order=order_id,
                    event=event_id,
                    type=kind,
                    position=position,
                    attendee=attendee,
                    price=price_cents,
                    code=ids.code(limits.TYPED_CODE_CHARS),
                    now=now,
                )
            )
    batch.append(
        queue(
            letter_id=f"tickets.{order_id}",
            kind=Letter.TICKETS,
            recipient=email,
            locale=locale,
            subject=order_id,
            now=now,
        )
    )
    return batch
