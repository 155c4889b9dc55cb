"""What the page asks for and what it gets."""
# Scripts read better whole than cut at 120 characters.
# ruff: noqa: E501

from __future__ import annotations

from e2e.proxy.conformance.case import Case

CASES = [
    Case(
        12,
        "redirects of fetch: methods, addresses, other origins",
        "const found = []; for (const status of [301, 302, 303, 307, 308]) for (const site of [OWN, API]) {"
        " const r = await fetch(OWN + `/redirect?status=${status}&to=` + encodeURIComponent(site + '/echo'),"
        " {method: 'POST', body: 'b'}); const j = await r.json();"
        " found.push([status, r.url, r.redirected, j.method, j.body, j.headers.origin]) } return found",
    ),
    Case(
        12,
        "redirects that are not followed",
        "const r = await fetch('/redirect?to=/echo', {redirect: 'manual'});"
        " return [r.type, r.status, r.url, await attempt(() => fetch('/redirect?to=/echo', {redirect: 'error'}))]",
    ),
    Case(
        40,
        "CORS: allowed, denied, wildcard with credentials, exposed headers",
        "const ask = (headers, init) => attempt(async () => { const r = await fetch(serve(API, 'body', 'text/plain', headers), init);"
        " return [await r.text(), r.headers.get('x-shown'), r.headers.get('x-hidden')] });"
        " const any = 'Access-Control-Allow-Origin: *'; return [await ask([any]), await ask([]),"
        " await ask(['Access-Control-Allow-Origin: ' + IDP]), await ask([any], {credentials: 'include'}),"
        " await ask(['Access-Control-Allow-Origin: ' + OWN, 'Access-Control-Allow-Credentials: true'], {credentials: 'include'}),"
        " await ask([any, 'Access-Control-Expose-Headers: X-Shown', 'X-Shown: 1', 'X-Hidden: 1']),"
        " (await fetch(serve(API, ''), {mode: 'no-cors'})).type]",
    ),
    Case(
        40,
        "CORS: preflight",
        "const ask = (headers, init) => attempt(async () => (await fetch(serve(API, 'b', 'text/plain', ["
        " 'Access-Control-Allow-Origin: ' + OWN, ...headers]), init)).text());"
        " const custom = {headers: {'X-One': '1'}}; return [await ask([], custom),"
        " await ask(['Access-Control-Allow-Headers: x-one'], custom), await ask([], {method: 'PUT'}),"
        " await ask(['Access-Control-Allow-Methods: PUT'], {method: 'PUT'}), (await echo(API + '/echo', custom)).headers['x-one']]",
    ),
    Case(
        40,
        "CORS: the null origin",
        "const ask = `fetch('${API}/echo').then((r) => r.json()).then((r) => parent.postMessage(r.headers.origin, '*'),"
        " (e) => parent.postMessage(e.name, '*'))`; return framed('', (f) => { f.sandbox = 'allow-scripts';"
        " f.srcdoc = open + ask + close })",
    ),
    Case(
        41,
        "Sec-Fetch headers, Origin, Referer",
        "const of = ({headers: h}) => [h['sec-fetch-site'], h['sec-fetch-mode'], h['sec-fetch-dest'], h.origin, h.referer, h.host];"
        " const found = []; for (const site of [OWN, API, IDP]) for (const method of ['GET', 'POST'])"
        " found.push(of(await echo(site + '/echo', {method}))); return found",
    ),
    Case(
        41,
        "Referrer-Policy",
        "const found = []; for (const referrerPolicy of ['no-referrer', 'origin', 'unsafe-url', 'same-origin',"
        " 'strict-origin', 'no-referrer-when-downgrade']) for (const site of [OWN, IDP])"
        " found.push((await echo(site + '/echo', {referrerPolicy})).headers.referer ?? null);"
        " return [found, (await echo('/echo', {referrer: OWN + '/other'})).headers.referer]",
        path="?secret=1",
    ),
    Case(
        41,
        "Referrer-Policy of the page",
        "return [(await echo('/echo')).headers.referer ?? null, (await echo(API + '/echo')).headers.referer ?? null,"
        " (await framed(serve(API, say('document.referrer'))))[0]]",
        headers={"Referrer-Policy": "origin"},
    ),
    Case(
        42,
        "WebSocket",
        "document.cookie = 'ws=1; path=/; domain=shop.test';"
        " const s = new WebSocket(API.replace('http', 'ws') + '/ws', ['first', 'second']);"
        " s.binaryType = 'arraybuffer'; const next = () => new Promise((done) => { s.onmessage = (e) => done(e.data) });"
        " await new Promise((done, fail) => { s.onopen = done; s.onerror = fail }); const ask = (m) => { const n = next(); s.send(m); return n };"
        " const text = await ask('hä'); const bytes = [...new Uint8Array(await ask(new Uint8Array([0, 255, 7])))];"
        " const big = (await ask('x'.repeat(200000))).length;"
        " const who = JSON.parse(await ask('who')); const closed = new Promise((done) => { s.onclose = (e) => done([e.code, e.reason, e.wasClean]) });"
        " s.send('bye'); return [s.protocol, text, bytes, big, who.origin, who.host, who.cookie.includes('ws=1'), await closed]",
    ),
    Case(
        42,
        "WebSocket that is refused",
        "const s = new WebSocket(API.replace('http', 'ws') + '/echo'); return new Promise((done) => {"
        " s.onclose = (e) => done([e.code, e.wasClean, s.readyState]) })",
    ),
    Case(
        43,
        "server-sent events and Last-Event-ID",
        "const s = new EventSource('/events'); const got = []; return new Promise((done) => { s.onmessage = (e) => {"
        " got.push([e.data, e.lastEventId, e.origin]); if (got.length === 3) { s.close(); done(got) } } })",
    ),
    Case(
        45,
        "ranges",
        "const part = async (headers) => { const r = await fetch('/film', {headers}); const b = new Uint8Array(await r.arrayBuffer());"
        " return [r.status, r.headers.get('content-range'), b.length, b[0], b.at(-1)] };"
        " return [await part({Range: 'bytes=100-299'}), await part({Range: 'bytes=-10'}),"
        " await part({Range: 'bytes=5-9', 'If-Range': '\"film-1\"'}), await part({Range: 'bytes=5-9', 'If-Range': '\"film-0\"'}),"
        " await part({})]",
    ),
    Case(
        47,
        "ETag and 304 of a rewritten script",
        "const run = () => loaded(make('script', {src: '/tagged.js'}), document.head); await run(); await run();"
        " const r = await fetch('/tagged.js', {headers: {'If-None-Match': '\"t1\"'}}); return [tagged, taggedAt, r.status]",
    ),
    Case(
        48,
        "XMLHttpRequest: in step, progress, 20 MB upload",
        "const x = new XMLHttpRequest(); x.open('GET', API + '/echo', false); x.send(); const up = new XMLHttpRequest();"
        " let last = 0, total = 0; up.upload.onprogress = (e) => { last = e.loaded; total = e.total }; up.open('POST', '/upload');"
        " await new Promise((done) => { up.onloadend = done; up.send(new Uint8Array(20_000_000)) });"
        " return [x.status, JSON.parse(x.responseText).headers.origin, up.responseText, last, total]",
    ),
    Case(
        48,
        "forms with files",
        "const form = new FormData(); form.append('a', 'ä'); form.append('f', new File(['x'.repeat(1000)], 'f.txt', {type: 'text/plain'}));"
        " const j = await echo('/echo', {method: 'POST', body: form}); return [j.headers['content-type'].split(';')[0],"
        " j.body.replace(/-{4,}\\S+/g, '--').length, j.body.includes('filename=\"f.txt\"')]",
    ),
    Case(
        49,
        "sendBeacon and keepalive",
        "const key = `k${Date.now()}${Math.random()}`; const sent = navigator.sendBeacon(API + '/note?key=b' + key, 'x=1');"
        " const told = await echo(API + '/noted?key=b' + key); await fetch('/note?key=k' + key, {method: 'POST', body: 'y', keepalive: true});"
        " const kept = await echo('/noted?key=k' + key);"
        " return [sent, told.method, told.body, told.type, told.origin, told['sec-fetch-site'], kept.body]",
    ),
    Case(
        50,
        "methods",
        "const found = []; for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS']) { const j = await echo('/echo', {method,"
        " body: 'b'}); found.push([j.method, j.body]) } const r = await fetch('/film', {method: 'HEAD'});"
        " return [found, r.status, r.headers.get('content-length')]",
    ),
    Case(
        52,
        "a page is shown while it comes",
        "const key = 's' + Math.random(); const seen = []; return new Promise((done) => { onmessage = (e) => { seen.push(e.data);"
        " if (e.data === 'first') fetch('/go?key=' + key); else done(seen) };"
        " document.body.append(make('iframe', {src: '/slow?key=' + key})) })",
    ),
    Case(
        60,
        "the site's service worker",
        "const code = `self.addEventListener('install', () => skipWaiting()); self.addEventListener('activate', (e) =>"
        " e.waitUntil(clients.claim())); self.addEventListener('fetch', (e) => { const u = new URL(e.request.url);"
        " if (u.pathname === '/made-up') e.respondWith(new Response(JSON.stringify([e.request.url, self.location.origin, registration.scope])));"
        " if (u.pathname === '/cached') e.respondWith(caches.open('c').then(async (c) => { await c.put(u.href, new Response('kept'));"
        " return (await c.match(u.href)) })); if (u.pathname === '/across') e.respondWith(fetch('${API}/echo')) })`;"
        " const r = await navigator.serviceWorker.register(serve('', code, 'text/javascript'), {scope: '/'});"
        " if (!navigator.serviceWorker.controller) await new Promise((done) => { navigator.serviceWorker.oncontrollerchange = done });"
        " const found = [r.scope, new URL(navigator.serviceWorker.controller.scriptURL).origin, await echo('/made-up'),"
        " await (await fetch('/cached')).text(), (await echo('/across')).headers.host];"
        " await r.unregister(); await caches.delete('c'); return found",
    ),
    Case(
        60,
        "the cache's keys",
        "const c = await caches.open('k'); await c.put(API + '/k', new Response('v')); await c.put('/own', new Response('w'));"
        " const keys = (await c.keys()).map((k) => k.url); const hit = await (await c.match(API + '/k')).text();"
        " await caches.delete('k'); return [keys, hit]",
    ),
    Case(
        64,
        "fetched bodies are untouched",
        "const bodies = [['text/html', '<a href=\"' + API + '/x\">' + open + 'location.href' + close], ['text/javascript', 'top.location = \"' + API + '\"'],"
        " ['application/json', JSON.stringify({url: API})], ['text/css', 'a{background:url(' + API + '/x)}']];"
        " return Promise.all(bodies.map(async ([type, body]) => (await (await fetch(serve(OWN, body, type))).text()) === body))",
    ),
]
