"""Changes of the document, what lies above it, and whole pages."""

from __future__ import annotations

from .check import Check

EDITS = [
    Check(
        "place among white space and comments",
        "<p id=e1>a <!--c--> <b>b</b> c</p>",
        "$('e1').textContent === 'a NEW b c'",
        ("e1.insertBefore(document.createTextNode('NEW'), e1.childNodes[2])",),
    ),
    Check(
        "very deep tree",
        "<div id=e2></div>",
        "$('e2').textContent === 'bottom'",
        (
            "let at = e2; for (let n = 0; n < 500; n++) at = at.appendChild(document.createElement('i')); at.textContent = 'bottom'",
        ),
    ),
    Check("attribute names of frameworks", "<p id=e3 @click=x [y]=1 :z=2>x</p>", "$('e3').textContent === 'x'"),
    Check(
        "class and data of the page's root",
        "",
        "d.documentElement.className === 'themed' && d.documentElement.lang === 'de'",
        ("document.documentElement.className = 'themed'; document.documentElement.lang = 'de'",),
    ),
    Check(
        "text that others replace",
        "<p id=e4><i>a</i><i>b</i></p>",
        "$('e4').innerHTML === 'x<b></b>y'",
        ("e4.replaceChildren('x', document.createElement('b'), 'y')",),
    ),
    Check(
        "element replaced by several",
        "<p id=e5><i>a</i></p>",
        "$('e5').textContent === '123'",
        ("const b = document.createElement('b'); b.textContent = 2; e5.firstChild.replaceWith('1', b, '3')",),
    ),
    Check(
        "element replaced by HTML",
        "<p id=e6><i>a</i></p>",
        "$('e6').innerHTML === '<u>new</u>'",
        ("e6.firstChild.outerHTML = '<u>new</u>'",),
    ),
    Check(
        "texts joined",
        "<p id=e7></p>",
        "$('e7').childNodes.length === 1 && $('e7').textContent === 'abc'",
        ("e7.append('a', 'b', 'c'); await tick(); e7.normalize()",),
    ),
    Check(
        "text split",
        "<p id=e8>abcdef</p>",
        "$('e8').textContent === 'abcXdef'",
        ("e8.firstChild.splitText(3); e8.insertBefore(document.createTextNode('X'), e8.lastChild)",),
    ),
    Check(
        "element from another document",
        "<p id=e9></p>",
        "$('e9').firstChild?.textContent === 'adopted'",
        (
            "const other = new DOMParser().parseFromString('<b>adopted</b>', 'text/html'); e9.append(document.adoptNode(other.body.firstChild))",
        ),
    ),
    Check(
        "element moved and kept (moveBefore)",
        "<p id=e10><i id=e11></i></p><p id=e12></p>",
        "$('e12').firstChild === $('e11')",
        ("e12.moveBefore ? e12.moveBefore(e11, null) : e12.append(e11)",),
    ),
    Check(
        "children turned round",
        "<ol id=e13></ol>",
        "$('e13').textContent === '9876543210'",
        (
            "for (let n = 0; n < 10; n++) e13.append(Object.assign(document.createElement('li'), {textContent: n})); await tick(); e13.append(...[...e13.children].reverse())",
        ),
    ),
    Check(
        "element wrapped with what it is in",
        "<div id=e14><p><b><s>t</s></b><i>i</i></p></div>",
        "$('e14').innerHTML === '<div><p><em><b><s>t</s></b></em><i>i</i></p></div>'",
        (
            "const b = e14.querySelector('b'), em = document.createElement('em'); b.replaceWith(em); em.append(b); const p = e14.firstChild, div = document.createElement('div'); p.replaceWith(div); div.append(p)",
        ),
    ),
    Check(
        "range taken out and put elsewhere",
        "<p id=e15>one <b>two</b> three</p><p id=e16></p>",
        "$('e15').textContent === 'ee' && $('e16').textContent === 'ne two thr'",
        (
            "const r = document.createRange(); r.setStart(e15.firstChild, 1); r.setEnd(e15.lastChild, 4); const cut = r.extractContents(); e15.firstChild.data = ''; e16.append(cut); e15.lastChild.data = 'ee'",
        ),
    ),
    Check(
        "many changes of one text",
        "<p id=e17>0</p>",
        "$('e17').textContent === '4999'",
        ("for (let n = 0; n < 5000; n++) { e17.firstChild.data = n; if (n % 50 === 0) await null }",),
    ),
    Check("title", "", "d.title === 'another title'", ("document.title = 'another title'",)),
    Check(
        "no-script text is not shown",
        "<noscript><p>without</p></noscript><p id=e18>x",
        "[...d.querySelectorAll('noscript,twinpane-inert')].every((e) => !/without/.test(e.textContent) || css(e, 'display') === 'none')",
        at_visitor=False,
    ),
    Check(
        "emoji and other planes",
        "<p id=e19>a</p>",
        "$('e19').textContent === '👩🏽‍🚀𝒳é'",
        ("e19.textContent = '👩🏽‍🚀𝒳é'",),
    ),
]

