"""What a mask keeps back of states, files and templates; nothing is told where nothing happens. (F22, F24, F25, M3)"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.journey

PAGE = """<!doctype html><title>t</title><style>x-a:state(on) { color: red }</style>
<form id=open><input id=mail type=email required><input id=plan type=file></form>
<form class=no-upscope><input id=hidden-mail type=email required><input id=hidden-plan type=file></form>
<input type=password id=pin required><x-a id=shown></x-a><p class=no-upscope><x-a id=kept></x-a></p>
<template id=t><b>aside</b><p class=no-upscope>SECRET</p><input type=password value=SECRET></template>"""
DEFINE = """() => {
    customElements.define("x-a", class extends HTMLElement { inner = this.attachInternals() });
    mirror.start();
    return mirror.news();
}"""
ACT = """async () => {
    for (const form of document.forms) {
        const files = new DataTransfer();
        files.items.add(new File(["x"], form.id === "open" ? "plan.pdf" : "SECRET.pdf"));
        form.querySelector("[type=file]").files = files.files;
        form.querySelector("[type=file]").dispatchEvent(new Event("change"));
        form.requestSubmit();
    }
    pin.reportValidity();
    for (const element of document.querySelectorAll("x-a")) element.inner.states.add("on");
    return mirror.news();
}"""


def test_f22_m3_states_and_files_of_masked_elements_stay(visit: Callable[..., Page]) -> None:
    page = visit(PAGE)
    page.evaluate(DEFINE)
    facts = page.evaluate(ACT)
    states = [fact[1:] for fact in facts if fact[0] == "State"]
    assert ["#mail", "user-invalid", 1] in states
    assert ["#shown", "state(on)", 1] in states
    assert {state[0] for state in states} <= {"#mail", "#plan", "#shown"}
    assert [fact for fact in facts if fact[0] == "Value"] == [["Value", "#plan", "plan.pdf"]]
    assert "SECRET" not in page.evaluate("mirror.bytes()")


def test_f24_the_content_of_a_template_is_told_and_masked_as_any(visit: Callable[..., Page]) -> None:
    page = visit(PAGE)
    page.evaluate(DEFINE)
    assert "aside" in page.evaluate("mirror.bytes()")
    assert "SECRET" not in page.evaluate("mirror.bytes()")
    page.evaluate("() => { t.content.firstChild.append('s'); t.content.querySelector('p').append('SECRET too') }")
    page.evaluate("mirror.news()")
    assert "SECRET" not in page.evaluate("mirror.bytes()")


def test_f21_f22_f25_a_page_at_rest_tells_nothing_of_its_device_and_states(visit: Callable[..., Page]) -> None:
    page = visit(PAGE)
    page.evaluate(DEFINE)
    page.evaluate("() => { shown.title = 'x'; return mirror.news() }")
    named = {fact[0] for fact in page.evaluate("() => { shown.title = 'y'; return mirror.news() }")}
    assert named & {"State", "Device", "VisualViewport", "Assigned", "Root"} == set()
