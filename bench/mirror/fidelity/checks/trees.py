"""What a document is made of: shadow trees, frames, other namespaces, and edits of all of it."""

from __future__ import annotations

from .check import Check

IN_SHADOW = "attachShadow({mode: 'open'})"

SHADOW = [
    Check(
        "open shadow tree before",
        "<div id=h1></div>",
        "$('h1').shadowRoot.textContent === 'in'",
        before=f"h1.{IN_SHADOW}.innerHTML = '<b>in</b>'",
    ),
    Check(
        "open shadow tree, changed",
        "<div id=h2></div>",
        "$('h2').shadowRoot?.textContent === 'then'",
        (f"h2.{IN_SHADOW}.innerHTML = '<b>now</b>'; await tick(); h2.shadowRoot.firstChild.textContent = 'then'",),
    ),
    Check(
        "closed shadow tree",
        "<div id=h3></div>",
        "root($('h3'))?.textContent === 'hidden'",
        ("h3.attachShadow({mode: 'closed'}).innerHTML = '<b>hidden</b>'",),
        at_visitor=False,
    ),
    Check(
        "closed shadow tree before",
        "<div id=h4></div>",
        "root($('h4'))?.textContent === 'hidden'",
        before="h4.attachShadow({mode: 'closed'}).innerHTML = '<b>hidden</b>'",
        only="product",
        at_visitor=False,
    ),
    Check(
        "declared shadow tree",
        "<div id=h5><template shadowrootmode=open><i>declared</i></template></div>",
        "$('h5').shadowRoot.textContent === 'declared'",
    ),
    Check(
        "slots by name",
        "<div id=h6><span slot=s>x</span></div>",
        "w.getComputedStyle(d.querySelector('#h6 span')).marginLeft === '31px'",
        before=f"h6.{IN_SHADOW}.innerHTML = '<style>::slotted(span){{margin-left:31px}}</style><slot name=s></slot>'",
    ),
    Check(
        "slot changed",
        "<div id=h7><span>x</span></div>",
        "d.querySelector('#h7 span').assignedSlot?.name === 'b'",
        ("h7.firstChild.slot = 'b'",),
        before=f"h7.{IN_SHADOW}.innerHTML = '<slot name=a></slot><slot name=b></slot>'",
    ),
    Check(
        "slots filled by a script",
        "<div id=h8><span>one</span><span>two</span></div>",
        "$('h8').shadowRoot.querySelector('slot').assignedNodes().map((n) => n.textContent).join() === 'two'",
        before="const r = h8.attachShadow({mode: 'open', slotAssignment: 'manual'}); r.innerHTML = '<slot></slot>'; r.firstChild.assign(h8.lastChild)",
    ),
    Check(
        "slots filled by a script, anew",
        "",
        "$('h8').shadowRoot.querySelector('slot').assignedNodes().map((n) => n.textContent).join() === 'one'",
        ("h8.shadowRoot.querySelector('slot').assign(h8.firstChild)",),
    ),
    Check(
        "shadow tree in a shadow tree",
        "<div id=h9></div>",
        "$('h9').shadowRoot.firstChild.shadowRoot.textContent === 'deep'",
        (f"h9.{IN_SHADOW}.innerHTML = '<p></p>'; h9.shadowRoot.firstChild.{IN_SHADOW}.innerHTML = 'deep'",),
    ),
    Check(
        "parts",
        "<style>#h10::part(x){margin-left:31px}</style><div id=h10></div>",
        "w.getComputedStyle($('h10').shadowRoot.firstChild).marginLeft === '31px'",
        before=f"h10.{IN_SHADOW}.innerHTML = '<p part=x></p>'",
    ),
    Check(
        "host's own look",
        "<div id=h11></div>",
        "css('h11', 'marginLeft') === '31px'",
        before=f"h11.{IN_SHADOW}.innerHTML = '<style>:host(.on){{margin-left:31px}}</style>'",
        steps=("h11.className = 'on'",),
    ),
    Check(
        "custom element is defined",
        "<style>h-one:not(:defined){display:none}</style><h-one id=h12></h-one>",
        "css('h12', 'display') !== 'none' && $('h12').shadowRoot.textContent === 'made'",
        before=f"customElements.define('h-one', class extends HTMLElement {{ connectedCallback() {{ this.{IN_SHADOW}.innerHTML = 'made' }} }})",
    ),
    Check(
        "custom element defined later",
        "<h-two id=h13></h-two>",
        "$('h13').textContent === 'up'",
        (
            "customElements.define('h-two', class extends HTMLElement { connectedCallback() { this.textContent = 'up' } })",
        ),
    ),
    Check(
        "state of a custom element",
        "<style>h-three:state(on){margin-left:31px}</style><h-three id=h14></h-three>",
        "css('h14', 'marginLeft') === '31px'",
        ("h14.inner.states.add('on')",),
        before="customElements.define('h-three', class extends HTMLElement { inner = this.attachInternals() })",
    ),
    Check(
        "state of a custom element before",
        "<h-three id=h15></h-three>",
        "css('h15', 'marginLeft') === '31px'",
        before="h15.inner.states.add('on')",
    ),
    Check(
        "state of a custom element gone", "", "css('h14', 'marginLeft') !== '31px'", ("h14.inner.states.delete('on')",)
    ),
    Check(
        "content of a template", "<template id=h16><b>aside</b></template>", "$('h16').content.textContent === 'aside'"
    ),
    Check(
        "content of a template, changed",
        "",
        "$('h16').content.textContent === 'asides'",
        ("h16.content.firstChild.append('s')",),
    ),
]

