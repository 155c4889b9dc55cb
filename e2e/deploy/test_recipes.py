"""Twinpane behind Caddy and nginx, with the very recipes of docs/proxy.md, used by a browser over TLS."""

from __future__ import annotations

import base64
import hashlib
import http.client
import os
import shutil
import socket
import ssl
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import trustme
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import Page, Playwright

from e2e.conftest import CHROMIUM, QUIET, installed
from e2e.deploy.recipes import DOMAIN, OWN, Front, recipe
from e2e.deploy.site import HOST, LARGE_BYTES, PIECE, served
from e2e.flow import Server, free_port, started, until

pytestmark = pytest.mark.journey

TALK = """async () => {
  const talked = await new Promise((resolve, reject) => {
    const socket = new WebSocket(`wss://${location.host}/echo`, ["chat"]);
    socket.onopen = () => socket.send("hello");
    socket.onmessage = (event) => { resolve([event.data, socket.protocol]); socket.close(); };
    socket.onerror = () => reject(new Error("no socket"));
  });
  const streamed = await new Promise((resolve, reject) => {
    const source = new EventSource("/events"), seen = [];
    source.onmessage = async (event) => {
      seen.push(event.data);
      if (seen.length === 1) await fetch("/go", { method: "POST" });
      else { source.close(); resolve(seen); }
    };
    source.onerror = () => reject(new Error("no events"));
  });
  return { talked, streamed };
}"""
CARRY = """async (bytes) => {
  const hex = async (body) => Array.from(new Uint8Array(await crypto.subtle.digest("SHA-256", body)),
    (byte) => byte.toString(16).padStart(2, "0")).join("");
  const down = await (await fetch("/large")).arrayBuffer();
  const up = new Uint8Array(bytes).map((_, index) => index % 251);
  const answer = await (await fetch("/upload", { method: "POST", body: up })).json();
  const long = await fetch(`/told?${"x".repeat(20000)}`, { headers: { "X-Long": "z".repeat(20000) } });
  return {
    down: [down.byteLength, await hex(down)], up: [answer.bytes, answer.sha256 === await hex(up)],
    long: [long.status, await long.json(), long.headers.get("X-Long").length],
  };
}"""


