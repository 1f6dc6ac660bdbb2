"""Validators of settings: each raises ValueError, and none repeats what may be a secret."""

import base64
import binascii
import ipaddress
import re
from collections.abc import Callable
from urllib.parse import urlsplit

from pydantic import SecretStr

SECRET_CHARS_MIN = 32
HOST_CHARS = 253
_LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"{_LABEL}(\.{_LABEL})*", re.IGNORECASE)
VALKEY_SCHEMES = ("redis", "rediss", "valkey", "valkeys", "unix")


def is_loopback(host: str) -> bool:
    address = ip_address(host)
    return host == "localhost" if address is None else address.is_loopback


def ip_address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """None for a name."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def listening_address(host: str) -> None:
    """Raises ValueError."""
    if host != "localhost":
        ipaddress.ip_address(host)


def key_bytes(text: str) -> bytes:
    """Raises ValueError."""
    try:
        raw = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error
    if len(raw) != 32:
        raise ValueError("not 32 bytes")
    return raw


def some_network(text: str) -> None:
    """Raises ValueError. With everybody trusted, callers could name any address as theirs."""
    if ipaddress.ip_network(text).prefixlen == 0:
        raise ValueError("everybody")


def some_valkey(url: str) -> None:
    """Raises ValueError."""
    parts = urlsplit(url)
    where = parts.path if parts.scheme == "unix" else parts.hostname
    if parts.scheme not in VALKEY_SCHEMES or not where or parts.port == 0:
        raise ValueError("no address of a Valkey")


def long_enough(name: str, secret: SecretStr) -> None:
    """Raises ValueError."""
    if len(secret.get_secret_value()) < SECRET_CHARS_MIN:
        raise ValueError(f"{name}: too short; set {SECRET_CHARS_MIN} random characters or more")


def some_postgres(name: str, url: SecretStr) -> None:
    """Raises ValueError for what is neither empty nor such an address."""
    text = url.get_secret_value()
    if text and not text.startswith(("postgresql://", "postgres://")):
        raise ValueError(f"{name}: set postgresql://user:password@host/name")


def check(sentence: str, make: Callable[..., object], *args: str) -> None:
    """Raises ValueError with the sentence where `make` cannot make anything of `args`."""
    try:
        make(*args)
    except (ValueError, KeyError, OSError) as error:
        raise ValueError(sentence) from error


def bucket_address(url: str) -> None:
    """Raises ValueError. In the clear on this machine only: else anybody could change pictures."""
    parts = urlsplit(url)
    plain = parts.scheme == "http" and is_loopback(parts.hostname or "")
    if not (parts.scheme == "https" or plain) or not parts.hostname or parts.port == 0:
        raise ValueError("no address of an S3 service")
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise ValueError("more than an address")


def host_name(text: str) -> None:
    """Raises ValueError for whatever is not a host's name alone (RFC 1123 §2.1)."""
    if not _HOST.fullmatch(text) or len(text) > HOST_CHARS:
        raise ValueError("no host name")


def bare_host(text: str) -> None:
    """Raises ValueError for what is neither a host's name nor an address."""
    if ip_address(text) is None:
        host_name(text)


def listed(value: object) -> object:
    """A comma-separated text as its parts; anything else as it is."""
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value
