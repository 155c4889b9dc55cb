from __future__ import annotations

import json

import pytest

from twinpane.rewrite.import_map import rewrite_import_map


def encode(url: str) -> str:
    return f"proxied:{url}" if url.startswith("https:") else url


def test_p3_keys_targets_and_scopes_of_an_import_map_are_encoded() -> None:
    given = {
        "imports": {"vue": "https://cdn/vue.js", "https://cdn/a.js": "./a.js", "off": None},
        "scopes": {"https://cdn/": {"x": "https://cdn/x.js"}, "/bad": 1},
        "integrity": {"https://cdn/vue.js": "sha384-x"},
        "other": "https://cdn/",
    }
    assert json.loads(rewrite_import_map(json.dumps(given), encode)) == {
        "imports": {"vue": "proxied:https://cdn/vue.js", "proxied:https://cdn/a.js": "./a.js", "off": None},
        "scopes": {"proxied:https://cdn/": {"x": "proxied:https://cdn/x.js"}, "/bad": 1},
        "other": "https://cdn/",
    }


@pytest.mark.parametrize("text", ["", "{", "[]", "1", '{"imports": {"a": "./a.js"}}', '{"imports": 3, "scopes": []}'])
def test_w6_what_needs_no_change_or_is_no_map_stays(text: str) -> None:
    assert rewrite_import_map(text, encode) == text


def test_p3_a_map_never_ends_its_script() -> None:
    assert "</script" not in rewrite_import_map('{"imports": {"<\\/script>": "https://cdn/"}}', encode)
