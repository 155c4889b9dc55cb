"""Locations from a real file (R30)."""

from __future__ import annotations

from pathlib import Path

import pytest

from twinpane.geo.conftest import write_locations
from twinpane.geo.mmdb import GeoFile
from twinpane.ports.locate import NOWHERE, Location

BRISTOL = {"city": {"names": {"en": "Bristol"}}, "country": {"iso_code": "GB", "names": {"en": "United Kingdom"}}}
FRANCE = {"country": {"iso_code": "FR", "names": {"en": "France", "fr": "France"}}}
ONLY_REGISTERED = {"registered_country": {"iso_code": "SE", "names": {"en": "Sweden"}}}
ODD = {"city": "Bristol", "country": {"iso_code": 44}}


@pytest.fixture
def places(tmp_path: Path) -> Path:
    known = {
        "81.2.69.0/24": BRISTOL,
        "2a01:e0a::/32": FRANCE,
        "89.160.20.0/24": ONLY_REGISTERED,
        "192.0.2.0/24": ODD,
    }
    return write_locations(tmp_path / "places.mmdb", known)


def test_r30_an_address_is_located_as_far_as_the_file_knows(places: Path) -> None:
    file = GeoFile(places)
    assert file.locate("81.2.69.142") == Location("Bristol", "GB", "United Kingdom")
    assert file.locate("2a01:e0a:1::7") == Location(None, "FR", "France")
    assert file.locate("89.160.20.7") == Location(None, "SE", "Sweden")
    for unknown in ("10.0.0.1", "::1", "192.0.2.7", "not an address", "", None):
        assert file.locate(unknown) == NOWHERE, unknown
    file.close()


@pytest.mark.parametrize("body", [None, b"", b"not such a file" * 100])
def test_r30_a_file_that_cannot_be_used_is_refused_in_words(tmp_path: Path, body: bytes | None) -> None:
    path = tmp_path / "places.mmdb"
    if body is not None:
        path.write_bytes(body)
    with pytest.raises(ValueError, match=r"location file .* cannot be read"):
        GeoFile(path)
