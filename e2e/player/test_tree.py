"""The tree on the stage follows the facts."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from . import pages as p
from .conftest import PIXEL
from .test_hostile import EVIL

if TYPE_CHECKING:
    from .conftest import Agent


def test_f8_a_told_document_stands_on_the_stage(any_agent: Agent) -> None:
    agent = any_agent
    agent.feed(*p.document(p.html("p", p.text("Hello"), class_="greeting"), p.COMMENT, p.hidden("script")))
    assert agent.look("doc.body.innerHTML").startswith('<p class="greeting">Hello</p><!---->')
    assert agent.look("doc.compatMode") == "CSS1Compat"
    assert agent.look("doc.doctype.name") == "html"
    assert agent.look("player.idOf(node(5))") == 5
    assert agent.look("node(5).localName") == "p"
    assert agent.look("[player.frame.offsetWidth, player.frame.offsetHeight]") == [800, 600]
    assert agent.look("log.map(entry => entry[0])") == ["page", "first"]


def test_f8_a_page_in_quirks_mode_is_shown_in_quirks_mode(any_agent: Agent) -> None:
    any_agent.feed(*p.document(quirks=1))
    assert any_agent.look("doc.compatMode") == "BackCompat"


def test_f8_nodes_are_inserted_expanded_moved_and_removed(any_agent: Agent) -> None:
    agent = any_agent
    # 5 ul, 6 li a, 7 text, 8 li b, 9 text
    items = [p.html("li", p.text("a")), p.html("li", p.text("b"))]
    agent.feed(*p.document(p.html("ul", *items)))
    agent.feed(*p.insert(5, 6, 10, p.html("li", p.text("c")), p.html("li", p.text("d"))))
    assert agent.look("node(5).textContent") == "acdb"
    agent.feed(p.MOVE, 5, 0, 2, 12, 8)
    assert agent.look("node(5).textContent") == "dbac"
    agent.feed(*p.insert(4, 5, 14, [1, "div", 0, -1]))
    agent.feed(p.EXPAND, 14, 15, 1, *p.text("one "))
    agent.feed(p.EXPAND, 14, 16, 1, *p.text("two"))
    assert agent.look("node(14).textContent") == "one two"
    agent.feed(p.REMOVE, 2, 10, 8)
    assert agent.look("node(5).textContent") == "da"
    assert agent.look("[node(10), node(11), node(9)]") == [None, None, None]


def test_f9_an_element_and_what_it_is_in_change_places(any_agent: Agent) -> None:
    agent = any_agent
    # 5 div > 6 p > 7 b > 8 text: afterwards b > p > div > text
    agent.feed(*p.document(p.html("div", p.html("p", p.html("b", p.text("x"))))))
    agent.look("(globalThis.kept = node(7)) && 0")
    swap = [p.DETACH, 4, 5, 6, 7, 8, p.MOVE, 4, 0, 1, 7, p.MOVE, 7, 0, 1, 6, p.MOVE, 6, 0, 1, 5, p.MOVE, 5, 0, 1, 8]
    agent.feed(*swap)
    assert agent.look("doc.body.innerHTML") == "<b><p><div>x</div></p></b>"
    assert agent.look("node(7) === kept")


def test_f9_what_moves_out_of_a_removed_element_stays(agent: Agent) -> None:
    agent.feed(*p.document(p.html("div", p.html("p", p.text("kept"))), p.html("section")))
    agent.feed(p.DETACH, 1, 6, p.REMOVE, 1, 5, p.MOVE, 8, 0, 1, 6)
    assert agent.look("doc.body.innerHTML") == "<section><p>kept</p></section>"


def test_f9_a_frame_that_moves_keeps_its_document(any_agent: Agent) -> None:
    agent = any_agent
    agent.feed(*p.document(p.html("div", p.html("iframe")), p.html("div")))
    agent.feed(*p.root(6, 20, 2, p.html("html", p.html("head"), p.html("body", p.text("inside")))))
    agent.feed(p.MOVE, 7, 0, 1, 6)
    assert agent.look("node(6).contentDocument.body.textContent") == "inside"
    assert agent.look("node(6).parentNode === node(7)")


def test_f9_only_between_places_of_one_document_are_elements_moved_with_their_state(agent: Agent) -> None:
    """Some of the others end Chromium's renderer."""
    # 5 div > 6 b; 7 x-card with a shadow tree: 21 i, 22 section
    agent.feed(*p.document(p.html("div", p.html("b")), p.html("x-card")))
    agent.feed(*p.root(7, 20, 1, p.html("i"), p.html("section")))
    agent.look("""(globalThis.moved = []) && [doc.defaultView.Element, doc.defaultView.DocumentFragment].forEach(
        ({prototype}) => { const {moveBefore} = prototype; prototype.moveBefore = function (child, before) {
            moved.push(player.idOf(child)); return moveBefore.call(this, child, before) } })""")
    agent.feed(p.MOVE, 4, 0, 1, 6)
    assert agent.look("moved.splice(0)") == [6]
    agent.feed(p.MOVE, 22, 0, 1, 21, p.MOVE, 20, 0, 1, 6, p.MOVE, 5, 0, 1, 22)
    assert agent.look("moved") == []
    assert agent.look("node(20).innerHTML + node(5).innerHTML") == "<b></b><section><i></i></section>"


def test_f9_a_frame_in_a_shadow_tree_that_cannot_move_asks_for_a_snapshot(any_agent: Agent) -> None:
    agent = any_agent
    # 5 x-outer with a shadow tree: 21 x-inner, with 30 iframe in its own; 22 section
    agent.feed(*p.document(p.html("x-outer")))
    agent.feed(*p.root(5, 20, 1, p.html("x-inner"), p.html("section")), *p.root(21, 29, 1, p.html("iframe")))
    agent.feed(*p.root(30, 40, 2, p.html("html", p.html("body", p.text("inside")))))
    agent.feed(p.MOVE, 22, 0, 1, 21)
    assert "a frame was moved" in str(agent.look("log"))


