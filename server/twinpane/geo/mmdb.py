"""Locate IP addresses by a file in MaxMind's DB format (GeoIP2, GeoLite2, DB-IP and others)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import maxminddb

from twinpane.ports.locate import NOWHERE, Location


class GeoFile:
    """A location file, mapped into memory; a look-up takes some 10 µs. Names are those in English."""

    def __init__(self, path: Path) -> None:
        """Open the file. Raises ValueError, in words for the operator, when it cannot be used."""
        try:
            self._reader = maxminddb.open_database(path)
        except (OSError, maxminddb.InvalidDatabaseError) as error:
            raise ValueError(f"The location file {path} cannot be read: {error}") from error

    def close(self) -> None:
        """Let go of the file."""
        self._reader.close()

    def locate(self, ip_address: str | None) -> Location:
        """Where an address is, as far as the file knows."""
        if ip_address is None:
            return NOWHERE
        try:
            found = self._reader.get(ip_address)
        except (ValueError, maxminddb.InvalidDatabaseError):  # No address, or a file that is broken in this place.
            return NOWHERE
        if not isinstance(found, dict):
            return NOWHERE
        country = _part(found, "country") or _part(found, "registered_country")
        return Location(_name(_part(found, "city")), _text(country.get("iso_code")), _name(country))


def _part(found: dict[str, Any], name: str) -> dict[str, Any]:
    part = found.get(name)
    return part if isinstance(part, dict) else {}


def _name(part: dict[str, Any]) -> str | None:
    return _text(_part(part, "names").get("en"))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
