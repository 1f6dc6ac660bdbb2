"""Email a link that verifies an address: a new one, or the present one again."""

from bashi.core.batch import Refused, Statement
from bashi.core.errors import Fault, InvalidFields, TooMany
from bashi.core.mail.kinds import EmailKind
from bashi.core.people import sql
from bashi.core.people.change_password import proved_account
from bashi.core.people.links import HOUR, send_link
from bashi.core.people.rules import Person, fold_email
from bashi.core.ports import Ports


async def change_email(ports: Ports, session_id: str, new_email: str, password: str) -> None:
    """The account keeps its address until the email's link is opened. An address that another
    account has gets no email, and the answer does not say so. Raises InvalidFields, TooMany."""
    account = await proved_account(ports, session_id, password, "password")
    person, folded = account.person, fold_email(new_email)
    assert person is not None
    if folded == person.email:
        words = "This is your address already."
        raise InvalidFields({"new_email": Fault("same_email", words)})
    taken = await ports.database.fetch(sql.PERSON_BY_EMAIL(email=folded))
    if not taken:
        await _send(ports, person, folded)


async def send_verification(ports: Ports, person: Person) -> None:
    """The verify email again; none for an address that is verified. Raises TooMany."""
    if not person.verified:
        await _send(ports, person, person.email)


async def _send(ports: Ports, person: Person, email: str) -> None:
    now = ports.clock.now()
    message: list[Statement] = send_link(
        ports, EmailKind.VERIFY_EMAIL, person, email, now, must=True
    )
    try:
        await ports.database.batch(message)
    except Refused as refused:
        raise TooMany(
            "emails_per_hour",
            "We have sent several emails to this address. Look into its spam folder,"
            " or try again in an hour.",
            HOUR // 1000,
        ) from refused
