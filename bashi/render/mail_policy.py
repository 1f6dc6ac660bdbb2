"""How an email's headers go on the wire: SMTP lines, other scripts as encoded words (RFC 2047).

Python before 3.13 loses spaces when it folds encoded words (python/cpython#92081), so headers
beyond ASCII are folded by its older `Header`, which keeps every space inside a word.
"""

from email.header import Header
from email.headerregistry import BaseHeader, HeaderRegistry
from email.policy import EmailPolicy
from functools import cache, lru_cache
from typing import Any

_LIBRARY = HeaderRegistry()
_OF_PARTS = ("Content-Type", "Content-Transfer-Encoding", "Content-Disposition")


class _Wire(EmailPolicy):
    def fold(self, name: str, value: Any) -> str:
        return _encoded(name, value) or super().fold(name, value)

    def fold_binary(self, name: str, value: Any) -> bytes:
        encoded = _encoded(name, value)
        return encoded.encode("ascii") if encoded else super().fold_binary(name, value)


class _Headers(HeaderRegistry):
    """The library's own makes a class anew for each header, and parses the few content types of
    all emails again and again: a quarter of a message's time."""

    def __getitem__(self, name: str) -> type[BaseHeader]:
        return _class_of(name.lower())

    def __call__(self, name: str, value: Any) -> BaseHeader:
        return _of_a_part(name, value) if name in _OF_PARTS else super().__call__(name, value)


@cache
def _class_of(name: str) -> type[BaseHeader]:
    return _LIBRARY[name]


@lru_cache(64)
def _of_a_part(name: str, value: str) -> BaseHeader:
    return _class_of(name.lower())(name, value)


WIRE = _Wire(linesep="\r\n", header_factory=_Headers())
"""ASCII headers, lines that end in CR LF."""


def _encoded(name: str, value: BaseHeader | str) -> str | None:
    """The header's lines, or None for one that Python folds well."""
    if str(value).isascii():
        return None
    if hasattr(value, "addresses"):
        return f"{name}: {', '.join(_mailbox(each, name) for each in value.addresses)}\r\n"
    if name.lower() == "subject":
        return f"{name}: {_words(str(value), name)}\r\n"
    return None


def _mailbox(address: Any, name: str) -> str:
    """A line of its own for the address: the words before it fill theirs."""
    if address.display_name.isascii():
        return str(address)
    return f"{_words(address.display_name, name)}\r\n <{address.addr_spec}>"


def _words(text: str, name: str) -> str:
    return Header(text, "utf-8", header_name=name).encode(linesep="\r\n")
