"""Tell which origins belong to one site, and what `Sec-Fetch-Site` says of a request (HTML, schemeful same site).

All proxied origins are one site to the browser, so what real browsers derive from sites is computed here.
"""

from __future__ import annotations

import ipaddress
from functools import lru_cache
from typing import Final, Literal

from publicsuffixlist import PublicSuffixList

from .address import Site

FetchSite = Literal["none", "same-origin", "same-site", "cross-site"]
_SUFFIXES: Final = PublicSuffixList()


def is_public_suffix(host: str) -> bool:
    """Tell whether anybody may register names below `host`: `com`, `co.uk`, `github.io`."""
    return "." not in host or bool(_SUFFIXES.is_public(host))


@lru_cache(maxsize=4096)
def registrable_domain(host: str) -> str:
    """Return the part of a host that somebody registered; an IP address or a bare suffix is its own."""
    if is_ip_address(host):
        return host
    return _SUFFIXES.privatesuffix(host.rstrip(".")) or host


def is_ip_address(host: str) -> bool:
    """Tell an IP address (IPv6 in brackets) from a name."""
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def is_same_site(one: Site, other: Site) -> bool:
    """Tell whether two origins are one site: same scheme and registrable domain, whatever the port."""
    return one.scheme == other.scheme and registrable_domain(one.host) == registrable_domain(other.host)


def site_key(site: Site) -> str:
    """Return scheme and registrable domain: what partitioned cookies are kept under."""
    return f"{site.scheme}://{registrable_domain(site.host)}"


def fetch_site(initiator: Site | None, target: Site) -> FetchSite:
    """Return `Sec-Fetch-Site` for a request; without a proxied initiator it came from the visitor: `none`."""
    if initiator is None:
        return "none"
    if initiator == target:
        return "same-origin"
    return "same-site" if is_same_site(initiator, target) else "cross-site"
