"""Which hosts a proxy session may show (P1)."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase


def host_allowed(host: str, globs: Iterable[str]) -> bool:
    """Whether a host fits one of the globs; none given means any host. `*.example.com` is all below, not itself."""
    wanted = [glob.lower().rstrip(".") for glob in globs]
    name = host.lower().rstrip(".")
    return not wanted or any(fnmatchcase(name, glob) for glob in wanted)
