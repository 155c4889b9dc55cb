"""Write docs/data.md from the data inventory. With --check: fail when it is not fresh."""

from __future__ import annotations

import sys
from pathlib import Path

from twinpane.ports.inventory import ELSEWHERE, TABLES, Kept, Place

PAGE = Path(__file__).parent.parent / "docs/data.md"
_INTRODUCTION = """# Data

What a server keeps, of whom, why and how long. Written from the declarations in `server/twinpane/ports/inventory.py`
(`make generate`); do not edit. A test fails when a column of the database is not declared. The team console shows the
same under "Data kept". What is masked in the page is in none of these places ([SECURITY.md](../SECURITY.md)).

- Erase a visitor with everything about them: `DELETE visitors/:id` (R13), or the button on their page in the console.
- Export all rows about a visitor: `GET visitors/:id/export` (R24). Columns marked \\* are not in it, and why.
- `retention_days` ([settings](settings.md)) erases visitors who were not seen for so long.
- `recording_days` deletes recordings of sessions that ended so long ago.
"""


def written() -> str:
    """The page."""
    tables = "".join(_place(name, place) for name, place in TABLES.items())
    others = "".join(
        f"| {name} | {place.what} | {place.why} | {place.how_long} |\n" for name, place in ELSEWHERE.items()
    )
    return (
        f"{_INTRODUCTION}\n## Tables of the database\n{tables}\n## Elsewhere\n\n"
        f"| place | what | why | how long |\n|---|---|---|---|\n{others}"
    )


def _place(name: str, place: Place) -> str:
    rows = "".join(_row(column, kept) for column, kept in place.columns.items())
    about = f"{place.what[0].upper()}{place.what[1:]}. Why: {place.why}. How long: {place.how_long}."
    return f"\n### `{name}`\n\n{about}\n\n| column | what it is | whose |\n|---|---|---|\n{rows}"


def _row(column: str, kept: Kept) -> str:
    mark, why = (" \\*", f" ({kept.left_out})") if kept.left_out else ("", "")
    return f"| `{column}`{mark} | {kept.what}{why} | {kept.whose} |\n"


def main() -> int:
    page = written()
    if "--check" in sys.argv:
        is_fresh = PAGE.is_file() and PAGE.read_text(encoding="utf-8") == page
        print("docs/data.md is fresh" if is_fresh else "docs/data.md is not fresh: run make generate")
        return 0 if is_fresh else 1
    PAGE.write_text(page, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
