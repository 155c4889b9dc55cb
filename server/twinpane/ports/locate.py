"""Where in the world an address is."""

from __future__ import annotations

from typing import Final, NamedTuple


class Location(NamedTuple):
    """None means unknown. `country` is ISO 3166-1 alpha-2."""

    city: str | None
    country: str | None
    country_name: str | None


NOWHERE: Final = Location(None, None, None)
