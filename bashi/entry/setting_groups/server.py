"""Where the server listens, where people reach it, and who stands in front of it."""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator

from bashi.entry.setting_checks import check, host_name, listed, listening_address, some_network
from bashi.entry.setting_groups.group import Group, faults, refuse

Names = tuple[str, ...]


class AccessLog(StrEnum):
    ALL = "all"
    PROBLEMS = "problems"


class Server(Group):
    host: str = Field("127.0.0.1", alias="host", description="Address to listen on.")
    port: int = Field(8000, alias="port", ge=1, le=65535, description="Port to listen on.")
    data_dir: Path = Field(
        Path("data"), alias="data_dir", description="Folder of SQLite's file and pictures."
    )
    public_url: str = Field(
        "http://localhost:8000",
        alias="public_url",
        description="Where people reach the site, without a path.",
    )
    api_host: str = Field(
        "", alias="api_host", description="Host name that serves the API at its root, if any."
    )
    trusted_proxies: Names = Field(
        (),
        alias="trusted_proxies",
        description="Networks (CIDR, comma-separated) whose X-Forwarded-For is believed.",
    )
    drain_seconds: float = Field(
        0.5,
        alias="drain_seconds",
        ge=0,
        le=60,
        description="From `not ready` to the end, for the balancer to notice.",
    )
    access_log: AccessLog = Field(
        AccessLog.PROBLEMS,
        alias="access_log",
        description="`all` requests, or only slow and failed ones.",
    )
    metrics_token: SecretStr = Field(
        SecretStr(""),
        alias="metrics_token",
        description="Bearer token of /metrics; without it only the port below gives them.",
    )
    metrics_port: int = Field(
        0,
        alias="metrics_port",
        ge=0,
        le=65535,
        description="A port on loopback for /metrics without a token; 0: none.",
    )

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return listed(value)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        check("BASHI_HOST: set an IP address, or localhost", listening_address, self.host)
        if self.metrics_port == self.port:
            raise ValueError("BASHI_METRICS_PORT: set another port than that of BASHI_PORT")
        for network in self.trusted_proxies:
            words = f"BASHI_TRUSTED_PROXIES: {network} is no network, or everybody"
            check(words, some_network, network)
        if self.api_host:
            words = "BASHI_API_HOST: set a host name alone, such as api.example.org"
            check(words, host_name, self.api_host)
            words = "BASHI_API_HOST: the site's own host would show the API; set another one"
            refuse((self.api_host.lower() != (urlsplit(self.public_url).hostname or ""), words))
        return self

    def production_faults(self) -> Sequence[str]:
        url = urlsplit(self.public_url)
        bare = self.public_url.rstrip("/") == f"https://{url.netloc}" and "@" not in url.netloc
        return faults((bare, "BASHI_PUBLIC_URL: set the site's https:// address, without a path"))

    def demo_faults(self) -> Sequence[str]:
        on_loopback = self.host in ("127.0.0.1", "::1", "localhost")
        if not on_loopback:
            return ["BASHI_HOST: the demo listens on loopback only; set 127.0.0.1"]
        return faults((self.is_local, "BASHI_PUBLIC_URL: the demo lives at http://localhost only"))

    @property
    def site_url(self) -> str:
        return self.public_url.rstrip("/")

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
