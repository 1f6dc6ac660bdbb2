"""The signed code in a ticket's QR: one decimal number, since QR packs digits best.

2     208 digits: 2 * 10^207 + the 688 bits of
      key id 16 | event tag 16 | serial 16 | ticket id 128 | Ed25519 signature 512
v1    v1.KID.EVENT.TICKET.SERIAL.SIGNATURE: ids are 16 bytes in base64url; read, no longer written
"""

import base64
import binascii
import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

DIGITS = 208
SERIAL_MAX = 2**16 - 1
_VERSION_1 = "v1"
_FIRST = 2 * 10 ** (DIGITS - 1)
_SIGNATURE_BYTES = 64
_HEADER_BYTES = 22
_BYTES = _HEADER_BYTES + _SIGNATURE_BYTES
_SIGNED_FOR = b"bashi ticket 2\n"
"""Before the header in what is signed, so that no other use of the key gives a ticket."""


@dataclass(frozen=True, slots=True)
class TicketCode:
    ticket_id: str
    event_tag: str
    """The last four hexadecimal digits of the event's id: enough to tell another event's ticket."""
    serial: int
    """Rises when the ticket is issued again, so that its old code dies."""


@dataclass(frozen=True, slots=True)
class SignedCode:
    """A code as it was read, before its signature is checked."""

    code: TicketCode
    key_id: str
    """As `key_ids` names a public key."""
    message: bytes
    signature: bytes


def event_tag(event_id: str) -> str:
    return event_id[-4:]


def key_ids(public: bytes) -> Collection[str]:
    """Names of an Ed25519 public key (32 bytes): in codes of version 2, then of version 1."""
    digest = hashlib.sha256(public).digest()
    return digest[:2].hex(), _b64(digest)[:6]


def header(code: TicketCode, public: bytes) -> bytes:
    """What a code says before its signature. Raises ValueError for a serial above SERIAL_MAX."""
    if not 0 <= code.serial <= SERIAL_MAX:
        raise ValueError(f"a ticket can be issued {SERIAL_MAX} times")
    short_key_id, _ = key_ids(public)
    return (
        bytes.fromhex(short_key_id + code.event_tag)
        + code.serial.to_bytes(2, "big")
        + UUID(code.ticket_id).bytes
    )


def message(header: bytes) -> bytes:
    """What is signed."""
    return _SIGNED_FOR + header


def write(header: bytes, signature: bytes) -> str:
    return str(_FIRST + int.from_bytes(header + signature, "big"))


def read(text: str) -> SignedCode | None:
    """None for what has not the form of a code. One signature has one spelling."""
    try:
        return _read_1(text) if text.startswith(f"{_VERSION_1}.") else _read_2(text)
    except ValueError:
        return None


def _read_2(text: str) -> SignedCode:
    if len(text) != DIGITS or not text.isascii() or not text.isdigit():
        raise ValueError("not the digits of a code")
    try:
        raw = (int(text) - _FIRST).to_bytes(_BYTES, "big")
    except OverflowError as error:
        raise ValueError("another version's number") from error
    head, signature = raw[:_HEADER_BYTES], raw[_HEADER_BYTES:]
    ticket_id = str(UUID(bytes=head[6:]))
    code = TicketCode(ticket_id, head[2:4].hex(), int.from_bytes(head[4:6], "big"))
    return SignedCode(code, head[:2].hex(), message(head), signature)


def _read_1(text: str) -> SignedCode:
    signed, _, signature = text.rpartition(".")
    _, key_id, event, ticket, serial = signed.split(".")
    if not text.isascii():
        raise ValueError("not the characters of a code")
    code = TicketCode(_uuid(ticket), event_tag(_uuid(event)), int(serial))
    return SignedCode(code, key_id, signed.encode(), _unb64(signature))


def _uuid(short: str) -> str:
    return str(UUID(bytes=_unb64(short)))


def _b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _unb64(text: str) -> bytes:
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError("not base64url") from error
    if _b64(raw) != text:
        raise ValueError("bytes have one spelling")
    return raw
