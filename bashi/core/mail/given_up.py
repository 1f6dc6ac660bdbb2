"""Emails that the mail service did not take for a day and a half: one alarm for all of them."""

from bashi.core.alarms import alarm_id, end_alarm, raise_alarm
from bashi.core.batch import Query, Statement
from bashi.core.ports import Ports

KIND = "email.given_up"
_SUBJECT = "outbox"

COUNT = Query("SELECT count FROM alarm WHERE id = :id")


def given_up(failure: str, now: int) -> Statement:
    """For the batch that gives one up. `failure` is the mail service's last answer."""
    words = f"the mail service does not take emails: {failure}. Mend it, then send them again"
    return raise_alarm(KIND, _SUBJECT, words, now)


def sent_again(now: int) -> Statement:
    return end_alarm(KIND, _SUBJECT, now)


async def count_given_up(ports: Ports) -> int:
    """How many ever were: it only rises."""
    rows = await ports.database.fetch(COUNT(id=alarm_id(KIND, _SUBJECT)))
    return int(rows[0]["count"]) if rows else 0
