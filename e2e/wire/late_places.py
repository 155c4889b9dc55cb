"""Where secrets come to stand while agents watch: masks that come late, moves, slots, addresses (see places.py)."""

from __future__ import annotations

from e2e.wire.place import Place

TEXT = "el.textContent = late"
EVERYWHERE = (
    "el.append(late); el.title = late; el.dataset.x = late; el.style.backgroundImage = `url(/${late})`; "
    "el.setAttribute('aria-label', late); el.style.setProperty('--x', late)"
)

LATE = [
    Place(
        "masked by a class that comes",
        "<p id={id}>open</p>",
        "el.className = 'no-upscope'; el.textContent = late",
        shows=False,
    ),
    Place(
        "masked by an attribute that comes",
        "<p id={id}>open</p>",
        "el.textContent = late; el.dataset.upscopeMask = ''",
        shows=False,
    ),
    Place(
        "masked by what is around",
        "<div><p id={id}>open</p></div>",
        "el.parentNode.className = 'vault'; el.title = late; el.textContent = late",
        shows=False,
    ),
    Place(
        "moved into a mask",
        "<div class=no-upscope>{s}</div><p id={id}>open</p>",
        "el.previousElementSibling.append(el); el.textContent = late; el.title = late",
        shows=False,
    ),
    Place(
        "moved between masks",
        "<div class=no-upscope><p id={id}>{s}</p></div><div class=no-upscope></div>",
        "el.parentNode.nextElementSibling.append(el); el.append(late)",
    ),
    Place(
        "wrapped in a mask",
        "<p id={id}>open</p>",
        "const wrap = document.createElement('div'); wrap.className = 'no-upscope'; "
        "el.replaceWith(wrap); wrap.append(el); el.textContent = late",
        shows=False,
    ),
    Place(
        "made under a mask",
        "<div id={id} class=no-upscope>{s}</div>",
        "el.innerHTML = `<p title=${late}>${late}<input value=${late}></p>`",
    ),
    Place(
        "a copy of a mask",
        "<p id={id} class=no-upscope>{s}</p>",
        "const copy = el.cloneNode(true); copy.append(late); el.after(copy)",
    ),
    Place(
        "out and in again",
        "<div class=no-upscope id={id}>{s}</div>",
        "const { parentNode } = el; el.remove(); el.append(late); parentNode.append(el)",
    ),
    Place(
        "out and in in turns",
        "<p id={id}>open</p>",
        "el.className = 'no-upscope'; el.title = late; el.removeAttribute('title'); el.className = ''",
        shows=False,
    ),
    Place("unmasked and masked at once", "<p id={id} class='no-upscope shown'>{s}</p>", "el.append(late)"),
    Place(
        "a field that becomes a password",
        "<input id={id} title=open>",
        "el.type = 'password'; el.value = late",
        shows=False,
    ),
    Place(
        "a link's parameter",
        "<a id={id} href='/pay?x=1&token={s}'>open</a>",
        "el.href = `/pay?next=%2Fx%3Ftoken%3D${late}`",
    ),
    Place(
        "the address of a moved page",
        "<i id={id}></i>",
        "history.pushState(null, '', `?lang=en&token=${late}`); document.title = `Pay ${late}`",
        shows=False,
    ),
    Place(
        "a selection",
        "<p id={id} class=no-upscope>{s}</p>",
        "el.append(late); getSelection().selectAllChildren(el); document.execCommand('copy')",
    ),
    Place(
        "masked by what is around, only its text changes",
        "<div><p id={id}>open</p></div>",
        "el.parentNode.className = 'vault'; el.firstChild.data = late",
        shows=False,
    ),
    Place(
        "its slot moves into a mask",
        "<div><template shadowrootmode=open><slot></slot><p class=no-upscope>m</p></template><b id={id}>open</b></div>",
        "const part = el.parentNode.shadowRoot; part.querySelector('p').append(part.querySelector('slot')); "
        "el.firstChild.data = late",
        shows=False,
    ),
    Place("a card number that is pasted", "<input id={id}>", "el.value = late", is_card=True, shows=False),
    Place(
        "a card number that a script sets",
        "<textarea id={id}>open</textarea>",
        "el.value = late",
        is_card=True,
        shows=False,
    ),
    Place(
        "a text within one that is withheld",
        "<div id={id}><template shadowrootmode=open><p class=no-upscope><slot></slot></p></template>a {s} text</div>",
        "el.lastChild.replaceData(2, 3, late)",
    ),
]
