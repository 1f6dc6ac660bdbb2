"""Mailed links: a row that is used once, and a keyed tag that is never stored."""

from dataclasses import dataclass
from enum import StrEnum

from bashi.core import limits, tokens
from bashi.core.batch import Statement
from bashi.core.errors import Gone
from bashi.core.languages import prefix
from bashi.core.mail.kinds import EmailKind
from bashi.core.mail.sql import queue
from bashi.core.people import sql
from bashi.core.people.rules import Person
from bashi.core.ports import Ports

HOUR = 3_600_000


class Purpose(StrEnum):
    VERIFY = "verify"
    RESET = "reset"
    LOGIN = "login"


LIFETIME_SECONDS = {
    Purpose.VERIFY: limits.VERIFY_LINK_SECONDS,
    Purpose.RESET: limits.RESET_LINK_SECONDS,
    Purpose.LOGIN: limits.LOGIN_LINK_SECONDS,
}

PURPOSES = {EmailKind.RESET_PASSWORD: Purpose.RESET, EmailKind.LOGIN_LINK: Purpose.LOGIN}


@dataclass(frozen=True, slots=True)
class Link:
    id: str
    email: str
    """Where the email went, which is what its reader has proved to own."""
    person: Person
    password_hash: str
    """Empty: none was chosen so far."""
    used_at: int | None
    expires_at: int

    @property
    def changes_email(self) -> bool:
        return self.email != self.person.email

    def usable(self, now: int) -> bool:
        return self.used_at is None and self.expires_at > now


def send_link(
    ports: Ports,
    kind: EmailKind,
    person: Person | None,
    email: str,
    now: int,
    *,
    must: bool = False,
) -> list[Statement]:
    """A link and its email. For nobody, or beyond the address's emails an hour, the same work is
    done and no email leaves; with `must` the batch is refused instead ("emails_per_hour")."""
    purpose = PURPOSES.get(kind, Purpose.VERIFY)
    link_id = ports.ids.uuid()
    guard = (1, "emails_per_hour") if must else ()
    return [
        sql.ADD_LINK(
            *guard,
            id=link_id,
            person=person.id if person else "",
            purpose=purpose.value,
            email=email,
            now=now,
            since=now - HOUR,
            expires=now + LIFETIME_SECONDS[purpose] * 1000,
            max_verified=limits.EMAILS_PER_HOUR_VERIFIED,
            max_unverified=limits.EMAILS_PER_HOUR_UNVERIFIED,
        ),
        queue(
            email_id=ports.ids.uuid(),
            kind=kind,
            subject=link_id,
            now=now,
            recipient=email if person else "",
            locale=person.locale if person else ports.policy.locales[0],
        ),
    ]


def page_address(ports: Ports, person: Person, page: str, secret: str) -> str:
    """With the secret in its fragment, which browsers send to nobody."""
    return f"{ports.policy.site_url}{prefix(person.locale)}/{page}/#{secret}"


async def token(ports: Ports, link_id: str, purpose: Purpose) -> str:
    return f"{link_id}.{await ports.signer.seal(tokens.LINK, f'{link_id}|{purpose}')}"


async def read_link(ports: Ports, given: str, purpose: Purpose) -> Link:
    """The link, used or not. Raises Gone for one that we did not make for this purpose."""
    link_id, tag = tokens.split_sealed(given)
    if link_id and await ports.signer.unseal(tokens.LINK, f"{link_id}|{purpose}", tag):
        found = await find_link(ports, link_id, purpose)
        if found:
            return found
    raise expired()


async def find_link(ports: Ports, link_id: str, purpose: Purpose) -> Link | None:
    rows = await ports.database.fetch(sql.LINK(id=link_id, purpose=purpose.value))
    if not rows:
        return None
    row = rows[0]
    return Link(
        row["link_id"],
        row["link_email"],
        sql.person(row),
        row["password_hash"] or "",
        row["used_at"],
        row["expires_at"],
    )


def expired() -> Gone:
    return Gone("link_expired", "This link has expired or was used already. Ask for a new one.")
