"""Which addresses may be fetched (P5)."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from typing import Final

from yarl import URL

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")
_USUAL_PORTS: Final = (80, 443)
_FIRST_USER_PORT: Final = 1024


class Guard:
    """Tells public addresses from others. `allow` lists hosts and networks that are otherwise forbidden."""

    def __init__(self, allow: Iterable[str] = ()) -> None:
        """Take host names, IP addresses and networks in CIDR notation."""
        self._hosts: set[str] = set()
        self._networks: list[ipaddress.IPv4Network | ipaddress.IPv6Network] = []
        for entry in allow:
            try:
                self._networks.append(ipaddress.ip_network(entry, strict=False))
            except ValueError:
                self._hosts.add(entry.lower().rstrip("."))

    def allows_host(self, host: str) -> bool:
        """Whether the operator named this host, so that its addresses are not looked at."""
        return host.lower().rstrip(".") in self._hosts

    def allows_address(self, address: str) -> bool:
        """Whether this IP address may be connected to."""
        try:
            ip = ipaddress.ip_address(address.partition("%")[0])
        except ValueError:
            return False
        if any(ip in network for network in self._networks):
            return True
        return all(each.is_global and not each.is_multicast for each in _with_embedded(ip))

    def refusal_of(self, url: URL) -> str | None:
        """Say why an address must not even be tried, or None."""
        if url.scheme not in ("http", "https") or not url.host:
            return "Only http and https addresses are fetched."
        if url.user is not None or url.password is not None:
            return "An address with a name or password in it is not fetched."
        port = url.port or 0
        usual = port in _USUAL_PORTS or port >= _FIRST_USER_PORT
        return None if usual or self.allows_host(url.host) else f"Port {port} is not fetched from."


def _with_embedded(ip: IPAddress) -> list[IPAddress]:
    """An address, and the IPv4 address that some IPv6 addresses carry and are routed to (RFC 4291, 3056, 6052)."""
    found: list[IPAddress] = [ip]
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return [ip.ipv4_mapped]
        if ip.sixtofour is not None:
            found.append(ip.sixtofour)
        if ip.teredo is not None:
            found.extend(ip.teredo)
        if ip in _NAT64:
            found.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
    return found
