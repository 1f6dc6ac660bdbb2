"""Client IP address behind trusted proxies."""

import ipaddress
from functools import lru_cache

REMEMBERED = 10_000
FORWARDED_CHARS = 400
"""Read from the right; who sends more is taken for the proxy that passed it on."""

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@lru_cache(REMEMBERED)
def client_address(peer: str, forwarded: str, trusted: tuple[Network, ...]) -> str:
    """The last address that a proxy we trust did not write itself (OWASP: never the first).

    `forwarded` is X-Forwarded-For, at most FORWARDED_CHARS of it.
    """
    address = _parse(peer)
    if address is None:
        return peer
    hops = forwarded.split(",") if forwarded else []
    while hops and any(address in network for network in trusted):
        hop = _parse(hops.pop().strip())
        if hop is None:
            break
        address = hop
    return str(address)


def network_of(address: str) -> str:
    """What one guesser has: an IPv4 address, or a whole /64 of IPv6."""
    if ":" not in address:
        return address
    return str(ipaddress.ip_network(f"{address.partition('%')[0]}/64", strict=False))


def _parse(text: str) -> Address | None:
    """A socket for both families calls 198.51.100.7 ::ffff:198.51.100.7; every rule means one."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address
