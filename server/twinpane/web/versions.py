"""How the versions of the REST API differ: how a path is written (R1, R4), and the words of v1.0."""

from __future__ import annotations

import re
from typing import Any

SERVED = "/v1.4"
"""The one version under which the routes are; the others are ways to write it."""
_VERSIONED = re.compile(r"/v1\.([0-4])/(.+?)(?:\.json)?")
_WITH_USERS_ALIAS = "01"
_OLD_WATCH_URL = re.compile(r"(visitors/[^/]+)/watch_link")


def served_path(path: str) -> str | None:
    """The path of the route behind a path of R1 and R4; None if there cannot be one."""
    match = _VERSIONED.fullmatch(path)
    if match is None:
        return None
    version, rest = match.groups()
    if version in _WITH_USERS_ALIAS and (rest == "users" or rest.startswith("users/")):
        rest = "visitors" + rest.removeprefix("users")
    if version == "0" and (old := _OLD_WATCH_URL.fullmatch(rest)) is not None:
        rest = f"{old[1]}/watch_url"
    return f"{SERVED}/{rest}"


def speaks_of_users(path: str) -> bool:
    """Whether a path is of v1.0, whose answers say `user` and `users` where later ones say `visitor`."""
    return path.startswith("/v1.0/")


def with_users(content: dict[str, Any]) -> dict[str, Any]:
    """An answer with v1.0's names beside today's."""
    told = dict(content)
    for ours, old in (("visitor", "user"), ("visitors", "users")):
        if ours in told:
            told[old] = told[ours]
    if "usage" in told:
        told["usage"] = {**told["usage"], "users": told["usage"]["visitors"]}
    return told
