// Scripts that a page may run; each returns what it saw. OTHER is another site's origin, OWN the page's.
const CHECKS = {
  "location parts": async () => {
    return [
      location.href,
      location.origin,
      location.protocol,
      location.host,
      location.hostname,
      location.port,
      location.pathname,
      location.search,
      location.hash,
      String(location),
      `${window.location}`,
    ];
  },
  "location identity": async () => {
    return [
      location === window.location,
      location === document.location,
      location instanceof Location,
      Object.prototype.toString.call(location),
      location.valueOf() === location,
      Object.keys(location).sort().join(),
      JSON.stringify(location),
    ];
  },
  "location by key": async () => {
    return window["location"].href;
  },
  "location shorthand": async () => {
    return { location }.location.host;
  },
  "location destructured default": async () => {
    const f = (l = location) => l.host;
    return f();
  },
  "location hash": async () => {
    location.hash = "x";
    return [location.href, location.hash];
  },
  "document addresses": async () => {
    return [
      document.URL,
      document.documentURI,
      document.baseURI,
      document.domain,
      document.referrer,
      origin,
      self.origin,
      document.body.baseURI,
    ];
  },
  "window tree": async () => {
    return [top === window, parent === window, window.top === self, frameElement, window.parent === top];
  },
  eval: async () => {
    return [
      eval("location.host"),
      (0, eval)("location.host"),
      new Function("return location.host")(),
      eval("1 + 1"),
      typeof eval,
      Function("a", "return a + location.port")("x"),
      eval.name,
    ];
  },
  "function constructors": async () => {
    const A = Object.getPrototypeOf(async function () {}).constructor;
    return [
      await new A("return location.host")(),
      function () {} instanceof Function,
      Function.prototype.constructor === Function,
    ];
  },
  "timer with a string": async () => {
    return new Promise((done) => {
      window.done = done;
      setTimeout("done(location.host)", 0);
    });
  },
  "native look": async () => {
    return [fetch, WebSocket, Element.prototype.setAttribute, document.write, history.pushState].map((f) => [
      /\[native code\]/.test(Function.prototype.toString.call(f)),
      f.name,
      f.length,
    ]);
  },
  globals: async () => {
    return Object.keys(window).filter((name) => /tp/.test(name));
  },
  pushState: async () => {
    history.pushState(1, "", "/a/b?c#d");
    const one = location.href;
    history.replaceState(2, "", OWN + "/x/y");
    return [one, location.href, history.state, document.URL];
  },
  "pushState elsewhere": async () => {
    try {
      history.pushState(1, "", OTHER + "/x");
    } catch (e) {
      return e.name;
    }
  },
  "navigation entries": async () => {
    return [navigation.currentEntry.url, navigation.entries().at(-1).url];
  },
  cookies: async () => {
    document.cookie = "a=1; path=/";
    document.cookie = "b=2; path=/";
    document.cookie = "a=3; path=/";
    document.cookie = "h=1; httponly";
    document.cookie = "d=1; domain=other.example";
    document.cookie = "away=1; path=/away";
    const set = document.cookie;
    const sent = (await (await fetch("/echo")).json()).cookie;
    document.cookie = "b=; max-age=0; path=/";
    const sorted = (text) => text.split("; ").sort();
    return [sorted(set), sorted(sent), document.cookie];
  },
  "cookies in the next request": async () => {
    document.cookie = "race=" + 7 + "; path=/";
    return (await (await fetch("/echo")).json()).cookie.includes("race=7");
  },
  cookieStore: async () => {
    if (!window.cookieStore) return null;
    await cookieStore.set("s", "1");
    const got = await cookieStore.get("s");
    await cookieStore.delete("s");
    return [got.name, got.value, document.cookie.includes("s="), await cookieStore.get("s")];
  },
  fetch: async () => {
    const r = await fetch(OTHER + "/echo?x=1");
    const j = await r.json();
    return [r.url, j.site, j.target];
  },
  "fetch relative": async () => {
    const r = await fetch("echo?%20");
    return [r.url, (await r.json()).site, r.redirected, r.type];
  },
  "fetch a URL": async () => {
    const r = await fetch(new URL("/echo", OTHER));
    return [r.url, r.type];
  },
  Request: async () => {
    const q = new Request(OTHER + "/echo", { method: "POST", body: "x" });
    const r = await fetch(q.clone());
    const j = await r.json();
    return [q.url, r.url, j.method, j.body, q instanceof Request, q.constructor === Request];
  },
  XMLHttpRequest: async () => {
    const x = new XMLHttpRequest();
    x.open("GET", OTHER + "/echo", false);
    x.send();
    return [x.responseURL, JSON.parse(x.responseText).site];
  },
  WebSocket: async () => {
    return new Promise((done) => {
      const s = new WebSocket(OTHER.replace("http", "ws") + "/ws");
      s.onopen = () => s.send("hi");
      s.onmessage = (e) =>
        done([s.url, e.data, e.origin, s instanceof WebSocket, s.constructor === WebSocket, WebSocket.OPEN]);
      s.onerror = () => done("error");
    });
  },
  EventSource: async () => {
    return new Promise((done) => {
      const s = new EventSource(OTHER + "/events");
      s.onmessage = (e) => {
        s.close();
        done([s.url, e.data, e.origin]);
      };
      s.onerror = () => done("error");
    });
  },
  performance: async () => {
    await fetch(OTHER + "/echo?perf");
    return performance
      .getEntriesByType("resource")
      .map((e) => [e.name, e.toJSON().name])
      .filter(([n]) => n.includes("perf") || n.includes("__tp"));
  },
  "performance by name": async () => {
    await fetch(OTHER + "/echo?named");
    return performance.getEntriesByName(OTHER + "/echo?named").length;
  },
  sendBeacon: async () => {
    return navigator.sendBeacon(OTHER + "/echo", "x");
  },
  import: async () => {
    const m = await import(OTHER + "/module.js");
    return [m.host, m.url];
  },
  image: async () => {
    const i = new Image();
    const seen = new Promise((done) => {
      i.onload = () => done("loaded");
      i.onerror = () => done("error");
    });
    i.src = OTHER + "/a.png";
    const how = await seen;
    return [how, i.src, i.getAttribute("src"), i.currentSrc, i.outerHTML, i.attributes.src.value];
  },
  attributes: async () => {
    const e = document.createElement("img");
    e.setAttribute("src", OTHER + "/a.png?x");
    e.srcset = OTHER + "/a.png 1x, " + OTHER + "/b.png 2x";
    e.style.backgroundImage = `url(${OTHER}/c.png)`;
    return [
      e.src,
      e.getAttribute("src"),
      e.srcset,
      e.getAttribute("style"),
      e.style.backgroundImage,
      e.cloneNode().src,
    ];
  },
  links: async () => {
    const a = document.createElement("a");
    a.href = "/p?q#h";
    const b = document.createElement("a");
    b.href = OTHER + "/z";
    b.host = "c.localhost:1";
    a.pathname = "/n";
    return [
      a.href,
      a.origin,
      a.host,
      a.hostname,
      a.port,
      a.protocol,
      a.pathname,
      a.search,
      a.hash,
      String(a),
      a.getAttribute("href"),
      b.href,
      String(b),
    ];
  },
  innerHTML: async () => {
    const d = document.createElement("div");
    d.innerHTML = `<img src='${OTHER}/a.png' alt="a>b"><a href=${OTHER}/x>t</a><p style="background:url(${OTHER}/b.png)">&amp;</p>`;
    document.body.append(d);
    return [d.innerHTML, d.querySelector("img").src, d.querySelector("a").href, d.outerHTML.length];
  },
  insertAdjacentHTML: async () => {
    document.body.insertAdjacentHTML("beforeend", `<iframe class=z src="${OTHER}/child"></iframe>`);
    const f = document.querySelector(".z");
    return [f.src, f.getAttribute("src")];
  },
  template: async () => {
    const t = document.createElement("template");
    t.innerHTML = `<img src="${OTHER}/a.png">`;
    const c = t.content.cloneNode(true);
    document.body.append(c);
    return document.body.lastElementChild.src;
  },
  "other document": async () => {
    const d = new DOMParser().parseFromString(`<img class=p src="${OTHER}/a.png">`, "text/html");
    const i = d.querySelector("img");
    const seen = new Promise((done) => {
      i.onload = () => done(1);
      i.onerror = () => done(0);
    });
    document.body.append(i);
    return [await seen, i.src];
  },
  "script with text": async () => {
    const s = document.createElement("script");
    s.textContent = "window.seen = location.host";
    document.body.append(s);
    return window.seen;
  },
  "script by text node": async () => {
    const s = document.createElement("script");
    document.body.append(s);
    s.append("window.seen2 = location.host");
    return window.seen2;
  },
  "script from elsewhere": async () => {
    const s = document.createElement("script");
    const loaded = new Promise((d) => {
      s.onload = d;
    });
    s.src = OTHER + "/classic.js";
    s.integrity = "";
    document.head.append(s);
    await loaded;
    return [s.src, window.classic];
  },
  "handler attribute": async () => {
    document.body.setAttribute("onfocus", "window.handled = location.host");
    document.body.onfocus();
    return window.handled;
  },
  "style text": async () => {
    const s = document.createElement("style");
    s.textContent = `.q { background: url(${OTHER}/q.png) }`;
    document.head.append(s);
    return [s.sheet.cssRules[0].style.backgroundImage, s.sheet.cssRules[0].cssText];
  },
  insertRule: async () => {
    const s = document.head.appendChild(document.createElement("style"));
    s.sheet.insertRule(`@font-face { font-family: x; src: url("${OTHER}/f.woff") }`);
    return s.sheet.cssRules[0].cssText;
  },
  stylesheet: async () => {
    const l = document.createElement("link");
    l.rel = "stylesheet";
    const loaded = new Promise((d) => {
      l.onload = d;
    });
    l.href = OTHER + "/a.css";
    document.head.append(l);
    await loaded;
    return [l.href, l.sheet.href];
  },
  "form properties": async () => {
    const f = document.createElement("form");
    f.action = "/go";
    const one = f.action;
    f.action = OTHER + "/go";
    return [one, f.action, f.getAttribute("action")];
  },
  svg: async () => {
    const n = "http://www.w3.org/2000/svg";
    const i = document.createElementNS(n, "image");
    i.setAttributeNS("http://www.w3.org/1999/xlink", "xlink:href", OTHER + "/a.png");
    return [i.href.baseVal, i.getAttributeNS("http://www.w3.org/1999/xlink", "href")];
  },
  "blank frame": async () => {
    const f = document.body.appendChild(document.createElement("iframe"));
    const w = f.contentWindow;
    return [
      w.eval("1"),
      w.document.baseURI,
      w.origin,
      w.parent === window,
      w.top === window,
      new w.Function("return parent.location.host")(),
      w.location.href,
    ];
  },
  "frame's own fetch": async () => {
    const f = document.body.appendChild(document.createElement("iframe"));
    const r = await f.contentWindow.fetch(OTHER + "/echo");
    return r.url;
  },
  "frames[i]": async () => {
    const f = document.createElement("iframe");
    document.body.append(f);
    const w = window[window.length - 1];
    return new w.Image().constructor === w.HTMLImageElement && new w.Request(OTHER + "/x").url;
  },
  srcdoc: async () => {
    return new Promise((done) => {
      onmessage = (e) => done([e.data, e.origin]);
      const f = document.createElement("iframe");
      f.srcdoc =
        `<!doctype html><script>parent.postMessage([document.URL, document.baseURI, parent.location.host, document.compatMode, self.origin], '*')</scr` +
        "ipt>";
      document.body.append(f);
    });
  },
  "frame of another site": async () => {
    return new Promise((done) => {
      onmessage = (e) => done([e.data, e.origin, e.source === f.contentWindow]);
      const f = document.createElement("iframe");
      f.src = OTHER + "/child";
      document.body.append(f);
    });
  },
  "message to a site": async () => {
    return new Promise((done) => {
      const f = document.createElement("iframe");
      f.src = OTHER + "/listener";
      onmessage = (e) =>
        e.data === "ready"
          ? (f.contentWindow.postMessage("wrong", "http://wrong.localhost"),
            f.contentWindow.postMessage("right", OTHER))
          : done([e.data, e.origin]);
      document.body.append(f);
    });
  },
  "frame's location": async () => {
    return new Promise((done) => {
      const f = document.createElement("iframe");
      f.src = "/child";
      f.onload = () =>
        done([
          f.contentWindow.location.href,
          f.contentDocument.URL,
          f.contentWindow.location.host,
          f.contentWindow.frameElement === f,
        ]);
      document.body.append(f);
    });
  },
  "foreign location": async () => {
    return new Promise((done) => {
      const f = document.createElement("iframe");
      f.src = OTHER + "/empty";
      f.onload = () => {
        try {
          f.contentWindow.location.href;
        } catch (e) {
          onmessage = (m) => done([e.name, m.data]);
          f.onload = null;
          f.contentWindow.location.href = OTHER + "/child";
        }
      };
      document.body.append(f);
    });
  },
  "document.write": async () => {
    const f = document.body.appendChild(document.createElement("iframe"));
    const d = f.contentDocument;
    d.open();
    d.write(`<img src="${OTHER}/a.png"><scr` + "ipt>window.w = parent.location.host</scr" + "ipt>");
    d.close();
    return [d.images[0].src, f.contentWindow.w, d.baseURI];
  },
  worker: async () => {
    return new Promise((done) => {
      const w = new Worker("/worker.js");
      w.onmessage = (e) => done(e.data);
      w.onerror = (e) => done(e.message);
    });
  },
  "worker by blob": async () => {
    const u = URL.createObjectURL(
      new Blob([
        `'use strict'; fetch('${OTHER}/echo').then((r) => postMessage([r.url, origin, (function () { return this })() === undefined]))`,
      ]),
    );
    return new Promise((done) => {
      const w = new Worker(u);
      w.onmessage = (e) => done(e.data);
      w.onerror = (e) => done(String(e.message));
    });
  },
  "module worker by blob": async () => {
    const u = URL.createObjectURL(
      new Blob([`const r = await fetch('${OTHER}/echo'); postMessage([r.url])`], { type: "text/javascript" }),
    );
    return new Promise((done) => {
      const w = new Worker(u, { type: "module" });
      w.onmessage = (e) => done(e.data);
      w.onerror = (e) => done(String(e.message));
    });
  },
  importScripts: async () => {
    return new Promise((done) => {
      const w = new Worker("/importing.js");
      w.onmessage = (e) => done(e.data);
      w.onerror = (e) => done(e.message);
    });
  },
  "service worker": async () => {
    const r = await navigator.serviceWorker.register(OWN + "/sw.js", { scope: "/scope/" });
    const found = [r.scope, (r.installing || r.waiting || r.active).scriptURL];
    await r.unregister();
    return found;
  },
  cache: async () => {
    const c = await caches.open("x");
    await c.put(OTHER + "/k", new Response("v"));
    const keys = (await c.keys()).map((k) => k.url);
    const hit = await c.match(OTHER + "/k");
    return [keys, await hit.text()];
  },
  storage: async () => {
    localStorage.x = 1;
    return [localStorage.getItem("x"), Object.keys(localStorage)];
  },
};
