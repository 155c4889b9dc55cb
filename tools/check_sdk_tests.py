"""Fail when a function, event or option of the SDK (S2 to S5) is named by no browser test."""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
INTERFACE = re.compile(r"^export interface (\w+)[^{]*\{\n(.*?)^\}", re.MULTILINE | re.DOTALL)
MEMBER = re.compile(r"^  (\w+)\??[:(<]", re.MULTILINE)
PUBLIC = ("Functions", "Identity", "Events", "Options")
# Calls are not there: these are never told.
EXEMPT = {"callStart", "callAccepted", "callEnd"}


def main() -> int:
    tests = "".join(path.read_text() for path in (ROOT / "e2e").rglob("test_*.py"))
    bodies = dict(INTERFACE.findall((ROOT / "sdk/package/types.ts").read_text()))
    names = [name for part in PUBLIC for name in MEMBER.findall(bodies[part]) if name not in EXEMPT]
    # `onSessionStart` is tested as `on` and the name of its event.
    missing = [name for name in names if not re.search(rf"\b(on)?{name.removeprefix('on')}\b", tests)]
    for name in missing:
        print(f"{name} of the SDK is named by no browser test")
    if not missing:
        print(f"sdk tests: {len(names)} functions, events and options are named")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
