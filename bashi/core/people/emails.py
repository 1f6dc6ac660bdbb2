"""Facts of emails about accounts, read when they are sent."""

from bashi.core.mail.emails import (
    Email,
    EmailChanged,
    LoginLink,
    PasswordChanged,
    PasswordGuessed,
    ResetPassword,
    VerifyEmail,
    Welcome,
)
from bashi.core.mail.kinds import EmailKind
from bashi.core.people import sql
from bashi.core.people.links import Purpose, find_link, page_address, token
from bashi.core.ports import Ports


async def build(ports: Ports, kind: EmailKind, subject_id: str, detail: str) -> Email | None:
    """None when there is nothing to say any more: the link was used, has expired or never came to
    be, or the account is gone. `detail` of EMAIL_CHANGED is the new address."""
    if kind is EmailKind.RESET_PASSWORD:
        return await _reset(ports, subject_id)
    if kind is EmailKind.LOGIN_LINK:
        return await _login(ports, subject_id)
    if kind in (EmailKind.WELCOME, EmailKind.VERIFY_EMAIL):
        return await _verify(ports, kind, subject_id)
    rows = await ports.database.fetch(sql.PERSON_BY_ID(id=subject_id))
    if not rows:
        return None
    name = rows[0]["name"]
    if kind is EmailKind.PASSWORD_GUESSED:
        return PasswordGuessed(name)
    return (
        PasswordChanged(name) if kind is EmailKind.PASSWORD_CHANGED else EmailChanged(name, detail)
    )


async def _reset(ports: Ports, link_id: str) -> Email | None:
    found = await _link(ports, link_id, Purpose.RESET, "reset")
    return ResetPassword(*found) if found else None


async def _login(ports: Ports, link_id: str) -> Email | None:
    found = await _link(ports, link_id, Purpose.LOGIN, "login-link")
    return LoginLink(*found) if found else None


async def _verify(ports: Ports, kind: EmailKind, link_id: str) -> Email | None:
    found = await _link(ports, link_id, Purpose.VERIFY, "verify")
    if found is None:
        return None
    return Welcome(*found) if kind is EmailKind.WELCOME else VerifyEmail(*found)


async def _link(ports: Ports, link_id: str, purpose: Purpose, page: str) -> tuple[str, str] | None:
    """The person's name, and the page's address with the token."""
    link = await find_link(ports, link_id, purpose)
    if link is None or not link.usable(ports.clock.now()):
        return None
    secret = await token(ports, link_id, purpose)
    return link.person.name, page_address(ports, link.person, page, secret)
