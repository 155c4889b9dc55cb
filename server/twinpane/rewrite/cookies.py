"""Keep the cookies of one proxy session, as a browser keeps them (RFC 6265bis, CHIPS). The browser itself has none.

Time is passed in as Unix seconds. What scripts may see of a host has a version, so that pages know when to ask again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import msgspec

from .address import Site
from .cookie_syntax import CookieLine, SameSite, parse_cookie_line
from .sites import is_ip_address, is_public_suffix, is_same_site, registrable_domain, site_key

_PER_DOMAIN_MAX: Final = 180
_TOTAL_MAX: Final = 3000
# A cookie without SameSite rides on a cross-site POST navigation while it is this young (RFC 6265bis, 5.6.7.2).
_YOUNG_S: Final = 120.0
_SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_Key = tuple[str, str, str, str]


class Cookie(msgspec.Struct, kw_only=True):
    """One kept cookie. `expires_s` None: until the proxy session ends. `partition`: the top site it is kept under."""

    name: str
    value: str
    domain: str
    host_only: bool
    path: str
    expires_s: float | None = None
    secure: bool = False
    http_only: bool = False
    same_site: SameSite = "default"
    partition: str = ""
    created_s: float = 0.0
    used_s: float = 0.0


@dataclass(frozen=True, slots=True)
class CookieRequest:
    """A request as far as cookies care.

    `initiator` is the site that caused it (None: the visitor), `top` the site of the tab's top document (None: this
    very request loads it). `navigates_top` tells navigations of the tab from everything else.
    """

    site: Site
    path: str
    method: str = "GET"
    initiator: Site | None = None
    top: Site | None = None
    navigates_top: bool = False

    @property
    def is_same_site(self) -> bool:
        """Tell whether SameSite cookies go along: no foreign site caused it or stands above it."""
        if self.initiator is not None and not is_same_site(self.initiator, self.site):
            return False
        return self.navigates_top or self.top is None or is_same_site(self.top, self.site)

    @property
    def partition(self) -> str:
        """Name the partition of the tab."""
        return site_key(self.site if self.navigates_top or self.top is None else self.top)


class CookieJar:
    """The cookies of one session."""

    def __init__(self, cookies: Iterable[Cookie] = ()):
        """Take what was kept before, as iterating gives it."""
        self._cookies: dict[_Key, Cookie] = {_key(cookie): cookie for cookie in cookies}
        self._versions: dict[str, int] = {}

    def __iter__(self) -> Iterator[Cookie]:
        return iter(self._cookies.values())

    def __len__(self) -> int:
        return len(self._cookies)

    def take_set_cookie(self, line: str, request: CookieRequest, now_s: float) -> bool:
        """Keep what a `Set-Cookie` header of the answer says; tell whether it was accepted."""
        return self._take(line, request, now_s, from_script=False)

    def take_script_write(self, line: str, request: CookieRequest, now_s: float) -> bool:
        """Keep what a script wrote to `document.cookie`; `request` describes the document. Tell if accepted."""
        return self._take(line, request, now_s, from_script=True)

    def cookie_header(self, request: CookieRequest, now_s: float) -> str:
        """Return the `Cookie` header for a request, empty if none applies."""
        return self._header(request, now_s, lambda cookie: _goes_along(cookie, request, now_s))

    def document_cookie(self, request: CookieRequest, now_s: float) -> str:
        """Return what `document.cookie` reads in the document that `request` describes."""
        shows_all = request.top is None or is_same_site(request.top, request.site)
        return self._header(
            request, now_s, lambda cookie: not cookie.http_only and (shows_all or cookie.same_site == "none")
        )

    def visible_version(self, host: str) -> int:
        """Return a number that grows whenever what scripts of this host may see has changed."""
        labels = host.split(".")
        return sum(self._versions.get(".".join(labels[start:]), 0) for start in range(len(labels)))

    def clear_site(self, site: Site) -> None:
        """Forget all cookies of a site (`Clear-Site-Data: "cookies"`)."""
        domain = registrable_domain(site.host)
        for cookie in [each for each in self if registrable_domain(each.domain) == domain]:
            self._remove(cookie)

    def _header(self, request: CookieRequest, now_s: float, wanted: Callable[[Cookie], bool]) -> str:
        self._drop_expired(now_s)
        found = [cookie for cookie in self if _is_for(cookie, request) and wanted(cookie)]
        found.sort(key=lambda cookie: (-len(cookie.path), cookie.created_s))
        for cookie in found:
            cookie.used_s = now_s
        return "; ".join(f"{cookie.name}={cookie.value}" if cookie.name else cookie.value for cookie in found)

    def _take(self, text: str, request: CookieRequest, now_s: float, *, from_script: bool) -> bool:
        line = parse_cookie_line(text, now_s)
        cookie = _accepted(line, request, from_script) if line else None
        if cookie is None:
            return False
        self._drop_expired(now_s)
        old = self._cookies.get(_key(cookie))
        if old is not None and old.http_only and from_script:
            return False
        if not _is_trustworthy(request.site) and self._hides_secure(cookie):
            return False
        cookie.created_s = old.created_s if old else now_s
        cookie.used_s = now_s
        if cookie.expires_s is not None and cookie.expires_s <= now_s:
            if old is not None:
                self._remove(old)
            return True
        self._cookies[_key(cookie)] = cookie
        if old is None or old.value != cookie.value or old.http_only != cookie.http_only:
            self._note_change(cookie, old)
        self._evict(registrable_domain(cookie.domain))
        return True

    def _hides_secure(self, cookie: Cookie) -> bool:
        """Leave secure cookies alone: one that came in clear must not stand before them (RFC 6265bis, 5.7)."""
        return any(
            kept.secure
            and kept.name == cookie.name
            and (_domain_matches(kept.domain, cookie.domain) or _domain_matches(cookie.domain, kept.domain))
            and _path_matches(cookie.path, kept.path)
            for kept in self
        )

    def _remove(self, cookie: Cookie) -> None:
        del self._cookies[_key(cookie)]
        self._note_change(cookie, None)

    def _note_change(self, cookie: Cookie, old: Cookie | None) -> None:
        if not cookie.http_only or (old is not None and not old.http_only):
            self._versions[cookie.domain] = self._versions.get(cookie.domain, 0) + 1

    def _drop_expired(self, now_s: float) -> None:
        for cookie in [each for each in self if each.expires_s is not None and each.expires_s <= now_s]:
            self._remove(cookie)

    def _evict(self, domain: str) -> None:
        kin = [cookie for cookie in self if registrable_domain(cookie.domain) == domain]
        for group, most in ((kin, _PER_DOMAIN_MAX), (list(self), _TOTAL_MAX)):
            if len(group) > most:
                group.sort(key=lambda cookie: (cookie.secure, cookie.used_s, cookie.created_s))
                for cookie in group[: len(group) - most]:
                    self._remove(cookie)


def _key(cookie: Cookie) -> _Key:
    # The same name may be kept for the host alone and for its domain.
    scope = cookie.domain if cookie.host_only else f".{cookie.domain}"
    return (cookie.name, scope, cookie.path, cookie.partition)


def _accepted(line: CookieLine, request: CookieRequest, from_script: bool) -> Cookie | None:
    site = request.site
    host = site.host.rstrip(".")
    domain = line.domain
    if domain and is_public_suffix(domain):
        if domain != host:
            return None
        domain = ""
    if domain and not _domain_matches(host, domain):
        return None
    path = line.path or _default_path(request.path)
    refused = (
        (line.secure and not _is_trustworthy(site))
        or (line.http_only and from_script)
        or (line.same_site == "none" and not line.secure)
        or (line.partitioned and not line.secure)
        or (line.same_site != "none" and not (request.is_same_site or request.navigates_top))
        or not _prefix_holds(line, host_only=not line.domain, path=path)
    )
    if refused:
        return None
    return Cookie(
        name=line.name,
        value=line.value,
        domain=domain or host,
        host_only=not domain,
        path=path,
        expires_s=line.expires_s,
        secure=line.secure,
        http_only=line.http_only,
        same_site=line.same_site,
        partition=request.partition if line.partitioned else "",
    )


def _prefix_holds(line: CookieLine, *, host_only: bool, path: str) -> bool:
    # A cookie without a name must not look like one with a prefix.
    name = (line.name or line.value).lower()
    if not name.startswith(("__secure-", "__host-", "__http-")):
        return True
    if not line.name or not line.secure:
        return False
    if name.startswith(("__http-", "__host-http-")) and not line.http_only:
        return False
    return not name.startswith("__host-") or (host_only and path == "/" and line.path == "/")


def _is_trustworthy(site: Site) -> bool:
    return site.scheme == "https" or site.host == "localhost" or site.host.endswith(".localhost")


def _is_for(cookie: Cookie, request: CookieRequest) -> bool:
    host = request.site.host.rstrip(".")
    if cookie.domain != host and (cookie.host_only or not _domain_matches(host, cookie.domain)):
        return False
    if cookie.secure and not _is_trustworthy(request.site):
        return False
    if cookie.partition and cookie.partition != request.partition:
        return False
    return _path_matches(request.path.partition("?")[0] or "/", cookie.path)


def _goes_along(cookie: Cookie, request: CookieRequest, now_s: float) -> bool:
    if cookie.same_site == "none" or request.is_same_site:
        return True
    if cookie.same_site == "strict" or not request.navigates_top:
        return False
    young = cookie.same_site == "default" and now_s - cookie.created_s < _YOUNG_S
    return request.method in _SAFE_METHODS or young


def _domain_matches(host: str, domain: str) -> bool:
    return host == domain or (host.endswith(f".{domain}") and not is_ip_address(host))


def _default_path(path: str) -> str:
    folder = path.partition("?")[0].rpartition("/")[0]
    return folder if folder.startswith("/") else "/"


def _path_matches(path: str, cookie_path: str) -> bool:
    return path == cookie_path or (
        path.startswith(cookie_path) and (cookie_path.endswith("/") or path[len(cookie_path)] == "/")
    )
