"""Each kind of fact: what happens in the page is told, once, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from e2e.flow import until

pytestmark = pytest.mark.journey

FORM = """<!doctype html><title>form</title><form id=f>
<input id=text value=start><input id=check type=checkbox><input id=tick type=checkbox checked>
<textarea id=area>old</textarea>
<select id=one><option>a<option selected>b</select><select id=many multiple><option>a<option>b<option>c</select>
<input id=submit type=submit value=Send></form>"""

# name, page, what happens, facts that must come
CASES: list[tuple[str, str, str, list[list[Any]]]] = [
    ("typed", FORM, "text.value = 'x'; text.dispatchEvent(new Event('input'))", [["Value", "#text", "x"]]),
    ("set by a script", FORM, "text.value = 'y'", [["Value", "#text", "y"]]),
    ("textarea", FORM, "area.value = 'new'", [["Value", "#area", "new"]]),
    ("textarea's default", FORM, "area.textContent = 'other'", [["Value", "#area", "other"]]),
    ("checked", FORM, "check.checked = true", [["Checked", "#check", 1]]),
    ("indeterminate", FORM, "check.indeterminate = true", [["Checked", "#check", 2]]),
    ("unchecked", FORM, "tick.checked = false", [["Checked", "#tick", 0]]),
    ("select", FORM, "one.selectedIndex = 0", [["Selected", "#one", [0]]]),
    ("multiple", FORM, "many.options[0].selected = many.options[2].selected = true", [["Selected", "#many", [0, 2]]]),
    ("reset", FORM, "text.value = 'z'; await mirror.news(); f.reset()", [["Value", "#text", "start"]]),
    (
        "another default, which does not count any more",
        FORM,
        "text.value = text.value; await mirror.news(); text.setAttribute('value', 'other')",
        [["Value", "#text", "start"]],
    ),
    ("another type", FORM, "text.type = 'range'", [["Value", "#text", "50"]]),
    ("button's label", FORM, "submit.value = 'Go'", [["Value", "#submit", "Go"]]),
    (
        "box scrolled",
        "<!doctype html><div id=box style='height:50px;overflow:auto'><p style='height:900px;width:9000px'></div>",
        "box.scrollTo(30, 70)",
        [["Scroll", "#box", 30, 70]],
    ),
    (
        "window scrolled",
        "<!doctype html><p style='height:9000px'>",
        "scrollTo(0, 500)",
        [["Scroll", "#document", 0, 500]],
    ),
    ("title", "<!doctype html><title>a</title>", "document.title = 'b'", [["Page", "http://page.test/", "b"]]),
    (
        "navigation",
        "<!doctype html><title>a</title>",
        "history.pushState(0, '', '/two')",
        [["Page", "http://page.test/two", "a"]],
    ),
    ("focus", FORM, "check.focus()", [["Focus", "#check", 1]]),
    (
        "focus in a shadow root",
        "<!doctype html><div id=host></div>",
        """const root = host.attachShadow({mode: 'closed'}); root.innerHTML = '<button id=inner>b</button>';
        await mirror.news(); root.firstChild.focus()""",
        [["Focus", "#inner", 1]],
    ),
    (
        "caret",
        FORM,
        "text.focus(); await mirror.news(); text.setSelectionRange(1, 3)",
        [["FieldSelection", "#text", 1, 3]],
    ),
    (
        "selection",
        "<!doctype html><p id=p>some text</p>",
        "getSelection().setBaseAndExtent(p.firstChild, 1, p.firstChild, 4)",
        [["Selection", "#text", 1, "same", 4]],
    ),
    ("dialog", "<!doctype html><dialog id=d>hi</dialog>", "d.showModal()", [["TopLayer", "#d", 2]]),
    (
        "dialog closed",
        "<!doctype html><dialog id=d>hi</dialog>",
        "d.showModal(); await mirror.news(); d.close()",
        [["TopLayer", "#d", 0]],
    ),
    ("popover", "<!doctype html><div id=d popover>hi</div>", "d.showPopover()", [["TopLayer", "#d", 3]]),
    ("muted", "<!doctype html><video id=v></video>", "v.muted = true", [["Media", "#v", 1, 0, 1, 1, 1]]),
]

STYLED = "<!doctype html><style id=s>a { color: red } @media print { b { color: red } } c { color: red }</style>"
SHEET_CASES: list[tuple[str, str, list[list[Any]]]] = [
    ("insertRule", "s.sheet.insertRule('d { top: 0px; }', 1)", [["RuleInsert", "#s", [], 1, "d { top: 0px; }"]]),
    ("deleteRule", "s.sheet.deleteRule(2)", [["RuleDelete", "#s", [], 2]]),
    (
        "insertRule in a group",
        "s.sheet.cssRules[1].insertRule('e { top: 0px; }', 0)",
        [["RuleInsert", "#s", [1], 0, "e { top: 0px; }"]],
    ),
    (
        "insertRule in a rule",
        "s.sheet.cssRules[0].insertRule('& e { top: 0px; }', 0)",
        [["RuleInsert", "#s", [0], 0, "& e { top: 0px; }"]],
    ),
    ("a declaration", "s.sheet.cssRules[2].style.color = 'blue'", [["RuleReplace", "#s", [2], "c { color: blue; }"]]),
    (
        "a declaration in a group",
        "s.sheet.cssRules[1].cssRules[0].style.setProperty('color', 'blue')",
        [["RuleReplace", "#s", [1, 0], "b { color: blue; }"]],
    ),
    ("a selector", "s.sheet.cssRules[0].selectorText = 'z'", [["RuleReplace", "#s", [0], "z { color: red; }"]]),
    ("disabled", "s.sheet.disabled = true", [["SheetState", "#s", 1, ""]]),
    ("media", "s.sheet.media.mediaText = 'print'", [["SheetState", "#s", 0, "print"]]),
    (
        "adopted",
        "const x = new CSSStyleSheet(); x.replaceSync('a { top: 0px; }'); document.adoptedStyleSheets = [x]",
        [["Sheet", 1, "a { top: 0px; }"], ["Adopt", "#document", [1]]],
    ),
    (
        "adopted by push",
        "document.adoptedStyleSheets.push(new CSSStyleSheet()); s.title = 'x'",
        [["Sheet", 1, ""], ["Adopt", "#document", [1]]],
    ),
    (
        "replaceSync",
        "const x = new CSSStyleSheet(); document.adoptedStyleSheets = [x]; await mirror.news(); x.replaceSync('b {}')",
        [["Rules", -1, ["b { }"]]],
    ),
]

RUN = """async (what) => {
  mirror.start();
  await mirror.capture.told;
  await mirror.news();
  await eval(`(async () => { ${what} })()`);
  await new Promise(r => requestAnimationFrame(() => setTimeout(r)));
  return await mirror.news();
}"""


def tidy(fact: list[Any]) -> list[Any]:
    """The focus end of a selection is a bare number."""
    return [*fact[:3], "same", fact[4]] if fact[0] == "Selection" else fact


@pytest.mark.parametrize(("html", "happens", "facts"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_f8_what_happens_in_the_page_is_told(
    visit: Callable[..., Page], html: str, happens: str, facts: list[list[Any]]
) -> None:
    """F8: for each kind of fact."""
    page = visit(html)
    told = [tidy(fact) for fact in page.evaluate(RUN, happens)]
    for fact in facts:
        assert told.count(fact) == 1, told


@pytest.mark.parametrize(
    ("happens", "facts"), [case[1:] for case in SHEET_CASES], ids=[case[0] for case in SHEET_CASES]
)
def test_f8_style_sheets_that_scripts_change_are_told(
    visit: Callable[..., Page], happens: str, facts: list[list[Any]]
) -> None:
    """F8: in the CSSOM no mutation is recorded."""
    told = visit(STYLED).evaluate(RUN, happens)
    assert [fact for fact in told if fact[0] not in ("Focus", "Scroll")] == facts


def test_f8_rules_that_the_text_does_not_say_are_told_with_the_snapshot(visit: Callable[..., Page]) -> None:
    page = visit("<!doctype html><style id=s></style><style id=t>a { color: red }</style>")
    page.evaluate("s.sheet.insertRule('b { top: 0px; }'); t.sheet.cssRules[0].style.color = 'blue'")
    page.evaluate("mirror.start()")
    told = [fact for fact in page.evaluate("mirror.news()") if fact[0] == "Rules"]
    assert told == [["Rules", "#s", ["b { top: 0px; }"]], ["Rules", "#t", ["a { color: blue; }"]]]


def test_f8_frames_of_the_same_origin_are_told_through_their_navigations(visit: Callable[..., Page]) -> None:
    files = {"/one": ("text/html", "<p>one</p>"), "/two": ("text/html", "<b>two</b>")}
    page = visit("<!doctype html><iframe id=i src=/one></iframe><iframe srcdoc='<i>doc</i>'></iframe>", files=files)
    page.evaluate("mirror.start()")
    assert page.evaluate("mirror.difference()") == ""
    page.evaluate("new Promise(r => { i.onload = r; i.src = '/two' })")
    until(lambda: page.evaluate("mirror.difference()") == "", what="the other document", page=page)
    page.evaluate("i.contentDocument.body.append('more')")
    assert page.evaluate("mirror.difference()") == ""
    assert "more" in page.evaluate("mirror.bytes()")


def test_f8_a_closed_root_of_an_element_that_came_from_a_frame_which_is_gone_is_told(
    visit: Callable[..., Page],
) -> None:
    page = visit("<!doctype html><iframe id=f srcdoc='<p id=p>here</p>'></iframe><div id=place></div>")
    page.wait_for_function("() => f.contentDocument?.getElementById('p')")
    page.evaluate("""async () => {
      mirror.start();
      await mirror.settle();
      const p = f.contentDocument.getElementById("p");
      place.append(p);
      f.remove();
      await mirror.settle();
      p.attachShadow({ mode: "closed" }).append("inside it");
      await mirror.settle();
    }""")
    assert "inside it" in page.evaluate("mirror.bytes()")


FRAMED = "<p id=p>here</p><style id=s>b { top: 0px }</style>"


@pytest.mark.parametrize("frame", ["gone", "another document by now", "never told"])
def test_f8_what_came_out_of_a_frame_is_heard_of_though_it_keeps_the_functions_there(
    visit: Callable[..., Page], frame: str
) -> None:
    masked = "class=no-upscope" if frame == "never told" else ""
    page = visit(f'<!doctype html><iframe {masked} id=f srcdoc="{FRAMED}"></iframe><div id=place></div>')
    page.wait_for_function("() => f.contentDocument?.getElementById('s')")
    page.evaluate(
        """async (frame) => {
          mirror.start();
          await mirror.settle();
          const [p, s] = ["p", "s"].map((id) => f.contentDocument.getElementById(id));
          place.append(p, s);
          if (frame === "gone") f.remove();
          else if (frame !== "never told")
            await new Promise((loaded) => { f.onload = loaded; f.srcdoc = "<i>other</i>"; });
          await mirror.settle();
          p.attachShadow({ mode: "closed" }).append("inside it");
          s.sheet.cssRules[0].style.top = "7px";
        }""",
        frame,
    )
    until(lambda: "top: 7px" in page.evaluate("mirror.bytes()"), what="the changed rule", page=page)
    assert "inside it" in page.evaluate("mirror.bytes()")


def test_f9_what_was_taken_out_where_nobody_looks_yet_stays(visit: Callable[..., Page]) -> None:
    """F9: its old parent goes into a shadow root that is told only later, and must not take it along."""
    page = visit("<!doctype html><section><p id=p>one</p></section><div id=place></div>")
    unseen = """async () => {
      mirror.start();
      await mirror.capture.told;
      const host = document.createElement('div');
      place.append(host);
      const moved = p;
      host.attachShadow({mode: 'open'}).append(moved);
      await Promise.resolve();
      const list = document.createElement('ul');
      place.prepend(list);
      list.append(moved.firstChild);
      await mirror.settle();
      list.firstChild.data = "two";
      return await mirror.difference();
    }"""
    assert page.evaluate(unseen) == ""


def test_f14_canvases_are_told_when_they_were_drawn_on(visit: Callable[..., Page]) -> None:
    page = visit("<!doctype html><canvas id=c width=20 height=10></canvas>")
    page.evaluate("mirror.start()")
    page.evaluate("c.getContext('2d').fillRect(0, 0, 5, 5)")
    drawn = """async () => (await mirror.news()).some(([op, node, w, h, tiles]) =>
      op === 'Tiles' && node === '#c' && w === 20 && h === 10 && tiles[0][2].startsWith('data:image/'))"""
    until(lambda: page.evaluate(drawn), what="the picture", page=page)


def test_f8_boxes_scrolled_before_the_session_are_told_scrolled(visit: Callable[..., Page]) -> None:
    lines = "\n".join(f"line {n}" for n in range(99))
    page = visit(
        f"<!doctype html><pre id=log style='height:50px;overflow:auto'>{lines}</pre>"
        "<div id=box style='height:50px;overflow:auto'><p style='height:900px'></div>"
    )
    page.evaluate("log.scrollTop = 40; box.scrollTop = 70; mirror.start()")
    told = page.evaluate("mirror.news()")
    assert ["Scroll", "#log", 0, 40] in told
    assert ["Scroll", "#box", 0, 70] in told


def test_f9_a_move_sends_ids_and_never_the_subtree(visit: Callable[..., Page]) -> None:
    items = "".join(f"<li>item {n} <b>bold</b></li>" for n in range(500))
    page = visit(f"<!doctype html><ul id=u>{items}</ul><div id=d></div>")
    page.evaluate("mirror.start()")
    assert page.evaluate("mirror.difference()") == ""
    page.evaluate("mirror.model.counts = {}; for (const n of [...u.children].reverse()) u.append(n)")
    assert page.evaluate("mirror.difference()") == ""
    page.evaluate(
        "const old = d, w = document.createElement('p'); d.append(...u.children); d.replaceWith(w); w.append(old)"
    )
    assert page.evaluate("mirror.difference()") == ""
    counts = page.evaluate("mirror.model.counts")
    assert counts["Move"] >= 2
    # Only the new wrapper is inserted.
    assert counts["Insert"] == 1


def test_f7_the_first_slice_leaves_before_the_page_is_read(visit: Callable[..., Page]) -> None:
    cards = "".join(f"<div class=card><h2>{n}</h2><p>some text</p></div>" for n in range(8000))
    page = visit(f"<!doctype html>{cards}")
    page.evaluate("mirror.start(); mirror.settle()")
    flags = page.evaluate("mirror.read().then(batches => batches.map(({ flags, seq }) => [flags & 3, seq]))")
    assert flags[0] == [1, 0]
    assert flags[-1][0] == 2
    assert len(flags) > 3
    assert [seq for _, seq in flags] == list(range(len(flags)))


def test_f4_volatile_frames_are_not_counted(visit: Callable[..., Page]) -> None:
    page = visit("<!doctype html><p id=p>text</p>")
    page.evaluate("mirror.start(); mirror.settle()")
    for x in (10, 20, 30):
        page.mouse.move(x, 10)
    page.wait_for_function("mirror.frames.some(frame => frame[1] & 8)")
    page.evaluate("p.title = 'x'; mirror.settle()")
    batches = page.evaluate("mirror.read()")
    counted = [batch["seq"] for batch in batches if not batch["flags"] & 8]
    assert counted == list(range(len(counted)))


def test_l7_batches_wait_and_merge_while_the_network_is_behind(visit: Callable[..., Page]) -> None:
    page = visit("<!doctype html><p id=p>text</p>")
    page.evaluate("mirror.start(); mirror.news()")
    frames = page.evaluate(
        """async () => {
          mirror.unacknowledged_bytes = 1e6;
          const before = mirror.frames.length;
          for (let n = 0; n < 30; n++) { p.textContent = 'state ' + n; await new Promise(r => setTimeout(r)); }
          mirror.capture.flush();
          const during = mirror.frames.length - before;
          mirror.unacknowledged_bytes = 0;
          await mirror.settle();
          return [during, mirror.frames.length - before];
        }"""
    )
    assert frames == [0, 1]
    assert page.evaluate("mirror.difference()") == ""


def test_f7_nothing_of_capture_is_left_in_the_page_after_stop(visit: Callable[..., Page]) -> None:
    probe = """() => [
      HTMLInputElement.prototype, HTMLSelectElement.prototype, CSSStyleSheet.prototype, CSSGroupingRule.prototype,
      CSSStyleRule.prototype, Element.prototype, History.prototype, Document.prototype, HTMLDialogElement.prototype,
      HTMLElement.prototype, CanvasRenderingContext2D.prototype, StyleSheet.prototype, MediaList.prototype,
    ].flatMap(owner => Object.values(Object.getOwnPropertyDescriptors(owner)).flatMap(d => [d.value, d.get, d.set]))"""
    page = visit("<!doctype html><input id=i><p id=p>text</p>")
    page.evaluate(f"globalThis.before = ({probe})()")
    page.evaluate("mirror.start(); mirror.settle()")
    changed = f"({probe})().filter((it, n) => it !== before[n]).length"
    assert page.evaluate(changed) > 20
    page.evaluate("mirror.capture.stop()")
    assert page.evaluate(changed) == 0
    page.evaluate("mirror.frames.length = 0; i.value = 'x'; p.textContent = 'y'; mirror.capture.flush()")
    page.evaluate("new Promise(r => setTimeout(r, 300))")
    assert page.evaluate("mirror.frames.length") == 0
