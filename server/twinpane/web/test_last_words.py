"""The door for what pages say as they go (X13); what is heard is in `live/test_tab_peer.py`."""

from __future__ import annotations

import pytest

from twinpane.web.conftest import Site
from twinpane.web.last_words import PATH, PER_S


@pytest.mark.parametrize(
    ("body", "status"),
    [("{}", 422), ("\\xff", 422), ('{"resume": "x", "absence": {"type": "bye"}}', 422), ("x" * 17_000, 413)],
)
async def test_x13_what_is_no_last_word_is_refused(site: Site, body: str, status: int) -> None:
    assert (await site.send("POST", PATH, data=body))[0] == status


async def test_x13_secrets_cannot_be_tried_at_speed(site: Site) -> None:
    guess = {"resume": "x" * 40, "absence": {"type": "disconnect_expected", "return_s": 1}}
    statuses = [(await site.send("POST", PATH, json=guess))[0] for _ in range(PER_S + 1)]
    assert statuses == [204] * PER_S + [429]
