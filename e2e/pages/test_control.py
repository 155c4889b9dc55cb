"""Who has the page when both type into a real one. (Issue A, 4.)"""

from __future__ import annotations

import re

import pytest

from e2e import flow
from e2e.pages.conftest import Open

pytestmark = pytest.mark.journey


def test_x4_visitors_own_typing_wins(open_page: Open) -> None:
    visitor, agent, _ = open_page("mithril/examples/todomvc/index.html")
    flow.take_control(agent)
    flow.click(visitor, agent, "#new-todo")
    visitor.wait_for_function("() => document.activeElement.id === 'new-todo'")
    for letter in "mine":
        visitor.keyboard.press(letter)
        agent.keyboard.press("X")
    agent.get_by_text(re.compile("is using the page")).first.wait_for()
    assert flow.value_of(visitor, "#new-todo") == "mine"
    flow.until_same(visitor, agent)
