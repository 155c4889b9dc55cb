from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinpane.rewrite.js import GUARD, proxied_js, rewrite_js


def encode(url: str) -> str:
    return f"http://p/{url}" if url.startswith(("https://", "//")) else url


def rewritten(text: str) -> str:
    """Rewrite with short names for the helpers, to keep the cases readable."""
    return rewrite_js(text, encode).replace("__tp$", "$")


READS = [
    ("location.href", "$L(location).href"),
    ("a=location", "a=$L(location)"),
    ("window.location.href", "$L(window.location).href"),
    ("a.b[c].d(e).location.host", "$L(a.b[c].d(e).location).host"),
    ("(a||b).location", "$L((a||b).location)"),
    ("return(a||b).location", "return $L((a||b).location)".replace("return ", "return")),
    ("if(x)(a||b).location", "if(x)$L((a||b).location)"),
    ("new Foo(a).location", "$L(new Foo(a).location)"),
    ("this.location", "$L(this.location)"),
    ("self['location']", "$L(self['location'])"),
    ('w["location"].href="x"', '$L(w["location"]).href="x"'),
    ("w [ 'location' ]", "$L(w [ 'location' ])"),
    ("f(location,1)", "f($L(location),1)"),
    ("[location,a]", "[$L(location),a]"),
    ("[...location]", "[...$L(location)]"),
    ("x?location:y", "x?$L(location):y"),
    ("x?y:location", "x?y:$L(location)"),
    ("({a:location})", "({a:$L(location)})"),
    ("({location})", "({location:$L(location)})"),
    ("f({a,location,b})", "f({a,location:$L(location),b})"),
    ("return{location}", "return{location:$L(location)}"),
    ("x={a:{location}}", "x={a:{location:$L(location)}}"),
    ("()=>location", "()=>$L(location)"),
    ("`${location.href}`", "`${$L(location).href}`"),
    ("`a${`b${location}`}c`", "`a${`b${$L(location)}`}c`"),
    ("case location:", "case $L(location):"),
    ("function f(a=location){}", "function f(a=$L(location)){}"),
    ("class A{x=location;y(){return location}}", "class A{x=$L(location);y(){return $L(location)}}"),
    ("void location", "void $L(location)"),
    ("location/2", "$L(location)/2"),
    ("location?.href", "$L(location)?.href"),
    ("top.location.href", "$L($T(top).location).href"),
    ("a.location.b.location", "$L($L(a.location).b.location)"),
    ("window . /* c */ location", "$L(window . /* c */ location)"),
    ("a\n.location", "$L(a\n.location)"),
    ("export default location", "export default $L(location)"),
    ("location==x", "$L(location)==x"),
    ("var a=/'/,b=location", "var a=/'/,b=$L(location)"),
    ("a=b/c;d='/';location", "a=b/c;d='/';$L(location)"),
    ("if(a)/'/.test(location)", "if(a)/'/.test($L(location))"),
    ("}/'/.test(location)", "}/'/.test(location)"),
    ("{}/'/.test(location)", "{}/'/.test($L(location))"),
    ("x=a++/2;y='/';location", "x=a++/2;y='/';$L(location)"),
    ("é.location", "$L(é.location)"),
    ("a.#b.location", "$L(a.#b.location)"),
    ("class A extends x.location{}", "class A extends $L(x.location){}"),
    ("var location=window.location;location.href", "var location=$L(window.location);$L(location).href"),
]
WRITES = [
    ("location='/x'", "$G.location='/x'"),
    ("location = x, y", "$G.location = x, y"),
    ("if(a){location='/x'}", "if(a){$G.location='/x'}"),
    ("()=>location='/x'", "()=>$G.location='/x'"),
    ("a=1,location='/x'", "a=1,$G.location='/x'"),
    ("location+='#a'", "$G.location+='#a'"),
    ("window.location='/x'", "$P(window).location='/x'"),
    ("a.b().location = x", "$P(a.b()).location = x"),
    ("a.location??=x", "$P(a).location??=x"),
    ("w['location']=x", "$P(w)['location']=x"),
    ("top.location=self.location", "$P($T(top)).location=$L(self.location)"),
    ("x?.location.href", "$P(x)?.location.href"),
    ("a?.b.location", "a?.b.location"),
]
UNTOUCHED = [
    "'location'", '"a\\"location"', "`location`", "// location", "/* location */", "/location/g", "<!-- location\n",
    "a.locations", "$location", "locationX", "_top", "x.$location",
    "({location:1})", "({a:1,location:1})", "({location(){}})", "({get location(){}})", "x.location()",
    "function f(location){location=1}", "function f(a,location){location=1}", "(location)=>{location=1}",
    "location=>location=1", "async location=>{}", "(a,{location})=>{location=1}", "([location])=>{}",
    "function location(){}", "class location{}", "let location", "let a,location;", "var a=f(1,2),location=3",
    "const{location}=a", "const{a:location}=b", "let[location]=a", "({location}=a)", "[location]=a", "[x.location]=a",
    "({a:x.location}=b)", "for(const{location}of a);", "for(location of a);", "for(x.location of a);",
    "try{}catch(location){location=1}", "try{}catch({location}){}", "import{location}from'a'",
    "import location from'a'",
    "import*as location from'a'", "import a,{location}from'a'", "export{location}", "export{a as location}",
    "import{location as a}from'a'", "location:for(;;)break location", "class A{location;b}", "class A{location=1}",
    "class A extends B(C){location=1}", "class A{static location=1}", "class A{location(){}}",
    "class A{get location(){}}",
    "typeof location", "delete a.location", "new x.location(1)", "a.#location", "super.location",
    "function f(...location){}",
    "top=5", "el.style.top=5", "x.top+1", "({top:1,left:2})", "const{top,left}=r;f(top)", "var top=1;top++", "r.top>5",
    "margin-top", "function f(top){return top-1}", "({left,top})=>top", "typeof top", "top++",
    "function eval(){}", "({eval(){}})", "x.eval(y)", "typeof eval", "import('./x')", "import(\"/x\")",
    "import'./x'", "import a from'./x'", "x.import(y)", "({import(x){}})", "Array.from('x')", "x.postMessage(a)",
    "x.postMessage(a,[b])", "function postMessage(a,b){}postMessage(c,d)", "postMessage(a,b)",
    "window['a']", "self[0]", "window[a]=b", "window[a](b)", "new window[a](b)", "delete window[a]", "x.window[a]",
    "mywindow[a]", "const{a}=window", "const{location}=this.props", "const{location}=window()",
    "window.eval=x", "import.metadata",
    "class A{postMessage(a,b){}}",
    "'", "`${", "(", ")", "/*", "a/", "'location", "location)", "f(location",
]  # fmt: skip
OTHERS = [
    ("top!==self", "$T(top)!==self"),
    ("self==top", "self==$T(top)"),
    ("window.top", "$T(window.top)"),
    ("a===x.top", "a===$T(x.top)"),
    ("x.top===a", "$T(x.top)===a"),
    ("x.top.document", "$T(x.top).document"),
    ("window['top'].x", "$T(window['top']).x"),
    ("f({top})", "f({top:$T(top)})"),
    ("eval(a)", "eval($E(a))"),
    ("eval('a('+b+')')", "eval($E('a('+b+')'))"),
    ("(0,eval)(a)", "(0,$V(eval))(a)"),
    ("e=eval", "e=$V(eval)"),
    ("eval?.(a)", "$V(eval)?.(a)"),
    ("import(a)", "import($I(a))"),
    ("import('https://c/x.js')", "import($I('https://c/x.js'))"),
    ("import(/* c */a,{with:b})", "import($I(/* c */a),{with:b})"),
    ("import a from'https://c/x.js'", "import a from'http://p/https://c/x.js'"),
    ('import"//c/x.js"', 'import"http://p///c/x.js"'),
    ("export*from 'https://c/x.js'", "export*from 'http://p/https://c/x.js'"),
    ("import{a}from'https://c/x.js';location", "import{a}from'http://p/https://c/x.js';$L(location)"),
    ("x.postMessage(a,b)", "$M(x).postMessage(a,b)"),
    ("x.postMessage({a,b},'https://c')", "$M(x).postMessage({a,b},'https://c')"),
    ("x?.postMessage(a,b)", "$M(x)?.postMessage(a,b)"),
    ("window.parent.postMessage(f(1,2),c)", "$M(window.parent).postMessage(f(1,2),c)"),
    ("x.contentWindow.postMessage(a,location.origin)", "$M(x.contentWindow).postMessage(a,$L(location).origin)"),
    ("x.postMessage(a,'*')", "$M(x).postMessage(a,'*')"),
    ("import.meta.url", "$U(import.meta).url"),
    ("const{url}=import.meta;", "const{url}=$U(import.meta);"),
    ("window[a].href", "$T(window[a]).href"),
    ("x=self[a+'b'][c]", "x=$T(self[a+'b'])[c]"),
    ("document[f(top)]", "$T(document[f($T(top))])"),
    ("const{location:a}=window", "const{location:a}=$P(window)"),
    ("var{location:{href},top}=window,b", "var{location:{href},top}=$P(window),b"),
    ("({location:a}=x.contentWindow)", "({location:a}=$P(x.contentWindow))"),
    ("({location}=document)=>location", "({location}=$P(document))=>$L(location)"),
    ("window.eval(a)", "$V(window.eval)(a)"),
    ("window.eval===eval", "$V(window.eval)===$V(eval)"),
    ("parent.postMessage(a,location)", "$M(parent).postMessage(a,$L(location))"),
    ("top.postMessage(a,b)", "$M($T(top)).postMessage(a,b)"),
]


