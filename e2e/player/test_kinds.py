"""State that is not in the tree: fields, scroll, focus, selection, sheets, dialogs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import pages as p

if TYPE_CHECKING:
    from .conftest import Agent


def test_f8_fields_hold_what_they_hold_in_the_page(any_agent: Agent) -> None:
    agent = any_agent
    options = [p.html("option", p.text(letter)) for letter in "abc"]
    fields = [p.html("input"), p.html("textarea"), p.html("input", type="checkbox"), p.html("input", type="checkbox")]
    agent.feed(*p.document(*fields, p.html("select", *options, multiple=""), p.html("input", type="file")))
    agent.feed(p.VALUE, 5, "typed", p.VALUE, 6, "long", p.CHECKED, 7, 1, p.CHECKED, 8, 2, p.SELECTED, 9, 2, 0, 2)
    agent.feed(p.VALUE, 16, "plan.pdf\nlist.txt")
    assert agent.look("[node(5).value, node(6).value]") == ["typed", "long"]
    assert agent.look("[...node(16).files].map(f => [f.name, f.size])") == [["plan.pdf", 0], ["list.txt", 0]]
    assert agent.look("[node(7).checked, node(8).checked, node(8).indeterminate]") == [True, False, True]
    assert agent.look("[...node(9).selectedOptions].map(o => o.index)") == [0, 2]


def test_f8_boxes_and_the_page_scroll_even_before_they_are_large_enough(any_agent: Agent) -> None:
    agent = any_agent
    tall = p.html("div", style="height: 3000px")
    small = p.html("div", p.html("div", style="height: 900px"), style="height: 100px; overflow: auto")
    agent.feed(*p.document(small, tall), p.SCROLL, 0, 0, 700, p.SCROLL, 5, 0, 50)
    assert agent.look("[doc.scrollingElement.scrollTop, node(5).scrollTop]") == [700, 50]
    agent.feed(p.SCROLL, 0, 0, 4000)
    agent.feed(*p.insert(4, 7, 8, p.html("div", style="height: 3000px")))
    assert agent.look("doc.scrollingElement.scrollTop") == 4000


def test_f8_offsets_are_exact_again_when_the_stage_is_shown_at_another_scale(any_agent: Agent) -> None:
    agent = any_agent
    scaled = "new Promise((done) => { player.frame.parentElement.style.transform = 'scale(%s)'; setTimeout(done) })"
    agent.feed(*p.document(p.html("div", style="height: 3000px")))
    agent.look(f"{scaled % 0.9375}.then(() => 0)")
    agent.feed(p.SCROLL, 0, 0, 71)
    agent.look(f"{scaled % 1}.then(() => 0)")
    assert agent.look("doc.scrollingElement.scrollTop") == 71


def test_f8_hover_focus_and_press_style_as_in_the_page(any_agent: Agent) -> None:
    agent = any_agent
    css = (
        "a:hover{color:rgb(1,0,0)} a:hover:active{color:rgb(2,0,0)} input:focus{color:rgb(3,0,0)} "
        "div:focus-within{color:rgb(4,0,0)} input:focus-visible{margin:9px} @media (hover:hover){i{color:rgb(5,0,0)}}"
    )
    body = [p.html("a", p.html("b", p.text("x")), href="/next"), p.html("div", p.html("input"))]
    agent.feed(*p.document(*body, head=[p.html("style", p.text(css))]))
    # 4 style, 5 its text, 6 body, 7 a, 8 b, 10 div, 11 input
    color = "getComputedStyle(node({})).color"
    agent.feed(p.HOVER, 8, p.FOCUS, 11, 1)
    assert agent.look(color.format(7)) == "rgb(1, 0, 0)"
    assert agent.look(color.format(11)) == "rgb(3, 0, 0)"
    assert agent.look(color.format(10)) == "rgb(4, 0, 0)"
    assert agent.look("getComputedStyle(node(11)).margin") == "9px"
    agent.feed(p.POINTER, 10, 12, 1)
    assert agent.look(color.format(7)) == "rgb(2, 0, 0)"
    agent.feed(p.POINTER, -1, 0, 0, p.HOVER, -1, p.FOCUS, -1, 0)
    assert (
        agent.look("doc.querySelectorAll('[data-twinpane-hover],[data-twinpane-focus],[data-twinpane-within]').length")
        == 0
    )
    assert agent.look("log.filter(e => e[0] === 'pointer').map(e => e[1])") == [
        {"x": 10, "y": 12, "pressed": True},
        None,
    ]


def test_f8_focus_in_the_page_leaves_the_agents_focus_alone(any_agent: Agent) -> None:
    agent = any_agent
    agent.page.evaluate("document.body.append(Object.assign(document.createElement('input'), {id: 'own'}))")
    agent.page.focus("#own")
    agent.feed(*p.document(p.html("input"), p.html("dialog", p.html("button"))))
    agent.feed(p.FOCUS, 5, 1, p.FIELD_SELECTION, 5, 0, 0, p.TOP_LAYER, 6, 2)
    assert agent.page.evaluate("document.activeElement.id") == "own"


def test_f8_the_selection_is_painted(any_agent: Agent) -> None:
    agent = any_agent
    agent.feed(*p.document(p.html("p", p.text("one two three"))))
    painted = "[...(doc.defaultView.CSS.highlights.get('twinpane-selection') ?? [])].map(String)"
    agent.feed(p.SELECTION, 6, 4, 6, 7)
    assert agent.look(painted) == ["two"]
    agent.feed(p.SELECTION, 6, 7, 6, 0)
    assert agent.look(painted) == ["one two"]
    agent.feed(p.SELECTION, -1, 0, -1, 0)
    assert agent.look(painted) == []


def test_f8_style_elements_follow_their_texts_and_their_rules(any_agent: Agent) -> None:
    agent = any_agent
    agent.feed(*p.document(p.html("p", p.text("x")), head=[p.html("style", p.text("p{color:rgb(1,"), p.text("0,0)}"))]))
    # 4 style, 5 and 6 texts, 7 body, 8 p
    color = "getComputedStyle(node(8)).color"
    assert agent.look(color) == "rgb(1, 0, 0)"
    agent.feed(p.TEXT, 6, "2,0)}")
    assert agent.look(color) == "rgb(1, 2, 0)"
    agent.feed(p.REMOVE, 1, 6, p.SPLICE, 5, 0, 14, "p{color:rgb(3,0,0)}")
    assert agent.look(color) == "rgb(3, 0, 0)"
    agent.feed(p.RULE_INSERT, 4, 0, 1, "@media all { p { color: rgb(4, 0, 0) } }")
    agent.feed(p.RULE_INSERT, 4, 1, 1, 1, "p { color: rgb(5, 0, 0) }")
    assert agent.look(color) == "rgb(5, 0, 0)"
    agent.feed(p.RULE_DELETE, 4, 1, 1, 1)
    assert agent.look(color) == "rgb(4, 0, 0)"
    agent.feed(p.RULE_REPLACE, 4, 2, 1, 0, "p { color: rgb(6, 0, 0) }")
    assert agent.look(color) == "rgb(6, 0, 0)"
    agent.feed(p.RULES, 4, 2, "p { color: rgb(7, 0, 0) }", "@unknown x;")
    assert agent.look(color) == "rgb(7, 0, 0)"
    agent.feed(p.SHEET_STATE, 4, 1, "")
    assert agent.look(color) == "rgb(0, 0, 0)"


def test_f8_what_scripts_did_to_a_sheet_outlasts_moves_that_only_the_stage_makes(any_agent: Agent) -> None:
    """The page may have moved the element's neighbour, and its sheet has never been made anew."""
    agent = any_agent
    # 5 x-card with a shadow tree: 21 div > 22 style > 23 text, 24 section, 25 p
    styled = p.html("div", p.html("style", p.text("p{color:rgb(1,0,0)}")))
    agent.feed(*p.document(p.html("x-card")))
    agent.feed(*p.root(5, 20, 1, styled, p.html("section"), p.html("p")))
    color = "getComputedStyle(node(25)).color"
    agent.feed(p.RULE_INSERT, 22, 0, 1, "p { color: rgb(2, 0, 0) }")
    agent.feed(p.MOVE, 24, 0, 1, 21)
    assert agent.look(color) == "rgb(2, 0, 0)"
    agent.feed(p.DETACH, 1, 21, p.DETACH, 1, 24, p.MOVE, 20, 0, 1, 21, p.MOVE, 21, 22, 1, 24)
    assert agent.look("node(24).parentNode === node(21)")
    assert agent.look(color) == "rgb(2, 0, 0)"
    agent.feed(p.SHEET_STATE, 22, 1, "", p.MOVE, 20, 25, 1, 21)
    assert agent.look(color) == "rgb(0, 0, 0)"
    agent.feed(p.SHEET_STATE, 22, 0, "")
    assert agent.look(color) == "rgb(2, 0, 0)"


