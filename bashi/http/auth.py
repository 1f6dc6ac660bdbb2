"""Routes for accounts: register, log in and out, verify email, reset password."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from pydantic import Field

from bashi.core.errors import Unauthenticated
from bashi.core.people import confirm_email as confirming
from bashi.core.people import forgot_password as forgetting
from bashi.core.people import login_link as linking
from bashi.core.people import refresh as refreshing
from bashi.core.people import register as registering
from bashi.core.people import sign_in as signing
from bashi.core.people.prove import find_account
from bashi.core.people.rules import fold_email
from bashi.core.people.sessions import SignedIn
from bashi.core.tokens import split_sealed
from bashi.http.deps import Maybe, limit_account, limit_address, ports_of
from bashi.http.json_body import JsonRoute
from bashi.http.people_schemas import AcceptedOut, AuthOut, Email, Locale, Name, Password
from bashi.http.problems import responses
from bashi.http.refresh_cookie import (
    KnownDevice,
    RefreshToken,
    from_our_site,
    signed_in,
    signed_out,
)
from bashi.http.responses import Json, Schema

router = APIRouter(
    route_class=JsonRoute,
    prefix="/auth",
    tags=["accounts"],
    dependencies=[Depends(from_our_site)],
    responses=responses(403),
)

LinkToken = Annotated[
    str, Field(max_length=200, description="What stands behind # in the email's link")
]


class RegisterIn(Schema):
    email: Email
    name: Name
    password: Password
    locale: Locale
    terms_version: str = Field(
        max_length=40,
        description="/site's version of the terms that the person has accepted",
        examples=["2026-11"],
    )


class LoginIn(Schema):
    email: Email
    password: Password


class VerifyEmailIn(Schema):
    token: LinkToken
    password: Password | None = Field(default=None, description="Outside the own session")
    new_password: Password | None = Field(
        default=None, description="Instead, for who never chose one; not for a changed address"
    )


class ForgotPasswordIn(Schema):
    email: Email


class LoginLinkIn(Schema):
    email: Email


class LoginByLinkIn(Schema):
    token: LinkToken


class ResetPasswordIn(Schema):
    token: LinkToken
    new_password: Password


@router.post("/register", status_code=201, response_model=AuthOut, responses=responses(409))
async def register(request: Request, body: RegisterIn, device: KnownDevice) -> Json:
    """A new account, signed in at once; an email asks to confirm the address."""
    await limit_address(request, "register")
    await limit_account(request, "register", fold_email(body.email))
    command = registering.Register(
        email=body.email,
        name=body.name,
        password=body.password,
        locale=body.locale,
        terms_version=body.terms_version,
        device=device,
    )
    return signed_in(request, await registering.register(ports_of(request), command), 201)


@router.post("/login", response_model=AuthOut, responses=responses(401))
async def log_in(request: Request, body: LoginIn, device: KnownDevice) -> Json:
    """The answer to a wrong password and to an unknown address is the same. After 100 wrong ones in
    a row only a browser that signed in before is let in, or a mailed link."""
    await limit_address(request, "login")
    account = await find_account(ports_of(request), body.email, device)
    # Nobody's guesses use up what a browser of the owner's may try.
    who = account.device.hash if account.device and account.from_known_browser else account.email
    await limit_account(request, "login", who)
    return signed_in(request, await signing.sign_in(ports_of(request), account, body.password))


@router.post("/refresh", response_model=AuthOut, responses=responses(401))
async def refresh_session(request: Request, token: RefreshToken) -> Json:
    """A new access token for the cookie's refresh token, which is replaced.

    A token that was replaced within the last 10 seconds still yields an access token.
    """
    await limit_address(request, "refresh")
    if token is None:
        raise Unauthenticated("session_ended", "Please sign in.")
    await limit_account(request, "refresh", token)
    return signed_in(request, await refreshing.refresh(ports_of(request), token))


@router.post("/logout", status_code=204, response_class=Response)
async def log_out(request: Request, caller: Maybe, token: RefreshToken) -> Response:
    """Ends the session of the access token, of the cookie, or of both; none is no error."""
    await limit_address(request, "logout")
    session_id = caller.session_id if caller else None
    await signing.sign_out(ports_of(request), session_id, token)
    return signed_out(request)


@router.post("/verify-email", response_model=AuthOut, responses=responses(401, 409, 410))
async def verify_email(
    request: Request, body: VerifyEmailIn, caller: Maybe, device: KnownDevice
) -> Json:
    """Confirms the address of an email's link. In the account's own session the link is enough;
    elsewhere it takes the account's password, or a new one, which ends its other sessions."""
    await limit_address(request, "verify-email")
    await limit_account(request, "verify-email", split_sealed(body.token)[0])
    command = confirming.ConfirmEmail(
        token=body.token,
        caller=SignedIn(caller.person, caller.session_id) if caller else None,
        device=device,
        password=body.password,
        new_password=body.new_password,
    )
    return signed_in(request, await confirming.confirm_email(ports_of(request), command))


@router.post("/forgot-password", status_code=202, response_model=AcceptedOut)
async def request_password_reset(request: Request, body: ForgotPasswordIn) -> Json:
    """Sends a link to choose a new password. The answer never tells whether there is an account."""
    await limit_address(request, "forgot-password")
    await limit_account(request, "forgot-password", fold_email(body.email))
    await forgetting.forgot_password(ports_of(request), body.email)
    return Json(AcceptedOut(), 202)


@router.post("/reset-password", response_model=AuthOut, responses=responses(410))
async def reset_password(request: Request, body: ResetPasswordIn, device: KnownDevice) -> Json:
    """A new password by the link of an email. All other sessions end."""
    await limit_address(request, "reset-password")
    await limit_account(request, "reset-password", split_sealed(body.token)[0])
    granted = await forgetting.reset_password(
        ports_of(request), body.token, body.new_password, device
    )
    return signed_in(request, granted)


@router.post("/login-link", status_code=202, response_model=AcceptedOut)
async def send_login_link(request: Request, body: LoginLinkIn) -> Json:
    """Sends a link that signs in, for 15 minutes and once; to an address that is not confirmed yet,
    the link that confirms it. The answer never tells whether there is an account."""
    await limit_address(request, "login-link")
    await limit_account(request, "login-link", fold_email(body.email))
    await linking.send_login_link(ports_of(request), body.email)
    return Json(AcceptedOut(), 202)


@router.post("/login-by-link", response_model=AuthOut, responses=responses(410))
async def log_in_by_link(request: Request, body: LoginByLinkIn, device: KnownDevice) -> Json:
    """Signs in by the link of an email, and uses it up. A page asks for it by a button, since mail
    scanners open every link."""
    await limit_address(request, "login-by-link")
    await limit_account(request, "login-by-link", split_sealed(body.token)[0])
    granted = await linking.login_by_link(ports_of(request), body.token, device)
    return signed_in(request, granted)
