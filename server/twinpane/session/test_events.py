from __future__ import annotations

from typing import get_args

from twinpane.session.events import Event
from twinpane.session.machine import Session


def test_x2_the_machine_has_an_answer_to_every_event() -> None:
    assert set(Session._HANDLERS) == set(get_args(Event))
