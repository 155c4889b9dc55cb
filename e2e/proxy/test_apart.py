"""Sessions and sites of one browser never mix, and no page gets at what lets a browser in (P4, Y3)."""

from __future__ import annotations

import json
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from e2e.flow import Server, started, until
from e2e.proxy.shim.site import HOSTS, Sites, served

pytestmark = pytest.mark.journey

HERE, THERE = HOSTS
WORKER = """
  addEventListener('install', () => skipWaiting());
  addEventListener('activate', (e) => e.waitUntil(clients.claim()));
  addEventListener('fetch', (e) => { if (e.request.url.endsWith('/made-up')) e.respondWith(new Response('made up')) });
"""
# What a page can keep, each under one name.
KEEP = """async (value) => {
  document.cookie = `kept=${value}; path=/`;
  document.cookie = `wide=${value}; path=/; domain=shop.localhost`;
  localStorage.kept = sessionStorage.kept = value;
  await caches.open(value);
  await new Promise((done) => { const r = indexedDB.open(value); r.onsuccess = done });
  const root = await navigator.storage?.getDirectory?.().catch(() => null);
  await root?.getFileHandle(value, {create: true});
  if (value === 'one') {
    await navigator.serviceWorker.register('/sw.js');
    if (!navigator.serviceWorker.controller) {
      await new Promise((done) => { navigator.serviceWorker.oncontrollerchange = done });
    }
  }
  self.heard = [];
  const channel = new BroadcastChannel('channel');
  channel.onmessage = (e) => heard.push(e.data);
  self.say = () => channel.postMessage(value);
  const shared = new SharedWorker('/shared.js', 'name');
  shared.port.start();
  self.met = new Promise((done) => { shared.port.onmessage = (e) => done(e.data) });
}"""
KEPT = """async () => {
  const root = await navigator.storage?.getDirectory?.().catch(() => null);
  const files = [];
  if (root) for await (const name of root.keys()) files.push(name);
  return {
    cookies: document.cookie.split('; ').filter((c) => /kept|wide/.test(c)).sort(),
    local: localStorage.kept ?? null,
    session: sessionStorage.kept ?? null,
    caches: await caches.keys(),
    bases: (await indexedDB.databases()).map((each) => each.name),
    files,
    worker: navigator.serviceWorker.controller !== null,
    made: (await (await fetch('/made-up')).text()).includes('made up'),
    heard: self.heard ?? [],
    met: self.met ? await self.met : 0,
  };
}"""
NOTHING: dict[str, Any] = {
    "cookies": [],
    "local": None,
    "session": None,
    "caches": [],
    "bases": [],
    "files": [],
    "worker": False,
    "made": False,
    "heard": [],
    "met": 0,
}


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sites]:
    with served(tmp_path_factory.mktemp("sites")) as sites:
        sites.pages["/sw.js"] = WORKER
        sites.pages["/shared.js"] = "let count = 0; onconnect = (e) => { count++; e.ports[0].postMessage(count) }"
        yield sites


