"""Style sheets, and what the visitor's device makes of them."""

from __future__ import annotations

from .check import Check


def wide(element: str, width: int) -> str:
    return f"css('{element}', 'width') === '{width}px'"


SHEETS = [
    Check(
        "text of a style changed",
        "<style id=s1>#s2{width:10px}</style><p id=s2>",
        wide("s2", 71),
        ("s1.textContent = '#s2{width:71px}'",),
    ),
    Check(
        "rule inserted before",
        "<style id=s3></style><p id=s4>",
        wide("s4", 72),
        before="s3.sheet.insertRule('#s4{width:72px}')",
    ),
    Check(
        "rule inserted", "<style id=s5></style><p id=s6>", wide("s6", 73), ("s5.sheet.insertRule('#s6{width:73px}')",)
    ),
    Check(
        "rule inserted, lost when text is added",
        "<style id=s7>i{}</style><p id=s8>",
        "css('s8', 'width') !== '74px'",
        ("s7.sheet.insertRule('#s8{width:74px}', 1); s7.append('u{}')",),
    ),
    Check(
        "rule deleted",
        "<style id=s9>#s10{width:75px}</style><p id=s10>",
        "css('s10', 'width') !== '75px'",
        ("s9.sheet.deleteRule(0)",),
    ),
    Check(
        "declaration set by method",
        "<style id=s11>#s12{width:1px}</style><p id=s12>",
        wide("s12", 76),
        ("s11.sheet.cssRules[0].style.setProperty('width', '76px')",),
    ),
    Check(
        "declaration assigned",
        "<style id=s13>#s14{width:1px}</style><p id=s14>",
        wide("s14", 77),
        ("s13.sheet.cssRules[0].style.width = '77px'",),
    ),
    Check(
        "declaration kept in hand and assigned much later",
        "<style id=s15>#s16{width:1px}</style><p id=s16>",
        wide("s16", 78),
        ("window.hand = s15.sheet.cssRules[0].style; await tick(); await tick(); hand.width = '78px'",),
    ),
    Check(
        "style map of a rule",
        "<style id=s17>#s18{width:1px}</style><p id=s18>",
        wide("s18", 79),
        ("s17.sheet.cssRules[0].styleMap.set('width', CSS.px(79))",),
        only="chromium",
    ),
    Check(
        "selector changed",
        "<style id=s19>nix{width:80px}</style><p id=s20>",
        wide("s20", 80),
        ("s19.sheet.cssRules[0].selectorText = '#s20'",),
    ),
    Check(
        "rule inserted in a media rule",
        "<style id=s21>@media all{i{}}</style><p id=s22>",
        wide("s22", 81),
        ("s21.sheet.cssRules[0].insertRule('#s22{width:81px}', 1)",),
    ),
    Check(
        "rule inserted in a layer",
        "<style id=s23>@layer a{i{}}</style><p id=s24>",
        wide("s24", 82),
        ("s23.sheet.cssRules[0].insertRule('#s24{width:82px}', 0)",),
    ),
    Check(
        "rule inserted in a supports rule",
        "<style id=s25>@supports (top:0){i{}}</style><p id=s26>",
        wide("s26", 83),
        ("s25.sheet.cssRules[0].insertRule('#s26{width:83px}', 0)",),
    ),
    Check(
        "nested rule inserted",
        "<style id=s27>#s28{top:0}</style><div id=s28><p id=s29></div>",
        wide("s29", 84),
        ("s27.sheet.cssRules[0].insertRule('& p{width:84px}', 0)",),
    ),
    Check(
        "keyframe added",
        "<style id=s30>@keyframes k1{from{top:0}}</style>",
        "[...$('s30').sheet.cssRules[0].cssRules].length === 2",
        ("s30.sheet.cssRules[0].appendRule('to{top:9px}')",),
    ),
    Check(
        "sheet switched off",
        "<style id=s31>#s32{width:86px}</style><p id=s32>",
        "css('s32', 'width') !== '86px'",
        ("s31.sheet.disabled = true",),
    ),
    Check(
        "style switched off and on",
        "<style id=s33>#s34{width:87px}</style><p id=s34>",
        wide("s34", 87),
        ("s33.disabled = true; await tick(); s33.disabled = false",),
    ),
    Check(
        "media of a sheet changed",
        "<style id=s35 media=print>#s36{width:88px}</style><p id=s36>",
        wide("s36", 88),
        ("s35.media = 'all'",),
    ),
    Check(
        "media list of a sheet changed",
        "<style id=s37>#s38{width:89px}</style><p id=s38>",
        "css('s38', 'width') !== '89px'",
        ("s37.sheet.media.mediaText = 'print'",),
    ),
    Check(
        "media list of a rule changed",
        "<style id=s39>@media print{#s40{width:90px}}</style><p id=s40>",
        wide("s40", 90),
        ("s39.sheet.cssRules[0].media.mediaText = 'all'",),
    ),
    Check(
        "layers in their order",
        "<style>@layer s-a,s-b;@layer s-b{#s41{width:91px}}@layer s-a{#s41{width:1px}}</style><p id=s41>",
        wide("s41", 91),
    ),
    Check(
        "container query",
        "<style>#s42{container-type:inline-size;width:300px}@container (min-width:250px){#s43{width:92px}}</style><div id=s42><p id=s43></div>",
        wide("s43", 92),
    ),
    Check(
        "container that changes its size",
        "<style>#s44{container-type:inline-size;width:100px}@container (min-width:250px){#s45{width:93px}}</style><div id=s44><p id=s45></div>",
        wide("s45", 93),
        ("s44.style.width = '300px'",),
    ),
    Check("nesting", "<style>#s46{& p{width:94px}}</style><div id=s46><p id=s47></div>", wide("s47", 94)),
    Check(
        "parent selected by its children",
        "<style>#s48:has(b){width:95px}</style><p id=s48>x",
        wide("s48", 95),
        ("s48.append(document.createElement('b'))",),
    ),
    Check(
        "property registered in CSS",
        "<style>@property --s49{syntax:'<length>';inherits:false;initial-value:96px}#s49{width:var(--s49)}</style><p id=s49>",
        wide("s49", 96),
    ),
    Check(
        "inline style",
        "<p id=s50>",
        "$('s50').style.width === '97px' && $('s50').style.getPropertyValue('--x') === '5px'",
        ("s50.style.width = '97px'; s50.style.setProperty('--x', '5px')",),
    ),
    Check(
        "long inline style, one property of it",
        "<p id=s51 style='color:red;background:blue;margin:1px 2px 3px 4px;padding:1px 2px 3px 4px;border:1px solid green;font:italic bold 12px/30px serif;width:1px'>",
        wide("s51", 98),
        ("s51.style.width = '98px'",),
    ),
    Check(
        "important inline style",
        "<style>#s52{width:1px !important}</style><p id=s52>",
        wide("s52", 99),
        ("s52.style.setProperty('width', '99px', 'important')",),
    ),
    Check(
        "adopted sheet before",
        "<p id=s53>",
        wide("s53", 100),
        before="window.sheet1 = new CSSStyleSheet(); sheet1.replaceSync('#s53{width:100px}'); document.adoptedStyleSheets = [sheet1]",
    ),
    Check(
        "adopted sheet pushed",
        "<p id=s54>",
        wide("s54", 101),
        (
            "const sheet = new CSSStyleSheet(); sheet.replaceSync('#s54{width:101px}'); document.adoptedStyleSheets.push(sheet)",
        ),
    ),
    Check(
        "adopted sheets assigned",
        "<p id=s55>",
        wide("s55", 102),
        (
            "const sheet = new CSSStyleSheet(); sheet.replaceSync('#s55{width:102px}'); document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]",
        ),
    ),
    Check(
        "adopted sheet replaced",
        "<p id=s56>",
        wide("s56", 103),
        ("sheet1.replaceSync('#s53{width:100px}#s56{width:103px}')",),
    ),
    Check("rule in an adopted sheet", "<p id=s57>", wide("s57", 104), ("sheet1.insertRule('#s57{width:104px}', 0)",)),
    Check(
        "adopted sheet of a shadow tree",
        "<div id=s58></div>",
        "w.getComputedStyle($('s58').shadowRoot.querySelector('p')).width === '105px'",
        before="const sheet = new CSSStyleSheet(); sheet.replaceSync('p{width:105px}'); const root = s58.attachShadow({mode: 'open'}); root.innerHTML = '<p>'; root.adoptedStyleSheets = [sheet]",
    ),
    Check(
        "style moved to another place",
        "<style id=s59>#s60{width:106px}</style><style id=s61>#s60{width:1px}</style><p id=s60>",
        wide("s60", 106),
        ("s61.after(s59)",),
    ),
    Check(
        "style that a script made of texts",
        "<p id=s62>",
        wide("s62", 107),
        ("const s = document.createElement('style'); s.append('#s62{wi', 'dth:107px}'); document.body.append(s)",),
    ),
    Check(
        "colour scheme of the page",
        "<p id=s63 style='color-scheme:dark;color:CanvasText'>x",
        "css('s63', 'color') !== 'rgb(0, 0, 0)'",
    ),
    Check(
        "right-to-left and vertical text",
        "<p id=s64 dir=rtl>x<p id=s65 style='writing-mode:vertical-rl'>x",
        "css('s64', 'direction') === 'rtl' && css('s65', 'writingMode') === 'vertical-rl'",
    ),
    Check(
        "zoomed part",
        "<p id=s66>x",
        "$('s66').style.zoom === '2' && css('s66', 'zoom') === '2'",
        ("s66.style.zoom = 2",),
    ),
    Check(
        "visited links look like any other",
        "<style>#s67{color:rgb(1,2,3)}#s67:visited{color:rgb(9,9,9)}</style><a id=s67 href='/'>here</a>",
        "css('s67', 'color') === 'rgb(1, 2, 3)' && !$('s67').matches(':visited')",
    ),
    Check(
        "rules for print stay aside",
        "<style>@media print{#s68{width:1px}}#s68{width:108px}</style><p id=s68>",
        wide("s68", 108),
    ),
    Check(
        "imported sheet", "<style>@import '/files/imported.css';</style><p id=s69>", wide("s69", 109), only="product"
    ),
    Check("linked sheet", "<link rel=stylesheet href='/files/linked.css'><p id=s70>", wide("s70", 110), only="product"),
    Check("picture of a linked sheet", "", "await loads(css('s70', 'backgroundImage'))", only="product"),
    Check(
        "linked sheet that the server no longer has",
        "<link rel=stylesheet href='/files/once.css'><p id=s76>",
        wide("s76", 115),
        only="product",
    ),
    Check(
        "linked sheet of another site",
        "<link rel=stylesheet href='{other}/files/foreign.css'><p id=s71>",
        wide("s71", 111),
        only="product",
    ),
    Check(
        "linked sheet that comes later",
        "<p id=s72>",
        wide("s72", 112),
        (
            "document.head.append(Object.assign(document.createElement('link'), {rel: 'stylesheet', href: '/files/later.css'}))",
        ),
        only="product",
    ),
    Check(
        "alternate sheet chosen",
        "<link rel='alternate stylesheet' title=t href='/files/alternate.css' id=s73><p id=s74>",
        wide("s74", 113),
        ("s73.disabled = true; s73.disabled = false",),
        only="product",
    ),
    Check(
        "target of the address",
        "<style>#s75:target{width:114px}</style><p id=s75>",
        wide("s75", 114),
        ("location.hash = 's75'",),
    ),
    Check("target before", "", wide("s75", 114), ("history.replaceState(0, '', '#s75')",)),
    Check("target gone", "", "css('s75', 'width') !== '114px'", ("location.hash = ''",), after=("scrollTo(0, 0)",)),
]

