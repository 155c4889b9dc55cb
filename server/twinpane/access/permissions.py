"""What an agent may do, as asked for by REST (api.md, Permissions)."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from twinpane_protocol.shared import Permissions

from twinpane.errors import InvalidRequestError

PERMISSION_NAMES = tuple(field.name for field in msgspec.structs.fields(Permissions))

LOOK_ONLY = {name: False for name in PERMISSION_NAMES if name.startswith("allow_")}
"""For an agent who sees the page and can do nothing."""


def asked_permissions(given: Mapping[str, bool]) -> Permissions:
    """The defaults, changed by what is given. Raises InvalidRequestError naming each unknown permission."""
    unknown = [name for name in given if name not in PERMISSION_NAMES]
    if unknown:
        fields = {f"permissions.{name}": "is not a permission" for name in unknown}
        raise InvalidRequestError("Some permissions are unknown.", fields=fields)
    return msgspec.structs.replace(Permissions(), **given)