@pytest.fixture(scope="module")
def proxying(sites: Sites, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server.fresh(tmp_path_factory.mktemp("proxying"))
    server.settings = {
        "TWINPANE_FETCH_ALLOW": " ".join(HOSTS),
        "TWINPANE_FETCH_RESOLVE": " ".join(f"{host}=127.0.0.1" for host in HOSTS),
    }
    command = [str(Path(sys.executable).with_name("twinpane")), "serve", "--port", "0", "--data", str(server.data)]
    with started(command, server.environment(), server.log):
        server.wait_until_ready()
        yield server
    assert "Traceback" not in server.log.read_text(), f"the server met an exception, see {server.log}"


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    made = chromium.new_context()
    yield made
    made.close()


def opened(context: BrowserContext, server: Server, url: str) -> Page:
    """A tab of a new proxy session."""
    status, told = server.rest("POST", "proxy_sessions", {"initial_url": url})
    assert status == 200, told
    page = context.new_page()
    page.goto(told["url"])
    return page


def kept(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(KEPT)
    return found


def test_y3_two_sessions_in_one_browser_keep_everything_apart(
    context: BrowserContext, proxying: Server, sites: Sites
) -> None:
    """The same site in two sessions: cookies, storages, caches, databases, files, workers and channels."""
    one, two = (opened(context, proxying, sites.direct("/dir/page")) for _ in range(2))
    assert one.url.split(".")[0] != two.url.split(".")[0]
    one.evaluate(KEEP, "one")
    assert kept(two) == NOTHING
    two.evaluate(KEEP, "two")
    for page, value in ((one, "one"), (two, "two")):
        page.evaluate("() => self.say()")
        found = kept(page)
        assert found["cookies"] == [f"kept={value}", f"wide={value}"]
        assert (found["local"], found["session"]) == (value, value)
        assert (found["caches"], found["bases"]) == ([value], [value])
        assert found["files"] in ([value], [])
        assert (found["worker"], found["made"]) == (value == "one", value == "one")
        assert (found["heard"], found["met"]) == ([], 1)


def test_y3_two_sites_of_a_session_keep_everything_apart(
    context: BrowserContext, proxying: Server, sites: Sites
) -> None:
    one = opened(context, proxying, sites.direct("/dir/page"))
    one.evaluate(KEEP, "one")
    two = context.new_page()
    two.goto(one.url.replace("www-shop", "api-other"))
    assert two.evaluate("() => document.domain") == THERE
    assert kept(two) == NOTHING
    one.evaluate("() => self.say()")
    assert kept(two)["heard"] == []


RAW = """async () => {
  const frame = document.body.appendChild(document.createElement('iframe'));
  const shown = [frame.contentWindow.document.cookie, document.cookie];
  const store = await self.cookieStore?.getAll().catch(() => []) ?? [];
  shown.push(JSON.stringify(store.map(({name, value}) => [name, value])));
  // The browser's own getter, as nobody of ours has touched it.
  const native = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie').get;
  shown.push(native.call(document), native.call(frame.contentDocument));
  const echo = JSON.stringify(new URL('/echo', document.baseURI).href);
  const code = `fetch(${echo}).then((r) => r.text()).then((t) => postMessage([t]), (e) => postMessage(String(e)))`;
  const worker = new Worker(URL.createObjectURL(new Blob([code])));
  shown.push(JSON.stringify(await new Promise((done) => { worker.onmessage = (e) => done(e.data) })));
  shown.push(await (await fetch('/echo')).text(), JSON.stringify(self.__tp$ ?? ''), document.documentElement.outerHTML);
  for (const path of ['/__tp/cookies?path=/', '/__tp/start', '/__tp/open?to=/']) {
    shown.push(await fetch(path).then(async (r) => JSON.stringify([...r.headers]) + await r.text(), () => ''));
  }
  return shown;
}"""


def test_y3_no_script_reads_the_sessions_cookie(context: BrowserContext, proxying: Server, sites: Sites) -> None:
    page = opened(context, proxying, sites.direct("/dir/page"))
    secrets = [str(each["value"]) for each in context.cookies() if str(each["name"])[:4] in ("tps_", "tpl_")]
    assert secrets
    seen = page.evaluate(RAW)
    assert len(seen) == 12
    for text in seen:
        assert "tps_" not in text
        assert "tpl_" not in text
        assert not any(secret in text for secret in secrets)


def test_y3_no_site_is_told_the_sessions_cookie(context: BrowserContext, proxying: Server, sites: Sites) -> None:
    page = opened(context, proxying, sites.direct("/dir/page"))
    for path in ("/echo", f"{sites.direct('', THERE)}/echo"):
        told = page.evaluate(
            "(url) => new Function('url', 'return fetch(url, {credentials: \"include\"}).then((r) => r.json())')(url)",
            path,
        )
        assert "tp" not in told["cookie"]


def test_y3_a_frame_of_another_site_or_session_cannot_be_looked_into(
    context: BrowserContext, proxying: Server, sites: Sites
) -> None:
    one, two = (opened(context, proxying, sites.direct("/dir/page")) for _ in range(2))
    look = """async (url) => {
      const frame = document.createElement('iframe');
      frame.setAttribute('src', url);
      const loaded = new Promise((done) => { frame.onload = done });
      document.body.append(frame);
      await loaded;
      try { return frame.contentWindow.document.title } catch (e) { return e.name }
    }"""
    other_site = one.url.replace("www-shop", "api-other")
    for url in (other_site, two.url):
        assert one.evaluate(look, url) in ("SecurityError", "TypeError"), url
    until(lambda: len(one.frames) == 3, what="both frames", page=one)


def test_p4_the_api_and_the_console_are_not_read_by_a_proxied_page(
    context: BrowserContext, proxying: Server, sites: Sites
) -> None:
    """It is another origin to proxied pages, and without a key there is nothing to be had."""
    page = opened(context, proxying, sites.direct("/dir/page"))
    api = proxying.url.replace("127.0.0.1", "localhost")
    read = "(url) => fetch(url, {credentials: 'include'}).then((r) => r.text()).then((t) => `read ${t}`, (e) => e.name)"
    for url in (f"{api}/v1.4/list", f"{proxying.url}/v1.4/list", f"{api}/metrics", f"{api}/"):
        assert "read " not in page.evaluate(read, url), url


PAST = """(async () => {
  const told = [];
  document.addEventListener('securitypolicyviolation', (e) => told.push(e.effectiveDirective));
  const image = document.createElement('img');
  const how = await new Promise((done) => {
    image.onload = () => done('loaded');
    image.onerror = () => done('stopped');
    image.src = 'OUTSIDE/a.png';
  });
  const fetched = await fetch('OUTSIDE/echo').then(() => 'fetched', () => 'stopped');
  const line = new WebSocket('OUTSIDE/ws'.replace('http', 'ws'));
  const opened = await new Promise((done) => {
    line.onopen = () => done('opened');
    line.onerror = () => done('stopped');
  });
  return JSON.stringify([how, fetched, opened, told.sort()]);
})()"""


def test_y8_what_the_shim_does_not_see_is_stopped_and_told(
    context: BrowserContext, proxying: Server, sites: Sites
) -> None:
    """In a world of scripts of its own the browser's interfaces are the native ones: the policy is what is left."""
    page = opened(context, proxying, sites.direct("/dir/page"))
    line = context.new_cdp_session(page)
    frame = line.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
    world = line.send("Page.createIsolatedWorld", {"frameId": frame})["executionContextId"]
    asked = {"expression": PAST.replace("OUTSIDE", sites.direct("")), "contextId": world, "awaitPromise": True}
    told = line.send("Runtime.evaluate", asked)["result"]["value"]
    assert json.loads(told) == ["stopped", "stopped", "stopped", ["connect-src", "connect-src", "img-src"]]

    def reported() -> bool:
        with urllib.request.urlopen(f"{proxying.url}/metrics", timeout=60) as answer:
            return b'twinpane_proxy_requests_total{outcome="contained"}' in answer.read()

    until(reported, what="the reports", page=page)
