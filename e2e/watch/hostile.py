"""What a hostile page, or forged facts, may tell of themselves: each line tries to run at the agent's, or to load.

`{c}` is an address of a host that nobody may contact, `{r}` a script. Both say by which line they were reached.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from twinpane_protocol.envelope import Flag

from e2e.watch import mirrored
from e2e.watch.mirrored import Slots

SPACES = {"html": 1, "svg": 2, "mathml": 3}
ATTRIBUTE, SHEET, ADOPT, RULES, RULE_INSERT, STYLE, FONT, CANVAS, CANDIDATE = 9, 22, 23, 24, 25, 12, 42, 29, 41


@dataclass(frozen=True)
class Node:
    tag: str
    attributes: tuple[tuple[str, str], ...] = ()
    children: tuple[Node | str, ...] = ()
    space: str = "html"

    def filled(self, number: int, canary: str) -> Node:
        """With addresses and scripts of their own."""

        def put(text: str) -> str:
            script = f"(window.ran||parent.ran||top.ran)({number})"
            return text.replace("{c}", f"{canary}/{number}").replace("{r}", script)

        return replace(
            self,
            attributes=tuple((name, put(value)) for name, value in self.attributes),
            children=tuple(
                put(each) if isinstance(each, str) else each.filled(number, canary) for each in self.children
            ),
        )


def html(tag: str, *children: Node | str, **attributes: str) -> Node:
    return Node(tag, _named(attributes), children)


def svg(tag: str, *children: Node | str, **attributes: str) -> Node:
    inner = Node(tag, _named(attributes), children, "svg")
    return inner if tag == "svg" else Node("svg", (), (inner,), "svg")


def math(tag: str, *children: Node | str, **attributes: str) -> Node:
    return Node("math", (), (Node(tag, _named(attributes), children, "mathml"),), "mathml")


def _named(attributes: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """`http_equiv` is `http-equiv`, `xlink__href` is `xlink:href`."""
    return tuple((name.rstrip("_").replace("__", ":").replace("_", "-"), value) for name, value in attributes.items())


_CSS_LOADS = (
    "background:url({c})",
    "background:url( '{c}' )",
    'background:u\\72l("{c}")',
    "background:URL({c})",
    "background:/*x*/url(/**/{c})",
    "background-image:image-set('{c}' 1x)",
    "background-image:-webkit-image-set(url({c}) 1x)",
    "background-image:image-set(url({c}) 1x, url({c}b) 2x)",
    "background-image:cross-fade(url({c}), url({c}b), 50%)",
    "list-style:square url({c});display:list-item",
    "border-image:url({c}) 1 round;border:3px solid",
    "cursor:url({c}),auto",
    "content:url({c})",
    "mask-image:url({c})",
    "-webkit-mask:url({c})",
    "clip-path:url({c}#x)",
    "filter:url({c}#x)",
    "shape-outside:url({c});float:left",
    "offset-path:url({c}#x)",
    "--a:url({c});background:var(--a)",
    "background:src('{c}')",
    "background:url({c}\\)",
    "background:url(\n{c}\n)",
    "behavior:url({c});-moz-binding:url({c})",
)
_SHEET_LOADS = (
    "@import '{c}';",
    "@import url({c}) layer(x) screen;",
    "@\\69mport '{c}';",
    "/**/@import/**/'{c}';",
    "@charset 'utf-8'; @import \"{c}\";",
    "@font-face{font-family:canary;src:url({c})} *{font-family:canary}",
    "@font-face{font-family:canary2;src:local(none),url({c}) format('woff2')} body{font:16px canary2}",
    "@namespace x url({c}); *{background:url({c})}",
    "@media all{@supports(display:grid){*{background:url({c})}}}",
    "@layer x{:root{--u:url({c})}} body{background-image:var(--u)}",
    "@property --p{syntax:'<url>';inherits:true;initial-value:url({c})} body{background-image:var(--p)}",
    "@keyframes k{from,to{background-image:url({c})}} body{animation:k 9s}",
    "@counter-style s{system:cyclic;symbols:url({c})} li{list-style:s}",
    "body::before{content:url({c})} body::after{content:'x' url({c}) / 'y'}",
    "a:hover{background:url({c})} a:visited{background:url({c}v)}",
    "input[value^='a']{background:url({c}a)} *{background:url({c})}",
    "@page{background:url({c})}",
    "@container (width>0){*{background:url({c})}}",
    "div{&:hover,&{background:url({c})}} div{background:url({c})}",
    "*{background:url({c})}/*</style><img src={c}>*/",
    "</style><script>{r}</script><img src={c} onerror={r}>",
)
_HANDLERS = (
    "onload onerror onclick onfocus onmouseover onpointerenter onanimationstart ontransitionend ontoggle "
    "onbeforetoggle onscroll onwheel oninput onchange onkeydown "
    "onauxclick onbegin onend onrepeat onpageshow onhashchange onmessage "
    "onsecuritypolicyviolation onbeforematch onscrollsnapchange ONCLICK oNfOcUs"
).split()
_LINK_KINDS = (
    "stylesheet|alternate stylesheet|icon|shortcut icon|apple-touch-icon|preload|prefetch|modulepreload|preconnect|"
    "dns-prefetch|prerender|manifest|import|pingback|canonical|next|search|author|serviceworker|expect|STYLESHEET"
).split("|")
_METAS = (
    "refresh",
    "Refresh",
    "content-security-policy",
    "set-cookie",
    "default-style",
    "origin-trial",
    "x-dns-prefetch-control",
)
_SCRIPT_ADDRESSES = (
    "javascript:{r}",
    "JaVaScRiPt:{r}",
    " javascript:{r}",
    "java\tscript:{r}",
    "java\nscript:{r}",
    "\x01javascript:{r}",
    "javascript&colon;{r}",
    "data:text/html,<script>{r}</script>",
    "blob:{c}",
    "vbscript:{r}",
    "view-source:{c}",
)


_CLOBBERED = (
    "body head documentElement createElement createElementNS createTextNode createComment querySelector "
    "querySelectorAll getElementById defaultView adoptedStyleSheets styleSheets scrollingElement activeElement fonts "
    "addEventListener elementFromPoint implementation importNode hasFocus getSelection getAnimations "
    "fullscreenElement children firstChild insertBefore appendChild setAttribute removeAttribute moveBefore remove "
    "nodeType localName namespaceURI ownerDocument isConnected childNodes nextSibling"
).split()


_BY_HAND = [
    html("script", "{r}"),
    html("script", src="{c}"),
    html("script", src="{c}", type="module"),
    html("SCRIPT", "{r}"),
    html("noscript", html("img", src="{c}")),
    svg("script", "{r}"),
    svg("script", href="{c}"),
    html("template", html("script", "{r}"), shadowrootmode="open"),
    html("base", href="{c}/"),
    html("base", target="_top"),
    html("portal", src="{c}"),
    html("applet", archive="{c}", code="{c}", object="{c}"),
    html("object", data="{c}"),
    html("object", html("param", name="src", value="{c}"), type="image/png", data="{c}"),
    html("object", data="{c}", type="text/html", codebase="{c}"),
    html("embed", src="{c}", type="text/html"),
    html("frameset", html("frame", src="{c}")),
    html("frame", src="javascript:{r}"),
    html("iframe", src="{c}"),
    html("iframe", srcdoc="<script>{r}</script><img src='{c}'>"),
    html("iframe", srcdoc="<img src={c} onerror={r}>", sandbox="allow-scripts allow-same-origin"),
    html("iframe", src="about:blank", sandbox="allow-scripts allow-same-origin allow-top-navigation"),
    html("iframe", src="about:blank", allow="camera {c}", name="_top", csp="script-src *"),
    html("fencedframe", src="{c}"),
    html("webview", src="{c}"),
    html("img", src="{c}"),
    html("img", src="{c}", onerror="{r}"),
    html("img", srcset="{c} 1x, {c}2 2x"),
    html("img", src="{c}", lowsrc="{c}", dynsrc="{c}", longdesc="{c}"),
    html(
        "img",
        src="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='{r}'><image href='{c}'/></svg>",
    ),
    html("IMG", SRC="{c}", ONERROR="{r}"),
    html("image", src="{c}"),
    html("picture", html("source", srcset="{c}"), html("img", src="{c}i")),
    html("input", type="image", src="{c}"),
    html("input", autofocus="", onfocus="{r}"),
    html(
        "video",
        html("source", src="{c}s"),
        html("track", src="{c}t", default=""),
        src="{c}",
        poster="{c}p",
        autoplay="",
    ),
    html("audio", html("source", src="{c}s"), src="{c}", autoplay="", controls=""),
    html("bgsound", src="{c}"),
    html("table", html("tr", html("td", background="{c}d")), background="{c}"),
    html("div", "x", background="{c}"),
    html("form", html("button", "x", formaction="javascript:{r}"), action="javascript:{r}"),
    html("form", html("input", type="submit", formaction="{c}"), action="{c}", method="post", target="_top"),
    html("form", html("input", name="attributes"), html("input", name="parentNode"), id="document", name="body"),
    html("a", "x", href="{c}", ping="{c}p", target="_top", attributionsrc="{c}a", download="x"),
    html("a", "x", id="location", name="contentDocument", href="{c}"),
    html("area", href="javascript:{r}", shape="default"),
    html("marquee", "x", onstart="{r}", onbounce="{r}"),
    html("details", html("summary", "x"), open="", ontoggle="{r}"),
    html("dialog", "x", open="", onclose="{r}", oncancel="{r}"),
    html("button", "x", popovertarget="x", command="show-modal", commandfor="x", onclick="{r}"),
    html("x-card", "x", is_="script", onclick="{r}"),
    html("button", "x", is_="x-evil", style="background:url({c})"),
    html("isindex", action="javascript:{r}", type="image", src="{c}"),
    html("keygen", autofocus="", onfocus="{r}"),
    html("style", "*{background:url({c})}", type="text/css", media="all"),
    html("title", "</title><script>{r}</script><img src={c}>"),
    html("textarea", "</textarea><img src={c} onerror={r}>"),
    html("xmp", "</xmp><img src={c} onerror={r}>"),
    html("plaintext", "<img src={c} onerror={r}>"),
    html("div", "<!--><img src={c} onerror={r}>-->", "]]><script>{r}</script>"),
    html("div", "x", id="__proto__", class_="constructor", name="toString"),
    html("div", "x", xml__base="{c}", xmlns="http://www.w3.org/1999/xhtml"),
    svg("svg", onload="{r}"),
    svg("image", href="{c}", width="9", height="9"),
    svg("image", xlink__href="{c}", width="9", height="9"),
    svg("use", href="{c}#x"),
    svg(
        "use",
        xlink__href="data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg'><image href='{c}'/></svg>#x",
    ),
    svg("filter", Node("feImage", (("href", "{c}"),), (), "svg"), id="f"),
    svg("rect", width="9", height="9", fill="url({c}#g)", stroke="url({c}#s)", style="mask:url({c}#m)"),
    svg("rect", width="9", height="9", filter="url({c}#f)", clip_path="url({c}#c)", marker_end="url({c}#m)"),
    svg("pattern", href="{c}#p"),
    svg("linearGradient", xlink__href="{c}#p"),
    svg("textPath", "x", href="{c}#p"),
    svg(
        "a",
        Node("animate", (("attributeName", "href"), ("values", "javascript:{r}"), ("begin", "0s")), (), "svg"),
        "x",
    ),
    svg("a", Node("set", (("attributeName", "xlink:href"), ("to", "javascript:{r}")), (), "svg"), "x", href="#"),
    svg("image", Node("set", (("attributeName", "href"), ("to", "{c}")), (), "svg"), width="9", height="9"),
    svg("rect", Node("set", (("attributeName", "fill"), ("to", "url({c}#x)")), (), "svg"), width="9", height="9"),
    svg("rect", Node("animate", (("attributeName", "onclick"), ("to", "{r}"), ("onbegin", "{r}")), (), "svg")),
    svg("foreignObject", html("iframe", src="javascript:{r}"), html("img", src="{c}", onerror="{r}")),
    svg("style", "@import '{c}'; *{background:url({c})}"),
    svg("cursor", xlink__href="{c}"),
    svg("handler", "{r}", ev__event="load"),
    svg("animate", attributeName="x", begin="0s", onbegin="{r}", onend="{r}", dur="1ms"),
    svg("feImage", href="{c}"),
    math("mtext", html("img", src="{c}", onerror="{r}")),
    math("maction", "x", actiontype="statusline", href="javascript:{r}"),
    math("mi", "x", href="javascript:{r}", xlink__href="javascript:{r}"),
    math("annotation-xml", html("iframe", src="javascript:{r}"), encoding="text/html"),
    math("mglyph", src="{c}", href="{c}"),
    math("style", "*{background:url({c})}"),
]


def corpus() -> list[Node]:
    """Every line; its place is its number."""
    lines = list(_BY_HAND)
    lines += [html("div", "x", style=css) for css in _CSS_LOADS]
    lines += [html("style", css) for css in _SHEET_LOADS]
    lines += [html("div", "x", tabindex="0", **{name: "{r}"}) for name in _HANDLERS]
    lines += [html("body", **{name: "{r}"}) for name in ("onload", "onpageshow", "onfocus", "onmessage")]
    lines += [html("link", rel=kind, href="{c}", as_="script", imagesrcset="{c}i 1x", type="") for kind in _LINK_KINDS]
    lines += [html("meta", content="0;url={c}", http_equiv=kind) for kind in _METAS]
    lines += [html(tag, "x", name=name, id=name) for tag in ("form", "img", "embed") for name in _CLOBBERED]
    lines += [html("form", html("input", name=name), "x", title="x") for name in _CLOBBERED]
    for address in _SCRIPT_ADDRESSES:
        lines += [
            html("a", "x", href=address),
            html("iframe", src=address),
            html("img", src=address),
            html("form", html("button", "x"), action=address),
            html("object", data=address),
            html("embed", src=address),
            svg("a", "x", href=address),
            svg("a", "x", xlink__href=address),
            svg("use", href=address),
        ]
    return lines


class Canary:
    """A host that nobody may contact: counts connections, and notes what they asked for."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def listen(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(1)
                try:
                    self.heard.append(connection.recv(4096).decode(errors="replace").partition("\r\n")[0])
                except OSError:
                    self.heard.append("a connection without a request")

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()