FRAMES = [
    Check(
        "frame of the same site",
        "<iframe id=r1 src='/files/frame.html'></iframe>",
        "$('r1').contentDocument.getElementById('x')?.textContent === 'framed'",
    ),
    Check(
        "frame changes inside",
        "",
        "$('r1').contentDocument.getElementById('x')?.textContent === 'changed'",
        ("r1.contentDocument.getElementById('x').textContent = 'changed'",),
    ),
    Check(
        "frame scrolled", "", "Math.abs($('r1').contentWindow.scrollY - 44) < 3", ("r1.contentWindow.scrollTo(0, 44)",)
    ),
    Check(
        "field in a frame",
        "",
        "$('r1').contentDocument.querySelector('input').value === 'inside'",
        ("r1.contentDocument.querySelector('input').value = 'inside'",),
    ),
    Check(
        "frame goes to another page",
        "",
        "$('r1').contentDocument.getElementById('y')?.textContent === 'second'",
        ("r1.contentWindow.location.href = '/files/second.html'",),
    ),
    Check(
        "frame comes",
        "<p id=r2></p>",
        "$('r3')?.contentDocument?.getElementById('y')?.textContent === 'second'",
        ("r2.append(Object.assign(document.createElement('iframe'), {id: 'r3', src: '/files/second.html'}))",),
    ),
    Check(
        "frame goes, and another comes",
        "",
        "!$('r3') && $('r4')?.contentDocument?.getElementById('y')?.textContent === 'second'",
        (
            "r3.remove(); r2.append(Object.assign(document.createElement('iframe'), {id: 'r4', src: '/files/second.html'}))",
        ),
    ),
    Check(
        "frame with its text in an attribute",
        "<iframe id=r5 srcdoc='<p id=x>own</p>'></iframe>",
        "$('r5').contentDocument.getElementById('x')?.textContent === 'own'",
    ),
    Check(
        "frame of a blob",
        "<iframe id=r6></iframe>",
        "$('r6').contentDocument?.getElementById('x')?.textContent === 'blob'",
        before="r6.src = URL.createObjectURL(new Blob(['<p id=x>blob'], {type: 'text/html'})); await new Promise((r) => { r6.onload = r })",
    ),
    Check(
        "empty frame that a script fills",
        "<iframe id=r7></iframe>",
        "$('r7').contentDocument?.getElementById('x')?.textContent === 'filled'",
        before="r7.contentDocument.body.innerHTML = '<p id=x>filled</p>'",
    ),
    Check(
        "frame written by a script",
        "<iframe id=r8></iframe>",
        "$('r8').contentDocument?.getElementById('x')?.textContent === 'written'",
        ("const d = r8.contentDocument; d.open(); d.write('<p id=x>written'); d.close()",),
    ),
    Check(
        "frame in a frame",
        "<iframe id=r9 srcdoc='<iframe id=i srcdoc=\"<p id=x>deep</p>\"></iframe>'></iframe>",
        "$('r9').contentDocument.getElementById('i')?.contentDocument?.getElementById('x')?.textContent === 'deep'",
    ),
    Check(
        "frame in a shadow tree",
        "<div id=r10></div>",
        "$('r10').shadowRoot.firstChild.contentDocument?.getElementById('x')?.textContent === 'shade'",
        ("r10.attachShadow({mode: 'open'}).innerHTML = '<iframe srcdoc=\"<p id=x>shade</p>\"></iframe>'",),
    ),
    Check(
        "frame of another site with the SDK",
        "<iframe id=r11 src='{other}/files/embedded.html'></iframe>",
        "$('r11').contentDocument?.getElementById('x')?.textContent === 'elsewhere'",
        only="product",
        at_visitor=False,
    ),
    Check(
        "frame of another site changes inside",
        "",
        "$('r11').contentDocument?.getElementById('x')?.textContent === 'elsewhere and later'",
        (("frame", "embedded.html", "x.textContent += ' and later'"),),
        only="product",
        at_visitor=False,
    ),
    Check(
        "frame of another site without the SDK says so",
        "<iframe id=r12 src='{other}/files/stranger.html'></iframe>",
        "/not shown/.test($('r12').contentDocument?.body?.textContent)",
        only="product",
        at_visitor=False,
    ),
]

