"""The example shop on a free port: prints `ready URL`."""

from __future__ import annotations

import socket
import sys

import uvicorn

from e2e.flow import ROOT

if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "examples/integrator"))
    listening = socket.create_server(("127.0.0.1", 0))
    print(f"ready http://localhost:{listening.getsockname()[1]}", flush=True)
    uvicorn.Server(uvicorn.Config("app:app", log_level="warning")).run(sockets=[listening])