LAYERS = [
    Check("modal dialog before", "<dialog id=l1>x</dialog>", "$('l1').matches(':modal')", before="l1.showModal()"),
    Check(
        "modal dialog closed",
        "<input id=l2>",
        "!$('l1').open && !d.querySelector(':modal') && ($('l2').focus(), d.activeElement === $('l2'))",
        ("l1.close()",),
        after=("document.activeElement.blur()",),
    ),
    Check("modal dialog", "<dialog id=l3>x</dialog>", "$('l3').matches(':modal')", ("l3.showModal()",)),
    Check(
        "modal over modal",
        "<dialog id=l4>x</dialog>",
        "$('l4').matches(':modal') && $('l3').matches(':modal') && above($('l4'), $('l3'))",
        ("l4.showModal()",),
        after=("l4.close(); l3.close()",),
    ),
    Check(
        "all closed, the page can be used",
        "",
        "!d.querySelector(':modal') && ($('l2').focus(), d.activeElement === $('l2'))",
        ("0",),
        after=("document.activeElement.blur()",),
    ),
    Check(
        "dialog that is not modal",
        "<dialog id=l5>x</dialog>",
        "$('l5').open && !$('l5').matches(':modal')",
        ("l5.show()",),
        after=("l5.close()",),
    ),
    Check(
        "dialog opened by its attribute",
        "<dialog id=l6>x</dialog>",
        "$('l6').open",
        ("l6.open = true",),
        after=("l6.open = false",),
    ),
    Check("popover", "<div id=l7 popover>x</div>", "$('l7').matches(':popover-open')", ("l7.showPopover()",)),
    Check("popover closed", "", "!$('l7').matches(':popover-open')", ("l7.hidePopover()",)),
    Check(
        "popover before",
        "<div id=l8 popover=manual>x</div>",
        "$('l8').matches(':popover-open')",
        before="l8.showPopover()",
    ),
    Check(
        "popover over popover, in order",
        "<div id=l9 popover=manual>x</div><div id=l10 popover=manual>y</div>",
        "above($('l9'), $('l10'))",
        ("l10.showPopover(); l9.showPopover()",),
        after=("l9.hidePopover(); l10.hidePopover(); l8.hidePopover()",),
    ),
    Check(
        "popover opened by a button",
        "<button id=l11 popovertarget=l12>b</button><div id=l12 popover>x</div>",
        "$('l12').matches(':popover-open')",
        (("click", "#l11"),),
        after=("l12.hidePopover()",),
    ),
    Check(
        "whole screen",
        "<style>#l13:fullscreen{margin-left:31px}#l13{width:50px}</style><div id=l13>x</div>",
        "css('l13', 'position') === 'fixed' && Math.abs($('l13').getBoundingClientRect().width - w.innerWidth) < 2",
        ("l13.onclick = () => l13.requestFullscreen()", ("click", "#l13")),
        only="chromium",
    ),
    Check(
        "look in whole screen",
        "<style>#l14:fullscreen{padding-left:31px}</style><div id=l14>x</div>",
        "css('l14', 'paddingLeft') === '31px'",
        ("await document.exitFullscreen(); l14.onclick = () => l14.requestFullscreen()", ("click", "#l14")),
        only="chromium",
        after=("await document.exitFullscreen()",),
    ),
    Check(
        "whole screen over",
        "",
        "Math.abs($('l13').getBoundingClientRect().width - 50) < 2 && css('l14', 'paddingLeft') === '0px'",
        ("0",),
        only="chromium",
    ),
    Check(
        "details opened",
        "<details id=l15><summary>s</summary>x</details>",
        "$('l15').open",
        (("click", "#l15 summary"),),
    ),
    Check(
        "details of a group: one closes another",
        "<details id=l16 name=g open><summary>s</summary>x</details><details id=l17 name=g><summary>t</summary>y</details>",
        "$('l17').open && !$('l16').open",
        (("click", "#l17 summary"),),
    ),
    Check("inert part", "<div id=l18><input id=l19></div>", "$('l18').inert", ("l18.inert = true",)),
    Check(
        "hidden until found",
        "<div id=l20 hidden=until-found>x</div>",
        "$('l20').getAttribute('hidden') === null",
        ("l20.hidden = false",),
    ),
]

