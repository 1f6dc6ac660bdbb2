"""Kinds of outbox entries: emails, and steps of long commands."""

from enum import StrEnum


class EmailKind(StrEnum):
    WELCOME = "welcome"  # subject: mailed_link.id
    VERIFY_EMAIL = "verify_email"  # subject: mailed_link.id
    RESET_PASSWORD = "reset_password"  # noqa: S105  subject: mailed_link.id
    PASSWORD_CHANGED = "password_changed"  # noqa: S105  subject: person.id
    LOGIN_LINK = "login_link"  # subject: mailed_link.id
    PASSWORD_GUESSED = "password_guessed"  # noqa: S105  subject: person.id
    EMAIL_CHANGED = "email_changed"  # subject: person.id; detail: the new address
    TICKETS = "tickets"  # subject: orders.id
    ORDER_REFUNDED = "order_refunded"  # subject: refund.id
    PAYMENT_RETURNED = "payment_returned"  # subject: refund.id
    EVENT_CANCELED = "event_canceled"  # subject: orders.id
    EVENT_MOVED = "event_moved"  # subject: orders.id; detail: date and place before, as JSON
    TASK_CANCEL_EVENT = "task.cancel_event"  # subject: event.id
    TASK_MOVE_EVENT = "task.move_event"  # subject: event.id; detail: JSON, see move_event


TASKS = [kind.value for kind in EmailKind if kind.startswith("task.")]
EMAILS = [kind.value for kind in EmailKind if kind not in TASKS]
KINDS = EMAILS + TASKS
"""All that this version can do; a newer one may have queued others."""
