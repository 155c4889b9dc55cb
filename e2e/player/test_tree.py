"""The tree on the stage follows the facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import pages as p

if TYPE_CHECKING:
    from .conftest import Agent


def test_f8_a_told_document_stands_on_the_stage(agent: Agent) -> None:
    agent.feed(*p.document(p.html("p", p.text("Hello"), class_="greeting"), p.COMMENT, p.hidden("script")))
    assert agent.look("doc.body.innerHTML").startswith('<p class="greeting">Hello</p><!---->')
    assert agent.look("doc.compatMode") == "CSS1Compat"
    assert agent.look("doc.doctype.name") == "html"
    assert agent.look("player.idOf(node(5))") == 5
    assert agent.look("node(5).localName") == "p"
    assert agent.look("[player.frame.offsetWidth, player.frame.offsetHeight]") == [800, 600]
    assert agent.look("log.map(entry => entry[0])") == ["page", "first"]
