"""Serves pages by other people on an address of their own, with our snippet put into each."""

from __future__ import annotations

import json
import mimetypes
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote, urlsplit

from e2e.pages import elsewhere

HERE = Path(__file__).parent
SNIPPET = """<script>
window.Upscope = window.Upscope || function () { (Upscope.q = Upscope.q || []).push(arguments); };
Upscope("init", { requireAuthorizationForSession: false });
</script><script async src="%s/%s.js"></script>"""
# Swagger UI shows the API that its initializer names; this one is small and needs no network.
API = {
    "openapi": "3.0.3",
    "info": {"title": "Tide tables", "version": "1"},
    "paths": {
        f"/{name}": {
            "get": {
                "summary": f"All {name}",
                "operationId": name,
                "parameters": [
                    {"name": "place", "in": "query", "schema": {"type": "string"}},
                    {"name": "kind", "in": "query", "schema": {"type": "string", "enum": ["high", "low"]}},
                ],
                "responses": {"200": {"description": "Good"}},
            }
        }
        for name in ("tides", "harbours", "boats")
    },
}
INITIALIZER = b"""window.onload = () => {
  window.ui = SwaggerUIBundle({
    url: "/api.json",
    dom_id: "#swagger-ui",
    presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
    layout: "StandaloneLayout",
  });
};"""
# UIkit's pages of tests take their parts from a script that only its repository has.
UIKIT = b"""document.write('<link rel="stylesheet" href="../dist/css/uikit.css">'
  + '<script src="../dist/js/uikit.js"><\\/script><script src="../dist/js/uikit-icons.js"><\\/script>');"""
OVERRIDES = {
    "/uikit/tests/js/test.js": UIKIT,
    "/swagger-ui-dist/swagger-initializer.js": INITIALIZER,
    "/api.json": json.dumps(API).encode(),
    "/favicon.ico": b"",
    "/sw.js": b"",
    "/tides": b"[]",
    # Named by the pages, and not in their package.
    "/mako/_static/default.css": b"",
    "/mako/_static/init.js": b"",
}


def sources(folder: Path) -> Path:
    """Get the source packages that requirements.txt names; gives the folder in which each has one of its own."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:"]
    subprocess.run([*command, "--require-hashes", "-r", str(HERE / "requirements.txt"), "-d", str(folder)], check=True)
    # `filter` came to Python 3.11 with its fourth patch; the packages are pinned by their hashes all the same.
    safely = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
    for archive in folder.glob("*.tar.gz"):
        with tarfile.open(archive) as package:
            package.extractall(folder, **safely)  # type: ignore[arg-type]
    return folder


def file_of(folders: dict[str, Path], path: str) -> Path | None:
    """The file at a path: a folder goes by the path's first name, `""` is the rest."""
    first, _, rest = path.partition("/")
    folder, rest = (folders[first], rest) if first in folders else (folders[""], path)
    file = (folder / rest).resolve()
    return file if file.is_relative_to(folder.resolve()) and file.is_file() else None


def answer(folders: dict[str, Path], path: str) -> tuple[str, bytes] | None:
    """Type and body at a path, or none."""
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    if path in OVERRIDES:
        return kind, OVERRIDES[path]
    name = path[1:]
    if name.startswith(elsewhere.PREFIX):
        packaged = elsewhere.package_path(name)
        if not packaged:
            return elsewhere.stand_in(name)
        name = packaged
    file = file_of(folders, name)
    return (kind, file.read_bytes()) if file else None


def at_root(packages: Path) -> dict[str, Path]:
    """The folders of Gentelella's pages, which expect to be at the root of their site."""
    folder = packages / "gentelella/dist"
    return {name: folder / name for name in ("production", "assets", "images", "js")}


def snippet(server_url: str, public_key: str) -> bytes:
    """What an integrator puts into every page."""
    return (SNIPPET % (server_url, public_key)).encode()


def with_snippet(page: bytes, ours: bytes) -> bytes:
    return page.replace(b"</head>", ours + b"</head>", 1)


@contextmanager
def serve(folders: dict[str, Path], server_url: str, public_key: str) -> Iterator[str]:
    """Serve each folder under its name; gives the address."""
    ours = snippet(server_url, public_key)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = answer(folders, unquote(urlsplit(self.path).path))
            if not found:
                self.send_error(404)
                return
            kind, body = found
            if kind in {"text/html", "text/javascript"}:
                body = elsewhere.at_home(body)
            if kind == "text/html":
                body = with_snippet(body, ours)
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as httpd:
        httpd.daemon_threads = True
        Thread(target=httpd.serve_forever, daemon=True).start()
        yield f"http://localhost:{httpd.server_port}"
        httpd.shutdown()