@pytest.mark.parametrize(("before", "after"), READS)
def test_p3_what_reads_the_location_gets_the_real_one(before: str, after: str) -> None:
    assert rewritten(before) == after


@pytest.mark.parametrize(("before", "after"), WRITES)
def test_p3_what_sets_the_location_goes_through_the_proxy(before: str, after: str) -> None:
    assert rewritten(before) == after


@pytest.mark.parametrize(("before", "after"), OTHERS)
def test_p3_top_windows_evaluated_code_imports_and_messages_are_wrapped(before: str, after: str) -> None:
    assert rewritten(before) == after


@pytest.mark.parametrize("text", UNTOUCHED)
def test_p3_names_that_only_look_alike_stay(text: str) -> None:
    assert rewritten(text) == text


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("location.x", 0),
        ("'use strict';location.x", 13),
        ('"use strict"\nlocation.x', 12),
        ("// c\n'use strict';'use asm';location.x", 28),
        ("#!/bin/x\nlocation.x", 8),
        ("'a'+location.x", 0),
        ("'a'\n+location.x", 0),
    ],
)
def test_p3_a_script_file_runs_where_no_shim_does(text: str, at: int) -> None:
    changed = proxied_js(text.encode(), encode)
    assert changed is not None
    assert changed.decode().replace(GUARD, "") == rewrite_js(text, encode)
    assert changed.decode().index(GUARD) == at


