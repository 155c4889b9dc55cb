"""Real bundles: what parsed before being rewritten parses afterwards."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from twinpane.rewrite.js import proxied_js

ROOT = next(folder for folder in Path(__file__).parents if (folder / "package.json").is_file())
SAMPLE_BYTES_MAX = 6_000_000
CHECK = """
const vm = require("node:vm");
const parses = (text) => {
  for (const parse of [(t) => new vm.Script(t), (t) => new vm.SourceTextModule(t)]) {
    try { parse(text); return true; } catch {}
  }
  return false;
};
const pairs = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
console.log(JSON.stringify(pairs.filter(([, a, b]) => parses(a) && !parses(b)).map(([name]) => name)));
"""


def encode(url: str) -> str:
    return f"http://proxied/{url}" if url.startswith(("http:", "https:", "//")) else url


def test_p3_rewriting_real_bundles_introduces_no_syntax_error() -> None:
    pairs: list[tuple[str, str, str]] = []
    left = SAMPLE_BYTES_MAX
    for path in sorted((ROOT / "node_modules").rglob("*.*js"), key=lambda path: (path.name, str(path))):
        if not path.is_file() or path.suffix not in (".js", ".mjs", ".cjs") or path.stat().st_size > 1_000_000:
            continue
        body = path.read_bytes()
        changed = proxied_js(body, encode)
        if changed is not None and left > len(body):
            left -= len(body)
            pairs.append((str(path), body.decode(errors="replace"), changed.decode()))
    if not pairs:
        pytest.skip("no bundles are installed")
    checked = subprocess.run(
        ["node", "--experimental-vm-modules", "--no-warnings", "-e", CHECK],
        input=json.dumps(pairs),
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert json.loads(checked.stdout) == []
