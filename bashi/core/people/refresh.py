"""Exchange a refresh token, used once and rotated, for a new access token."""

from enum import Enum, auto

from bashi.core import limits
from bashi.core.audit import audit
from bashi.core.batch import Refused, Row
from bashi.core.errors import Unauthenticated
from bashi.core.people import sql
from bashi.core.people.sessions import Granted, grant, session_end
from bashi.core.ports import Ports
from bashi.core.tokens import digest


class _Verdict(Enum):
    ENDED = auto()
    ROTATE = auto()
    GRACE = auto()
    REUSED = auto()


async def refresh(ports: Ports, refresh_token: str) -> Granted:
    """Within the grace an old token yields an access token and no more (two tabs at once). Later
    its reuse ends the session, since one of two holders is a thief. Raises Unauthenticated.
    """
    now = ports.clock.now()
    row = await _read(ports, refresh_token)
    verdict = _judge(row, now)
    if verdict is _Verdict.ROTATE:
        rotated = await _rotate(ports, row, refresh_token, now)
        if rotated:
            return rotated
        row = await _read(ports, refresh_token)
        verdict = _judge(row, now)
    if verdict is _Verdict.GRACE:
        return await grant(ports, sql.person(row), row["session_id"], None, now)
    if verdict is _Verdict.REUSED:
        await _end(ports, row, now)
    raise _ended()


async def _read(ports: Ports, refresh_token: str) -> Row:
    rows = await ports.database.fetch(sql.REFRESH_TOKEN(hash=digest(refresh_token)))
    if not rows:
        raise _ended()
    return rows[0]


def _judge(row: Row, now: int) -> _Verdict:
    if row["ended_at"] is not None or row["expires_at"] <= now or row["disabled_at"] is not None:
        return _Verdict.ENDED
    if row["used_at"] is None:
        return _Verdict.ROTATE
    if abs(now - row["used_at"]) <= limits.REFRESH_GRACE_SECONDS * 1000:
        return _Verdict.GRACE
    return _Verdict.REUSED


async def _rotate(ports: Ports, row: Row, used: str, now: int) -> Granted | None:
    """None when another request used the token, or ended the session, meanwhile."""
    session_id, following = row["session_id"], ports.ids.secret()
    try:
        await ports.database.batch(
            [
                sql.USE_REFRESH_TOKEN(1, "refresh_token_unused", hash=digest(used), now=now),
                sql.EXTEND_SESSION(1, "session_open", id=session_id, expires=session_end(now)),
                sql.ADD_REFRESH_TOKEN(hash=digest(following), session=session_id, now=now),
            ]
        )
    except Refused:
        return None
    return await grant(ports, sql.person(row), session_id, following, now)


async def _end(ports: Ports, row: Row, now: int) -> None:
    await ports.database.batch(
        [
            sql.END_SESSION(id=row["session_id"], now=now),
            audit(
                entry_id=ports.ids.uuid(),
                at=now,
                person=row["id"],
                action="session.reuse",
                subject=row["session_id"],
            ),
        ]
    )


def _ended() -> Unauthenticated:
    return Unauthenticated("session_ended", "Your session has ended. Please sign in again.")
