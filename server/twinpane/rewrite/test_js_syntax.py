from __future__ import annotations

import re

import pytest

from twinpane.rewrite.js_lexer import Word, lex
from twinpane.rewrite.js_syntax import Syntax


def at_mark(text: str) -> tuple[Syntax, Word]:
    """Read a text in which `top` is the place asked about."""
    code = lex(text, [match.span() for match in re.finditer(r"\btop\b", text)])
    return Syntax(code), code.words[0]


@pytest.mark.parametrize(
    ("text", "receiver"),
    [
        ("a.top", "a"),
        ("x=a.b.c.top", "a.b.c"),
        ("a(b)(c)[d].top", "a(b)(c)[d]"),
        ("if(a)(b).top", "(b)"),
        ("return[a].top", "[a]"),
        ("await a.top", "a"),
        ("...a.top", "a"),
        ("new A(b).top", "new A(b)"),
        ("new A.top", None),
        ("a?.b.top", None),
        ("a?.[b].top", None),
        ("'a'.top", None),
        ("`a`.top", None),
        ("/a/.top", None),
        ("super.top", None),
        ("1..top", None),
        ("a.if(b).top", "a.if(b)"),
        ("a.#b.top", "a.#b"),
        ("a /* ) */ . // b\n top", "a"),
    ],
)
def test_p3_the_expression_before_a_member_is_found_or_left_alone(text: str, receiver: str | None) -> None:
    syntax, word = at_mark(text)
    dot = syntax.code.before(word.start)
    start = syntax.receiver_start(dot)
    end = syntax.code.before(dot) + 1
    assert (text[start:end] if start is not None else None) == receiver


@pytest.mark.parametrize(
    ("text", "is_pattern"),
    [
        ("({top})", False),
        ("({top}=a)", True),
        ("({top}==a)", False),
        ("const{top}=a", True),
        ("[top]=a", True),
        ("({a:[top]}=b)", True),
        ("({top})=>a", True),
        ("function f({top}){}", True),
        ("f({top})", False),
        ("f(a={top})", False),
        ("(a={top})=>a", False),
        ("for(const[top]of a);", True),
        ("try{}catch({top}){}", True),
        ("class A{f([top]){}}", True),
        ("if([top]){}", False),
        ("a[top]=b", False),
        ("f()[top]=b", False),
    ],
)
def test_p3_targets_are_told_from_values(text: str, is_pattern: bool) -> None:
    syntax, word = at_mark(text)
    assert syntax.is_pattern(word, len(word.open) - 1) == is_pattern


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("x={top}", "object"),
        ("({top})", "object"),
        ("a?{top}:b", "object"),
        ("f({a:{top}})", "object"),
        ("return{top}", "object"),
        ("if(a){top}", "block"),
        ("()=>{top}", "block"),
        ("else{top}", "block"),
        ("{top}", "block"),
        ("a:{top}", "block"),
        ("switch(a){case b:{top}}", "block"),
        ("class A{top}", "class"),
        ("class A extends B{top}", "class"),
        ("class A extends b.c(d){top}", "class"),
        ("x=class{top}", "class"),
    ],
)
def test_p3_braces_are_told_apart(text: str, kind: str) -> None:
    syntax, word = at_mark(text)
    level = len(word.open) - 1
    if syntax.is_class(word, level):
        assert kind == "class"
    else:
        assert kind == ("object" if syntax.is_object(word, level) else "block")


@pytest.mark.parametrize(
    ("text", "is_declared"),
    [
        ("var a=1,top=2", True),
        ("var a=f(b;c),top", True),
        ("let a='x;',b=`;`,c=/;/,top", True),
        ("a=1,top=2", False),
        ("var a;b,top=2", False),
        ("f(a,top)", False),
        ("for(var a=1,top=2;;);", True),
    ],
)
def test_p3_a_list_of_declarations_is_told_from_a_comma(text: str, is_declared: bool) -> None:
    syntax, word = at_mark(text)
    assert syntax.is_declared_in_list(word) == is_declared


def test_p3_commas_and_scopes() -> None:
    syntax, word = at_mark("function f(a){b('(,',[c,d],{e,f},`${g,h}`,/,/);top}")
    assert len(syntax.commas(15)) == 4
    assert syntax.function_range(word) == (13, len(syntax.text) - 1)
    syntax, word = at_mark("if(a){top}")
    assert syntax.function_range(word) == (0, 10)
