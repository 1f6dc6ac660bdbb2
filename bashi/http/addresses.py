"""Whose request it is: the network address behind the proxies that we trust."""

import ipaddress
from functools import lru_cache

REMEMBERED = 10_000
FORWARDED_CHARS = 400
"""Read from the right; who sends more is taken for the proxy that passed it on."""

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@lru_cache(REMEMBERED)
def client_address(peer: str, forwarded: str, trusted: tuple[Network, ...]) -> str:
    """The last address that a proxy we trust did not write itself (OWASP: never the first).

    `forwarded` is X-Forwarded-For, at most FORWARDED_CHARS of it.
    """
    address = _plain(peer)
    hops = forwarded.split(",") if forwarded else []
    while hops and _inside(address, trusted):
        hop = hops.pop().strip()
        if not _is_address(hop):
            break
        address = _plain(hop)
    return address


def _plain(address: str) -> str:
    """A socket for both families calls 198.51.100.7 ::ffff:198.51.100.7; every rule means one."""
    if ":" not in address or not _is_address(address):
        return address
    mapped = ipaddress.IPv6Address(address).ipv4_mapped
    return str(mapped) if mapped else address


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _inside(address: str, networks: tuple[Network, ...]) -> bool:
    if not _is_address(address):
        return False
    parsed = ipaddress.ip_address(address)
    return any(parsed in network for network in networks)