def test_p3_a_script_that_needs_no_change_is_sent_as_it_is() -> None:
    assert proxied_js(b"var a = 'location'", encode) is None
    assert proxied_js(b"\xef\xbb\xbflet a", encode) is None
    changed = proxied_js("location.x='é'".encode("cp1252"), encode, encoding="cp1252")
    assert changed is not None
    assert changed.decode().endswith("__tp$L(location).x='é'")


_PIECES = st.sampled_from(
    "location top eval import meta window ( ) { } [ ] , ; : ? . ?. = => == ... ' \" ` ${ / // /* */ \\ \n a 1 + ++ "
    "new var let const function class return typeof of in for catch window[ postMessage( import( from 'https://c/' "
    "extends # @".split(" ")
)


_ADDED = re.compile(r"__tp\$(?:G\.|[LPTIEVMU]\()|http://p/|\)")


def bare(text: str) -> str:
    """Take out all that the rewriter may add, in a text that may hold the same itself: `{top}` becomes `{top:…}`."""
    return re.sub(r"(location|top):\1", r"\1", _ADDED.sub("", text))


@given(st.lists(_PIECES, max_size=30).map(" ".join) | st.lists(_PIECES, max_size=30).map("".join) | st.text())
def test_w6_any_text_is_taken_and_only_helpers_are_added(text: str) -> None:
    assert bare(rewrite_js(text, encode)) == bare(text)


@pytest.mark.parametrize(
    "text",
    [
        "import" + "/**/" * 5000,
        "\n" * 50_000 + "'a' location",
        "(location" * 20_000,
        "(top)=>1;" * 5000,
        "a" + ".location" * 5000,
        "var a" + ",location" * 3000,
        "/*a" * 50_000 + "location",
        "`${" * 20_000 + "location",
        "x=" + " " * 50_000 + "[" + "location," * 10_000 + "]",
        "y=" + "/**/" * 20_000 + "{" + "location," * 10_000 + "}",
        "z" * 50_000 + "(" + "top==1," * 10_000 + ")" + "/**/" * 20_000,
    ],
    ids=lambda text: text[:12].strip() or "blanks",
)
def test_p5_a_script_made_to_take_long_does_not(text: str) -> None:
    start = time.process_time()
    proxied_js(text.encode(), encode)
    assert time.process_time() - start < 5
