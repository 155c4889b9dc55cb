"""Fail on a source file over 400 lines or a function over 40 (design: Conventions). Exceptions have an ADR."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 40
SUFFIXES = {".py", ".ts", ".tsx", ".mjs", ".css"}
# Generated, so nobody reads it from top to bottom.
EXEMPT = {"protocol/ts/messages.ts", "protocol/ts/console.ts"}


def tracked_sources() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    return [
        ROOT / name
        for name in listed
        if Path(name).suffix in SUFFIXES and name not in EXEMPT and (ROOT / name).exists()
    ]


def long_functions(path: Path) -> list[str]:
    """Only for Python: the body without its docstring."""
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
            lines = (node.end_lineno or first.lineno) - first.lineno + 1
            if lines > MAX_FUNCTION_LINES:
                found.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name} has {lines} lines")
    return found


def main() -> int:
    problems = []
    for path in tracked_sources():
        lines = len(path.read_text().splitlines())
        if lines > MAX_FILE_LINES:
            problems.append(f"{path.relative_to(ROOT)} has {lines} lines")
        if path.suffix == ".py":
            problems += long_functions(path)
    print("\n".join(problems) or "sizes: all files and functions within bounds")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
