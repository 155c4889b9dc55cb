"""`twinpane demo`: the server and a shop that uses it, on this machine, until Ctrl+C.

The shop (`examples/integrator`) is an integrator like any other: a process of its own that knows the server's address
and its keys and speaks REST. `examples/foreign_site` stands for a site of somebody else's: it is told nothing and is
reached through the proxy. Keys are fresh unless preset by environment, and data is thrown away at the end.
"""

from __future__ import annotations

import os
import secrets
import signal
import socket
import string
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Annotated, NoReturn

import typer

from twinpane.main import ASSETS
from twinpane.web.bundles import Bundles
from twinpane.web.console_page import ENTRY as CONSOLE_ENTRY

HOST = "127.0.0.1"
START_TIMEOUT_S = 60.0
STOP_TIMEOUT_S = 10.0
POLL_S = 0.1
FOREIGN_HOSTS = ("library.localhost", "club.localhost")


def demo(port: Annotated[int, typer.Option(help="Where the demo answers; 0 takes a free one.")] = 8080) -> None:
    """Run the server with a demo shop; prints the address that shows visitor and agent side by side."""
    if port and not is_free(port):
        stop_with_words(f"Port {port} is in use by another program. Try: twinpane demo --port {port + 1}")
    port = port or free_port()
    shop_port, foreign_port = free_port(), free_port()
    url, shop_url = f"http://localhost:{port}", f"http://localhost:{shop_port}"
    signal.signal(signal.SIGTERM, leave)
    # Ctrl+C is how a demo ends, whenever it comes: what was started by then is ended, and that is success.
    with suppress(KeyboardInterrupt), tempfile.TemporaryDirectory(prefix="twinpane-demo-") as data:
        environment = {
            **os.environ,
            **foreign_settings(port, foreign_port),
            "TWINPANE_URL": url,
            "TWINPANE_PUBLIC_URL": url,
            "TWINPANE_DEMO_URL": shop_url,
            "TWINPANE_PUBLIC_KEY": os.environ.get("TWINPANE_PUBLIC_KEY") or public_key(),
            "TWINPANE_REST_KEY": os.environ.get("TWINPANE_REST_KEY") or secrets.token_urlsafe(32),
            "TWINPANE_LOG_LEVEL": os.environ.get("TWINPANE_LOG_LEVEL", "error"),
        }
        serve = ["-c", "from twinpane.cli import app; app()", "serve", "--host", HOST, "--port", str(port)]
        with (
            child([*serve, "--data", data], environment) as server,
            child(example("integrator", shop_port), environment) as shop,
            child(example("foreign_site", foreign_port), environment) as foreign,
        ):
            wait_until_answered(f"{url}/readyz", server)
            wait_until_answered(f"{shop_url}/visitor", shop)
            wait_until_answered(f"http://{HOST}:{foreign_port}/", foreign)
            typer.echo(f"{url}/demo")
            if (link := console_link(data, environment)) is not None:
                typer.echo(f"The team console, for the first who opens it: {link}")
            wait_until_one_ends(server, shop, foreign)


def foreign_settings(port: int, foreign_port: int) -> dict[str, str]:
    """What lets the server at `port` show the site at `foreign_port`, which is on this machine and so not public."""
    return {
        "TWINPANE_PROXY_DOMAIN": f"px.localhost:{port}",
        "TWINPANE_FETCH_ALLOW": " ".join(FOREIGN_HOSTS),
        "TWINPANE_FETCH_RESOLVE": " ".join(f"{host}={HOST}" for host in FOREIGN_HOSTS),
        "TWINPANE_FOREIGN_URL": f"http://{FOREIGN_HOSTS[0]}:{foreign_port}/",
    }


def example(name: str, port: int) -> list[str]:
    """How Python serves one of the examples. Pages that keep a stream open do not delay the end."""
    arguments = ["-m", "uvicorn", "--app-dir", str(example_folder(name)), "app:app", "--host", HOST]
    return [
        *arguments,
        "--port",
        str(port),
        "--log-level",
        "warning",
        "--timeout-graceful-shutdown",
        "2",
        "--timeout-graceful-shutdown",
        "1",
    ]


def console_link(data: str, environment: dict[str, str]) -> str | None:
    """The one-time link to the team console; None where that is not built."""
    if Bundles.read(ASSETS).entry(CONSOLE_ENTRY) is None:
        return None
    invite = ["-c", "from twinpane.cli import app; app()", "members", "invite", "--data", data]
    told = subprocess.run([sys.executable, *invite], env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    return told.stdout.strip() or None


def public_key() -> str:
    """Ten letters and digits."""
    return "".join(secrets.choice(string.ascii_letters + string.digits) for _ in range(10))


def example_folder(name: str) -> Path:
    """Where an example is: in the wheel beside this file, in a checkout under examples/."""
    packed = Path(__file__).parent / name
    return packed if packed.is_dir() else Path(__file__).parents[2] / "examples" / name


def is_free(port: int) -> bool:
    """Whether nobody listens on a port of this machine."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True


def free_port() -> int:
    """A port that the system has just seen free."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@contextmanager
def child(arguments: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Run Python with these arguments; ends it when left. Its own session, so that Ctrl+C reaches only us."""
    process = subprocess.Popen(  # noqa: S603 - our own arguments
        [sys.executable, *arguments], env=environment, stdout=subprocess.DEVNULL, start_new_session=True
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_until_answered(url: str, process: subprocess.Popen[bytes]) -> None:
    """Wait for a 200; stops with words if the process ends or takes longer than a minute."""
    for _ in range(int(START_TIMEOUT_S / POLL_S)):
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310 - our own http address
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            if has_ended(process):
                stop_with_words("The demo could not start; what went wrong is told above.")
    stop_with_words(f"The demo could not start: {url} does not answer.")


def wait_until_one_ends(*processes: subprocess.Popen[bytes]) -> None:
    """Wait for the end of any of them, which a demo does not expect."""
    while not any(has_ended(process) for process in processes):
        pass
    stop_with_words("The demo ended by itself; what went wrong is told above.")


def has_ended(process: subprocess.Popen[bytes]) -> bool:
    """Wait a moment for a process to end."""
    try:
        process.wait(POLL_S)
    except subprocess.TimeoutExpired:
        return False
    return True


def leave(_signal: int, _frame: FrameType | None) -> NoReturn:
    """Turn SIGTERM into what Ctrl+C does, so that everything started is ended."""
    raise KeyboardInterrupt


def stop_with_words(text: str) -> NoReturn:
    """End the command with a sentence for people."""
    typer.echo(text, err=True)
    raise typer.Exit(1)
