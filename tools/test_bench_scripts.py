"""What the benches take from the product by its path is there: they run seldom, and nothing else notices a move."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
_IMPORT = re.compile(r"""from ["'](\.{1,2}/[^"']+)["']""")


def test_every_script_of_a_bench_finds_what_it_imports() -> None:
    scripts = [path for path in (ROOT / "bench").rglob("*.*js") if "node_modules" not in path.parts]
    taken = [(path, path.parent / name) for path in scripts for name in _IMPORT.findall(path.read_text())]
    assert any("sdk" in target.parts for _, target in taken)
    assert [f"{path.name}: {target}" for path, target in taken if not target.is_file()] == []
