"""Ids by which a command, an email or a booking is done once, however often it is asked for.

The id is a primary key that the first statement of a batch inserts: the second time, the whole
batch is refused (ADR 0005). Where a caller makes the id, `content_hash` tells a repeated command
from another one that has its id.
"""

import hashlib
import json


def content_hash(*parts: object) -> str:
    """Of what a caller asked for, so that a repeated id with other content is told apart."""
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def free_settlement(order_id: str) -> str:
    """An order that costs nothing is settled by itself."""
    return f"free:{order_id}"


def asked_settlement(session_id: str) -> str:
    """A session that we asked Stripe about, and found paid."""
    return f"asked:{session_id}"


def swept_settlement(session_id: str) -> str:
    """A paid session that the sweep found before its webhook came."""
    return f"sweep:{session_id}"


def charge_booking(intent_id: str) -> str:
    return f"charge:{intent_id}"


def refund_booking(refund_id: str) -> str:
    return f"refund:{refund_id}"


def undone_refund_booking(refund_id: str) -> str:
    return f"refund:{refund_id}:undone"


def dispute_booking(change_id: str) -> str:
    """`change_id`: Stripe's balance transaction."""
    return f"dispute:{change_id}"


def tickets_email(key: str) -> str:
    """`key`: the order's id for the first email, one of its own for each that is asked for."""
    return f"tickets.{key}"


def refund_email(refund_id: str) -> str:
    return f"refund.{refund_id}"


def canceled_email(order_id: str) -> str:
    return f"canceled.{order_id}"


def moved_email(task_id: str, order_id: str) -> str:
    """One to each order for each change of a date or place."""
    return f"{task_id}.{order_id}"


def cancel_refund(order_id: str) -> str:
    """The refund that the cancellation of its event asks for."""
    return f"cancel.{order_id}"


def open_key(person_id: str, event_id: str) -> str:
    """UNIQUE while the order is pending: one open order per person and event."""
    return f"{person_id}:{event_id}"
