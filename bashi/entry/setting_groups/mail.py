"""How email leaves."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Self

from pydantic import Field, SecretStr, model_validator

from bashi.entry.mail_address import mailbox
from bashi.entry.setting_checks import bare_host, check, is_loopback
from bashi.entry.setting_groups.group import Group, faults, refuse

TLS_PORT = 465


class Transport(StrEnum):
    SMTP = "smtp"
    RESEND = "resend"
    MAILBOX = "mailbox"


class SmtpSecurity(StrEnum):
    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


class Mail(Group):
    transport: Transport = Field(
        Transport.SMTP, alias="mail", description="`smtp`, `resend`, or `mailbox` (demo only)."
    )
    mail_from: str = Field(
        "", alias="mail_from", description="Sender of all emails: `Name <address>`."
    )
    smtp_host: str = Field("", alias="smtp_host", description="Mail server.")
    smtp_port: int = Field(587, alias="smtp_port", ge=1, le=65535, description="Its port.")
    smtp_user: str = Field("", alias="smtp_user", description="Its user, if it asks for one.")
    smtp_password: SecretStr = Field(
        SecretStr(""), alias="smtp_password", description="The user's password."
    )
    smtp_security: SmtpSecurity = Field(
        SmtpSecurity.STARTTLS,
        alias="smtp_security",
        description="`starttls`, `tls`, or `none` (with a password on loopback only).",
    )
    resend_api_key: SecretStr = Field(
        SecretStr(""), alias="resend_api_key", description="Key of resend.com."
    )
    resend_api_url: str = Field(
        "https://api.resend.com", alias="resend_api_url", description="Where Resend answers."
    )

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.mail_from:
            words = (
                "BASHI_MAIL_FROM: set one address, or a name with it: Tickets <tickets@example.org>"
            )
            check(words, mailbox, self.mail_from)
        if self.smtp_host:
            words = "BASHI_SMTP_HOST: set a host name alone; the port goes into BASHI_SMTP_PORT"
            check(words, bare_host, self.smtp_host)
        password = bool(self.smtp_password.get_secret_value())
        in_the_clear = self.smtp_security is SmtpSecurity.NONE and not is_loopback(self.smtp_host)
        late_tls = self.smtp_port == TLS_PORT and self.smtp_security is SmtpSecurity.STARTTLS
        refuse(
            (
                not (password and in_the_clear),
                "BASHI_SMTP_SECURITY: set starttls or tls; `none` would show the password",
            ),
            (not late_tls, "BASHI_SMTP_SECURITY: port 465 begins with TLS; set tls"),
            (
                self.smtp_user or not password,
                "BASHI_SMTP_USER: set the user whose BASHI_SMTP_PASSWORD is given",
            ),
        )
        return self

    def production_faults(self) -> Sequence[str]:
        smtp, resend = self.transport is Transport.SMTP, self.transport is Transport.RESEND
        return faults(
            (
                self.transport is not Transport.MAILBOX,
                "BASHI_MAIL: the mailbox page is for the demo; set smtp or resend",
            ),
            (self.mail_from, "BASHI_MAIL_FROM: set the sender of emails"),
            (not smtp or self.smtp_host, "BASHI_SMTP_HOST: set the mail server"),
            (self.resend_api_url.startswith("https://"), "BASHI_RESEND_API_URL: must be https"),
            (
                not resend or self.resend_api_key.get_secret_value(),
                "BASHI_RESEND_API_KEY: set the key of resend.com",
            ),
        )

    @property
    def sender(self) -> str:
        """As RFC 5322 writes it: a name with a comma or a dot is quoted."""
        return mailbox(self.mail_from) if self.mail_from else ""
