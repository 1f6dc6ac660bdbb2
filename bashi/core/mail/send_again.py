"""Queue again all emails that were given up, once what kept them from leaving is mended."""

from dataclasses import dataclass

from bashi.core.audit import audit
from bashi.core.batch import Query
from bashi.core.mail.given_up import sent_again
from bashi.core.ports import Ports

TAKE = 500  # rows of a statement: some milliseconds of the lane

QUEUE_AGAIN = Query(
    "UPDATE outbox SET status = 'queued', attempts = 0, due_at = :now, finished_at = NULL,"
    " failure = NULL WHERE id IN (SELECT id FROM outbox"
    " WHERE status IN ('given_up', 'refused') AND status IN :which[] AND finished_at IS NOT NULL"
    " ORDER BY finished_at LIMIT CAST(:take AS BIGINT))",
    leaves_work=True,
)


@dataclass(frozen=True, slots=True)
class SendAgain:
    include_refused: bool
    """Also those whose recipient's server said that there is no such mailbox."""
    by: str | None
    """The admin's id; None: the operator, at the machine."""


async def send_again(ports: Ports, command: SendAgain) -> int:
    """How many wait now. Each is written anew from what holds now; what is not true any more
    (a link that has ended) is dropped then. The Message-IDs stay."""
    which = ["given_up", "refused"] if command.include_refused else ["given_up"]
    queued = 0
    while True:
        now = ports.clock.now()
        queue = QUEUE_AGAIN(which=which, now=now, take=TAKE)
        trail = audit(
            entry_id=ports.ids.uuid(),
            at=now,
            person=command.by,
            action="email.send_again",
            subject="outbox",
            detail=", ".join(which),
        )
        done, *_ = await ports.database.batch([queue, sent_again(now), trail])
        queued += done.changed
        if done.changed < TAKE:
            return queued
