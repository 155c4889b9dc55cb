"""Get an asset from the node that runs its session, for an agent whose browser asked another one (F11, N3)."""

from __future__ import annotations

from typing import Final

import aiohttp
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from yarl import URL

from twinpane.ports.nodes import Node

CARRIED: Final = "Twinpane-Carried"
_WITHIN_S: Final = 30.0
_OF_ONE_CONNECTION: Final = frozenset(
    {"connection", "content-length", "date", "keep-alive", "server", "transfer-encoding"}
)


class AssetHop:
    """One client for all. The token in the address is all that the other node asks for."""

    def __init__(self) -> None:
        """Connect at first use."""
        self._client: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        """Disconnect."""
        if self._client is not None:
            await self._client.close()

    async def get(self, home: Node, request: Request) -> Response:
        """Ask the home the same and answer the same; 502 when it does not answer."""
        if self._client is None:
            timeout = aiohttp.ClientTimeout(total=_WITHIN_S)
            self._client = aiohttp.ClientSession(timeout=timeout, auto_decompress=False, trust_env=False)
        query = f"?{request.url.query}" if request.url.query else ""
        url = URL(f"{home.address}{request.scope['raw_path'].decode('ascii')}{query}", encoded=True)
        headers = {name: value for name in ("Host", "Origin", "Range") if (value := request.headers.get(name))}
        try:
            async with self._client.get(url, headers=headers | {CARRIED: "1"}, allow_redirects=False) as answer:
                body = await answer.read()
        except (aiohttp.ClientError, TimeoutError, OSError):
            return PlainTextResponse("The node of this session does not answer.", 502)
        told = {name: value for name, value in answer.headers.items() if name.lower() not in _OF_ONE_CONNECTION}
        return Response(body, answer.status, told)
