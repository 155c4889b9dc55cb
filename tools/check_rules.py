"""Fail when a rule of protocol/SPEC.md is quoted by no test."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
RULE = re.compile(r"^- \*\*([A-Z]\d+[a-z]?)\*\*", re.MULTILINE)


def is_test(name: str) -> bool:
    base = Path(name).name
    return (base.startswith("test_") and base.endswith(".py")) or base.endswith((".test.ts", ".test.tsx"))


def main() -> int:
    rules = RULE.findall((ROOT / "protocol/SPEC.md").read_text())
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    text = "\n".join((ROOT / name).read_text() for name in listed if is_test(name) and (ROOT / name).exists())
    quoted = {match.upper() for match in re.findall(r"(?<![A-Za-z0-9])([A-Za-z]\d+)(?=[_ :,.)\]a-z\"'`]|$)", text)}
    missing = [rule for rule in rules if rule.upper() not in quoted]
    print(f"rules: {len(rules)} in SPEC.md, without a test: {', '.join(missing) or 'none'}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