PLAIN = "<!doctype html><title>plain</title><p id=p>plain</p>"

PAGES = [
    Check(
        "quirks mode",
        "",
        "d.compatMode === 'BackCompat'",
        page="<title>q</title><table id=t style='font-size:30px'><tr><td>x</table>",
    ),
    Check(
        "base address",
        "",
        "d.querySelector('img').naturalWidth === 2",
        page="<!doctype html><base href='/files/'><img src=red.png>",
        only="product",
    ),
    Check(
        "document written anew",
        "",
        "$('n')?.textContent === 'written' && !$('p')",
        ("document.open(); document.write('<!doctype html><p id=n>written'); document.close()",),
        page=PLAIN,
    ),
    Check(
        "document written anew, then changed",
        "",
        "$('n')?.textContent === 'later'",
        (
            "document.open(); document.write('<!doctype html><p id=n>written'); document.close(); await tick(); await tick(); n.textContent = 'later'",
        ),
        page=PLAIN,
    ),
    Check(
        "root element replaced",
        "",
        "$('n')?.textContent === 'root' && d.querySelectorAll('body').length === 1",
        (
            "const h = document.createElement('html'); h.innerHTML = '<head></head><body><p id=n>root</p></body>'; document.replaceChild(h, document.documentElement)",
        ),
        page=PLAIN,
    ),
    Check(
        "body replaced",
        "",
        "$('n')?.textContent === 'body' && d.querySelectorAll('body').length === 1",
        ("const b = document.createElement('body'); b.innerHTML = '<p id=n>body</p>'; document.body.replaceWith(b)",),
        page=PLAIN,
    ),
    Check(
        "address changed within the page",
        "",
        "address.endsWith('/step?two=2')",
        ("history.pushState(0, '', '/step?two=2')",),
        page=PLAIN,
    ),
    Check(
        "page left for another",
        "",
        "$('y')?.textContent === 'second'",
        ("location.href = '/files/second.html'",),
        page=PLAIN,
        only="product",
    ),
    Check(
        "view transition ends in the new state",
        "",
        "$('p').textContent === 'moved on'",
        (
            "await (document.startViewTransition?.(() => { p.textContent = 'moved on' }) ?? { finished: (p.textContent = 'moved on') }).finished",
        ),
        page=PLAIN,
    ),
    Check(
        "direction and zoom of the page",
        "",
        "d.documentElement.dir === 'rtl' && d.body.style.zoom === '1.5'",
        ("document.documentElement.dir = 'rtl'; document.body.style.zoom = 1.5",),
        page=PLAIN,
    ),
    Check(
        "policy that forbids all but the page's own",
        "",
        "$('p').textContent === 'still told' && css('p', 'width') === '77px'",
        ("p.textContent = 'still told'; p.style.width = '77px'",),
        page=PLAIN,
        path="/strict",
    ),
    Check(
        "frameset",
        "",
        "d.querySelector('frame')?.contentDocument?.getElementById('y')?.textContent === 'second'",
        page="<!doctype html><title>f</title><frameset cols='50%,*'><frame src='/files/second.html'><frame src='/files/frame.html'></frameset>",
    ),
]
