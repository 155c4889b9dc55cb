"""A case: a page that tries something and says what it saw."""

from __future__ import annotations

from dataclasses import dataclass, field

TOOLS = """
const OWN = "{{OWN}}", API = "{{API}}", IDP = "{{IDP}}", CDN = "{{CDN}}", PLAIN = "{{PLAIN}}";
const serve = (site, body, type = "text/html", headers = [], status = 200) => site + "/serve?" +
  new URLSearchParams([["body", body], ["type", type], ["status", status], ...headers.map((h) => ["h", h])]);
const echo = async (url, init) => (await fetch(url, init)).json();
const attempt = async (what) => { try { return await what(); } catch (e) { return `threw ${e.name}`; } };
const framed = (src, set = () => {}) => new Promise((done) => {
  const f = document.createElement("iframe");
  addEventListener("message", function on(e) {
    if (e.source !== f.contentWindow) return;
    removeEventListener("message", on);
    done([e.data, e.origin]);
  });
  set(f);
  if (src) f.src = src;
  document.body.append(f);
});
const loaded = (element, parent = document.body) => new Promise((done) => {
  element.onload = () => done("loaded");
  element.onerror = () => done("error");
  parent.append(element);
});
const make = (name, values) => Object.assign(document.createElement(name), values);
const open = "<scr" + "ipt>", close = "</scr" + "ipt>";
const say = (code) => open + "parent.postMessage(" + code + ", '*')" + close;
"""


@dataclass(frozen=True)
class Case:
    """One item of the list, or a part of it. `code` is the body of an async function in a script of the page."""

    item: int
    title: str
    code: str
    headers: dict[str, str] = field(default_factory=dict)
    head: str = ""
    nonce: str = ""
    path: str = ""
    """What comes after the page's own address."""

    @property
    def page(self) -> str:
        """The page's markup."""
        nonce = f" nonce={self.nonce}" if self.nonce else ""
        return f"""<!doctype html><html lang=en><head><meta charset=utf-8><title>case</title>{self.head}</head><body>
<script{nonce}>{TOOLS}
window.seen = Promise.race([
  (async () => {{ {self.code} }})().then((value) => JSON.stringify(value ?? null), (e) => "threw " + e),
  new Promise((done) => setTimeout(done, 20_000, "timed out")),
]);
</script></body></html>"""
