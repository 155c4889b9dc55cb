"""What a component's slots show is masked while it shows within something masked there, whichever way it came there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.journey

PAGE = "<!doctype html><title>t</title><div id=host>FIRST<b id=b>second</b></div>"
BEGIN = """mode => {
  globalThis.root = host.attachShadow({ mode });
  root.innerHTML = '<p id=open><slot></slot></p><p id=mask class=no-upscope>m<slot name=in></slot></p>';
  globalThis.slot = root.querySelector('slot');
  globalThis.find = (id) => root.getElementById(id);
}"""
# By what the host's text and element come to show under a mask, and by what they come back.
WAYS = {
    "the slot moves": ("find('mask').append(slot)", "find('open').append(slot)"),
    "what holds the slot moves": ("find('mask').append(find('open'))", "root.append(find('open'))"),
    "a mask on the slot's parent": ("find('open').className = 'no-upscope'", "find('open').className = ''"),
    "a mask on the slot": ("slot.className = 'no-upscope'", "slot.className = ''"),
    "the slot's name": ("find('mask').append(document.createElement('slot')); slot.name = 'x'", "slot.name = ''"),
    "another slot takes its place": (
        "find('open').remove(); find('mask').append(document.createElement('slot'))",
        "find('mask').replaceChildren(); root.append(slot)",
    ),
}


def left(page: Page) -> str:
    page.evaluate("mirror.settle()")
    told: str = page.evaluate("mirror.bytes()")
    assert page.evaluate("mirror.broken") == []
    return told


@pytest.mark.parametrize("mode", ["open", "closed"])
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_m3_what_comes_to_show_under_a_mask_is_told_anew(
    visit: Callable[..., Page], way: tuple[str, str], mode: str
) -> None:
    page = visit(PAGE)
    page.evaluate("mirror.start()")
    left(page)
    page.evaluate(BEGIN, mode)
    left(page)
    there, back = way
    page.evaluate(f"{there}; host.firstChild.data = 'SECRET'; b.textContent = 'SECRET2'")
    assert "SECRET" not in left(page)
    assert page.evaluate("[host.firstChild, b].map(node => mirror.capture.nodes.isMasked(node))") == [True, True]
    page.evaluate(f"{back}; host.firstChild.data = 'AGAIN'; b.textContent = 'LAST'")
    told = left(page)
    assert "AGAIN" in told
    assert "LAST" in told


@pytest.mark.parametrize("masked", [[], [".mine"]], ids=["usual", "own selectors"])
def test_m3_what_moves_between_slots_is_told_anew(visit: Callable[..., Page], masked: list[str]) -> None:
    page = visit(PAGE)
    page.evaluate(BEGIN, "open")
    page.evaluate("maskedElements => mirror.start({ maskedElements })", masked)
    left(page)
    page.evaluate("b.slot = 'in'; b.textContent = 'SECRET'")
    assert "SECRET" not in left(page)
    page.evaluate("b.slot = ''; b.textContent = 'LAST'")
    assert "LAST" in left(page)


def test_m3_what_a_script_puts_into_a_masked_slot_is_told_anew(visit: Callable[..., Page]) -> None:
    page = visit(PAGE)
    page.evaluate(
        """() => {
          globalThis.root = host.attachShadow({ mode: 'open', slotAssignment: 'manual' });
          root.innerHTML = '<slot></slot><p class=no-upscope><slot></slot></p>';
          [globalThis.out, globalThis.within] = root.querySelectorAll('slot');
          out.assign(host.firstChild, b);
        }"""
    )
    page.evaluate("mirror.start()")
    left(page)
    page.evaluate("within.assign(host.firstChild, b); host.firstChild.data = 'SECRET'; b.textContent = 'SECRET2'")
    assert "SECRET" not in left(page)
    page.evaluate("out.assign(host.firstChild, b); host.firstChild.data = 'AGAIN'; b.textContent = 'LAST'")
    told = left(page)
    assert "AGAIN" in told
    assert "LAST" in told


def test_m3_children_told_before_their_masked_slot_came_are_told_anew(visit: Callable[..., Page]) -> None:
    page = visit(PAGE)
    page.evaluate("mirror.start()")
    left(page)
    page.evaluate(
        """() => {
          host.attachShadow({ mode: 'open' }).innerHTML = '<p class=no-upscope><slot></slot></p>';
          host.firstChild.data = 'SECRET'; b.textContent = 'SECRET2';
        }"""
    )
    assert "SECRET" not in left(page)
    page.evaluate("b.textContent = 'SECRET3'")
    assert "SECRET" not in left(page)


NEW = "const made = document.createElement('div'); made.attachShadow({ mode: 'open' }).innerHTML = '%s'; "
IN_MASK = "<p class=no-upscope><slot></slot></p>"


@pytest.mark.parametrize(
    "way",
    [
        NEW % IN_MASK + "document.body.append(made); made.append(...host.childNodes)",
        NEW % IN_MASK + "made.append(...host.childNodes); document.body.append(made)",
        NEW % IN_MASK + "host.before(made); made.append(host)",
        NEW % "<p><slot></slot></p>" + "document.body.append(made); made.append(...host.childNodes);"
        "made.shadowRoot.firstChild.className = 'no-upscope'",
    ],
    ids=["put there, then filled", "filled, then put there", "round its parent", "masked last"],
)
def test_m3_what_moves_into_a_new_component_is_masked_there(visit: Callable[..., Page], way: str) -> None:
    page = visit(PAGE)
    page.evaluate("mirror.start()")
    left(page)
    page.evaluate(
        f"() => {{ const first = host.firstChild; {way}; first.data = 'SECRET'; b.textContent = 'SECRET2'; }}"
    )
    assert "SECRET" not in left(page)
    page.evaluate("b.textContent = 'SECRET3'")
    assert "SECRET" not in left(page)


@pytest.mark.parametrize(
    "way",
    [
        "inner.attachShadow({ mode: 'open' }).innerHTML = '<p class=no-upscope><slot></slot></p>'",
        "inner.shadowRoot.querySelector('p').className = 'no-upscope'",
    ],
    ids=["a component inside comes", "a mask in the component inside"],
)
def test_m3_what_shows_through_two_components_is_told_anew(visit: Callable[..., Page], way: str) -> None:
    page = visit(PAGE)
    page.evaluate(
        """comes => {
          host.attachShadow({ mode: 'open' }).innerHTML = '<div><slot></slot></div>';
          globalThis.inner = host.shadowRoot.firstChild;
          if (!comes) inner.attachShadow({ mode: 'open' }).innerHTML = '<p><slot></slot></p>';
        }""",
        "attachShadow" in way,
    )
    page.evaluate("mirror.start()")
    left(page)
    page.evaluate(f"{way}; host.firstChild.data = 'SECRET'; b.textContent = 'SECRET2'")
    assert "SECRET" not in left(page)


@pytest.mark.parametrize("mode", ["open", "closed"])
def test_m1_what_was_masked_by_itself_before_its_slot_was_is_open_after_both(
    visit: Callable[..., Page], mode: str
) -> None:
    page = visit(PAGE)
    page.evaluate("() => { host.firstChild.remove(); b.className = 'no-upscope' }")
    page.evaluate(BEGIN, mode)
    page.evaluate("mirror.start()")
    left(page)
    for change in ("find('mask').append(slot)", "b.className = ''"):
        page.evaluate(f"() => {{ {change} }}")
        left(page)
    page.evaluate("() => { find('open').append(slot); b.textContent = 'LAST' }")
    assert "LAST" in left(page)


def test_m1_what_is_wrapped_away_from_its_masked_slot_is_open(visit: Callable[..., Page]) -> None:
    page = visit(PAGE)
    page.evaluate("b.slot = 'in'; b.textContent = 'LATE'")
    page.evaluate(BEGIN, "open")
    page.evaluate("mirror.start()")
    assert "LATE" not in left(page)
    page.evaluate(
        "() => { const it = b, made = document.createElement('div'); it.replaceWith(made); made.append(it); }"
    )
    assert "LATE" in left(page)
