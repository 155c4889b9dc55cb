"""Which addresses may be fetched (P5)."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable
from typing import Final

from yarl import URL

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")
_USUAL_PORTS: Final = (80, 443)
_FIRST_USER_PORT: Final = 1024
# Ports above 1023 that browsers do not fetch from either (Fetch, "bad port").
_BAD_PORTS: Final = frozenset(
    {1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6679, 6697, 10080, *range(6665, 6670)}
)


class Guard:
    """Tells public addresses from others. `allow` lists hosts and networks that are otherwise forbidden."""

    def __init__(self, allow: Iterable[str] = (), own_hosts: Iterable[str] = (), own_port: int | None = None) -> None:
        """Take host names, IP addresses and networks in CIDR notation.

        `own_hosts` (with all below them) and `own_port` of this machine are never fetched, whatever is allowed.
        """
        self._own_hosts = frozenset(host.lower().rstrip(".") for host in own_hosts)
        self._own_port = own_port
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

    def is_own_host(self, host: str) -> bool:
        """Whether this is a host of ours, or below one."""
        name = host.lower().rstrip(".")
        return any(name == own or name.endswith(f".{own}") for own in self._own_hosts)

    def is_own_address(self, address: str, port: int) -> bool:
        """Whether this is the port that this server listens at."""
        return port == self._own_port and _is_of_this_machine(address)

    def allows_address(self, address: str) -> bool:
        """Whether this IP address may be connected to."""
        try:
            ip = ipaddress.ip_address(address.partition("%")[0])
        except ValueError:
            return False
        if any(ip in network for network in self._networks):
            return True
        return all(_is_public(each) for each in _with_embedded(ip))

    def refusal_of(self, url: URL) -> str | None:
        """Say why an address must not even be tried, or None."""
        if url.scheme not in ("http", "https", "ws", "wss") or not url.host:
            return "Only http and https addresses are fetched."
        if self.is_own_host(url.host):
            return "This server does not fetch from itself."
        if url.user is not None or url.password is not None:
            return "An address with a name or password in it is not fetched."
        port = url.port or 0
        usual = self.allows_port(port) or self.allows_host(url.host)
        return None if usual else f"Port {port} is not fetched from."

    def refusal_of_literal(self, host: str) -> str | None:
        """Say why a host that is an IP address, in any spelling that systems take, is not fetched."""
        if self.allows_host(host):
            return None
        if host == "localhost" or host.endswith((".localhost", ".internal")):
            return "The address is not public."
        try:
            address = host if ":" in host else socket.inet_ntoa(socket.inet_aton(host))
        except OSError:
            return None
        return None if self.allows_address(address) else "The address is not public."

    def allows_port(self, port: int) -> bool:
        """Whether a port may be connected to at hosts that the operator did not name."""
        return port in _USUAL_PORTS or (port >= _FIRST_USER_PORT and port not in _BAD_PORTS)


def _is_public(ip: IPAddress) -> bool:
    """Whether an address belongs to the public internet. Of what is reserved only NAT64's block leads anywhere."""
    return ip.is_global and not ip.is_multicast and (not ip.is_reserved or ip in _NAT64)


def _is_of_this_machine(address: str) -> bool:
    """Only an address of this machine can be bound to."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.bind((address, 0))
        except OSError:
            return False
    return True


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
