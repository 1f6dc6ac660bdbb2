"""Statements about the outbox table."""

from bashi.core.batch import Query, Statement
from bashi.core.mail.kinds import EmailKind

_INSERT = Query(
    "INSERT INTO outbox (id, kind, recipient, locale, subject_id, detail, status, attempts,"
    " due_at, created_at, scheduled_at) VALUES (:id, :kind, :recipient, :locale, :subject, :detail,"
    " 'queued', 0, :now, :now, :now)",
    leaves_work=True,
)


def queue(
    *,
    email_id: str,
    kind: EmailKind,
    subject: str,
    now: int,
    recipient: str = "",
    locale: str = "",
    detail: str = "",
) -> Statement:
    """One email or task, due at once. `email_id` is its Message-ID and idempotency key."""
    return _INSERT(
        id=email_id,
        kind=kind.value,
        recipient=recipient,
        locale=locale,
        subject=subject,
        detail=detail,
        now=now,
    )
