"""The lexer against small cases, against any text, and against a real parser on real bundles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import tree_sitter_javascript
from hypothesis import given
from hypothesis import strategies as st
from tree_sitter import Language, Node, Parser

from twinpane.rewrite.js_lexer import Code, UnreadableCodeError, lex

WORD = re.compile(r"(?<![\w$])(?:location|top|eval|window|this|length)(?![\w$])")
ROOT = next(folder for folder in Path(__file__).parents if (folder / "package.json").is_file())
MODULES = ROOT / "node_modules"
# Written by many hands: minified and not, modules and not, with templates, regular expressions and classes.
BUNDLES = [
    "lodash/lodash.min.js",
    "prettier/standalone.js",
    "prettier/plugins/babel.js",
    "vite/dist/client/client.mjs",
    "postcss/lib/parser.js",
    "js-yaml/dist/js-yaml.min.js",
    "picomatch/lib/parse.js",
    "preact/dist/preact.mjs",
]


def found(text: str) -> list[tuple[int, tuple[int, ...]]]:
    words = [match.span() for match in WORD.finditer(text)]
    return [(word.start, word.open) for word in lex(text, words).words]


@pytest.mark.parametrize(
    ("text", "open_brackets"),
    [
        ("top", ()),
        ("a(b[{top", None),
        ("a(b,top)", (1,)),
        ("a(b)[top]", (4,)),
        ("`${top}`", (~0,)),
        ("`a${`b${top}`}`", (~0, ~4)),
        ("`a${{b:top}}`", (~0, 4)),
        ("`}`+top", ()),
        ("'('+\"[\"+top", ()),
        ("/* ( */top// )", ()),
        ("/[/(]/.test(top)", (11,)),
        ("a/b/top", ()),
        ("a=>/[}]/.test(top)", (13,)),
        ("(a)/b[top]/c", (5,)),
        ("if(a)/[(]/.test(top)", (15,)),
        ("return/[(]/.test(top)", (16,)),
        ("a.return/top", ()),
        ("x={}/top/1", ()),
        ("#!/usr/bin ( '\ntop", ()),
        ("<!-- it's\ntop", ()),
        ("'a\\\n('+top", ()),
        ("`\\`${'`'}(`+top", ()),
    ],
)
def test_p3_a_word_is_found_with_the_brackets_around_it(text: str, open_brackets: tuple[int, ...] | None) -> None:
    if open_brackets is None:
        with pytest.raises(UnreadableCodeError):
            found(text)
    else:
        assert found(text) == [(text.index("top"), open_brackets)]


@pytest.mark.parametrize(
    "text", ["'top'", '"\\"top"', "`top`", "`${a}top`", "// top", "/* top */", "/top/", "/[/top]/g"]
)
def test_p3_words_in_literals_and_comments_are_not_found(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("text", ["(", ")", "'a", '"a\n"', "`a", "`${a", "=/a"])
def test_w6_what_does_not_end_is_told(text: str) -> None:
    with pytest.raises(UnreadableCodeError):
        lex(text, [])


@given(st.text(alphabet="'\"`${}()[]/\\*\n<!-top =;.+"))
def test_w6_any_text_is_read_or_told_unreadable(text: str) -> None:
    try:
        places = found(text)
    except UnreadableCodeError:
        return
    assert all(text[start:].startswith(("top", "this")) for start, _ in places)


def told(text: str, wanted: list[tuple[int, int]]) -> Code | None:
    try:
        return lex(text, wanted)
    except UnreadableCodeError:
        return None


def assert_read_alike(text: str) -> None:
    """With a wanted word at every place all is read bracket by bracket; without any, as much as can be at once."""
    near, far = told(text, [(at, at + 1) for at in range(len(text))]), told(text, [])
    assert (near is None) == (far is None)
    if near is None or far is None:
        return
    assert (near.literals, near.comments) == (far.literals, far.comments)
    for closed, opened in near.opener.items():
        assert (far.opening(closed), far.closing(opened)) == (opened, closed)


@given(st.lists(st.sampled_from(["'", '"', "`", "${", *"(){}[]/\\*\n<a =", "()", "'('", "[a]", "//", "a" * 1001])))
def test_w6_far_from_wanted_words_brackets_are_read_alike(parts: list[str]) -> None:
    assert_read_alike("".join(parts))


@pytest.mark.parametrize("code", ["top;", "(top);", "'top';", "/top/;", "`${top}`;"])
def test_w6_words_among_much_else_are_found(code: str) -> None:
    much = "f(a,[b],'(',{c:(d)})/e/f;" * 300
    text = f"{much}{code}{much}{code}"
    expected = [start for start, _ in found(code)]
    assert [start for start, _ in found(text)] == [
        start + at for at in (len(much), 2 * len(much) + len(code)) for start in expected
    ]


def names(node: Node) -> Iterator[int]:
    """Give the byte positions of all identifiers that are a wanted word."""
    cursor = node.walk()
    while True:
        current = cursor.node
        if current is not None and current.child_count == 0 and current.type not in ("string_fragment", "comment"):
            text = (current.text or b"").decode()
            if WORD.fullmatch(text) and current.type not in ("regex_pattern", "escape_sequence"):
                yield current.start_byte
        if cursor.goto_first_child() or cursor.goto_next_sibling():
            continue
        while cursor.goto_parent():
            if cursor.goto_next_sibling():
                break
        else:
            return


@pytest.mark.parametrize("name", BUNDLES)
def test_p3_in_real_bundles_a_parser_finds_the_same_words(name: str) -> None:
    path = MODULES / name
    # One byte a character, so that both count alike.
    text = re.sub(r"[^\x00-\x7f]", "x", path.read_text())
    assert_read_alike(text)
    tree = Parser(Language(tree_sitter_javascript.language())).parse(text.encode())
    assert [start for start, _ in found(text)] == sorted(set(names(tree.root_node)))
