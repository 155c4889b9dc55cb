"""The fidelity receipt: the page says what it has, the player compares."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from e2e.flow import until

from .both import Both

if TYPE_CHECKING:
    from .conftest import Agent

pytestmark = pytest.mark.journey

CONTENT = """root.innerHTML = `<p class=a id=p>Hello <b>there</b></p><ul><li>one<li>two<li>three</ul>
    <svg class="dark:hover:x"><g data-k=1></g></svg><object class=o id=obj></object><meta id=m name=x>
    <input value=v placeholder=ph><input type=password value=secret><p class=no-upscope>SECRET</p>
    <style>p { color: blue }</style><template>t</template><div id=host></div><iframe srcdoc="<i>in"></iframe>`;
    host.attachShadow({ mode: "open" }).innerHTML = "<u>in the shadow</u>"; mirror.start()"""
BREAK = {
    "a text": "doc.querySelector('b').firstChild.data = 'here'",
    "a class": "doc.querySelector('p').className = 'b'",
    "a node that is gone": "doc.querySelectorAll('li')[1].remove()",
    "a node that is not the page's": "doc.querySelector('ul').append(doc.createElement('li'))",
    "an order": "doc.querySelector('ul').prepend(doc.querySelectorAll('li')[1])",
    "a shadow tree": "doc.getElementById('host').shadowRoot.querySelector('u').id = 'x'",
    "a frame": "doc.querySelector('iframe').contentDocument.querySelector('i').append('more')",
}


@pytest.fixture
def both(any_agent: Agent, visitor_scripts: list[str]) -> Both:
    both = Both(any_agent, visitor_scripts)
    both.visitor.evaluate(CONTENT)
    both.assert_equal("at the start")
    return both


WHOLE = r"((await mirror.bytes()).match(/32,\d+,\d+,1,\d+\]/g) ?? []).length"
"""How often the whole page was compared."""


def check(both: Both) -> list[list[str]]:
    """Have the whole page compared; gives what came of it."""
    both.show()
    both.agent.look("log.splice(0)")
    both.visitor.evaluate(f"async () => {{ globalThis.before = {WHOLE}; mirror.capture.verify() }}")
    told_whole = f"async () => {{ await mirror.settle(); return {WHOLE} > before }}"
    until(lambda: both.visitor.evaluate(told_whole), what="the receipt", page=both.agent.page)
    both.show()
    told: list[list[str]] = both.agent.look("log.filter(([what]) => /verified|differs|broken/.test(what))")
    return told


def test_f20_a_picture_that_equals_the_page_is_verified(both: Both) -> None:
    assert check(both) == [["verified"]]
    both.visitor.evaluate("p.append('!'); root.prepend(document.querySelector('ul')); p.className = 'no-upscope'")
    assert check(both) == [["verified"]]


@pytest.mark.parametrize("what", BREAK)
def test_f20_a_picture_that_differs_from_the_page_is_noticed(both: Both, what: str) -> None:
    both.agent.look(BREAK[what])
    told = check(both)
    assert [name for name, *_ in told] == ["differs"], what
    # It waits for the snapshot, and asks for it once.
    assert check(both) == []


def test_f20_a_receipt_says_nothing_of_masked_content(both: Both) -> None:
    """Two pages that differ only in what is masked have the same receipts.

    A receipt is told in slices of a millisecond; one that a busy machine cuts is asked for again.
    """
    receipts = "(await mirror.read()).map(({ slots }) => slots).filter((slots) => slots[1] === 32)"
    told = []
    for content in ("SECRET", "a quite different secret"):
        both.visitor.evaluate(
            "text => { const p = document.querySelector('p.no-upscope'); p.textContent = text; p.title = text;"
            "document.querySelector('[type=password]').placeholder = text }",
            content,
        )
        both.visitor.evaluate(f"async () => {{ await mirror.settle(); {receipts}; mirror.capture.verify() }}")
        whole = f"""async () => {{
            await mirror.settle();
            const told = {receipts};
            const whole = told.find(([, , from, , isLast]) => from === 0 && isLast);
            if (!whole && told.some(([, , , , isLast]) => isLast)) mirror.capture.verify();
            return whole;
        }}"""
        told.append(until(lambda whole=whole: both.visitor.evaluate(whole), what="the receipt", page=both.agent.page))
    assert told[0] == told[1]
