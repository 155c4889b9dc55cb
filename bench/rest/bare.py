"""What one would write in ten minutes over the same table: FastAPI, SQLAlchemy, no keys, no rates, no log."""

from __future__ import annotations

import socket
import sys
from typing import Any

import uvicorn
from fastapi import FastAPI, HTTPException
from sqlalchemy import select
from sqlalchemy.ext.asyncio import create_async_engine
from twinpane.store.tables import visitors

app = FastAPI()
engine = create_async_engine(f"sqlite+aiosqlite:///{sys.argv[1]}", isolation_level="AUTOCOMMIT")


@app.get("/visitors/{short_id}")
async def visitor(short_id: str) -> dict[str, Any]:
    """One visitor."""
    found = select(visitors).where(visitors.c.team_id == 1, visitors.c.short_id == short_id)
    async with engine.connect() as connection:
        row = (await connection.execute(found)).one_or_none()
    if row is None:
        raise HTTPException(404)
    return {"status": "ok", "visitor": dict(row._mapping)}


@app.get("/list")
async def list_visitors(max_results: int = 50) -> dict[str, Any]:
    """The newest visitors."""
    newest = select(visitors).where(visitors.c.team_id == 1).order_by(visitors.c.last_seen_at.desc())
    async with engine.connect() as connection:
        rows = (await connection.execute(newest.limit(max_results))).all()
    return {"status": "ok", "visitors": [dict(row._mapping) for row in rows]}


class Server(uvicorn.Server):
    """Says when it is ready."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to accept connections."""
        await super().startup(sockets)
        assert sockets is not None
        print(f"ready http://127.0.0.1:{sockets[0].getsockname()[1]}", flush=True)


if __name__ == "__main__":
    Server(uvicorn.Config(app, log_level="warning", access_log=False)).run([socket.create_server(("127.0.0.1", 0))])