NAMESPACES = [
    Check(
        "SVG: gradient, symbol, use",
        "<svg width=40 height=40><defs><linearGradient id=n1></linearGradient><symbol id=n2 viewBox='0 0 4 4'><rect width=4 height=4 /></symbol></defs><use id=n3 href='#n2' width=10 height=10 /></svg>",
        "$('n1').localName === 'linearGradient' && $('n3').getBBox().width > 0",
    ),
    Check(
        "SVG: HTML inside",
        "<svg><foreignObject width=9 height=9><p id=n4>x</p></foreignObject></svg>",
        "$('n4').namespaceURI.endsWith('xhtml')",
    ),
    Check(
        "SVG: attribute with a prefix",
        "<svg><defs><rect id=n5 width=7 height=7 /></defs><use id=n6 xlink:href='#no' /></svg>",
        "$('n6').getBBox().width === 7",
        ("n6.setAttributeNS('http://www.w3.org/1999/xlink', 'xlink:href', '#n5')",),
    ),
    Check(
        "SVG: made by a script",
        "<svg id=n7></svg>",
        "$('n7').firstChild?.namespaceURI.endsWith('svg') && $('n7').firstChild.getBBox().width === 6",
        (
            "const r = document.createElementNS('http://www.w3.org/2000/svg', 'rect'); r.setAttribute('width', 6); r.setAttribute('height', 6); n7.append(r)",
        ),
    ),
    Check(
        "SVG: view box changed",
        "<svg id=n8 viewBox='0 0 1 1'></svg>",
        "$('n8').viewBox.baseVal.width === 5",
        ("n8.setAttribute('viewBox', '0 0 5 5')",),
    ),
    Check(
        "MathML",
        "<math id=n9><mfrac><mi>a</mi><mn>2</mn></mfrac></math>",
        "$('n9').namespaceURI.endsWith('MathML') && $('n9').firstChild.namespaceURI.endsWith('MathML')",
    ),
    Check(
        "MathML: made by a script",
        "<math id=n10></math>",
        "$('n10').firstChild?.namespaceURI.endsWith('MathML')",
        ("n10.append(document.createElementNS('http://www.w3.org/1998/Math/MathML', 'mi'))",),
    ),
]
