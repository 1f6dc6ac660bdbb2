"""Every setting; docs/settings.md lists them. They are read once: load.py, at the edge compose."""

from enum import StrEnum
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator

from bashi.core.money import IN_THOUSANDTHS
from bashi.entry.setting_checks import (
    bucket_address,
    check,
    is_loopback,
    key_bytes,
    long_enough,
    some_network,
    some_postgres,
    some_valkey,
)

SAFE_PASSWORD_WORK = 600_000


class Mode(StrEnum):
    PRODUCTION = "production"
    DEMO = "demo"


class ProcessRole(StrEnum):
    """What one process does; see `bashi serve --role`."""

    ALL = "all"
    WEB = "web"
    WORKER = "worker"


class Mail(StrEnum):
    SMTP = "smtp"
    RESEND = "resend"
    MAILBOX = "mailbox"


class SmtpSecurity(StrEnum):
    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


class AccessLog(StrEnum):
    ALL = "all"
    PROBLEMS = "problems"


Names = tuple[str, ...]


class Settings(BaseModel):
    model_config = ConfigDict(extra="forbid")

    mode: Mode = Field(Mode.PRODUCTION, description="`production`, or `demo` on loopback only.")
    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8000, ge=1, le=65535, description="Port to listen on.")
    data_dir: Path = Field(Path("data"), description="Folder of SQLite's file and pictures.")
    database_url: SecretStr = Field(
        SecretStr(""), description="postgresql://user:password@host/name; none: SQLite."
    )
    database_pool: int = Field(
        10,
        ge=1,
        le=1000,
        description="Connections a process has for long reads; two more do the rest.",
    )
    database_replica_url: SecretStr = Field(
        SecretStr(""),
        description="A read replica, asked for what may be a little old while it answers.",
    )
    s3_bucket: str = Field(
        "",
        description="Bucket for the pictures and nothing else; none: they lie in the data folder.",
    )
    s3_endpoint_url: str = Field(
        "", description="Where its S3 API answers, `https://`; none: that of AWS in the region."
    )
    s3_region: str = Field("us-east-1", description="Region of the bucket; `auto` for R2.")
    s3_access_key_id: SecretStr = Field(
        SecretStr(""),
        description="Key that may read, write and delete there; none: the machine's own.",
    )
    s3_secret_access_key: SecretStr = Field(SecretStr(""), description="The key's secret.")
    public_url: str = Field(
        "http://localhost:8000", description="Where people reach the site, without a path."
    )
    valkey_url: SecretStr = Field(
        SecretStr(""),
        description="Valkey of all processes, `redis://` or `rediss://`; none: one process alone.",
    )
    drain_seconds: float = Field(
        0.5, ge=0, le=60, description="From `not ready` to the end, for the balancer to notice."
    )
    api_host: str = Field("", description="Host name that serves the API at its root, if any.")
    trusted_proxies: Names = Field(
        (), description="Networks (CIDR, comma-separated) whose X-Forwarded-For is believed."
    )
    organisation: str = Field("OKLAHOMABASHI", description="Name on pages, emails and tickets.")
    support_email: str = Field(
        "hello@example.org", description="Where people write when something went wrong."
    )
    time_zone: str = Field("America/Chicago", description="Time zone of new events.")
    currency: str = Field("USD", pattern="^[A-Z]{3}$", description="Currency of new events.")
    terms_version: str = Field(
        "2026-11", description="Version of the terms that people consent to."
    )
    secret: SecretStr = Field(
        SecretStr(""), description="Signs sign-ins and mailed links; 32 characters or more."
    )
    secret_previous: SecretStr = Field(
        SecretStr(""), description="The secret before, accepted while it is being rotated."
    )
    ticket_key: SecretStr = Field(
        SecretStr(""), description="Ed25519 private key of tickets, 32 bytes in base64."
    )
    ticket_keys_accepted: Names = Field(
        (), description="Public keys (base64) of tickets signed before, comma-separated."
    )
    stripe_api_key: SecretStr = Field(SecretStr(""), description="Stripe's secret key.")
    stripe_webhook_secrets: SecretStr = Field(
        SecretStr(""), description="Signing secrets of the webhook, comma-separated."
    )
    stripe_api_url: str = Field("https://api.stripe.com", description="Where Stripe answers.")
    stripe_sessions_per_second: int = Field(
        0, ge=0, le=1000, description="Payment pages opened a second; 0: 20 test, 80 live."
    )
    mail: Mail = Field(Mail.SMTP, description="`smtp`, `resend`, or `mailbox` (demo only).")
    mail_from: str = Field("", description="Sender of all emails.")
    smtp_host: str = Field("", description="Mail server.")
    smtp_port: int = Field(587, ge=1, le=65535, description="Its port.")
    smtp_user: str = Field("", description="Its user, if it asks for one.")
    smtp_password: SecretStr = Field(SecretStr(""), description="The user's password.")
    smtp_security: SmtpSecurity = Field(
        SmtpSecurity.STARTTLS,
        description="`starttls`, `tls`, or `none` (with a password on loopback only).",
    )
    resend_api_key: SecretStr = Field(SecretStr(""), description="Key of resend.com.")
    resend_api_url: str = Field("https://api.resend.com", description="Where Resend answers.")
    metrics_token: SecretStr = Field(
        SecretStr(""), description="Bearer token of /metrics; without it only loopback may read."
    )
    password_min_user: int = Field(8, ge=8, le=128, description="Least characters for everyone.")
    password_min_staff: int = Field(
        15, ge=8, le=128, description="Least characters for volunteers and admins."
    )
    password_work: str = Field(
        "6x100000", pattern=r"^\d+x\d+$", description="PBKDF2 calls x iterations per call."
    )
    password_threads: int = Field(2, ge=1, le=64, description="Passwords hashed at a time.")
    hold_seats_per_person: int = Field(
        40, ge=1, description="Seats one person may hold unpaid, over all events."
    )
    hold_seats_per_address: int = Field(
        120, ge=1, description="Seats one network address may hold unpaid."
    )
    access_log: AccessLog = Field(
        AccessLog.PROBLEMS, description="`all` requests, or only slow and failed ones."
    )

    @field_validator("trusted_proxies", "ticket_keys_accepted", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        for network in self.trusted_proxies:
            words = f"BASHI_TRUSTED_PROXIES: {network} is no network, or everybody"
            check(words, some_network, network)
        check("BASHI_TICKET_KEYS_ACCEPTED: 32 bytes each, in base64", self.accepted_ticket_keys)
        check(f"BASHI_TIME_ZONE: {self.time_zone} is unknown", ZoneInfo, self.time_zone)
        if self.currency in IN_THOUSANDTHS:
            words = "counts in thousandths, and prices here in hundredths; set another one"
            raise ValueError(f"BASHI_CURRENCY: {self.currency} {words}")
        some_postgres("BASHI_DATABASE_URL", self.database_url)
        some_postgres("BASHI_DATABASE_REPLICA_URL", self.database_replica_url)
        if self.valkey_url.get_secret_value():
            words = "BASHI_VALKEY_URL: set redis://, rediss:// or unix:// and where it is"
            check(words, some_valkey, self.valkey_url.get_secret_value())
        if self.secret.get_secret_value():
            long_enough("BASHI_SECRET", self.secret)
            check("BASHI_TICKET_KEY must be 32 bytes in base64", self.ticket_key_bytes)
        if self.secret_previous.get_secret_value():
            long_enough("BASHI_SECRET_PREVIOUS", self.secret_previous)
        self._check_bucket()
        problems = self._demo_problems() if self.mode is Mode.DEMO else self._production_problems()
        if self._password_in_the_clear():
            words = "set starttls or tls: `none` would show the password to the network"
            problems.append(f"BASHI_SMTP_SECURITY: {words}")
        if problems:
            raise ValueError("; ".join(problems))
        return self

    def _check_bucket(self) -> None:
        given = [bool(secret.get_secret_value()) for secret in self._bucket_key()]
        if given.count(True) == 1:
            words = "set both BASHI_S3_ACCESS_KEY_ID and BASHI_S3_SECRET_ACCESS_KEY, or neither"
            raise ValueError(words)
        if not self.s3_bucket and (self.s3_endpoint_url or any(given)):
            raise ValueError("BASHI_S3_BUCKET: set the bucket that the other BASHI_S3_… are about")
        if self.s3_endpoint_url:
            words = "BASHI_S3_ENDPOINT_URL: set https:// and where it is; http:// on loopback only"
            check(words, bucket_address, self.s3_endpoint_url)

    def _bucket_key(self) -> tuple[SecretStr, SecretStr]:
        return self.s3_access_key_id, self.s3_secret_access_key

    def _demo_problems(self) -> list[str]:
        if self.host not in ("127.0.0.1", "::1", "localhost"):
            return ["BASHI_HOST: the demo listens on loopback only; set 127.0.0.1"]
        if not self.is_local:
            return ["BASHI_PUBLIC_URL: the demo lives at http://localhost only"]
        return []

    def _production_problems(self) -> list[str]:
        url = urlsplit(self.public_url)
        calls, iterations = (int(part) for part in self.password_work.split("x"))
        wanted = [
            (self.secret.get_secret_value(), "BASHI_SECRET: set 32 random characters or more"),
            (self.ticket_key.get_secret_value(), "BASHI_TICKET_KEY: set one (`bashi keys`)"),
            (self.public_url.rstrip("/") == f"https://{url.netloc}" and "@" not in url.netloc,
             "BASHI_PUBLIC_URL: set the site's https:// address, without a path"),
            (self.stripe_api_key.get_secret_value(), "BASHI_STRIPE_API_KEY: set Stripe's key"),
            (self.webhook_secrets(),
             "BASHI_STRIPE_WEBHOOK_SECRETS: set the webhook's signing secret"),
            (self.stripe_api_url.startswith("https://"), "BASHI_STRIPE_API_URL: must be https"),
            (self.mail is not Mail.MAILBOX,
             "BASHI_MAIL: the mailbox page is for the demo; set smtp or resend"),
            (self.mail_from, "BASHI_MAIL_FROM: set the sender of emails"),
            (self.mail is not Mail.SMTP or self.smtp_host, "BASHI_SMTP_HOST: set the mail server"),
            (self.resend_api_url.startswith("https://"), "BASHI_RESEND_API_URL: must be https"),
            (self.mail is not Mail.RESEND or self.resend_api_key.get_secret_value(),
             "BASHI_RESEND_API_KEY: set the key of resend.com"),
            (calls * iterations >= SAFE_PASSWORD_WORK and iterations <= 100_000,
             "BASHI_PASSWORD_WORK: at least 600,000 in all, at most 100,000 a call (6x100000)"),
        ]  # fmt: skip
        return [sentence for ok, sentence in wanted if not ok]

    def _password_in_the_clear(self) -> bool:
        return (
            self.smtp_security is SmtpSecurity.NONE
            and bool(self.smtp_password.get_secret_value())
            and not is_loopback(self.smtp_host)
        )

    @property
    def is_local(self) -> bool:
        url = urlsplit(self.public_url)
        return url.scheme == "http" and url.hostname in ("localhost", "127.0.0.1")

    @property
    def database_path(self) -> Path:
        return self.data_dir / "bashi.sqlite"

    @property
    def media_folder(self) -> Path:
        return self.data_dir / "media"

    def secrets(self) -> list[str]:
        """The first one signs."""
        found = (self.secret.get_secret_value(), self.secret_previous.get_secret_value())
        return [secret for secret in found if secret]

    def webhook_secrets(self) -> list[str]:
        """Never an empty one, with which everybody could sign."""
        parts = self.stripe_webhook_secrets.get_secret_value().split(",")
        return [part.strip() for part in parts if part.strip()]

    def ticket_key_bytes(self) -> bytes:
        return key_bytes(self.ticket_key.get_secret_value())

    def accepted_ticket_keys(self) -> list[bytes]:
        return [key_bytes(text) for text in self.ticket_keys_accepted]
