"""Masked content never leaves the page: secrets stand wherever they might leak, and decoded frames are searched."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from e2e.flow import until

pytestmark = pytest.mark.journey

MASKED = """
<div class=no-upscope id=box title=SECRET data-x=SECRET aria-label=SECRET style="background:url(SECRET)">SECRET
  <b>SECRET</b><img alt=SECRET src=/SECRET.png><input value=SECRET placeholder=SECRET></div>
<p data-upscope-mask>SECRET</p>
<p class=mine>SECRET</p>
<span>open <i class=no-upscope>SECRET</i> text</span>
<a class=no-upscope href=/SECRET>SECRET</a>
<select class=no-upscope><option value=SECRET>SECRET</select>
<textarea class=no-upscope placeholder=SECRET>SECRET</textarea>
<input class=no-upscope type=submit value=SECRET>
<input class=no-upscope type=checkbox name=SECRET value=SECRET>
<canvas class=no-upscope title=SECRET></canvas>
<iframe class=no-upscope srcdoc="<p>SECRET</p>" name=SECRET></iframe>
<table><tr class=no-upscope><td>SECRET</table>
<svg><g class=no-upscope><text>SECRET</text></g></svg>
<template class=no-upscope><p title=SECRET>SECRET</template>
"""
ALWAYS = """
<input type=password value=SECRET placeholder=SECRET name=SECRET>
<input type=text autocomplete="section-a billing cc-number" value=SECRET placeholder=SECRET>
<input autocomplete=one-time-code value=SECRET>
<input type=hidden value=SECRET>
<input name=my_password value=SECRET>
<meta name=csrf-token content=SECRET>
<meta http-equiv=refresh content="999; url=/SECRET">
<iframe srcdoc="<script>'SECRET'</script>"></iframe>
<script>var a = "SECRET"</script><noscript>SECRET</noscript>
<script type=application/json>{"a": "SECRET"}</script>
<!-- SECRET -->
<a href="javascript:SECRET()">open</a><p onclick="SECRET()" >open</p>
<style nonce=SECRET></style>
<div id=ours>SECRET</div>
"""
OPTIONS = {"maskedElements": [".mine", "((("]}


def left(page: Page) -> str:
    page.evaluate("mirror.settle()")
    told: str = page.evaluate("mirror.bytes()")
    assert page.evaluate("mirror.broken") == []
    return told


@pytest.mark.parametrize("content", [MASKED, ALWAYS], ids=["masked", "always"])
def test_m1_nothing_masked_is_in_the_snapshot(visit: Callable[..., Page], content: str) -> None:
    """M1, M3, S7."""
    page = visit(f"<!doctype html><title>t</title>{content}")
    page.evaluate("options => mirror.start(options)", OPTIONS)
    told = left(page)
    assert "open" in told or content is MASKED
    assert "SECRET" not in told


@pytest.mark.parametrize("content", [MASKED, ALWAYS], ids=["masked", "always"])
def test_m1_nothing_masked_is_told_of_what_comes_later(visit: Callable[..., Page], content: str) -> None:
    page = visit("<!doctype html><title>t</title><div id=root></div>")
    page.evaluate("options => mirror.start(options)", OPTIONS)
    left(page)
    page.evaluate("html => { root.innerHTML = html }", content)
    page.evaluate(
        """() => {
          for (const e of root.querySelectorAll('.no-upscope,[data-upscope-mask],.mine,.no-upscope *')) {
            e.append('SECRET'); e.title = 'SECRET'; e.style.backgroundImage = 'url(SECRET)';
            if ('value' in e && e.type !== 'file') e.value = 'SECRET';
          }
          for (const e of root.querySelectorAll('[type=hidden],[type=password]')) e.value = 'SECRETSECRET';
          for (const e of root.querySelectorAll('[type=password]')) { e.type = 'text'; e.value += 'SECRET'; e.focus(); }
        }"""
    )
    assert "SECRET" not in left(page)


def test_m1_an_element_is_told_anew_when_its_mask_comes_and_goes(visit: Callable[..., Page]) -> None:
    page = visit("<!doctype html><title>t</title><div id=d><p id=p>FIRST</p></div><div class=no-upscope id=m></div>")
    page.evaluate("mirror.start()")
    assert page.evaluate("mirror.difference()") == ""
    page.evaluate("p.className = 'no-upscope'; p.firstChild.data = 'SECRET'; p.title = 'SECRET'")
    assert page.evaluate("mirror.difference()") == ""
    page.evaluate("p.append('SECRET'); m.append(d.textContent)")
    assert "SECRET" not in left(page)
    page.evaluate("p.className = ''; p.title = ''; p.textContent = 'LAST'")
    assert "LAST" in left(page)
    page.evaluate("m.append(p); p.textContent = 'SECRET'")
    assert "SECRET" not in left(page)


@pytest.mark.parametrize("selector", [".private p", "section:has(.x)", "p + p", "[data-role=key]"])
def test_m1_selectors_of_masked_elements_may_depend_on_the_place(visit: Callable[..., Page], selector: str) -> None:
    page = visit("<!doctype html><section id=s><p>one</p><div id=d></div></section>")
    page.evaluate("selector => mirror.start({ maskedElements: [selector] })", selector)
    assert "one" in left(page)
    page.evaluate(
        """() => {
          s.className = 'private'; s.innerHTML += '<i class=x></i>'; s.firstChild.textContent = 'SECRET';
          s.firstChild.dataset.role = 'key'; s.prepend(document.createElement('p'));
        }"""
    )
    assert "SECRET" not in left(page)


def test_m1_a_shown_password_stays_masked(visit: Callable[..., Page]) -> None:
    page = visit("<!doctype html><input id=p type=password value=SECRET>")
    page.evaluate("mirror.start()")
    left(page)
    page.evaluate("p.type = 'text'; p.value = 'SECRET2'")
    left(page)
    page.evaluate("p.replaceWith(p.cloneNode()); document.querySelector('input').type = 'password'")
    told = left(page)
    assert "SECRET" not in told
    assert "•" in told


def test_m1_a_card_number_that_is_typed_never_leaves_whole(visit: Callable[..., Page]) -> None:
    page = visit("<!doctype html><input id=t placeholder='any text'>")
    page.evaluate("mirror.start(); mirror.settle()")
    page.focus("#t")
    for digit in "4111 1111 1111 1111":
        page.keyboard.type(digit)
        page.evaluate("mirror.settle()")
    page.evaluate("t.blur()")
    told = left(page)
    assert "4111 11" in told
    assert "4111 111" not in told
    assert "•" * 19 in told


def test_m2_a_masked_text_field_shows_one_bullet_per_character(visit: Callable[..., Page]) -> None:
    page = visit(
        "<!doctype html><input id=a type=password value=12345><textarea id=b class=no-upscope>ab\ncd</textarea>"
    )
    page.evaluate("mirror.start()")
    facts = page.evaluate("mirror.news()")
    assert ["Value", "#a", "•" * 5] in facts
    assert ["Value", "#b", "•" * 5] in facts


def test_m2_a_masked_block_has_the_size_of_its_element(visit: Callable[..., Page]) -> None:
    page = visit("<!doctype html><p id=p class=no-upscope style='width:120px;height:40px;margin:3px'>SECRET</p>")
    page.evaluate("mirror.start(); mirror.settle()")
    told = left(page)
    assert '"p",120,40,"block"' in told.replace(" ", "")
    page.evaluate("p.style.width = '333px'")
    until(lambda: page.evaluate("async () => (await mirror.bytes()).includes('333px')"), what="the size", page=page)


def test_s7_mask_all_tells_only_what_is_unmasked(visit: Callable[..., Page]) -> None:
    page = visit(
        """<!doctype html><title>SECRET</title><main title=SECRET><h1>SECRET</h1><p>SECRET <b class=show>shown</b></p>
        <img src=/SECRET alt=SECRET><input id=i value=SECRET placeholder=SECRET><select><option>SECRET</select>
        <nav class=show><a href=/shown>shown too<i class=no-upscope>SECRET</i></a></nav><div id=later></div></main>"""
    )
    page.evaluate("history.replaceState(null, '', '/open?token=SECRET#SECRET')")
    page.evaluate("mirror.start({ maskAll: true, unmaskedElements: ['.show'] })")
    told = left(page)
    assert "shown too" in told
    assert "/open" in told
    assert '"shown"' in told
    assert "SECRET" not in told
    page.evaluate(
        """() => { later.textContent = 'SECRET'; later.title = 'SECRET'; i.value = 'SECRET2';
          document.title = 'SECRET3'; history.pushState(null, '', '/open?SECRET');
          document.querySelector('nav').append('and this'); document.querySelector('nav a').append('SECRET'.slice(6));
          document.querySelector('h1').firstChild.data = 'SECRET4'; }"""
    )
    told = left(page)
    assert "and this" in told
    assert "SECRET" not in told
    page.evaluate("later.append(document.querySelector('nav')); later.querySelector('nav').className = ''")
    page.evaluate("document.querySelector('nav a').firstChild.data = 'SECRET'")
    assert "SECRET" not in left(page)


def test_m4_masked_nodes_are_known_as_such(visit: Callable[..., Page]) -> None:
    page = visit("<!doctype html><p id=p>open</p><div class=no-upscope><b id=b>x</b></div><input id=i type=password>")
    page.evaluate("mirror.start(); mirror.settle()")
    masked = page.evaluate("[p, p.firstChild, b, b.firstChild, i].map(n => mirror.capture.nodes.isMasked(n))")
    assert masked == [False, False, True, True, True]


def test_f12_only_assets_that_unmasked_parts_use_are_supplied(visit: Callable[..., Page]) -> None:
    files = {
        "/a.css": ("text/css", "p { background: url(in-css.png) }"),
        "/in-css.png": ("image/png", "x"),
        "/used.png": ("image/png", "x"),
        "/secret.png": ("image/png", "SECRET"),
        "/unused.png": ("image/png", "SECRET"),
        "/private": ("text/html", "SECRET"),
    }
    page = visit(
        """<!doctype html><link rel=stylesheet href=/a.css><img src=/used.png><a href=/private>x</a>
        <div class=no-upscope><img src=/secret.png></div>""",
        files=files,
    )
    page.evaluate("mirror.start(); mirror.settle()")
    wanted = ["a.css", "in-css.png", "used.png", "secret.png", "unused.png", "private"]
    supplied = page.evaluate(
        "names => Promise.all(names.map(name => mirror.capture.supplyAsset('http://page.test/' + name)))", wanted
    )
    assert supplied == [True, True, True, False, False, False]
    assert page.evaluate("mirror.frames.filter(frame => (frame[0] & 15) === 2).length") == 3


@pytest.mark.parametrize("wrap", ["m.append(d)", "m.replaceWith(w); w.append(d)", "w.append(d); m.append(w)"])
def test_m1_what_moves_under_a_mask_and_changes_there_is_not_told(visit: Callable[..., Page], wrap: str) -> None:
    page = visit("<!doctype html><div id=d><p id=p>FIRST</p></div><div class=no-upscope id=m></div>")
    page.evaluate("mirror.start(); mirror.settle()")
    page.evaluate(
        f"""() => {{ const w = document.createElement('section'); w.className = 'no-upscope'; {wrap};
          p.textContent = 'SECRET'; p.title = 'SECRET'; d.append('SECRET');
          d.attachShadow({{ mode: 'open' }}).innerHTML = 'SECRET' }}"""
    )
    assert "SECRET" not in left(page)
    assert page.evaluate("mirror.difference()") == ""


def test_m1_what_is_masked_while_it_waits_for_a_later_slice_is_not_told(visit: Callable[..., Page]) -> None:
    page = visit("<!doctype html>" + "<section><p><b>open</b></p></section>" * 60)
    page.evaluate(
        """() => {
          // A clock that runs fast makes slices thin.
          let now = 0;
          performance.now = () => (now += 5);
          mirror.start();
          for (const e of document.querySelectorAll('section')) e.className = 'no-upscope';
          for (const e of document.querySelectorAll('b')) e.title = 'SECRET';
        }"""
    )
    assert "SECRET" not in left(page)
    assert page.evaluate("mirror.difference()") == ""


def test_m1_a_password_that_is_shown_before_its_new_shadow_root_was_told_stays_masked(
    visit: Callable[..., Page],
) -> None:
    page = visit("<!doctype html><title>t</title><div id=host></div>")
    page.evaluate("options => mirror.start(options)", OPTIONS)
    page.evaluate("mirror.settle()")
    page.evaluate(
        """() => {
            const field = document.createElement("input");
            document.getElementById("host").attachShadow({ mode: "closed" }).append(field);
            field.type = "password";
            field.type = "text";
            field.value = "SECRET";
        }"""
    )
    assert "SECRET" not in left(page)
