"""Two sites, direct and as the proxy serves them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from e2e.proxy.shim.site import Sites, served

PAGES = {
    "/dir/page": "<h1>A page</h1>",
    "/child": "<script>parent.postMessage([document.URL, document.referrer.length > 0, parent === top,"
    " self.origin, window.frameElement === null], '*')</script>",
    "/listener": "<script>onmessage = (e) => parent.postMessage([e.data, e.origin], '*');"
    " parent.postMessage('ready', '*')</script>",
    "/empty": "",
    "/module.js": "export const host = new URL(import.meta.url).pathname; export const url = 1;",
    "/classic.js": "window.classic = document.currentScript.src;",
    "/a.css": ".a { color: red }",
    "/worker.js": "postMessage([location.href, location.host, self.location.origin, String(location), origin]);",
    "/importing.js": "importScripts(location.origin.replace('www.shop', 'api.other') + '/imported.js');"
    " postMessage(self.imported);",
    "/imported.js": "self.imported = 'yes';",
    "/sw.js": "",
}


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sites]:
    with served(tmp_path_factory.mktemp("sites")) as sites:
        sites.pages.update(PAGES)
        yield sites
