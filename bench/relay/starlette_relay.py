"""The same relay with what everybody has: Starlette's WebSocket on uvicorn, nothing configured.

A frame of one side of `/r/{session}/{side}` goes to all of the other side.
"""

from __future__ import annotations

import asyncio
import socket
from collections import defaultdict

import uvicorn
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

sides: dict[tuple[str, str], set[WebSocket]] = defaultdict(set)


async def relay(websocket: WebSocket) -> None:
    session, side = websocket.path_params["session"], websocket.path_params["side"]
    await websocket.accept()
    own, other = sides[session, side], sides[session, "a" if side == "v" else "v"]
    own.add(websocket)
    try:
        while True:
            frame = await websocket.receive_bytes()
            for peer in other:
                await peer.send_bytes(frame)
    except WebSocketDisconnect:
        own.discard(websocket)


async def main() -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    app = Starlette(routes=[WebSocketRoute("/r/{session}/{side}", relay)])
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", ws_per_message_deflate=False))
    print(f"ready http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
    await server.serve([listener])


if __name__ == "__main__":
    asyncio.run(main())
