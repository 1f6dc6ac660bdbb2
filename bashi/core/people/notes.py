"""Notification email and audit entry for account changes."""

from bashi.core.audit import NONE_TOLD, Changes, audit
from bashi.core.batch import Statement
from bashi.core.mail.kinds import EmailKind
from bashi.core.mail.sql import queue
from bashi.core.people.rules import Person
from bashi.core.ports import Ports


def tell(
    ports: Ports, kind: EmailKind, person: Person, now: int, detail: str = ""
) -> list[Statement]:
    """An email to the address on record, but none to an address that nobody has proved to own."""
    if not person.verified:
        return []
    return [
        queue(
            email_id=ports.ids.uuid(),
            kind=kind,
            subject=person.id,
            now=now,
            recipient=person.email,
            locale=person.locale,
            detail=detail,
        )
    ]


def trail(
    ports: Ports,
    action: str,
    person: Person,
    now: int,
    *,
    by: str | None,
    detail: str = "",
    changes: Changes = NONE_TOLD,
) -> Statement:
    """`by` is the id of whoever did it; None: the operator, at the machine."""
    return audit(
        entry_id=ports.ids.uuid(),
        at=now,
        person=by,
        action=action,
        subject=person.id,
        detail=detail,
        changes=changes,
    )
