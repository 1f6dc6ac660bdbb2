"""The outbox: emails and long commands, each done at least once, retried with backoff.

Rows of a kind that only a newer version knows stay queued for it, untouched.
"""

from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from bashi.core import limits
from bashi.core.backoff import Backoff
from bashi.core.batch import Indefinite, Query, Refused, Row, Unavailable
from bashi.core.columns import read
from bashi.core.mail.emails import Email
from bashi.core.mail.given_up import given_up
from bashi.core.mail.kinds import EMAILS, TASKS, EmailKind
from bashi.core.orders import emails as order_emails
from bashi.core.orders import move_event
from bashi.core.people import emails as people_emails
from bashi.core.ports import MailDelayed, MailRefused, Ports
from bashi.core.refunds import cancel_event

EMAIL_PAUSES = Backoff(first_ms=10_000, most_ms=6 * 3_600_000)
DRAWN_MS = 3_000
TASK_PAUSES = Backoff(first_ms=10_000, most_ms=5 * 60_000)

PEOPLE = frozenset(
    (
        EmailKind.WELCOME,
        EmailKind.VERIFY_EMAIL,
        EmailKind.RESET_PASSWORD,
        EmailKind.PASSWORD_CHANGED,
        EmailKind.EMAIL_CHANGED,
        EmailKind.LOGIN_LINK,
        EmailKind.PASSWORD_GUESSED,
    )
)

DUE = Query(
    "SELECT id, kind, recipient, locale, subject_id, detail, attempts, due_at FROM outbox"
    " WHERE status = 'queued' AND due_at >= 0 AND due_at <= :now AND kind IN :known[]"
    " ORDER BY due_at LIMIT :take"
)
LEASE = Query(
    "UPDATE outbox SET due_at = :until, attempts = attempts + 1, scheduled_at = :now, leased = 1"
    " WHERE id = :id AND due_at = :seen AND status = 'queued'"
)
FINISH = Query(
    "UPDATE outbox SET status = :status, finished_at = :now, failure = :failure"
    " WHERE id = :id AND status = 'queued'"
)
DELAY = Query(
    "UPDATE outbox SET due_at = :due, failure = :failure, scheduled_at = :now, leased = 0"
    " WHERE id = :id AND status = 'queued'"
)
RENEW = Query(
    "UPDATE outbox SET due_at = :until, scheduled_at = :now"
    " WHERE id = :id AND due_at = :seen AND status = 'queued'"
)
GIVE_BACK = Query(
    "UPDATE outbox SET due_at = :now, scheduled_at = :now, leased = 0"
    " WHERE status = 'queued' AND due_at >= 0 AND due_at > :now AND leased = 1"
)
ADVANCE = Query(
    "UPDATE outbox SET due_at = :now, detail = :detail, attempts = 0, scheduled_at = :now,"
    " leased = 0"
    " WHERE id = :id AND status = 'queued'"
)


@dataclass(frozen=True, slots=True)
class Entry:
    id: str
    kind: EmailKind
    recipient: str
    locale: str
    subject_id: str
    detail: str
    attempts: int
    due_at: int


async def deliver_due(ports: Ports) -> int:
    """How many emails were taken. Several workers may call this at once."""
    due = emails_due(ports)
    while (entry := await due.next()) is not None:
        await deliver(ports, entry)
    return due.taken


def emails_due(ports: Ports, take: int = limits.OUTBOX_TAKE) -> "Due":
    return Due(ports, EMAILS, take)


async def deliver(ports: Ports, entry: Entry) -> None:
    """One email of `emails_due`. Raises Indefinite and Unavailable."""
    await _do(ports, entry, _send)


async def carry_on_due(ports: Ports) -> int:
    """The same for commands: apart, since a mail server that hangs must not keep a canceled
    event's money."""
    due = Due(ports, TASKS, limits.OUTBOX_TAKE)
    while (entry := await due.next()) is not None:
        await _do(ports, entry, _work)
    return due.taken


async def give_back(ports: Ports) -> None:
    """What was being done when the last process ended is due again. For whoever knows to be the
    only one: another's work would be done twice."""
    await ports.database.batch([GIVE_BACK(now=ports.clock.now())])