@contextmanager
def listening() -> Iterator[Canary]:
    canary = Canary()
    thread = threading.Thread(target=canary.listen)
    thread.start()
    try:
        yield canary
    finally:
        canary.close()
        thread.join()


def slots_of(node: Node | str) -> Slots:
    if isinstance(node, str):
        return [mirrored.TEXT, node]
    names = [name for name, _ in node.attributes]
    slots: Slots = [SPACES[node.space], node.tag, len(names), *names, *(value for _, value in node.attributes)]
    slots.append(len(node.children))
    for child in node.children:
        slots += slots_of(child)
    return slots


def snapshot(epoch: int, body: list[Node], url: str) -> bytes:
    page = html("html", html("head"), html("body", *body))
    slots: Slots = [mirrored.VERSION, mirrored.PAGE, url, "Hostile", mirrored.VIEWPORT, 1280, 720, 1, 0, 0, 1]
    slots += [mirrored.ROOT, 0, 0, 0, 0, url, 1, *slots_of(page)]
    return mirrored.frame(epoch, 0, Flag.SNAPSHOT_START | Flag.SNAPSHOT_END, slots)


def changes(epoch: int, seq: int, slots: Slots) -> bytes:
    return mirrored.frame(epoch, seq, Flag(0), [mirrored.VERSION, *slots])


