"""Say which headers of a site's answer the browser gets. The rules are a table; what is not in it passes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from .address import ProxyBase
from .refresh import rewrite_refresh
from .request_headers import Headers

_DROP: Final = "drop"
_URL: Final = "url"
_REFRESH: Final = "refresh"
_LINK: Final = "link"
_ORIGINS: Final = "origins"
_QUOTED_ORIGINS: Final = "quoted origins"
_BODY: Final = "body"  # Describes bytes that rewriting changes.
_TAG: Final = "tag"
_CLEAR: Final = "clear"
_CACHE: Final = "cache"
_RESPONSE_RULES: Final = {
    "location": _URL,
    "content-location": _URL,
    "sourcemap": _URL,
    "x-sourcemap": _URL,
    "refresh": _REFRESH,
    "link": _LINK,
    "access-control-allow-origin": _ORIGINS,
    "timing-allow-origin": _ORIGINS,
    "permissions-policy": _QUOTED_ORIGINS,
    "permissions-policy-report-only": _QUOTED_ORIGINS,
    "cache-control": _CACHE,
    "clear-site-data": _CLEAR,
    "etag": _TAG,
    "content-length": _BODY,
    "content-encoding": _BODY,
    "content-md5": _BODY,
    "content-digest": _BODY,
    "digest": _BODY,
    "repr-digest": _BODY,
    "accept-ranges": _BODY,
    # The jar keeps them.
    "set-cookie": _DROP,
    # Policies that name real hosts or refuse frames: our containment policy stands in their place.
    "content-security-policy": _DROP,
    "content-security-policy-report-only": _DROP,
    "x-frame-options": _DROP,
    "report-to": _DROP,
    "reporting-endpoints": _DROP,
    "nel": _DROP,
    "integrity-policy": _DROP,
    "integrity-policy-report-only": _DROP,
    "require-document-policy": _DROP,
    # Promises bound to the real host, or made to its own network.
    "strict-transport-security": _DROP,
    "public-key-pins": _DROP,
    "public-key-pins-report-only": _DROP,
    "expect-ct": _DROP,
    "alt-svc": _DROP,
    "origin-trial": _DROP,
    "speculation-rules": _DROP,
    "set-login": _DROP,
    "p3p": _DROP,
    "use-as-dictionary": _DROP,
    "server": _DROP,
    "via": _DROP,
    "x-robots-tag": _DROP,
    "origin-agent-cluster": _DROP,
    # Of one connection.
    "connection": _DROP,
    "keep-alive": _DROP,
    "proxy-authenticate": _DROP,
    "proxy-connection": _DROP,
    "trailer": _DROP,
    "transfer-encoding": _DROP,
    "upgrade": _DROP,
}
_ALWAYS: Final = (("X-Robots-Tag", "noindex"), ("Origin-Agent-Cluster", "?1"))
_LINK_TARGET: Final = re.compile(r"<([^<>]*)>")
_QUOTED: Final = re.compile(r'"(https?://[^"]*)"')
_PUBLIC: Final = re.compile(r"\bpublic\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answering:
    """What the proxy does with an answer: `rewritten` body or not, the mark on its tag, our containment policy.

    `coding` is how the rewritten body is packed again.
    """

    rewritten: bool
    etag_mark: str
    containment: str
    coding: str = "identity"


def headers_for_browser(
    headers: Iterable[tuple[str, str]], answering: Answering, encode: Callable[[str], str]
) -> Headers:
    """Return the headers for the browser, without `Set-Cookie`. `encode` gives the proxied address."""
    given = list(headers)
    named = {name.strip().lower() for key, value in given if key.lower() == "connection" for name in value.split(",")}
    sent: Headers = []
    for name, value in given:
        lower = name.lower()
        if lower in named or lower.startswith("attribution-reporting-"):
            continue
        kept = _kept(_RESPONSE_RULES.get(lower), value, answering, encode)
        if kept is not None:
            sent.append((name, kept))
    if answering.coding != "identity":
        sent.append(("Content-Encoding", answering.coding))
        varies = {name.strip().lower() for key, value in sent if key.lower() == "vary" for name in value.split(",")}
        if not varies & {"accept-encoding", "*"}:
            sent.append(("Vary", "Accept-Encoding"))
    return [*sent, *_ALWAYS, ("Content-Security-Policy", answering.containment)]


def clears_cookies(headers: Iterable[tuple[str, str]]) -> bool:
    """Tell whether the site asks to forget its cookies (`Clear-Site-Data`)."""
    return any(
        directive in ('"cookies"', '"*"')
        for name, value in headers
        if name.lower() == "clear-site-data"
        for directive in _directives(value)
    )


def containment_policy(base: ProxyBase, api_origin: str, embedders: Sequence[str]) -> str:
    """Return the policy that turns whatever rewriting missed into a blocked request and a report.

    `embedders` are the origins that may frame proxied pages; `api_origin` is where the SDK connects to.
    """
    proxied = f"{base.scheme}://*.{base.authority} {base.websocket_scheme}://*.{base.authority}"
    api_socket = api_origin.replace("http", "ws", 1)
    own = f"'self' 'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval' data: blob: mediastream: {proxied} {api_origin}"
    frames = " ".join(["'self'", f"{base.scheme}://*.{base.authority}", *embedders])
    return (
        f"default-src {own}; connect-src {own} {api_socket}; form-action 'self' {base.scheme}://*.{base.authority}; "
        f"frame-ancestors {frames}; report-uri /__tp/csp"
    )


def _kept(rule: str | None, value: str, answering: Answering, encode: Callable[[str], str]) -> str | None:
    if rule is None:
        return value
    if rule == _DROP or (rule == _BODY and answering.rewritten):
        return None
    if rule == _TAG and answering.rewritten:
        return marked_tag(value, answering.etag_mark)
    if rule == _CLEAR:
        kept = [each for each in _directives(value) if each not in ('"cookies"', '"*"')]
        # "*" means everything: the rest of it still holds for this origin.
        everything = ['"cache"', '"storage"'] if '"*"' in _directives(value) else []
        return ", ".join(dict.fromkeys(kept + everything)) or None
    if rule == _CACHE:
        # Shared caches must not keep what belongs to one session.
        return _PUBLIC.sub("private", value)
    return _with_addresses(rule, value, encode)


def _with_addresses(rule: str, value: str, encode: Callable[[str], str]) -> str:
    if rule == _URL:
        return encode(value)
    if rule == _REFRESH:
        return rewrite_refresh(value, encode)
    if rule == _LINK:
        return _LINK_TARGET.sub(lambda found: f"<{encode(found[1])}>", value)
    if rule == _ORIGINS:
        return ", ".join(encode(origin.strip()) for origin in value.split(","))
    if rule == _QUOTED_ORIGINS:
        return _QUOTED.sub(lambda found: f'"{encode(found[1])}"', value)
    return value


def marked_tag(tag: str, mark: str) -> str:
    """Return the entity tag for a rewritten body: weak, and other than that of any older rewriting."""
    bare = tag.strip().removeprefix("W/")
    return f'W/{bare[:-1]}{mark}"' if bare.endswith('"') and len(bare) > 1 else tag


def _directives(value: str) -> list[str]:
    return [directive.strip() for directive in value.split(",")]