class Due:
    """What is due, at most `take` of it, each leased to whoever asks; one may ask at a time."""

    def __init__(self, ports: Ports, kinds: Sequence[str], take: int) -> None:
        self.ports = ports
        self.taken = 0
        self._kinds = kinds
        self._take = take
        self._found: deque[Row] = deque()

    async def next(self) -> Entry | None:
        while self.taken < self._take and await self._some():
            entry = await self._leased(read(Entry, self._found.popleft()))
            if entry is not None:
                self.taken += 1
                return entry
        return None

    async def _some(self) -> bool:
        if not self._found:
            take = min(self._take - self.taken, limits.OUTBOX_TAKE)
            due = DUE(now=self.ports.clock.now(), known=self._kinds, take=take)
            self._found.extend(await self.ports.database.fetch(due))
        return bool(self._found)

    async def _leased(self, entry: Entry) -> Entry | None:
        """None where another process was faster."""
        now = self.ports.clock.now()
        until = now + limits.OUTBOX_LEASE_SECONDS * 1000
        lease = LEASE(1, "outbox_is_due", until=until, now=now, id=entry.id, seen=entry.due_at)
        try:
            await self.ports.database.batch([lease])
        except Refused:
            return None
        return replace(entry, due_at=until)


async def _do(ports: Ports, entry: Entry, how: Callable[[Ports, Entry], Awaitable[None]]) -> None:
    try:
        await how(ports, entry)
    except (Indefinite, Unavailable):
        raise
    except Exception as error:  # noqa: BLE001 - one bad email must not hold up the others
        await _delay(ports, entry, f"{type(error).__name__}: {error}")


async def _send(ports: Ports, entry: Entry) -> None:
    email = await _build(ports, entry)
    if email is None:
        await _finish(ports, entry, "dropped")
        return
    host = ports.policy.site_url.partition("//")[2].partition(":")[0]
    try:
        began = ports.clock.now()
        rendered = await ports.renderer.email(email, entry.locale)
        if ports.clock.now() - began > DRAWN_MS and not await _renew(ports, entry):
            return
        await ports.mailer.send(rendered, to=entry.recipient, message_id=f"<{entry.id}@{host}>")
    except MailDelayed as delayed:
        await _delay(ports, entry, str(delayed))
    except MailRefused as refused:
        await _finish(ports, entry, "refused", str(refused))
    else:
        await _finish(ports, entry, "sent")


async def _renew(ports: Ports, entry: Entry) -> bool:
    """The lease, after a long time of drawing. False where another has taken the email since."""
    now = ports.clock.now()
    until = now + limits.OUTBOX_LEASE_SECONDS * 1000
    renew = RENEW(1, "outbox_is_ours", until=until, now=now, id=entry.id, seen=entry.due_at)
    try:
        await ports.database.batch([renew])
    except Refused:
        return False
    return True


async def _build(ports: Ports, entry: Entry) -> Email | None:
    build = people_emails.build if entry.kind in PEOPLE else order_emails.build
    return await build(ports, entry.kind, entry.subject_id, entry.detail)


async def _work(ports: Ports, entry: Entry) -> None:
    """One step of a long command. Its place is kept in the row, so it goes on after a crash."""
    try:
        place = await _step(ports, entry)
    except cancel_event.Later as later:
        await _delay(ports, entry, str(later))
        return
    if place is None:
        await _finish(ports, entry, "done")
        return
    await ports.database.batch([ADVANCE(now=ports.clock.now(), detail=place, id=entry.id)])


async def _step(ports: Ports, entry: Entry) -> str | None:
    """Where to go on, or None after the last step. Raises Later."""
    if entry.kind is EmailKind.TASK_CANCEL_EVENT:
        return entry.detail if await cancel_event.step(ports, entry.subject_id) else None
    return await move_event.step(ports, entry.id, entry.subject_id, entry.detail)


async def _delay(ports: Ports, entry: Entry, failure: str) -> None:
    """Emails are given up after EMAIL_TRIES (about a day and a half); commands never are."""
    if entry.attempts + 1 >= limits.EMAIL_TRIES and entry.kind not in TASKS:
        await _finish(ports, entry, "given_up", failure)
        return
    pauses = TASK_PAUSES if entry.kind in TASKS else EMAIL_PAUSES
    now = ports.clock.now()
    due = now + pauses.wait_ms(entry.attempts)
    await ports.database.batch([DELAY(due=due, now=now, failure=failure, id=entry.id)])


async def _finish(ports: Ports, entry: Entry, status: str, failure: str | None = None) -> None:
    now = ports.clock.now()
    done = FINISH(1, "outbox_is_queued", status=status, now=now, failure=failure, id=entry.id)
    alarm = [given_up(failure or "", now)] if status == "given_up" else []
    with suppress(Refused):  # another worker, whose lease came after ours, has finished it
        await ports.database.batch([done, *alarm])
