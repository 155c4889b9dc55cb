"""Fail when a module of a room that must be tested file by file has no test beside it."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
# The store has one contract suite for all adapters, actions a test file for each endpoint beside `web/`.
PYTHON_ROOMS = ["session", "access", "rewrite", "live", "fetch", "blobs", "geo"]
TYPESCRIPT_ROOMS = ["protocol/ts", "link"]
# Only types or generated: nothing to run.
EXEMPT = {"protocol/ts/messages.ts", "protocol/ts/console.ts", "link/ports.ts"}
# Proven where a real site and a whole server are at hand.
EXEMPT |= {"server/twinpane/live/browsing_places.py"}  # web/proxy_tests/test_agents.py


def missing_tests() -> list[Path]:
    missing = []
    for room in PYTHON_ROOMS:
        for path in (ROOT / "server/twinpane" / room).glob("*.py"):
            if (
                not path.name.startswith(("test_", "__", "conftest"))
                and not path.with_name(f"test_{path.name}").exists()
            ):
                missing.append(path)
    for room in TYPESCRIPT_ROOMS:
        for path in (ROOT / room).glob("*.ts"):
            if not path.name.endswith(".test.ts") and not path.with_suffix(".test.ts").exists():
                missing.append(path)
    return [path for path in missing if str(path.relative_to(ROOT)) not in EXEMPT]


def main() -> int:
    missing = missing_tests()
    for path in missing:
        print(f"{path.relative_to(ROOT)} has no test beside it")
    if not missing:
        print("pairs: every module has its test")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
