"""Forged facts: nothing runs, and nothing is asked of anybody but the asset door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import pages as p

if TYPE_CHECKING:
    from .conftest import Agent

EVIL = "https://evil.example/x"
JS = "javascript:top.pwned=1"
RUN = "top.pwned=1;parent.pwned=1;window.pwned=1"


def set_(number: int, name: str, value: str) -> p.Slots:
    return [p.ATTRIBUTE, number, name, value]


HOSTILE: dict[str, p.Slots] = {
    "script": p.html("script", p.text(RUN)),
    "script by address": p.html("script", src=EVIL),
    "svg script": p.svg("svg", p.svg("script", p.text(RUN)), p.svg("x:script", p.text(RUN))),
    "handlers": p.html("img", src="x", onerror=RUN, onload=RUN),
    "svg handlers": p.svg("svg", p.svg("animate", onbegin=RUN, attributeName="x", dur="1s"), onload=RUN),
    "details": p.html("details", ontoggle=RUN, open=""),
    "frame by address": p.html("iframe", src=EVIL),
    "frame by script": p.html("iframe", src=JS),
    "frame by text": p.html("iframe", srcdoc=f"<script>{RUN}</script><img src={EVIL}>", sandbox="allow-scripts"),
    "object": p.html("object", data=EVIL),
    "embed": p.html("embed", src=EVIL),
    "applet": p.html("applet", code=EVIL),
    "frameset": p.html("frameset", p.html("frame", src=EVIL)),
    "base": p.html("base", href="https://evil.example/"),
    "refresh": p.html("meta", http_equiv="refresh", content=f"0;url={EVIL}"),
    "csp": p.html("meta", http_equiv="content-security-policy", content=f"default-src 'none'; report-uri {EVIL}"),
    "preload": p.html("link", rel="preload", href=EVIL, as_="image"),
    "prefetch": p.html("link", rel="prefetch dns-prefetch preconnect", href=EVIL),
    "icon": p.html("link", rel="icon", href=EVIL),
    "manifest": p.html("link", rel="manifest", href=EVIL),
    "import in data": p.html("link", rel="stylesheet", href=f"data:text/css,@import '{EVIL}'"),
    "link of an alternate door": p.html("link", rel="stylesheet", href="blob:https://evil.example/1"),
    "image set": p.html("img", srcset=f"{EVIL} 1x, {EVIL}2 2x", src=EVIL),
    "picture": p.html("picture", p.html("source", srcset=EVIL), p.html("img", attributionsrc=EVIL)),
    "video": p.html(
        "video", p.html("source", src=EVIL), p.html("track", src=EVIL, default=""), poster=EVIL, autoplay=""
    ),
    "body background": p.html("table", background=EVIL),
    "image input": p.html("input", type="image", src=EVIL),
    "style": p.html("style", p.text(f"body{{background:url({EVIL})}} @import '{EVIL}';")),
    "style at the beginning": p.html("style", p.text(f"@import '{EVIL}'; @import url({EVIL}2);")),
    "style with escapes": p.html("style", p.text(f"body{{background:u\\72l({EVIL})}}")),
    "style in pieces": p.html("style", p.text("body{background:u"), p.text(f"rl({EVIL})}}")),
    "style set": p.html("style", p.text(f"body{{--x:'{EVIL}';background:image-set(var(--x) 1x)}}")),
    "style source": p.html("style", p.text(f"body{{background:src('{EVIL}')}}")),
    "style font": p.html("style", p.text(f"@font-face{{font-family:x;src:url({EVIL})}} body{{font-family:x}}")),
    "inline style": p.html(
        "p", p.text("x"), style=f"background:url('{EVIL}');behavior:url({EVIL});width:expression({RUN})"
    ),
    "svg style": p.svg("svg", p.svg("style", p.text(f"*{{fill:url({EVIL}#a)}}")), p.svg("rect", width="9", height="9")),
    "svg image": p.svg("svg", p.svg("image", href=EVIL, **{"xlink:href": EVIL}, width="9", height="9")),
    "svg use": p.svg("svg", p.svg("use", href=f"{EVIL}#a"), p.svg("use", href="data:image/svg+xml,<svg id='a'/>#a")),
    "svg filter": p.svg(
        "svg", p.svg("filter", p.svg("feImage", href=EVIL), id="f"), p.svg("rect", filter=f"url({EVIL}#f)")
    ),
    "svg animation": p.svg(
        "svg", p.svg("image", p.svg("set", attributeName="href", to=EVIL), width="9", height="9"), width="9", height="9"
    ),
    "svg link": p.svg("svg", p.svg("a", p.svg("text", p.text("x")), href=JS)),
    "foreign object": p.svg(
        "svg",
        p.svg("foreignObject", p.html("img", src="x", onerror=RUN), p.html("iframe", src=JS), width="9", height="9"),
    ),
    "mathml link": p.mathml("math", p.mathml("mi", p.text("x"), href=JS, **{"xlink:href": JS})),
    "template": p.html("template", p.html("script", p.text(RUN)), shadowrootmode="open"),
    "form": p.html("form", p.html("button", formaction=EVIL), action=EVIL, method="post"),
    "masked": p.masked("iframe", 9, 9, style=f"background:url({EVIL})", src=JS),
    "masked script": p.masked("script", 9, 9, src=EVIL),
    "hidden": p.hidden("iframe"),
}

LATER: dict[str, p.Slots] = {
    "attributes": [
        *set_(5, "src", JS),
        *set_(5, "srcdoc", f"<script>{RUN}</script>"),
        *set_(5, "sandbox", "allow-scripts allow-same-origin"),
        *set_(5, "onload", RUN),
        *set_(6, "href", EVIL),
        *set_(6, "style", f"background:url({EVIL})"),
        *set_(7, "rel", "preload"),
    ],
    "style properties": [p.STYLE, 6, 2, "background-image", f"url({EVIL})", 0, "--x", f"url({EVIL})", 1],
    "text moved into a style": [p.MOVE, 8, 0, 1, 11],
    "text of a style": [p.TEXT, 9, f"body{{background:url({EVIL})}}"],
    "splice of a style": [p.SPLICE, 9, 0, 0, f"@import '{EVIL}';"],
    "rules": [p.RULES, 8, 1, f"body{{background:url({EVIL})}}", p.RULE_INSERT, 8, 0, 0, f"@import url({EVIL});"],
    "constructed sheet": [p.SHEET, 1, f"body{{background:url({EVIL})}}", p.ADOPT, 0, 1, 1],
    "sheet media": [p.SHEET_STATE, 8, 0, f"all{{}} @import '{EVIL}'"],
    "canvas": [p.CANVAS, 12, 9, 9, EVIL],
    "forged root": [p.ROOT, 6, 30, 2, 0, p.BASE, 0],
    "root of ours": [p.ROOT, 5, 30, 2, 0, JS, 1, *p.html("html", p.html("script", p.text(RUN)))],
    "document told again": [p.ROOT, 0, 40, 0, 0, p.BASE, 1, *p.html("html", p.html("script", p.text(RUN)))],
}


def assert_harmless(agent: Agent, name: str = "") -> None:
    agent.look("doc.body?.offsetHeight")
    agent.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    assert agent.page.evaluate("window.pwned") is None, name
    assert agent.strays == [], name
    assert agent.page.url == "http://agent.test/"
    assert agent.look("player.frame.getAttribute('sandbox')") == "allow-same-origin"
    frames = (
        "[...doc.querySelectorAll('iframe')].every(f => f.outerHTML.match(/sandbox=.allow-same-origin./) && !f.src)"
    )
    assert agent.look(frames)
    assert (
        agent.look("doc.querySelector('script,object,embed,base,[src*=javascript],[onload],[onerror],[srcdoc]')")
        is None
    ), name


def begin(agent: Agent, epoch: int) -> None:
    agent.page.evaluate("epoch => harness.begin(epoch)", epoch)


def test_f11_hostile_markup_runs_nothing_and_asks_nobody(agent: Agent) -> None:
    agent.csp = ""
    agent.open()
    for epoch, (name, markup) in enumerate(HOSTILE.items(), start=2):
        begin(agent, epoch)
        agent.feed(*p.document(markup, head=[markup]))
        assert_harmless(agent, name)


def test_f11_hostile_changes_run_nothing_and_ask_nobody(agent: Agent) -> None:
    agent.csp = ""
    agent.open()
    evil_text = p.text(f"body{{background:url({EVIL})}}")
    body = [p.html("iframe"), p.html("a"), p.html("link"), p.html("style", p.text("i{}")), p.html("p", evil_text)]
    for epoch, (name, change) in enumerate(LATER.items(), start=2):
        begin(agent, epoch)
        agent.feed(*p.document(*body, p.html("canvas")))
        agent.feed(*change)
        assert_harmless(agent, name)


def test_f11_hostile_markup_is_harmless_in_firefox_and_chromium(any_agent: Agent) -> None:
    agent = any_agent
    agent.feed(*p.document(*HOSTILE.values()))
    agent.feed(*LATER["attributes"])
    assert_harmless(agent)


def test_f11_links_and_forms_lead_nowhere(any_agent: Agent) -> None:
    agent = any_agent
    form = p.html("form", p.html("button", p.text("Go"), id="go"), action=EVIL)
    agent.feed(*p.document(p.html("a", p.text("x"), href=EVIL, target="_top", id="out"), form))
    agent.look("doc.getElementById('out').click()")
    agent.look("doc.getElementById('go').click()")
    assert agent.look("doc.querySelector('a').matches(':link')")
    assert agent.look("doc.body.textContent") == "xGo"
    assert_harmless(agent)


def test_f11_the_stage_keeps_its_own_csp_when_it_is_written(any_agent: Agent) -> None:
    agent = any_agent
    agent.feed(*p.document(p.html("iframe")))
    agent.feed(*p.root(5, 20, 2, p.html("html", p.html("body"))))
    for document in ("doc", "node(5).contentDocument"):
        agent.look(f"{document}.body.append(Object.assign({document}.createElement('img'), {{src: '{EVIL}'}}))")
    assert_harmless(agent)
