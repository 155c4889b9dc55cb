"""Fail when docs/masking-defences.md does not name the defences that masking has, each as noticed by something."""

from __future__ import annotations

import sys

from bench.wire.mutations import MUTATIONS, ROOT
from bench.wire.table import PAGE, wrong


def main() -> int:
    found = wrong(PAGE.read_text(encoding="utf-8"), [mutation.name for mutation in MUTATIONS])
    for mutation in MUTATIONS:
        for file, before, _ in mutation.changes:
            if before not in (ROOT / file).read_text(encoding="utf-8"):
                found.append(f"{mutation.name}: {file} does not have {before!r} any more")
    for line in found:
        print(line)
    print(f"masking: {len(MUTATIONS)} defences, each switched off once by python -m bench.wire --mutations")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
