from __future__ import annotations

from typing import get_args

from twinpane_protocol.shared import ADVICE, RefusalCode

from twinpane.live.refusals import SENTENCES, refusal


def test_w6_every_code_has_a_sentence_and_an_advice() -> None:
    codes = set(get_args(RefusalCode))
    assert set(SENTENCES) == codes
    assert set(ADVICE) == codes
    assert refusal("masked").advice == "stop"
    assert refusal("masked", "retry").advice == "retry"


def test_w2_a_peer_whose_versions_are_not_spoken_any_more_is_told_to_load_the_page_again() -> None:
    told = refusal("unsupported_protocol")
    assert told.advice == "stop"
    assert "load the page again" in told.message
