"""Write the SDK's reference into docs/sdk.md from the comments in sdk/package/types.ts; `--check` only compares."""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
TYPES = ROOT / "sdk/package/types.ts"
PAGE = ROOT / "docs/sdk.md"
INTERFACE = re.compile(r"^export interface (\w+)[^{]*\{\n(.*?)^\}", re.MULTILINE | re.DOTALL)
MEMBER = re.compile(r"^  /\*\* (.*?) \*/\n  (.*?)(?=^  /\*\*|\Z)", re.MULTILINE | re.DOTALL)
PLACE = re.compile(r"(<!-- begin: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def signature(code: str) -> str:
    """A member's first declaration on one line, without what goes for all of them."""
    line = " ".join(re.split(r";\n  (?=\w)", code)[0].split()).rstrip(";")
    return re.sub(r"( \| null)? \| undefined", "", line).replace("; }", " }")


def row(comment: str, code: str) -> str:
    """One line of a table: name, the rest of its type, what it is."""
    name, _, rest = re.match(r"(\w+\??)(:? ?)(.*)", signature(code), re.DOTALL).groups()  # type: ignore[union-attr]
    cells = (f"`{name}`", f"`{rest}`", " ".join(comment.split()))
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def tables(source: str) -> dict[str, str]:
    """By interface: its members as a table."""
    made = {}
    for name, body in INTERFACE.findall(source):
        rows = [row(comment, code) for comment, code in MEMBER.findall(body)]
        made[name] = "\n".join(["", "| name | type | |", "|---|---|---|", *rows, "", ""])
    return made


def filled(page: str, made: dict[str, str]) -> str:
    """The page with each table in its place."""
    return PLACE.sub(lambda place: place[1] + made[place[2]] + place[3], page)


def main() -> int:
    page = PAGE.read_text()
    fresh = filled(page, tables(TYPES.read_text()))
    if "--check" in sys.argv:
        if fresh != page:
            print("docs/sdk.md is not what sdk/package/types.ts says: run make generate")
        return int(fresh != page)
    PAGE.write_text(fresh)
    return 0


if __name__ == "__main__":
    sys.exit(main())