@dataclass
class Deployed:
    """A front that is ready, the server behind it and the site."""

    port: int
    ca: Path
    key_hash: str
    server: Server
    site: str

    def head(self, host: str) -> tuple[int, http.client.HTTPMessage]:
        """Ask as `curl -I` does, with the certificate looked at."""
        trusting = ssl.create_default_context(cafile=self.ca)
        with (
            socket.create_connection(("127.0.0.1", self.port), timeout=20) as plain,
            trusting.wrap_socket(plain, server_hostname=host) as line,
        ):
            line.sendall(f"HEAD / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
            answer = http.client.HTTPResponse(line, method="HEAD")
            answer.begin()
            return answer.status, answer.msg


@pytest.fixture(scope="module", params=["caddy", "nginx"])
def deployed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployed]:
    if shutil.which(request.param) is None:
        pytest.skip(f"{request.param} is not installed")
    folder = tmp_path_factory.mktemp(request.param)
    ca = trustme.CA()
    ca.cert_pem.write_to_path(folder / "ca.pem")
    shown = ca.issue_cert(OWN, f"*.{DOMAIN}")
    shown.private_key_pem.write_to_path(folder / "key.pem")
    for pem in shown.cert_chain_pems:
        pem.write_to_path(folder / "chain.pem", append=True)
    with ExitStack() as closing:
        site_port = closing.enter_context(served())
        server = _server(closing, folder)
        port, server_port = free_port(), int(server.url.rpartition(":")[2])
        front = Front(folder, port, server_port, folder / "chain.pem", folder / "key.pem")
        environment = {**os.environ, "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "HOME": str(folder)}
        closing.enter_context(started(getattr(front, request.param)(), environment, folder / "front.log"))
        made = x509.load_pem_x509_certificate(shown.cert_chain_pems[0].bytes())
        spki = made.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        key_hash = base64.b64encode(hashlib.sha256(spki).digest()).decode()
        result = Deployed(port, folder / "ca.pem", key_hash, server, f"http://{HOST}:{site_port}")
        until(lambda: _listens(port), what=f"the front, see {folder}/front.log")
        yield result
    assert "Traceback" not in server.log.read_text(), server.log


def _server(closing: ExitStack, folder: Path) -> Server:
    """The server, with the settings that the documentation shows."""
    server = Server.fresh(folder / "server")
    server.data.mkdir(parents=True)
    (server.data.parent / "twinpane.toml").write_text(recipe("toml"))
    server.settings = {
        "TWINPANE_FETCH_ALLOW": HOST,
        "TWINPANE_FETCH_RESOLVE": f"{HOST}=127.0.0.1",
    }
    twinpane = str(Path(sys.executable).with_name("twinpane"))
    # The settings' file is looked for where the server is started.
    command = ["env", "-C", str(server.data.parent), twinpane, "serve", "--port", "0", "--data", str(server.data)]
    closing.enter_context(started(command, server.environment(), server.log))
    server.wait_until_ready()
    return server


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
    except OSError:
        return False
    return True


@pytest.fixture
def page(deployed: Deployed, playwright: Playwright) -> Iterator[Page]:
    """A page in a browser for which the names of the documentation lead to the front."""
    rules = ",".join(f"MAP {host} 127.0.0.1:{deployed.port}" for host in (OWN, f"*.{DOMAIN}"))
    args = [*QUIET, f"--host-resolver-rules={rules}", f"--ignore-certificate-errors-spki-list={deployed.key_hash}"]
    with playwright.chromium.launch(executable_path=installed(CHROMIUM), args=args) as browser:
        page = browser.new_page()
        page.set_default_timeout(60_000)
        yield page


def opened(deployed: Deployed, page: Page, unique_id: str) -> None:
    status, told = deployed.server.rest(
        "POST", "proxy_sessions", {"initial_url": f"{deployed.site}/", "unique_id": unique_id}
    )
    assert status == 200, told
    assert f".{DOMAIN}/__tp/start" in told["url"]
    page.goto(told["url"])


def test_p4_the_check_of_the_documentation_works_behind_each_recipe(deployed: Deployed) -> None:
    """With the wildcard's certificate looked at, for both names."""
    status, headers = deployed.head(f"anything.{DOMAIN}")
    assert (status, headers["X-Twinpane-Error"]) == (404, "unknown_host")
    assert deployed.head(OWN)[0] < 400


def test_p3_a_site_works_behind_each_recipe(deployed: Deployed, page: Page) -> None:
    opened(deployed, page, "case-1")
    assert page.text_content("h1") == "Chairs"
    assert page.url.startswith("https://")
    assert page.evaluate("self.where") == f"{deployed.site}/"
    entry = page.evaluate("performance.getEntriesByType('navigation')[0].toJSON()")
    assert entry["nextHopProtocol"] == "h2"
    assert entry["encodedBodySize"] < entry["decodedBodySize"]
    page.click("#next")
    page.wait_for_url("**/deep/**")
    assert page.text_content("p") == "/deep//path/a%2Fb?x=1&y=%20"
    assert page.evaluate(TALK) == {"talked": ["heard hello", "chat"], "streamed": ["one", "two"]}


def test_p5_large_bodies_and_long_heads_pass_each_recipe(deployed: Deployed, page: Page) -> None:
    opened(deployed, page, "case-2")
    whole, rest = divmod(LARGE_BYTES, len(PIECE))
    digest = hashlib.sha256(PIECE * whole + PIECE[:rest]).hexdigest()
    assert page.evaluate(CARRY, 30_000_000) == {
        "down": [LARGE_BYTES, digest],
        "up": [30_000_000, True],
        "long": [200, {"path": 20_006, "header": 20_000}, 20_000],
    }


def test_p3_the_visitor_is_online_behind_each_recipe(deployed: Deployed, page: Page) -> None:
    opened(deployed, page, "case-3")

    def online() -> Any:
        return deployed.server.rest("GET", "list?search=id:case-3%20online")[1]["visitors"]

    found = until(online, what="the visitor", page=page, wait_s=60)
    assert found[0]["short_id"]
