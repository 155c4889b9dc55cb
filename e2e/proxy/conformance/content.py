"""Markup, styles and scripts, as the site sends them and as the page makes them."""
# Scripts read better whole than cut at 120 characters.
# ruff: noqa: E501

from __future__ import annotations

from e2e.proxy.conformance.case import Case

_STRICT = (
    "default-src 'none'; script-src 'nonce-n1' 'strict-dynamic'; connect-src 'self'; img-src 'self'; style-src 'nonce-n1';"
    " base-uri 'none'; require-trusted-types-for 'script'; trusted-types one; frame-ancestors 'none'"
)
_MAP = '<script type="importmap">{"imports": {"one": "%s", "far/": "{{CDN}}/"}}</script>'

CASES = [
    Case(
        24,
        "a page that will not be framed, at the top",
        "return [busted, document.body !== null, location.href]",
        head="<script>var busted = 0; if (top !== self) { busted = 1; top.location = self.location }"
        " if (window.top.location.hostname !== 'www.shop.test') busted = 2;"
        " if (parent.location.href != window.location.href) busted = 3</script>",
    ),
    Case(
        24,
        "a page that will not be framed, in a sandbox",
        "const bust = open + \"let r = 'in'; try { if (top !== self) top.location = 'https://idp.test/'; } catch (e) { r = e.name }"
        " parent.postMessage(r, '*')\" + close;"
        " return [await framed(serve(API, bust), (f) => { f.sandbox = 'allow-scripts allow-same-origin' }), location.href]",
    ),
    Case(
        55,
        "srcset and pictures",
        "const i = document.images; await Promise.all([...i].map((e) => e.decode().catch(() => {})));"
        " return [...i].map((e) => [e.naturalWidth, e.currentSrc.slice(0, 60), e.src, e.srcset, e.getAttribute('srcset')])",
        head="</head><body><img src='{{CDN}}/a.png?1'><img srcset='{{CDN}}/a.png?a,b 1x, {{CDN}}/a.png?2 9x'>"
        "<img srcset='data:image/gif;base64,R0lGODlhAQABAAAAACw= 1x, {{CDN}}/a.png 2x'><img src=//cdn.test:1/x>",
    ),
    Case(
        55,
        "style sheets: url, @import, image-set, CSSOM",
        "const css = `@import '${CDN}/serve?type=text/css&body=p{color:rgb(1,2,3)}'; b { background: url(${CDN}/a.png) }"
        " i { background: url(/a.png) } u { background-image: image-set('${CDN}/a.png' 1x) }`;"
        " const l = make('link', {rel: 'stylesheet', href: serve(OWN, css, 'text/css')}); await loaded(l, document.head);"
        " const [p, b, i] = ['p', 'b', 'i'].map((n) => getComputedStyle(document.body.appendChild(make(n))));"
        " const s = document.head.appendChild(make('style', {textContent: `s { background: url(${CDN}/t.png) }`}));"
        " s.sheet.insertRule(`q { background: url(${CDN}/q.png) }`); const d = make('div'); d.style.background = `url(${CDN}/d.png)`;"
        " return [p.color, b.backgroundImage, i.backgroundImage, [...s.sheet.cssRules].map((r) => r.cssText), d.style.backgroundImage,"
        " d.getAttribute('style'), l.href, l.sheet.cssRules[1].cssText]",
    ),
    Case(
        55,
        "selectors on attributes",
        "document.body.append(make('img', {src: CDN + '/a.png', className: 'z'}), make('a', {href: CDN + '/x'}));"
        " return [document.querySelectorAll(`img[src^='${CDN}']`).length, document.querySelectorAll(`a[href^='${CDN}']`).length]",
    ),
    Case(
        56,
        "strict CSP, Trusted Types, nonce, COOP and COEP",
        "return [policy.createHTML('<b>').toString(), eval === window.eval, crossOriginIsolated, (await echo('/echo')).method,"
        " document.currentScript?.nonce ?? null, document.querySelectorAll('script').length > 0]",
        headers={
            "Content-Security-Policy": _STRICT,
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Embedder-Policy": "require-corp",
        },
        head="<script nonce=n1>const policy = trustedTypes.createPolicy('one', {createHTML: (t) => t})</script>",
        nonce="n1",
    ),
    Case(
        56,
        "subresource integrity",
        "const code = 'window.whole = location.host'; const hash = btoa(String.fromCharCode(...new Uint8Array("
        "await crypto.subtle.digest('SHA-256', new TextEncoder().encode(code))))); const how = await loaded(make('script', {"
        " src: serve(OWN, code, 'text/javascript'), integrity: 'sha256-' + hash}));"
        " const r = await attempt(() => fetch(serve(OWN, code, 'text/plain'), {integrity: 'sha256-' + hash}).then((r) => r.status));"
        " return [how, window.whole, r, document.body.lastElementChild.integrity === 'sha256-' + hash]",
    ),
    Case(
        28,
        "X-Frame-Options and frame-ancestors that let this page in",
        "return [await framed(serve(OWN, say('1'), 'text/html', ['X-Frame-Options: SAMEORIGIN'])),"
        " await framed(serve(API, say('2'), 'text/html', ['Content-Security-Policy: frame-ancestors ' + OWN]))]",
    ),
    Case(
        58,
        "modules: static, dynamic, top-level await, JSON, meta",
        "const js = 'text/javascript', cors = ['Access-Control-Allow-Origin: *'];"
        " const leaf = serve(CDN, 'export const at = new URL(import.meta.url).origin', js, cors);"
        " const root = serve(CDN, `import {at} from '${leaf}'; import data from '${serve(CDN, '{\"n\": 7}', 'application/json', cors)}'"
        " with {type: 'json'}; const later = await Promise.resolve(location.host); export default [at, data.n, later]`, js, cors);"
        " const {default: told} = await import(root); const s = make('script', {type: 'module',"
        " textContent: `import told from '${root}'; window.inline = [told, import.meta.url === document.baseURI]`});"
        " const done = new Promise((go) => { s.onload = go; setTimeout(go, 15_000) }); document.head.append(s); await done;"
        " return [told, window.inline, (await import('data:text/javascript,export default 1')).default]",
    ),
    Case(
        58,
        "import maps",
        "const {a} = await import('one'); const {default: b} = await import('far/serve?type=text/javascript"
        "&h=Access-Control-Allow-Origin:%20*&body=export%20default%20import.meta.url'); return [a, new URL(b).origin]",
        head=_MAP % "/serve?type=text/javascript&body=export%20const%20a%20=%201",
    ),
    Case(
        61,
        "document.write, innerHTML, template, shadow DOM",
        'const d = document.body.appendChild(make(\'div\')); d.innerHTML = `<img src="${CDN}/a.png" alt="a>b"><a href="/x">&lt;</a>`;'
        " d.insertAdjacentHTML('beforeend', `<svg><image href=\"${CDN}/a.png\"/></svg>`); const t = make('template');"
        " t.innerHTML = `<img src=\"${CDN}/t.png\">`; d.append(t.content.cloneNode(true)); const root = make('p').attachShadow({mode: 'open'});"
        ' root.innerHTML = `<link href="${CDN}/s.css">`; const range = document.createRange().createContextualFragment(`<img src=${CDN}/r.png>`);'
        " return [d.innerHTML, d.firstChild.src, d.lastChild.src, root.innerHTML, range.firstChild.src, window.written,"
        " document.querySelector('#w')?.src]",
        head="<script>document.write('<img id=w src=\"{{CDN}}/a.png\"><scr' + 'ipt>window.written = location.host</scr' + 'ipt>')</script>",
    ),
    Case(
        61,
        "the page's own markup, read back",
        "return [...document.querySelectorAll('[data-m]')].map((e) => e.outerHTML)",
        head="</head><body><img data-m src='{{CDN}}/a.png' onerror=\"location.href\"><a data-m href='{{API}}/x'>x</a>"
        "<form data-m action='{{API}}/go'></form><div data-m style='background: url({{CDN}}/b.png)'></div>"
        "<link data-m rel=preload as=image href='{{CDN}}/c.png'>",
    ),
    Case(
        61,
        "handlers and javascript: addresses",
        "const d = document.body.appendChild(make('div')); d.innerHTML = '<b onclick=\"window.on = location.host\">';"
        " d.firstChild.click(); const a = document.body.appendChild(make('a', {href: 'javascript:void(window.link = location.host)'}));"
        " a.click(); while (!window.link) await new Promise((go) => setTimeout(go, 20)); return [window.on, window.link, a.href]",
    ),
    Case(
        62,
        "chunks on another origin, with preload and classic loader",
        "const cors = ['Access-Control-Allow-Origin: *']; const chunk = serve(CDN, '(self.chunks = self.chunks || []).push("
        "document.currentScript.src)', 'text/javascript', cors); const how = await loaded(make('script', {src: chunk, async: true,"
        " crossOrigin: 'anonymous'}), document.head); const pre = await loaded(make('link', {rel: 'modulepreload', href: chunk}), document.head);"
        " return [how, pre, self.chunks.map((c) => c === chunk), [...document.querySelectorAll('link[rel=modulepreload]')].map((l) => l.href === chunk)]",
    ),
    Case(
        62,
        "workers",
        "const code = 'postMessage([location.href.split(\"?\")[0], origin, self.location.host])'; const said = (w) => new Promise((done) => {"
        " w.onmessage = (e) => done(e.data); w.onerror = (e) => done(`error ${e.message}`) });"
        " const blob = URL.createObjectURL(new Blob([`fetch('${API}/echo').then((r) => postMessage([r.url, origin]))`]));"
        " const imports = `importScripts('${serve(CDN, 'self.got = 1', 'text/javascript')}'); postMessage(self.got)`;"
        " return [await said(new Worker(serve('', code, 'text/javascript'))), await said(new Worker(serve('', code, 'text/javascript'),"
        " {type: 'module'})), await said(new Worker(blob)), await said(new Worker(serve('', imports, 'text/javascript'))),"
        " await attempt(() => new Worker(CDN + '/w.js') && 1)]",
    ),
    Case(62, "the source text of a function", "return (() => location.href).toString()"),
    Case(
        62,
        "shadowed names stay the script's own",
        "const f = (location, top) => [location, top]; const o = {location: 1, top: 2, eval: 3}; const {location: l, top: t} = o;"
        " class K { location = 4; get top() { return 5 } } const k = new K(); let g = function location() { return typeof location };"
        " return [f(1, 2), l, t, o.location, o.top, k.location, k.top, g(), (({top}) => top)(o), [o].map(({location}) => location)]",
    ),
]
