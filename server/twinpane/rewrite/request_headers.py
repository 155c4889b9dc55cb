"""Say which headers the site gets: what the browser sent, as if it had asked the site itself.

The rules are a table; what is not in it passes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from .address import Site
from .sites import FetchSite

Headers = list[tuple[str, str]]

# What we can unpack; dictionaries of earlier answers are of no use when those were rewritten.
_ENCODINGS: Final = frozenset({"gzip", "deflate", "br", "zstd", "identity", "*"})
_DROP: Final = "drop"
_DECODE: Final = "decode"
_REFER: Final = "refer"  # As `decode`, but not from https to http: to the browser both have our scheme.
_WHOLE_ONLY: Final = "whole only"  # Makes no sense for a body that we rewrite.
_VALIDATE: Final = "validate"
_UNPACK: Final = "unpack"
_REQUEST_RULES: Final = {
    # Rebuilt from what we know.
    "host": _DROP,
    "cookie": _DROP,
    "accept-encoding": _UNPACK,
    "available-dictionary": _DROP,
    "dictionary-id": _DROP,
    "sec-fetch-site": _DROP,
    # Of one connection, or telling of proxies (RFC 9110, 7.6).
    "connection": _DROP,
    "keep-alive": _DROP,
    "te": _DROP,
    "trailer": _DROP,
    "transfer-encoding": _DROP,
    "upgrade": _DROP,
    "expect": _DROP,
    "http2-settings": _DROP,
    "proxy-connection": _DROP,
    "proxy-authorization": _DROP,
    "proxy-authenticate": _DROP,
    "forwarded": _DROP,
    "via": _DROP,
    "x-real-ip": _DROP,
    # The WebSocket adapter makes its own.
    "sec-websocket-key": _DROP,
    "sec-websocket-version": _DROP,
    "sec-websocket-extensions": _DROP,
    "sec-websocket-protocol": _DROP,
    "sec-websocket-accept": _DROP,
    # Addresses of the proxy's domain mean sites; others are of the page that embeds us.
    "origin": _DECODE,
    "referer": _REFER,
    "range": _WHOLE_ONLY,
    "if-range": _WHOLE_ONLY,
    "if-modified-since": _WHOLE_ONLY,
    "if-unmodified-since": _WHOLE_ONLY,
    "if-match": _WHOLE_ONLY,
    "if-none-match": _VALIDATE,
}


@dataclass(frozen=True, slots=True)
class Asking:
    """What the proxy knows about a request beyond its headers.

    `cookie` is the jar's header. `rewritten` tells that the answer's body will be changed (documents, scripts, style
    sheets); `etag_mark` is what we append to the tags of such bodies.
    """

    site: Site
    cookie: str
    fetch_site: FetchSite
    rewritten: bool
    etag_mark: str


def headers_for_site(
    headers: Iterable[tuple[str, str]], asking: Asking, decode: Callable[[str], str | None]
) -> Headers:
    """Return the headers for the site, in the browser's order. `decode` gives the real address or None."""
    given = list(headers)
    trims = asking.fetch_site == "cross-site" and _trims_referrers({name.lower(): value for name, value in given})
    sent: Headers = [("Host", asking.site.authority)]
    named = {name.strip().lower() for key, value in given if key.lower() == "connection" for name in value.split(",")}
    has_fetch_site = False
    for name, value in given:
        lower = name.lower()
        has_fetch_site = has_fetch_site or lower == "sec-fetch-site"
        if lower in named or lower.startswith("x-forwarded-"):
            continue
        kept = _kept(_REQUEST_RULES.get(lower), value, asking, decode)
        if kept is not None and trims and lower == "referer":
            kept = "/".join([*kept.split("/")[:3], ""])
        if kept is not None:
            sent.append((name, kept))
    if has_fetch_site:
        sent.append(("Sec-Fetch-Site", asking.fetch_site))
    if asking.cookie:
        sent.append(("Cookie", asking.cookie))
    return sent


def _trims_referrers(headers: dict[str, str]) -> bool:
    """Tell whether the browser gives other sites no paths, whatever the policy; to it all ours are one site."""
    return "Firefox/" in headers.get("user-agent", "") and headers.get("sec-fetch-dest") != "document"


def _kept(rule: str | None, value: str, asking: Asking, decode: Callable[[str], str | None]) -> str | None:
    if rule is None:
        return value
    if rule == _DROP or (rule == _WHOLE_ONLY and asking.rewritten):
        return None
    if rule == _DECODE:
        return value if value == "null" else decode(value)
    if rule == _REFER:
        real = decode(value)
        return None if real and real.startswith("https:") and asking.site.scheme == "http" else real
    if rule == _VALIDATE and asking.rewritten:
        return _own_tags(value, asking.etag_mark)
    if rule == _UNPACK:
        return ", ".join(each.strip() for each in value.split(",") if _coding(each) in _ENCODINGS) or None
    return value


def _coding(choice: str) -> str:
    return choice.partition(";")[0].strip().lower()


def _own_tags(value: str, mark: str) -> str | None:
    """Give the site its own tags back: those that end in our mark; others are of an older rewriting."""
    end = f'{mark}"'
    tags = [tag.strip() for tag in value.split(",")]
    own = [f'{tag[: -len(end)]}"' for tag in tags if tag.endswith(end)]
    return ", ".join(own) or None
