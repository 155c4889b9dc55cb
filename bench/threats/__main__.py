"""`python -m bench.threats`: each defence of SECURITY.md taken out of a copy of the project; a test it names must fail.

The product has no switches: a switch-off is a text of the code put in the place of another, in the copy alone. The same
tests must pass in the copy as it is. Writes docs/threats-tried.md.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.threats.switch import Switch
from bench.threats.switches import SWITCHES
from bench.threats.table import PAGE, ROOT, Tried, read, written

LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "node_modules", "out", "dist", "data", "*.pyc", "__pycache__")
WITHIN_S = 300


def copied(folder: Path) -> Path:
    """A copy of the project, with the packages of this one."""
    copy = folder / "copy"
    shutil.copytree(ROOT, copy, ignore=LEFT_OUT)
    for name in (".venv", "node_modules"):
        (copy / name).symlink_to(ROOT / name)
    return copy


@contextmanager
def without(copy: Path, switch: Switch) -> Iterator[None]:
    """The copy without a defence."""
    kept = {file: (copy / file).read_text(encoding="utf-8") for file, _, _ in switch.changes}
    for file, before, after in switch.changes:
        text = (copy / file).read_text(encoding="utf-8")
        if before not in text:
            raise ValueError(f"{file} does not have {before!r}")
        (copy / file).write_text(text.replace(before, after), encoding="utf-8")
    try:
        build(copy, switch)
        yield
    finally:
        for file, text in kept.items():
            (copy / file).write_text(text, encoding="utf-8")
        build(copy, switch)


def build(copy: Path, switch: Switch) -> None:
    """Bundle the browser parts anew, if it is about them."""
    if any(file.endswith((".ts", ".tsx")) for file, _, _ in switch.changes):
        subprocess.run(["node", "tools/build.mjs"], cwd=copy, check=True, capture_output=True)


def passes(copy: Path, tests: list[str]) -> bool:
    """Whether tests pass in the copy. Raises when they cannot be run."""
    path = os.pathsep.join([str(copy / "protocol"), str(copy / "server"), str(copy)])
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
    for command in commands(tests):
        done = subprocess.run(
            command, cwd=copy, env=environment, capture_output=True, text=True, timeout=WITHIN_S * 4, check=False
        )
        if done.returncode not in (0, 1) or "error during collection" in done.stdout:
            raise RuntimeError(f"{command} could not be run:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
        if done.returncode:
            return False
    return True


def commands(tests: list[str]) -> Iterator[list[str]]:
    """How tests of Python and of TypeScript are run."""
    python = [test for test in tests if ".py::" in test]
    if python:
        yield [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", f"--timeout={WITHIN_S}", *python]
    for test in tests:
        file, _, title = test.partition("::")
        if file.endswith(".ts"):
            yield ["npx", "vitest", "run", file, "-t", title]


def main() -> int:
    """Try all, or those whose name has a word; 1 if one was noticed by nothing."""
    parser = argparse.ArgumentParser(prog="bench.threats", description=__doc__)
    parser.add_argument("--only", default="", help="those alone whose name or test has this in it")
    parser.add_argument("--left", action="store_true", help="those alone that the page does not have as noticed yet")
    options = parser.parse_args()
    found = read(PAGE)
    chosen = [switch for switch in SWITCHES if options.only in f"{switch.name} {switch.test}"]
    if options.left:
        chosen = [each for each in chosen if each.name not in found or not found[each.name].is_noticed]
    with tempfile.TemporaryDirectory() as folder:
        copy = copied(Path(folder))
        all_pass = passes(copy, sorted({switch.test for switch in chosen}))
        for switch in chosen:
            passed = all_pass or passes(copy, [switch.test])
            with without(copy, switch):
                failed = not passes(copy, [switch.test])
            found[switch.name] = Tried(switch.name, switch.test, passes_with=passed, fails_without=failed)
            print("noticed" if passed and failed else f"MISSED (passes with it: {passed})", switch.name, flush=True)
            PAGE.write_text(written([found[each.name] for each in SWITCHES if each.name in found]), encoding="utf-8")
    missed = [switch for switch in chosen if not found[switch.name].is_noticed]
    print(f"{len(chosen)} defences taken out, {len(chosen) - len(missed)} noticed by the test that is named")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
