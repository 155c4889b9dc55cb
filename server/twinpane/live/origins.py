"""Which origins may connect (W8)."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit


def visitor_origin_allowed(origin: str | None, allowed_domains: Iterable[str]) -> bool:
    """Whether a page of this origin may connect. No domains mean any; `*.shop.example` means all hosts below it.

    A domain with a port allows that port only.
    """
    domains = list(allowed_domains)
    if not domains:
        return True
    host, netloc = _host_of(origin)
    return host != "" and any(_matches(host, netloc, domain.lower()) for domain in domains)


def own_origin(origin: str | None, own: Iterable[str]) -> bool:
    """Whether an origin is one of the server's own (scheme, host and port)."""
    return origin is not None and origin.lower() in {each.lower().rstrip("/") for each in own}


def _matches(host: str, netloc: str, domain: str) -> bool:
    if ":" in domain:
        return netloc == domain
    return host.endswith(domain[1:]) if domain.startswith("*.") else host == domain


def _host_of(origin: str | None) -> tuple[str, str]:
    try:
        parts = urlsplit(origin or "")
        return parts.hostname or "", parts.netloc.lower()
    except ValueError:
        return "", ""
