"""Routes for one's own account."""

from fastapi import APIRouter, Depends, Request
from pydantic import Field

from bashi.core import limits
from bashi.core.people import change_email as changing_email
from bashi.core.people import change_password as changing_password
from bashi.core.people.profile import set_profile
from bashi.http.deps import Signed, limit, limit_account, ports_of
from bashi.http.json_body import JsonRoute
from bashi.http.people_schemas import AcceptedOut, AuthOut, Email, Locale, Name, Password, PersonOut
from bashi.http.problems import responses
from bashi.http.refresh_cookie import from_our_site, signed_in
from bashi.http.responses import Json, Schema

router = APIRouter(prefix="/me", tags=["accounts"], responses=responses(401), route_class=JsonRoute)


class ProfileIn(Schema):
    name: Name | None = Field(default=None, description="Left out: stays")
    locale: Locale | None = Field(default=None, description="Left out: stays")


class PasswordIn(Schema):
    current_password: Password
    new_password: Password


class EmailIn(Schema):
    new_email: Email
    password: Password


@router.get("", response_model=PersonOut)
async def get_me(caller: Signed) -> Json:
    """Who is signed in."""
    return Json(PersonOut.of(caller.person))


@router.patch("", response_model=PersonOut)
async def update_me(request: Request, caller: Signed, body: ProfileIn) -> Json:
    """Changes name or language."""
    await limit(request, "profile", caller.person.id, limits.COMMANDS_PER_PERSON)
    person = await set_profile(ports_of(request), caller.person, body.name, body.locale)
    return Json(PersonOut.of(person))


@router.post(
    "/password",
    response_model=AuthOut,
    dependencies=[Depends(from_our_site)],
    responses=responses(403),
)
async def replace_password(request: Request, caller: Signed, body: PasswordIn) -> Json:
    """A new password. All other sessions end; this browser gets a new one."""
    await limit_account(request, "password", caller.person.id)
    command = changing_password.ChangePassword(
        caller.session_id, body.current_password, body.new_password
    )
    granted = await changing_password.change_password(ports_of(request), command)
    return signed_in(request, granted)


@router.post("/email", status_code=202, response_model=AcceptedOut)
async def replace_email(request: Request, caller: Signed, body: EmailIn) -> Json:
    """Sends a link to the new address; the account has it once that link was opened."""
    await limit_account(request, "password", caller.person.id)
    await changing_email.change_email(
        ports_of(request), caller.session_id, body.new_email, body.password
    )
    return Json(AcceptedOut(), 202)


@router.post("/verify-email", status_code=202, response_model=AcceptedOut)
async def resend_verification(request: Request, caller: Signed) -> Json:
    """Sends the link that confirms the address again."""
    await limit_account(request, "verify-email", caller.person.id)
    await changing_email.send_verification(ports_of(request), caller.person)
    return Json(AcceptedOut(), 202)