def test_f8_what_scripts_did_to_a_sheet_outlasts_moves_within_the_document(any_agent: Agent) -> None:
    """Firefox makes a new sheet even of what `moveBefore` moves."""
    agent = any_agent
    # 5 div > 6 style > 7 text, 8 section, 9 p
    styled = p.html("div", p.html("style", p.text("@media all { p{color:rgb(1,0,0)} }")))
    agent.feed(*p.document(styled, p.html("section"), p.html("p")))
    agent.feed(p.RULE_INSERT, 6, 1, 0, 1, "p { color: rgb(2, 0, 0) }", p.MOVE, 8, 0, 1, 5)
    assert agent.look("getComputedStyle(node(9)).color") == "rgb(2, 0, 0)"
    agent.feed(p.SHEET_STATE, 6, 1, "", p.MOVE, 4, 0, 1, 6)
    assert agent.look("getComputedStyle(node(9)).color") == "rgb(0, 0, 0)"


def test_f8_constructed_sheets_are_adopted_wherever_they_are_used(any_agent: Agent) -> None:
    agent = any_agent
    agent.feed(*p.document(p.html("p"), p.html("x-card"), p.html("iframe")))
    agent.feed(*p.root(6, 20, 1, p.html("p")), *p.root(7, 30, 2, p.html("html", p.html("body", p.html("p")))))
    agent.feed(p.SHEET, 1, "p{color:rgb(1,0,0)}", p.ADOPT, 0, 1, 1, p.ADOPT, 20, 1, 1, p.ADOPT, 30, 1, 1)
    colors = "[5, 21, 33].map(id => getComputedStyle(node(id)).color)"
    assert agent.look(colors) == ["rgb(1, 0, 0)"] * 3
    agent.feed(p.RULE_REPLACE, -1, 1, 0, "p{color:rgb(2,0,0)}")
    assert agent.look(colors) == ["rgb(2, 0, 0)"] * 3
    agent.feed(p.SHEET, 1, "p{color:rgb(3,0,0)}", p.ADOPT, 20, 0)
    assert agent.look(colors) == ["rgb(3, 0, 0)", "rgb(0, 0, 0)", "rgb(3, 0, 0)"]


