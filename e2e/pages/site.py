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
OVERRIDES = {"/swagger-ui-dist/swagger-initializer.js": INITIALIZER, "/api.json": json.dumps(API).encode()}


def documentation(folder: Path) -> Path:
    """Get the built documentation out of the source package that requirements.txt names."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:"]
    subprocess.run([*command, "--require-hashes", "-r", str(HERE / "requirements.txt"), "-d", str(folder)], check=True)
    archive = next(folder.glob("*.tar.gz"))
    with tarfile.open(archive) as package:
        # `filter` came to Python 3.11 with its fourth patch; the package is pinned by its hash all the same.
        safely = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
        package.extractall(folder, **safely)  # type: ignore[arg-type]
    return next(folder.glob("*/doc"))


@contextmanager
def serve(folders: dict[str, Path], server_url: str, public_key: str) -> Iterator[str]:
    """Serve each folder under its name (`""` is the rest); gives the address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path)
            first, _, rest = path[1:].partition("/")
            folder, rest = (folders[first], rest) if first in folders else (folders[""], path[1:])
            file = (folder / rest).resolve()
            body = OVERRIDES.get(path)
            if body is None:
                if not file.is_relative_to(folder.resolve()) or not file.is_file():
                    self.send_error(404)
                    return
                body = file.read_bytes()
            kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
            if kind == "text/html":
                body = body.replace(b"</head>", (SNIPPET % (server_url, public_key)).encode() + b"</head>", 1)
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
