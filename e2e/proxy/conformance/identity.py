"""Who the page is, whom it can reach, and what it keeps."""
# Scripts read better whole than cut at 120 characters.
# ruff: noqa: E501

from __future__ import annotations

from e2e.proxy.conformance.case import Case

CASES = [
    Case(
        10,
        "setters of a link's parts",
        "const a = make('a', {href: API + '/x'}); a.host = 'cdn.test'; a.pathname = '/y'; a.search = '?z'; a.hash = 'w';"
        " return [a.href, a.origin, String(a)]",
    ),
    Case(
        14,
        "pushState, replaceState, popstate",
        "history.replaceState(1, '', '/one?a'); history.pushState({n: 2}, '', OWN + '/two#b'); const two = location.href;"
        " const popped = new Promise((done) => { onpopstate = (e) => done([e.state, location.href]) }); history.back();"
        " return [two, await popped, document.URL, await attempt(() => history.pushState(1, '', API + '/x'))]",
    ),
    Case(
        15,
        "base href",
        "const i = make('img'); i.src = 'a.png'; const how = await loaded(i); const a = make('a'); a.setAttribute('href', 'x');"
        " return [how, i.src, a.href, document.baseURI, new URL('y', document.baseURI).href]",
        head='<base href="{{CDN}}/dir/page">',
    ),
    Case(
        18,
        "location",
        "return [location.href, location.origin, location.protocol, location.host, location.hostname, location.port,"
        " location.pathname, location.search, location.hash, String(location), `${window.location}`, location + '',"
        " location instanceof Location, Object.prototype.toString.call(location), location === window.location,"
        " location === document.location, Object.keys(location).sort().join(), JSON.stringify(location)]",
        path="?q=%20a&b#h",
    ),
    Case(18, "location by computed key", "const key = ['loc', 'ation'].join(''); return window[key].href"),
    Case(
        18,
        "location by computed key of a window under another name",
        "const key = ['loc', 'ation'].join(''); return ((w) => w[key].href)(window)",
    ),
    Case(
        18,
        "location destructured",
        "const {location: where} = window; const {href} = location; return [where.href, href]",
    ),
    Case(
        18,
        "location in dynamic code",
        "return [eval('location.host'), (0, eval)('location.host'), new Function('return location.host')(),"
        " await new Promise((done) => { window.done = done; setTimeout('done(location.host)') })]",
    ),
    Case(
        19,
        "document and origin",
        "return [document.URL, document.documentURI, document.baseURI, document.domain, document.referrer, origin,"
        " self.origin, isSecureContext, document.location.href]",
    ),
    Case(
        21,
        "postMessage with an exact target",
        'const page = open + "onmessage = (e) => e.source.postMessage([e.data, e.origin, e.source === parent], e.origin);'
        " parent.postMessage('ready', '*')\" + close; const f = make('iframe', {src: serve(API, page)});"
        " return new Promise((done) => { onmessage = (e) => e.data === 'ready' ?"
        " (f.contentWindow.postMessage('wrong', IDP), f.contentWindow.postMessage('right', API)) :"
        " done([e.data, e.origin, e.source === f.contentWindow]); document.body.append(f) })",
    ),
    Case(
        22,
        "addresses that objects tell",
        "const q = new Request(API + '/echo'); const r = await fetch(q); const x = new XMLHttpRequest();"
        " x.open('GET', API + '/echo?x'); await new Promise((done) => { x.onload = done; x.send() });"
        " const s = new WebSocket(API.replace('http', 'ws') + '/ws'); const url = s.url; s.close();"
        " await echo(API + '/echo?perf'); const named = performance.getEntriesByType('resource').map((e) => e.name)"
        ".filter((n) => n.includes('perf')); const e = new EventSource(API + '/events'); const from = e.url; e.close();"
        " return [q.url, r.url, r.type, x.responseURL, url, from, named, performance.getEntriesByType('navigation')[0].name]",
    ),
    Case(
        22, "stack traces", "return new Error('x').stack.split('\\n').slice(0, 2).join().replace(/[0-9]+:[0-9]+/g, '')"
    ),
    Case(
        25,
        "top and parent of a frame",
        "return framed(serve(API, say('[parent === top, self === top, frameElement, window.parent !== window,"
        " location.origin, document.referrer, location.ancestorOrigins && [...location.ancestorOrigins]]')))",
    ),
    Case(
        25,
        "top at the top",
        "return [top === window, parent === window, window.top === self, frameElement, self.parent === top,"
        " opener, window.length]",
    ),
    Case(
        26,
        "frames of this origin",
        "const [told] = await framed(serve(OWN, say('[parent.document.title, parent.location.href, frameElement.tagName]')));"
        " const w = document.querySelector('iframe').contentWindow;"
        " return [told, w.document.readyState !== '', w.location.pathname, w.origin]",
    ),
    Case(
        26,
        "frames of another origin",
        "const [told] = await framed(serve(API, open + 'let x; try { x = parent.document.title } catch (e) { x = e.name }"
        " parent.postMessage(x, \"*\")' + close)); const w = document.querySelector('iframe').contentWindow;"
        " return [told, await attempt(() => w.document.title), await attempt(() => w.location.href)]",
    ),
    Case(
        26,
        "frames of the page's own making",
        "const f = document.body.appendChild(make('iframe')); const w = f.contentWindow;"
        " const [told, from] = await framed('', (s) => { s.srcdoc = open + \"parent.postMessage([document.URL,"
        " document.baseURI, origin, parent.location.host], '*')\" + close });"
        " return [w.location.href, w.origin, w.parent === window, new w.Function('return parent.location.host')(), told, from]",
    ),
    Case(
        26,
        "storage is each origin's own",
        "localStorage.mine = 'own'; const read = \"[localStorage.mine ?? null, origin]\";"
        " return [await framed(serve(OWN, say(read))), await framed(serve(API, say(read)))]",
    ),
    Case(
        30,
        "Domain cookies and host-only cookies",
        "await fetch(serve(OWN, '', 'text/plain', ['Set-Cookie: wide=1; Domain=shop.test; Path=/; Secure',"
        " 'Set-Cookie: narrow=1; Path=/; Secure', 'Set-Cookie: away=1; Domain=idp.test; Path=/; Secure']));"
        " const at = (e) => (e.headers.cookie || '').split('; ').filter((c) => /wide|narrow|away/.test(c)).sort();"
        " return [at(await echo('/echo')), at(await echo(API + '/echo', {credentials: 'include'})),"
        " at(await echo(IDP + '/echo', {credentials: 'include'}))]",
    ),
    Case(
        31,
        "__Host- and __Secure- cookies",
        "await fetch(serve(OWN, '', 'text/plain', ['Set-Cookie: __Host-a=1; Path=/; Secure', 'Set-Cookie: __Host-b=1; Path=/',"
        " 'Set-Cookie: __Host-c=1; Path=/; Secure; Domain=shop.test', 'Set-Cookie: __Secure-d=1; Secure',"
        " 'Set-Cookie: __Secure-e=1'])); document.cookie = '__Host-f=1; path=/';"
        " return document.cookie.split('; ').filter((c) => c.startsWith('__')).sort()",
    ),
    Case(
        32,
        "HttpOnly cookies",
        "await fetch(serve(OWN, '', 'text/plain', ['Set-Cookie: secret=1; HttpOnly; Path=/', 'Set-Cookie: open=1; Path=/']));"
        " document.cookie = 'secret=2; path=/'; document.cookie = 'mine=1; httponly';"
        " const of = (t) => t.split('; ').filter((c) => /secret|open|mine/.test(c)).sort();"
        " return [of(document.cookie), of((await echo('/echo')).headers.cookie)]",
    ),
    Case(
        33,
        "document.cookie",
        "const of = (t) => (t || '').split('; ').filter((c) => c.startsWith('c')).sort();"
        " document.cookie = 'c1=1; path=/'; document.cookie = 'c2=2'; document.cookie = 'c3=3; path=/echo';"
        " document.cookie = 'c4=4; path=/; domain=shop.test'; document.cookie = 'c5=5; domain=idp.test';"
        " const one = of(document.cookie); const sent = of((await echo('/echo')).headers.cookie);"
        " document.cookie = 'c1=; path=/; max-age=0'; document.cookie = 'c4=; path=/; domain=shop.test; expires=Thu, 01 Jan 1970"
        " 00:00:00 GMT'; return [one, sent, of(document.cookie), of((await echo('/echo')).headers.cookie)]",
    ),
    Case(
        33,
        "a cookie without a name",
        "document.cookie = 'bare; path=/'; const of = (t) => (t || '').split('; ').filter((c) => c.startsWith('bare'));"
        " const found = [of(document.cookie), of((await echo('/echo')).headers.cookie)];"
        " document.cookie = 'bare; path=/; max-age=0'; return [...found, of(document.cookie)]",
    ),
    Case(
        33,
        "a cookie set by an answer is there at once",
        "await fetch(serve(OWN, '', 'text/plain', ['Set-Cookie: late=1; Path=/'])); const one = document.cookie.includes('late=1');"
        " await fetch(serve(OWN, '', 'text/plain', ['Set-Cookie: late=; Path=/; Max-Age=0']));"
        " return [one, document.cookie.includes('late')]",
    ),
    Case(
        36,
        "credentials",
        "document.cookie = 'cred=1; path=/; domain=shop.test'; const has = async (site, credentials) =>"
        " /cred=1/.test((await echo(site + '/echo', {credentials})).headers.cookie); const found = [];"
        " for (const site of [OWN, API]) for (const mode of ['omit', 'same-origin', 'include'])"
        " found.push(await has(site, mode)); const x = new XMLHttpRequest(); x.open('GET', API + '/echo'); x.withCredentials = true;"
        " await new Promise((done) => { x.onload = done; x.send() }); return [found, /cred=1/.test(x.responseText)]",
    ),
    Case(
        36,
        "SameSite",
        "const set = (same) => `Set-Cookie: same_${same}=1; Path=/; Secure; SameSite=${same}`; await framed(serve(OWN,"
        " say('1'), 'text/html', ['Strict', 'Lax'].map(set))); const of = (c) => (c || '').split('; ').filter((n) =>"
        " n.startsWith('same_')).sort(); const inner = open + `fetch('${OWN}/echo', {credentials: 'include'}).then((r) => r.json())"
        ".then((r) => parent.postMessage(r.headers.cookie || '', '*'))` + close;"
        " return [of((await echo('/echo')).headers.cookie), of((await framed(serve(IDP, inner)))[0])]",
    ),
    Case(
        39,
        "Clear-Site-Data",
        "document.cookie = 'gone=1; path=/'; localStorage.gone = '1'; const before = document.cookie.includes('gone');"
        " await fetch(serve(OWN, '', 'text/plain', ['Clear-Site-Data: \"cookies\", \"storage\"']));"
        " return [before, document.cookie.includes('gone'), localStorage.gone ?? null]",
    ),
]
