"""The audit trail: who changed what, one row in the same batch as the change."""

from bashi.core.batch import Query, Statement

_INSERT = Query(
    "INSERT INTO audit (id, at, person_id, action, subject_id, detail)"
    " VALUES (:id, :at, :person, :action, :subject, :detail)"
)


def audit(
    *, entry_id: str, at: int, person: str | None, action: str, subject: str, detail: str = ""
) -> Statement:
    """`action` is noun.verb ("event.publish"); `detail` is short text without secrets."""
    return _INSERT(id=entry_id, at=at, person=person, action=action, subject=subject, detail=detail)
