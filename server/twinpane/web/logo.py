"""The operator's logo: one picture, on the console and on watch pages that have no other (`logo_file`)."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from twinpane.web.bundles import Bundle, make_bundle, respond
from twinpane.web.context import Web, web_of

MAX_BYTES: Final = 65_536
_KINDS: Final = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg", b"RIFF": "webp"}
"""By how a file begins. Not SVG: opened by itself it is a page, with scripts."""


def read_logo(path: Path) -> Bundle:
    """Read the picture. Raises ValueError, in words for the operator."""
    try:
        body = path.read_bytes()
    except OSError as error:
        raise ValueError(f"The logo {path} cannot be read: {error.strerror}.") from error
    kind = next((kind for begin, kind in _KINDS.items() if body.startswith(begin)), None)
    if kind is None or len(body) > MAX_BYTES:
        raise ValueError(f"The logo {path} must be a PNG, JPEG or WebP picture of at most {MAX_BYTES // 1024} KB.")
    return make_bundle(f"logo-{sha256(body).hexdigest()[:12]}.{kind}", body)


def logo_path(web: Web) -> str | None:
    """Where the logo is, at our address."""
    return f"/logo/{web.logo.name}" if web.logo else None


def with_logo(web: Web, address: str, branding: dict[str, Any]) -> dict[str, Any]:
    """A watch page's branding, with our logo where it names none."""
    path = logo_path(web)
    return {"logo_url": address + path} | branding if path else branding


async def logo(request: Request) -> Response:
    """`/logo/NAME`."""
    bundle = web_of(request).logo
    if bundle is None or bundle.name != request.path_params["name"]:
        raise HTTPException(404)
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "Cross-Origin-Resource-Policy": "cross-origin"}
    return respond("", bundle, headers)


ROUTES = [Route("/logo/{name}", logo)]
