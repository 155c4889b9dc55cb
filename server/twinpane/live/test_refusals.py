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
