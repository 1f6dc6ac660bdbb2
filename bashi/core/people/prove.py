"""Check a password, and count the wrong ones: after a hundred in a row no more are taken.

Source: NIST SP 800-63B-4 §3.2.2. From then on a mailed link signs in, or a browser that signed in
before; both begin the count anew. A right password is answered like a wrong one then, so that a
guesser does not learn it.
"""

from dataclasses import dataclass

from bashi.core import limits
from bashi.core.batch import Row, Statement
from bashi.core.mail.kinds import EmailKind
from bashi.core.people import passwords, sql
from bashi.core.people.devices import Device
from bashi.core.people.rules import Person, fold_email
from bashi.core.ports import Ports


@dataclass(frozen=True, slots=True)
class Account:
    """An address as it was given, and what we have of it."""

    email: str
    device: Device | None
    person: Person | None
    password_hash: str | None
    wrong: int
    wrong_on_device: int | None
    """None: this browser has not signed in with this account."""

    @property
    def from_known_browser(self) -> bool:
        return self.wrong_on_device is not None

    @property
    def may_try(self) -> bool:
        """Each known browser has a count of its own, so that strangers do not use it up."""
        wrong = self.wrong if self.wrong_on_device is None else self.wrong_on_device
        return wrong < limits.WRONG_PASSWORDS


async def find_account(ports: Ports, email: str, device: Device | None) -> Account:
    """The same work, whether the address is known or not."""
    folded = fold_email(email)
    rows = await ports.database.fetch(
        sql.ACCOUNT(email=folded, device=device.hash if device else "")
    )
    if not rows:
        return Account(folded, device, None, None, 0, None)
    return _account(rows[0], device)


async def account_of_session(ports: Ports, session_id: str) -> Account | None:
    rows = await ports.database.fetch(sql.ACCOUNT_OF_SESSION(session=session_id))
    if not rows:
        return None
    known = rows[0]["device_hash"]
    return _account(rows[0], Device(known, None) if known else None)


async def proves(ports: Ports, account: Account, password: str) -> bool:
    """Whether the password is right and may be tried. A failure is counted."""
    right = await ports.hasher.verify(passwords.normal(password), account.password_hash)
    if right and account.password_hash is not None and account.may_try:
        return True
    await ports.database.batch(_count(ports, account))
    return False


def _count(ports: Ports, account: Account) -> list[Statement]:
    if account.from_known_browser and account.device and account.person:
        device, person = account.device.hash, account.person.id
        return [sql.COUNT_WRONG_ON_DEVICE(device=device, person=person)]
    return [
        sql.COUNT_WRONG_PASSWORD(email=account.email),
        sql.TELL_OF_GUESSING(
            id=ports.ids.uuid(),
            kind=EmailKind.PASSWORD_GUESSED.value,
            email=account.email,
            limit=limits.WRONG_PASSWORDS,
            now=ports.clock.now(),
        ),
    ]


def _account(row: Row, device: Device | None) -> Account:
    return Account(
        email=row["email"],
        device=device,
        person=sql.person(row),
        password_hash=row["password_hash"],
        wrong=row["wrong_passwords"],
        wrong_on_device=row["device_wrong"],
    )
