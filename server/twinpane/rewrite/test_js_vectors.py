"""The same table as the shim's: what comes with a page and what the page makes are rewritten alike (Y6)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from twinpane.rewrite.js import rewrite_js

VECTORS = Path(__file__).parents[3] / "protocol/vectors/proxy_scripts.json"
RULES: dict[str, list[tuple[str, str]]] = json.loads(VECTORS.read_text())["rules"]
HELPERS = {"L", "G", "P", "T", "I", "E", "V", "M", "U"}


@pytest.mark.parametrize("rule", RULES)
def test_y6_a_script_is_rewritten_as_the_table_says(rule: str) -> None:
    for code, rewritten in RULES[rule]:
        assert rewrite_js(code, lambda url: url.replace("https://", "http://p/", 1)) == rewritten, code


def test_y6_the_table_has_every_helper() -> None:
    text = VECTORS.read_text()
    assert {letter for letter in HELPERS if f"__tp${letter}" in text} == HELPERS
