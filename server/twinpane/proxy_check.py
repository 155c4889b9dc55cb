"""See whether a proxy domain can work, before a visitor finds out."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from twinpane.rewrite.address import ProxyBase
from twinpane.rewrite.sites import is_public_suffix, registrable_domain

_PROBE: Final = "twinpane-check"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    is_fine: bool
    words: str


def check_proxy(base: ProxyBase, public_url: str | None) -> list[Finding]:
    """Look at the domain's suffix and cookie, its distance from our own pages, its scheme and its wildcard name."""
    return [_suffix(base), _distance(base, public_url), _scheme(base), _wildcard(base)]


def _suffix(base: ProxyBase) -> Finding:
    if is_public_suffix(base.host):
        words = f"{base.host} is a public suffix: browsers refuse the cookie that all proxied sites must share."
        return Finding(False, words)
    return Finding(True, f"Browsers take a cookie for all of {base.host}.")


def _distance(base: ProxyBase, public_url: str | None) -> Finding:
    ours = urlsplit(public_url or "").hostname
    if ours is not None and not _is_local(ours) and registrable_domain(ours) == registrable_domain(base.host):
        words = f"{base.host} and our own {ours} are one site: give the proxy a registrable domain of its own."
        return Finding(False, words)
    return Finding(True, "Proxied sites share no site with our own pages.")


def _scheme(base: ProxyBase) -> Finding:
    if base.scheme == "http" and not _is_local(base.host):
        return Finding(False, "Plain http works on localhost only: set public_url to https://… and serve a wildcard.")
    return Finding(True, f"Proxied sites are served by {base.scheme}.")


def _wildcard(base: ProxyBase) -> Finding:
    if _is_local(base.host):
        return Finding(True, f"Browsers know *.{base.host} by themselves (Safari from macOS 26).")
    name = f"{_PROBE}.{base.host}"
    try:
        socket.getaddrinfo(name, base.port)
    except OSError:
        return Finding(False, f"{name} has no address: DNS needs a record for *.{base.host}.")
    return Finding(True, f"DNS knows *.{base.host}.")


def _is_local(host: str) -> bool:
    return host == "localhost" or host.endswith(".localhost")