DEVICE = [
    Check(
        "width of the window",
        "<style>@media (max-width:780px){#d1{width:61px}}</style><p id=d1>",
        wide("d1", 61) + " && w.innerWidth === 770",
        (("size", 770, 640),),
    ),
    Check(
        "orientation of the window",
        "<style>@media (orientation:portrait){#d2{width:62px}}</style><p id=d2>",
        wide("d2", 62),
        (("size", 500, 800),),
        after=(("size", 900, 700),),
    ),
    Check(
        "dark",
        "<style>@media (prefers-color-scheme:dark){#d3{width:63px}}</style><p id=d3>",
        wide("d3", 63),
        (("media", {"color_scheme": "dark"}),),
        only="chromium",
    ),
    Check(
        "dark, in a sheet that comes afterwards",
        "<p id=d4>",
        wide("d4", 64),
        (
            "document.head.insertAdjacentHTML('beforeend', '<style>@media (prefers-color-scheme: dark) { #d4 { width: 64px } }</style>')",
        ),
        only="chromium",
    ),
    Check(
        "dark, in a style that only then counts",
        "<style media='(prefers-color-scheme: dark)'>#d5{width:65px}</style><p id=d5>",
        wide("d5", 65),
        only="chromium",
        steps=("0",),
    ),
    Check(
        "light again",
        "",
        "css('d3', 'width') !== '63px' && css('d4', 'width') !== '64px' && css('d5', 'width') !== '65px'",
        (("media", {"color_scheme": "light"}),),
        only="chromium",
    ),
    Check(
        "less motion",
        "<style>@media (prefers-reduced-motion:reduce){#d6{width:66px}}</style><p id=d6>",
        wide("d6", 66),
        (("media", {"reduced_motion": "reduce"}),),
        only="chromium",
        after=(("media", {"reduced_motion": "no-preference"}),),
    ),
    Check(
        "forced colours",
        "<style>@media (forced-colors:active){#d7{width:67px}}</style><p id=d7>",
        wide("d7", 67),
        (("media", {"forced_colors": "active"}),),
        only="chromium",
        after=(("media", {"forced_colors": "none"}),),
    ),
    Check(
        "more contrast",
        "<style>@media (prefers-contrast:more){#d8{width:68px}}</style><p id=d8>",
        wide("d8", 68),
        (("media", {"contrast": "more"}),),
        only="chromium",
        after=(("media", {"contrast": "no-preference"}),),
    ),
    Check(
        "fine screen",
        "<style>@media (min-resolution:1.5dppx){#d9{width:69px}}</style><p id=d9>",
        wide("d9", 69),
        (("density", 2),),
        only="chromium",
    ),
    Check(
        "fine screen, as a range",
        "<style>@media (2dppx <= resolution){#d10{width:70px}}</style><p id=d10>",
        wide("d10", 70),
        ("0",),
        only="chromium",
        after=(("density", 1),),
    ),
    Check(
        "finger or mouse",
        "<style>@media (pointer:coarse){#d11{width:71px}}@media (hover:none){#d11{height:9px}}</style><p id=d11>",
        wide("d11", 71) + " && css('d11', 'height') === '9px'",
        (("touch", True),),
        only="chromium",
        after=(("touch", False),),
    ),
    Check("scripts run", "<style>@media (scripting:enabled){#d12{width:72px}}</style><p id=d12>", wide("d12", 72)),
    Check(
        "pinch zoom",
        "",
        "seen && Math.abs(seen.width * 2 - w.innerWidth) < 2",
        (("zoom", 2),),
        only="chromium",
        after=(("zoom", 1),),
        at_visitor=False,
    ),
]