def test_f11_linked_sheets_come_through_the_door_and_follow_hover_and_edits(any_agent: Agent) -> None:
    agent = any_agent
    path = "/assets/secret/https%3A%2F%2Fshop.example%2Fcatalogue%2Fstyle.css"
    agent.assets[path] = ("text/css", "p{color:rgb(1,0,0)} @media all{p:hover{color:rgb(2,0,0)}}")
    agent.feed(*p.document(p.html("p"), head=[p.html("link", rel="stylesheet", href="style.css")]))
    agent.feed(p.HOVER, 6)
    agent.wait("getComputedStyle(node(6)).color === 'rgb(2, 0, 0)'")
    agent.feed(p.RULE_INSERT, 4, 0, 2, "p { background-image: url(a.png); margin: 3px }")
    assert agent.look("getComputedStyle(node(6)).margin") == "3px"
    background = agent.look("getComputedStyle(node(6)).backgroundImage")
    assert background.endswith('/assets/secret/https%3A%2F%2Fshop.example%2Fcatalogue%2Fa.png")')
    assert agent.strays == []


def test_f8_dialogs_and_popovers_are_in_the_top_layer(any_agent: Agent) -> None:
    agent = any_agent
    agent.feed(*p.document(p.html("dialog", p.text("d")), p.html("div", popover="manual"), p.html("button")))
    agent.feed(p.ATTRIBUTE, 5, "open", "", p.TOP_LAYER, 5, 2, p.TOP_LAYER, 7, 3)
    assert agent.look("[node(5).matches(':modal'), node(7).matches(':popover-open')]") == [True, True]
    # As a move does that only the stage makes, where the browser cannot move without taking out.
    assert agent.look("[5, 7].map(id => (node(id).replaceWith(node(id)), doc.body.append(node(id))))") == [None, None]
    agent.feed(p.SCROLL, 0, 0, 0)
    assert agent.look("[node(5).matches(':modal'), node(7).matches(':popover-open')]") == [True, True]
    agent.feed(p.TOP_LAYER, 5, 0, p.TOP_LAYER, 7, 0)
    assert agent.look("[node(5).matches(':modal'), node(5).open, node(7).matches(':popover-open')]") == [False] * 3
    assert agent.look("doc.elementFromPoint(10, 10) !== null")


def test_f8_the_colour_scheme_is_the_visitors(agent: Agent) -> None:
    css = "p{color:rgb(1,0,0)} @media (prefers-color-scheme: dark){p{color:rgb(2,0,0)}}"
    agent.feed(*p.document(p.html("p"), head=[p.html("style", p.text(css))]))
    agent.wait("getComputedStyle(node(7)).color === 'rgb(1, 0, 0)'")
    dark = [p.DEVICE, 1, "prefers-color-scheme", "dark"]
    agent.feed(p.VIEWPORT, 400, 300, 2, 1, 0, 0, *dark, p.PAGE, "https://shop.example/", "Shop")
    agent.wait("getComputedStyle(node(7)).color === 'rgb(2, 0, 0)'")
    shown = {"url": "https://shop.example/", "title": "Shop", "width": 400, "height": 300}
    assert agent.look("log.findLast(e => e[0] === 'page')[1]") == shown
