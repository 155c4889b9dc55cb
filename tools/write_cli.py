"""Write docs/cli.md from the commands themselves. With --check: fail when it is not fresh."""

from __future__ import annotations

import html
import re
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).parent.parent / "docs/cli.md"
_COMMAND = [sys.executable, "-m", "typer", "twinpane.cli", "utils", "docs", "--name", "twinpane"]
_DEFAULT_OF_NOTHING = re.compile(r"^\* `--help`: Show this message and exit\.\n", re.MULTILINE)
_CUT_SHORT = re.compile(r"^\*\*Commands\*\*:\n\n(\* .*\n)+", re.MULTILINE)
"""Lists of the commands that follow, with half a sentence each."""
_INTRODUCTION = """# The command `twinpane`

Written from the commands themselves (`make generate`); do not edit. `twinpane COMMAND --help` tells the same.

Commands that look or change something work on the data folder (`--data`, else as [settings](settings.md) have it), also
while the server runs; only `restore` wants it stopped. `--json` prints JSON on standard output; what went wrong and
progress go to standard error. They end with 0 when done, 1 when it could not be done or something was found wrong,
2 when the command or a setting is not as it should be.

"""


def main() -> int:
    page = written()
    if "--check" in sys.argv:
        is_fresh = PAGE.is_file() and PAGE.read_text(encoding="utf-8") == page
        print("docs/cli.md is fresh" if is_fresh else "docs/cli.md is not fresh: run make generate")
        return 0 if is_fresh else 1
    PAGE.write_text(page, encoding="utf-8")
    return 0


def written() -> str:
    """The page: Typer's own, each command under a heading, without what all commands have."""
    told = subprocess.run(_COMMAND, check=True, capture_output=True, text=True).stdout
    commands = _CUT_SHORT.sub("", _DEFAULT_OF_NOTHING.sub("", html.unescape(told)))
    commands = commands[commands.index("\n## ") :].replace("**Options**:\n\n\n", "")
    return _INTRODUCTION + re.sub(r"\n{3,}", "\n\n", commands).strip() + "\n"


if __name__ == "__main__":
    sys.exit(main())
