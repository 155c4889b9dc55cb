"""Real pages after use by visitor and agent: equal trees, equal pictures, quiet consoles. (F8.)"""

from __future__ import annotations

import pytest

from e2e import flow
from e2e.pages import verdict
from e2e.pages.conftest import Open
from e2e.pages.stories import charts, documents, editors, grids, todos, widgets
from e2e.pages.stories.story import Story

pytestmark = pytest.mark.journey
STORIES = [story for kind in (todos, documents, editors, grids, charts, widgets) for story in kind.STORIES]


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_f8_a_real_page_is_the_same_on_both_sides(
    request: pytest.FixtureRequest, open_page: Open, story: Story
) -> None:
    if request.node.callspec.params["browser"] in story.not_in:
        pytest.skip(f"{story.name} has not passed there yet")
    visitor, agent, errors = open_page(story.path)
    story.use(visitor)
    flow.until_same(visitor, agent)
    flow.take_control(agent)
    verdict.hands_off(visitor)
    story.help(visitor, agent)
    errors = [error for error in errors if not (error.startswith("visitor: ") and error.endswith(story.own_error))]
    verdict.same(visitor, agent, errors, story.name)
