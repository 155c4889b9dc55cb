"""Where the visitor is: focus, pointer, selection, scrolling."""

from __future__ import annotations

from .check import Check

SCROLLER = "style='height:60px;width:90px;overflow:auto'><p style='height:900px;width:900px'>x"

ATTENTION = [
    Check(
        "focus",
        "<style>#a1:focus{margin-left:31px}</style><input id=a1>",
        "css('a1', 'marginLeft') === '31px'",
        (("click", "#a1"),),
    ),
    Check("focus gone", "", "css('a1', 'marginLeft') !== '31px'", ("a1.blur()",)),
    Check(
        "focus within",
        "<style>#a2:focus-within{margin-left:31px}</style><p id=a2><input id=a3></p>",
        "css('a2', 'marginLeft') === '31px'",
        (("click", "#a3"),),
    ),
    Check(
        "focus ring by key",
        "<style>#a5:focus-visible{margin-left:31px}</style><input id=a4><button id=a5>b</button>",
        "css('a5', 'marginLeft') === '31px'",
        (("click", "#a4"), ("press", "Tab")),
    ),
    Check(
        "no focus ring by mouse",
        "<style>#a6{margin-left:5px}#a6:focus{margin-left:6px}#a6:focus-visible{margin-left:31px}</style><button id=a6>b</button>",
        "css('a6', 'marginLeft') === '6px'",
        (("click", "#a6"),),
    ),
    Check(
        "focus in a shadow tree",
        "<div id=a7></div>",
        "w.getComputedStyle($('a7').shadowRoot.querySelector('input')).marginLeft === '31px'",
        ("a7.shadowRoot.querySelector('input').focus()",),
        before="a7.attachShadow({mode: 'open'}).innerHTML = '<style>:focus{margin-left:31px}</style><input>'",
    ),
    Check(
        "pointer over",
        "<style>#a8:hover{z-index:31}</style><button id=a8>b</button>",
        "css('a8', 'zIndex') === '31'",
        (("hover", "#a8"),),
    ),
    Check("pointer away", "", "css('a8', 'zIndex') !== '31'", (("move", 2, 2), ("move", 5, 5))),
    Check(
        "pointer over a part opens another",
        "<style>#a9 i{display:none}#a9:hover i{display:block}</style><p id=a9>menu<i id=a10>open</i></p>",
        "css('a10', 'display') === 'block'",
        (("hover", "#a9"),),
        after=(("move", 2, 2),),
    ),
    Check(
        "pressed",
        "<style>#a11:active{z-index:31}</style><button id=a11>b</button>",
        "css('a11', 'zIndex') === '31'",
        (("hover", "#a11"), ("down",)),
        after=(("up",),),
    ),
    Check(
        "pointer over, where the device has none that hovers in the agent's rules",
        "<style>@media (hover:hover){#a12:hover{z-index:31}}</style><button id=a12>b</button>",
        "css('a12', 'zIndex') === '31'",
        (("hover", "#a12"),),
        only="chromium",
    ),
    Check(
        "selected words",
        "<p id=a13>some chosen words</p>",
        "String(d.getSelection()) === 'chosen'",
        ("getSelection().setBaseAndExtent(a13.firstChild, 5, a13.firstChild, 11)",),
    ),
    Check(
        "selected backwards across elements",
        "<p id=a14>one <b id=a15>two</b></p>",
        "String(d.getSelection()) === 'ne two'",
        ("getSelection().setBaseAndExtent(a15.firstChild, 3, a14.firstChild, 1)",),
    ),
    Check("selection gone", "", "String(d.getSelection()) === ''", ("getSelection().removeAllRanges()",)),
    Check(
        "caret in a field",
        "<input id=a16 value=abcdef>",
        "$('a16').selectionStart === 2 && $('a16').selectionEnd === 5",
        (("click", "#a16"), "a16.setSelectionRange(2, 5)"),
    ),
    Check(
        "box scrolled",
        f"<div id=a17 {SCROLLER}</div>",
        "Math.abs($('a17').scrollTop - 120) < 2 && Math.abs($('a17').scrollLeft - 40) < 2",
        ("a17.scrollTo(40, 120)",),
    ),
    Check(
        "box scrolled before",
        f"<div id=a18 {SCROLLER}</div>",
        "Math.abs($('a18').scrollTop - 210) < 2",
        before="a18.scrollTop = 210",
    ),
    Check(
        "box scrolled in a shadow tree",
        "<div id=a19></div>",
        "Math.abs($('a19').shadowRoot.firstChild.scrollTop - 88) < 2",
        ("a19.shadowRoot.firstChild.scrollTop = 88",),
        before=f"a19.attachShadow({{mode: 'open'}}).innerHTML = `<div {SCROLLER}</div>`",
    ),
    Check(
        "scroll snap",
        "<div id=a20 style='height:100px;width:100px;overflow:auto;scroll-snap-type:y mandatory'>"
        + "<p style='height:100px;margin:0;scroll-snap-align:start'>x</p>" * 5
        + "</div>",
        "Math.abs($('a20').scrollTop - 200) < 2",
        ("a20.scrollTo(0, 210)",),
    ),
    Check(
        "smooth scrolling ends where it should",
        "<div id=a21 style='scroll-behavior:smooth;height:60px;overflow:auto'><p style='height:900px'>x</div>",
        "Math.abs($('a21').scrollTop - 150) < 2",
        ("a21.scrollTo(0, 150)",),
    ),
    Check(
        "textarea scrolled",
        "<textarea id=a22 rows=2></textarea>",
        "Math.abs($('a22').scrollTop - 30) < 2",
        ("a22.value = 'x\\n'.repeat(30); a22.scrollTop = 30",),
    ),
    Check("window scrolled", "", "Math.abs(w.scrollY - 321) < 3", ("scrollTo(0, 321)",), after=("scrollTo(0, 0)",)),
    Check(
        "right-to-left box scrolled",
        f"<div id=a23 dir=rtl {SCROLLER}</div>",
        "Math.abs($('a23').scrollLeft + 70) < 2",
        ("a23.scrollLeft = -70",),
    ),
    Check(
        "infinite list: rows come at the end and the window moves on",
        "<div id=a24 style='height:60px;overflow:auto'></div>",
        "$('a24').childElementCount === 90 && Math.abs($('a24').scrollTop - 900) < 2",
        (
            "for (let n = 0; n < 3; n++) { a24.insertAdjacentHTML('beforeend', '<p style=\"height:20px;margin:0\">r</p>'.repeat(30)); await tick(); a24.scrollTop = 300 * (n + 1) }",
        ),
    ),
    Check(
        "virtual list: rows are exchanged under the scroll",
        "<div id=a25 style='height:60px;overflow:auto'><div style='height:9000px;position:relative'></div></div>",
        "$('a25').firstElementChild.children[0].textContent === 'row 40' && Math.abs($('a25').scrollTop - 800) < 2",
        (
            "a25.scrollTop = 800; a25.firstElementChild.innerHTML = '<p style=\"position:absolute;top:800px;margin:0\">row 40</p>'",
        ),
    ),
]
