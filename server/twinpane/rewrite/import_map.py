"""Change the addresses in an import map (HTML, import maps): keys that are addresses, targets, scopes, integrity."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any


def rewrite_import_map(text: str, encode: Callable[[str], str]) -> str:
    """Return the map with absolute addresses encoded; text that is no import map comes back as given."""
    try:
        given = json.loads(text)
    except (ValueError, RecursionError):
        return text
    if not isinstance(given, dict):
        return text
    changed = dict(given)
    if isinstance(given.get("imports"), dict):
        changed["imports"] = _specifiers(given["imports"], encode)
    if isinstance(given.get("scopes"), dict):
        changed["scopes"] = {encode(scope): _specifiers(each, encode) for scope, each in given["scopes"].items()}
    # What is rewritten no longer has the digest that the map promises.
    changed.pop("integrity", None)
    # `<` written as an escape: the text must not end the script element.
    return text if changed == given else json.dumps(changed, ensure_ascii=False).replace("<", "\\u003c")


def _specifiers(specifiers: Any, encode: Callable[[str], str]) -> Any:
    if not isinstance(specifiers, dict):
        return specifiers
    return {
        encode(specifier): encode(address) if isinstance(address, str) else address
        for specifier, address in specifiers.items()
    }