def test_f8_texts_are_replaced_and_spliced(agent: Agent) -> None:
    agent.feed(*p.document(p.html("p", p.text("one three"))))
    agent.feed(p.SPLICE, 6, 4, 0, "two ")
    assert agent.look("node(5).textContent") == "one two three"
    agent.feed(p.TEXT, 6, "done")
    assert agent.look("node(5).textContent") == "done"


def test_f8_attributes_and_inline_styles_change(agent: Agent) -> None:
    agent.feed(*p.document(p.html("p", class_="a", style="color: red")))
    agent.feed(p.ATTRIBUTE, 5, "class", "b", p.ATTRIBUTE, 5, "title", "T")
    agent.feed(p.STYLE, 5, 2, "color", None, 0, "margin-top", "3px", 1)
    assert agent.look("node(5).outerHTML") == '<p class="b" style="margin-top: 3px !important;" title="T"></p>'
    agent.feed(p.ATTRIBUTE, 5, "title", None)
    assert not agent.look("node(5).hasAttribute('title')")


def test_f8_shadow_roots_and_frames_are_told_and_told_again(any_agent: Agent) -> None:
    agent = any_agent
    agent.feed(*p.document(p.html("my-card", p.text("light")), p.html("iframe", src="https://shop.example/frame")))
    agent.feed(*p.root(5, 20, 1, p.html("b", p.text("shade")), p.html("slot")))
    agent.feed(*p.root(7, 30, 2, p.DOCTYPE, p.html("html", p.html("head"), p.html("body", p.text("framed")))))
    assert agent.look("node(5).shadowRoot.textContent") == "shade"
    assert agent.look("node(7).contentDocument.body.textContent") == "framed"
    assert agent.look("node(30).compatMode") == "CSS1Compat"
    assert agent.look("node(5).matches(':defined')")
    agent.feed(*p.root(5, 40, 1, p.html("i", p.text("new"))), *p.root(7, 50, 2, p.html("html", p.html("body"))))
    assert agent.look("node(5).shadowRoot.innerHTML") == "<i>new</i>"
    assert agent.look("[node(20), node(30), node(31)]") == [None, None, None]
    assert agent.look("node(50) === node(7).contentDocument")


def test_f8_svg_and_mathml_keep_their_namespace(agent: Agent) -> None:
    drawing = p.svg("svg", p.svg("linearGradient", id="g"), p.svg("circle", r="5", fill="url(#g)"), viewBox="0 0 9 9")
    agent.feed(*p.document(drawing, p.mathml("math", p.mathml("mi", p.text("x")))))
    assert agent.look("node(6).constructor.name") == "SVGLinearGradientElement"
    assert agent.look("node(7).getAttribute('fill')") == 'url("#g")'
    assert agent.look("node(9).namespaceURI") == "http://www.w3.org/1998/Math/MathML"


def test_m2_a_masked_element_is_an_opaque_block_of_its_size(agent: Agent) -> None:
    agent.feed(*p.document(p.masked("div", 120, 40, class_="secret", style="margin-left: 7px; width: 1px")))
    box = "node(5).getBoundingClientRect()"
    assert agent.look(f"[{box}.width, {box}.height, {box}.left]") == [120, 40, 15]
    assert agent.look("[node(5).getAttribute('role'), node(5).ariaLabel]") == ["img", "Hidden from view"]
    assert "gradient" in agent.look("getComputedStyle(node(5)).backgroundImage")
    agent.feed(p.STYLE, 5, 2, "width", "300px", 0, "height", "50px", 0)
    assert agent.look(f"[{box}.width, {box}.height]") == [300, 50]
    agent.feed(p.ATTRIBUTE, 5, "style", "background: none; opacity: 1")
    assert "gradient" in agent.look("getComputedStyle(node(5)).backgroundImage")


def test_f8_a_canvas_shows_a_picture_and_is_laid_out_as_a_canvas(any_agent: Agent) -> None:
    agent = any_agent
    css = "canvas{display:block;border:1px solid} img{display:none}"
    canvas = p.html("canvas", p.text("fallback"), id="c", width="40", height="20")
    agent.feed(*p.document(canvas, head=[p.html("style", p.text(css))]))
    agent.wait("node(7).offsetWidth === 42 && node(7).offsetHeight === 22")
    pixel = f"data:image/png;base64,{base64.b64encode(PIXEL).decode()}"
    agent.feed(p.CANVAS, 7, 40, 20, pixel, p.STYLE, 7, 2, "content", "none", 1, "margin", "3px", 0)
    assert pixel in agent.look("node(7).style.content")
    agent.feed(p.ATTRIBUTE, 7, "style", "content: none !important; width: 80px")
    assert pixel in agent.look("node(7).style.content")
    assert agent.look("node(7).offsetWidth") == 82
    for forged in (EVIL, f'{pixel}") , url("{EVIL}'):
        agent.feed(p.CANVAS, 7, 40, 20, forged)
        assert agent.look("node(7).style.content").startswith('url("data:image/svg+xml')
    assert agent.strays == []


def test_f5_strings_are_told_once_in_an_epoch(agent: Agent) -> None:
    agent.feed(*p.document(p.html("mark", class_="loud")))
    index = {"html": 0, "head": 4, "body": 5, "mark": 6, "class": 7, "loud": 8}
    again = [1, index["mark"], 1, index["class"], index["loud"], 0]
    agent.feed(p.INSERT, 4, 5, 6, 1, *again)
    assert agent.look("doc.body.innerHTML") == '<mark class="loud"></mark>' * 2
