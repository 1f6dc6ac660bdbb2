"""Ticket codes as a forger would make them from real ones."""

from bashi.core.ticket_code import DIGITS

_FIRST = 2 * 10 ** (DIGITS - 1)
_SIGNATURE_BITS = 512


def mixed(said: str, signed: str) -> str:
    """What the link `said` says, with the signature of the link `signed`."""
    one, other = (int(link.rpartition("#")[2]) - _FIRST for link in (said, signed))
    signature = other % 2**_SIGNATURE_BITS
    return str(_FIRST + (one >> _SIGNATURE_BITS << _SIGNATURE_BITS) + signature)
