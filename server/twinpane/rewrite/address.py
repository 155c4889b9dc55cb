"""Say where a site lives on the proxy's domain, and which site a proxied host stands for.

Every site of every proxy session has an origin of its own: one DNS label that carries session, scheme, host and port.
Path, query and fragment stay as they are, so relative addresses need no change. The twin is `shim/address.ts`; both
read `protocol/vectors/proxy_addresses.json`.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping, MutableMapping
from functools import lru_cache
from typing import Final, NamedTuple
from urllib.parse import unquote

import idna

DEFAULT_PORT: Final = {"http": 80, "https": 443}
_SCHEME_LETTER: Final = {"http": "h", "https": "s"}
_LETTER_SCHEME: Final = {"h": "http", "s": "https"}
_LABEL_BYTES_MAX: Final = 63
_LABEL: Final = re.compile(r"([a-z2-7]{12})-([hsx])-([a-z0-9_-]+)")
_PORT: Final = re.compile(r"(?<!-)---([1-9][0-9]{0,4})$")
_PLAIN_HOST: Final = re.compile(r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*")
_ABSOLUTE: Final = re.compile(
    r"(?:(https?|wss?):)?([/\\]*)(?:([^/\\?#]*)@)?(\[[^\]/\\?#]*\]|[^/\\?#:@]*)(?::([0-9]*))?", re.I
)
# What most addresses look like; only short cuts.
_PLAIN_PATH: Final = re.compile(r"/[^/\\\x00-\x20]")
_PLAIN_ADDRESS: Final = re.compile(r"(https?://[a-z0-9.-]+)((?:[/?#][^\x00-\x20]*)?)")
_AUTHORITY_ENDS: Final = ("/", "\\", "?", "#")
# What URL parsers take away: C0 controls and blanks around an address, tabs and line ends within (URL, 4.4).
_AROUND: Final = "".join(map(chr, range(33)))
_WITHIN: Final = str.maketrans("", "", "\t\n\r")
# Host letters that URL parsers refuse (URL, 3.2).
_FORBIDDEN_IN_HOST: Final = re.compile(r"[\x00-\x20#/:<>?@\[\\\]^|%\x7f]")

Aliases = MutableMapping[str, "Site"]
"""Sites whose host does not fit a label, by the hash that stands for them. One mapping a session."""


class ProxyBase(NamedTuple):
    """The domain under which proxied sites live, e.g. `http://px.localhost:8080`."""

    scheme: str
    host: str
    port: int

    @property
    def authority(self) -> str:
        """Give host and port as addresses write them."""
        return self.host if self.port == DEFAULT_PORT[self.scheme] else f"{self.host}:{self.port}"

    @property
    def websocket_scheme(self) -> str:
        """Give `ws` or `wss`."""
        return "wss" if self.scheme == "https" else "ws"


class Site(NamedTuple):
    """A real origin: `scheme` is http or https (also for ws and wss), `host` lower-case ASCII, IPv6 in brackets."""

    scheme: str
    host: str
    port: int

    @property
    def origin(self) -> str:
        """Serialise as browsers do: the default port is left out."""
        return f"{self.scheme}://{self.authority}"

    @property
    def authority(self) -> str:
        """Give what the Host header says."""
        return self.host if self.port == DEFAULT_PORT[self.scheme] else f"{self.host}:{self.port}"


class _Absolute(NamedTuple):
    """An address with a host of its own: `scheme` as written (maybe ws, wss), the site, userinfo, and all behind."""

    scheme: str
    site: Site
    userinfo: str
    rest: str


def site_of(url: str, within: Site | None = None) -> Site | None:
    """Return the site of an absolute http, https, ws or wss address; `//host` needs the site it stands in."""
    absolute = _parse(url, within)
    return absolute.site if absolute else None


def encode_site(base: ProxyBase, sid: str, site: Site, aliases: Aliases) -> str:
    """Return the origin on the proxy for a site. A host that does not fit a label is noted in `aliases`."""
    return f"{base.scheme}://{_label(sid, site, aliases)}.{base.authority}"


def encode_url(base: ProxyBase, sid: str, url: str, aliases: Aliases, within: Site | None = None) -> str:
    """Return the proxied address for an absolute one; all others, and those already on the proxy, come back as given.

    `within` is the site of the document: `//host/path` takes its scheme, and `https:path` is relative to it.
    """
    if url[:1] == "/" and _PLAIN_PATH.match(url):
        return url
    plain = _PLAIN_ADDRESS.fullmatch(url)
    if plain is not None and (origin := _plain_origin(base, sid, plain[1])) is not None:
        return origin + plain[2]
    absolute = _parse(url, within)
    if absolute is None:
        return _relative_of_same_scheme(url, within)
    if absolute.site.host.endswith(f".{base.host}"):
        return url
    scheme = base.websocket_scheme if absolute.scheme in ("ws", "wss") else base.scheme
    return f"{scheme}://{absolute.userinfo}{_label(sid, absolute.site, aliases)}.{base.authority}{absolute.rest}"


def decode_host(base: ProxyBase, host_header: str, aliases: Mapping[str, Site]) -> tuple[str, Site] | None:
    """Return session and site of a Host header, or None if it is no host of the proxy or an alias nobody noted."""
    found = _label_of(base, host_header)
    if found is None:
        return None
    sid, kind, body = found
    site = aliases.get(body) if kind == "x" else _plain_site(kind, body)
    return (sid, site) if site else None


def sid_of(base: ProxyBase, host_header: str) -> str | None:
    """Return the session that a Host header names, without looking up aliases."""
    found = _label_of(base, host_header)
    return found[0] if found else None


def decode_url(base: ProxyBase, url: str, aliases: Mapping[str, Site]) -> str | None:
    """Return the real address for a proxied one, or None if it is not on the proxy."""
    absolute = _parse(url, None)
    found = decode_host(base, absolute.site.authority, aliases) if absolute else None
    if absolute is None or found is None:
        return None
    site = found[1]
    scheme = site.scheme.replace("http", "ws") if absolute.scheme.startswith("ws") else site.scheme
    return f"{scheme}://{absolute.userinfo}{site.authority}{absolute.rest}"


def alias_of(site: Site) -> str:
    """Return the 26 characters that stand for a site whose host does not fit a label."""
    digest = hashlib.sha256(f"{site.scheme}://{site.host}:{site.port}".encode()).digest()
    return base64.b32encode(digest)[:26].decode().lower()


@lru_cache(maxsize=4096)
def _plain_label(sid: str, site: Site) -> str | None:
    if not _PLAIN_HOST.fullmatch(site.host):
        return None
    port = "" if site.port == DEFAULT_PORT[site.scheme] else f"---{site.port}"
    label = f"{sid}-{_SCHEME_LETTER[site.scheme]}-{site.host.replace('-', '--').replace('.', '-')}{port}"
    return label if len(label) <= _LABEL_BYTES_MAX else None


@lru_cache(maxsize=4096)
def _plain_origin(base: ProxyBase, sid: str, origin: str) -> str | None:
    """The proxied origin for `http://host` or `https://host` if it needs no alias and is not on the proxy itself."""
    scheme, _, host = origin.partition("://")
    label = None if base.host in host else _plain_label(sid, Site(scheme, host, DEFAULT_PORT[scheme]))
    return None if label is None else f"{base.scheme}://{label}.{base.authority}"


def _label(sid: str, site: Site, aliases: Aliases) -> str:
    label = _plain_label(sid, site)
    if label is None:
        alias = alias_of(site)
        aliases[alias] = site
        label = f"{sid}-x-{alias}"
    return label


def _label_of(base: ProxyBase, host_header: str) -> tuple[str, str, str] | None:
    host, _, port = host_header.lower().partition(":")
    label, _, domain = host.partition(".")
    if domain != base.host or (port and port != str(base.port)):
        return None
    found = _LABEL.fullmatch(label)
    return (found[1], found[2], found[3]) if found else None


def _plain_site(letter: str, body: str) -> Site | None:
    scheme = _LETTER_SCHEME[letter]
    port = _PORT.search(body)
    name = body[: port.start()] if port else body
    # A single hyphen is a dot, two are a hyphen; other odd runs nobody writes.
    host = re.sub("-+", lambda run: "." if len(run[0]) == 1 else "-" * (len(run[0]) // 2), name)
    site = Site(scheme, host, int(port[1]) if port else DEFAULT_PORT[scheme])
    canonical = _PLAIN_HOST.fullmatch(host) and host.replace("-", "--").replace(".", "-") == name
    explicit_default = port is not None and site.port == DEFAULT_PORT[scheme]
    return site if canonical and site.port <= 0xFFFF and not explicit_default else None


def _parse(url: str, within: Site | None) -> _Absolute | None:
    text = url.strip(_AROUND)
    if "\n" in text or "\t" in text or "\r" in text:
        text = text.translate(_WITHIN)
    found = _ABSOLUTE.match(text)
    if found is None:
        return None
    scheme = (found[1] or "").lower()
    relative = len(found[2]) < 2 and (not scheme or (within is not None and scheme == within.scheme))
    rest = text[found.end() :]
    if relative or (not scheme and within is None) or (rest and rest[0] not in _AUTHORITY_ENDS):
        return None
    scheme = scheme or (within.scheme if within else "")
    real_scheme = scheme.replace("ws", "http")
    host = _ascii_host(found[4])
    digits = (found[5] or "").lstrip("0")[:6]
    port = int(digits or 0) if found[5] else DEFAULT_PORT[real_scheme]
    if not host or port > 0xFFFF:
        return None
    userinfo = f"{found[3]}@" if found[3] is not None else ""
    return _Absolute(scheme, Site(real_scheme, host, port), userinfo, rest)


def _relative_of_same_scheme(url: str, within: Site | None) -> str:
    """`https:path` in an https page means `path`; on a proxy that speaks http it would not."""
    stripped = url.strip(_AROUND)
    if within and stripped[: len(within.scheme) + 1].lower() == f"{within.scheme}:":
        rest = stripped[len(within.scheme) + 1 :]
        return url if rest[:2] in ("//", "\\\\", "/\\", "\\/") else rest
    return url


@lru_cache(maxsize=4096)
def _ascii_host(host: str) -> str | None:
    """Lower-case a host, turn letters beyond ASCII into punycode; None for what no browser would take."""
    if host.isascii() and host.startswith("["):
        return host.lower() if host.endswith("]") else None
    if "%" in host or not host.isascii():
        return _idna(host)
    return None if _FORBIDDEN_IN_HOST.search(host) else host.lower()


def _idna(host: str) -> str | None:
    try:
        ascii_host = idna.encode(unquote(host, errors="strict"), uts46=True, transitional=False).decode()
    except (idna.IDNAError, UnicodeError):
        return None
    return None if _FORBIDDEN_IN_HOST.search(ascii_host) else ascii_host.lower()
