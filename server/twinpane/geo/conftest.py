"""Location files, made as their publishers make them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mmdb_writer import MMDBWriter
from netaddr import IPSet


def write_locations(path: Path, places: dict[str, dict[str, Any]]) -> Path:
    """Write a file with what is known of some networks."""
    writer = MMDBWriter(6, "Test-City", languages=["en"], ipv4_compatible=True)
    for network, place in places.items():
        writer.insert_network(IPSet([network]), place)
    writer.to_db_file(str(path))
    return path
