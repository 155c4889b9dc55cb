"""A page of docs/ as something that can be followed: its blocks of code, run in order, as a reader would."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from e2e.flow import ROOT, free_port, started, until

_FENCE = re.compile(r"^( *)```(\w+) ?(.*?)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
LISTENERS = {"twinpane serve": "8080", "http.server": "8000", "agent.py": "8001"}
"""What keeps running, and the port that it has in the documents."""


@dataclass(frozen=True)
class Block:
    """A fenced block. `note` is what stands after its language: a file's name, or that it keeps running."""

    kind: str
    note: str
    text: str


def blocks(page: Path) -> list[Block]:
    found = []
    for indent, kind, note, text in _FENCE.findall(page.read_text(encoding="utf-8")):
        lines = [line.removeprefix(indent) for line in text.splitlines()]
        found.append(Block(kind, note, "\n".join(lines)))
    return found


@dataclass
class Story:
    """One reader: a folder, a shell, a Python prompt and a page, with ports and an ID of their own."""

    folder: Path
    running: ExitStack
    page: Page | None = None
    told: str = ""
    warnings: list[str] = field(default_factory=list)
    cwd: Path = ROOT
    names: dict[str, Any] = field(default_factory=dict)
    instead: dict[str, str] = field(default_factory=lambda: {port: str(free_port()) for port in LISTENERS.values()})
    environment: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        self.environment = {**os.environ, "HOME": str(self.folder), "PATH": path}

    def here(self, text: str) -> str:
        """A text of the document as it is in this story."""
        for written, real in self.instead.items():
            text = text.replace(written, real)
        return text

    def follow(self, block: Block) -> None:
        """Do what the block says; what an `sh` block printed is kept in `told`."""
        text = self.here(block.text)
        if block.kind == "sh" and block.note == "keeps running":
            self._start(text, next(port for command, port in LISTENERS.items() if command in text))
        elif block.kind == "sh":
            self.told = self._shell(text)
        elif block.kind == "json":
            assert_like(json.loads(text), json.loads(self.told))
        elif block.kind in ("html", "python") and block.note:
            (self.cwd / block.note).write_text(text)
        elif block.kind == "python":
            exec(compile(text, "docs", "exec"), self.names)
        elif block.kind == "js":
            assert self.page is not None
            self.page.evaluate(f"() => {{ {text} }}")
        else:
            raise AssertionError(f"nobody follows a block of {block.kind}")

    def _shell(self, text: str) -> str:
        """Run commands; folder and variables stay for the next."""
        kept = self.folder / "kept"
        script = f"{text}\npwd >{kept}.cwd; env -0 >{kept}.env"
        command = ["bash", "-euo", "pipefail", "-c", script]
        ended = subprocess.run(
            command, cwd=self.cwd, env=self.environment, capture_output=True, text=True, timeout=300, check=False
        )
        assert ended.returncode == 0, f"{text}\n{ended.stdout}\n{ended.stderr}"
        self.cwd = Path(Path(f"{kept}.cwd").read_text().strip())
        lines = Path(f"{kept}.env").read_text().split("\0")
        self.environment = dict(line.split("=", 1) for line in lines if line)
        return ended.stdout

    def _start(self, text: str, port: str) -> None:
        log = self.folder / f"log-{port}"
        command = ["bash", "-c", f"exec {text}"]
        process = self.running.enter_context(started(command, self.environment, log, cwd=self.cwd))

        def listens() -> bool:
            assert process.poll() is None, log.read_text()
            with socket.socket() as probe:
                return probe.connect_ex(("localhost", int(self.instead[port]))) == 0

        until(listens, what=f"{text} at its port", wait_s=60)


def assert_like(written: Any, told: Any) -> None:
    """What a document shows is what is told: all its fields, its lists' first entries, `…` for anything."""
    if isinstance(written, dict):
        for name, value in written.items():
            assert name in told, name
            assert_like(value, told[name])
    elif isinstance(written, list):
        assert told
        assert_like(written[0], told[0])
    elif isinstance(written, str):
        assert re.fullmatch(re.escape(written).replace("…", ".+"), told), (written, told)
    else:
        assert told == written