def with_ids(nodes: list[Node]) -> tuple[list[Node], list[tuple[int, Node]]]:
    """The nodes without attributes, and each with the id that it has in a snapshot of them."""
    number, found = 3, list[tuple[int, Node]]()  # 1 html, 2 head, 3 body

    def walk(node: Node | str) -> Node | str:
        nonlocal number
        number += 1
        if isinstance(node, str):
            return node
        found.append((number, node))
        return replace(node, attributes=(), children=tuple(walk(each) for each in node.children))

    bare = [each for node in nodes if isinstance(each := walk(node), Node)]
    return bare, found


def later_attributes(found: list[tuple[int, Node]]) -> Slots:
    slots: Slots = []
    for number, node in found:
        for name, value in node.attributes:
            slots += [ATTRIBUTE, number, name, value]
    return slots


def style_facts(canary: str) -> Slots:
    """Sheets, rules, single properties, fonts and pictures that facts bring besides elements.

    Nodes: 4 a style element, 5 a box, 6 a canvas, 7 a picture.
    """
    slots: Slots = []
    for number, css in enumerate(_SHEET_LOADS):
        text = css.replace("{c}", f"{canary}/sheet{number}").replace("{r}", "top.ran(0)")
        slots += [SHEET, number + 1, text, RULES, 4, 1, text, RULE_INSERT, 4, 0, 0, text]
    slots += [ADOPT, 0, len(_SHEET_LOADS), *range(1, len(_SHEET_LOADS) + 1)]
    for number, css in enumerate(_CSS_LOADS):
        name, _, value = css.replace("{c}", f"{canary}/style{number}").partition(";")[0].partition(":")
        slots += [STYLE, 5, 1, name, value, 0]
    slots += [FONT, 0, 1, "canary", f"url({canary}/font)", 0]
    slots += [CANVAS, 6, 9, 9, f"{canary}/canvas", CANDIDATE, 7, f"{canary}/candidate", 1]
    return slots
