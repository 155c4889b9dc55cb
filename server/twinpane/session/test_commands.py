from __future__ import annotations

from typing import get_args

from twinpane.session.commands import Command


def test_x1_commands_are_values_that_can_be_compared_and_not_changed() -> None:
    for kind in get_args(Command):
        assert kind.__dataclass_params__.frozen, kind
