"""Where secrets stand in pages: every spot known to have leaked in such products, and every rule that masks.

`{s}` is a secret, another one in each place; `{id}` the id of the element that `late` is about. `late` runs while
agents watch, with that element as `el`, the secret as `s` and a second one as `late`: what is only now in the page.
"""

from __future__ import annotations

from typing import Final

from e2e.wire.late_places import EVERYWHERE, LATE, TEXT
from e2e.wire.place import Place

NEW_FIELD = "const made = el.cloneNode(); made.value = late; el.replaceWith(made)"

RULES = [
    Place("the class", "<p id={id} class=no-upscope>{s}</p>", EVERYWHERE),
    Place("the class among others", "<p id={id} class='a no-upscope b'>{s}</p>", TEXT),
    Place("the attribute", "<p id={id} data-upscope-mask>{s}</p>", EVERYWHERE),
    Place("a selector of the page", "<p id={id} class=own-rule>{s}</p>", EVERYWHERE),
    Place("a selector of the account", "<p id={id} class=account-rule>{s}</p>", EVERYWHERE),
    Place("a selector by the place", "<div class=vault><p id={id}>{s}</p></div>", TEXT),
    Place("an inline element", "open <i id={id} class=no-upscope>{s}</i> text", TEXT),
    Place("deep inside", "<div class=no-upscope><ul><li><b id={id} title={s}>{s}</b></ul></div>", EVERYWHERE),
    Place("a table's row", "<table><tr class=no-upscope><td id={id}>{s}</table>", TEXT),
    Place("a link", "<a id={id} class=no-upscope href='/{s}?q={s}'>{s}</a>", "el.href = `/${late}`"),
    Place("a heading in details", "<details class=no-upscope><summary id={id}>{s}</summary>{s}</details>", TEXT),
    Place("a dialog", "<dialog id={id} class=no-upscope>{s}</dialog>", "el.showModal(); el.append(late); el.close()"),
    Place("a popover", "<div id={id} popover class=no-upscope>{s}</div>", "el.showPopover(); el.append(late)"),
    Place("a custom element", "<x-card id={id} class=no-upscope data-number={s}>{s}</x-card>", EVERYWHERE),
    Place("several attributes", "<p id={id} class=no-upscope name={s} lang={s} itemid={s} slot={s}>x</p>", EVERYWHERE),
]
FIELDS = [
    Place("a password", "<input id={id} type=password value={s} placeholder={s} name={s}>", is_typed=True),
    Place("a password that is shown", "<input id={id} type=password value={s}>", "el.type = 'text'; el.value = late"),
    Place(
        "a shown password made anew",
        "<input id={id} type=password name=passwd value={s}>",
        "el.type = 'text';" + NEW_FIELD,
    ),
    Place("a new password", "<input id={id} autocomplete=new-password value={s}>", "el.value = late"),
    Place(
        "a card by its autocomplete",
        "<input id={id} autocomplete='shipping cc-number' value={s} title={s}>",
        is_typed=True,
    ),
    Place("a card's code", "<input id={id} autocomplete=cc-csc value={s} placeholder={s}>", "el.value = late"),
    Place("a one-time code", "<input id={id} autocomplete=one-time-code value={s}>", is_typed=True),
    Place("a card number", "<input id={id} value={s}>", is_typed=True, is_card=True, shows=False),
    Place("a card number in a text", "<textarea id={id}>{s}</textarea>", "el.value = late", is_card=True, shows=False),
    Place(
        "a card number's attribute",
        "<input id={id} data-old={id} value={s}>",
        "el.setAttribute('value', late)",
        is_card=True,
        shows=False,
    ),
    Place(
        "a hidden input",
        "<input id={id} type=hidden value={s}>",
        "el.value = late; el.setAttribute('value', late)",
        shows=False,
    ),
    Place("a masked field", "<input id={id} class=no-upscope value={s} placeholder={s} title={s}>", is_typed=True),
    Place("a masked text", "<textarea id={id} class=no-upscope placeholder={s}>{s}</textarea>", is_typed=True),
    Place("a masked number", "<label>n<input id={id} type=search class=no-upscope value={s}></label>", is_typed=True),
    Place(
        "a field of suggestions",
        "<datalist class=no-upscope id=dl><option value={s}>{s}</datalist><input list=dl id={id} class=no-upscope>",
        is_typed=True,
    ),
    Place(
        "an option's text",
        "<select id={id} class=no-upscope><option value={s}>{s}<optgroup label={s}></select>",
        "el.options[0].text = late",
    ),
    Place(
        "one option",
        "<select><option>open<option id={id} class=no-upscope value={s} label={s}>{s}</select>",
        "el.text = late",
    ),
    Place(
        "a chosen option",
        "<select class=no-upscope><option>a<option id={id} value={s}>{s}</select>",
        "el.selected = true; el.value = late",
    ),
    Place("a button's label", "<input id={id} class=no-upscope type=submit value={s}>", "el.value = late"),
    Place(
        "a check box",
        "<input id={id} class=no-upscope type=checkbox name={s} value={s}>",
        "el.value = late; el.click()",
    ),
    Place("an editable text", "<div id={id} class=no-upscope contenteditable>{s}</div>", is_typed=True),
    Place("an editable part", "<div contenteditable>open<b id={id} class=no-upscope>{s}</b></div>", TEXT),
    Place("an output", "<output id={id} class=no-upscope>{s}</output>", "el.value = late"),
    Place(
        "a form's attributes",
        "<form id={id} class=no-upscope action='/{s}'><input name=x value={s}></form>",
        "el.elements[0].value = late",
    ),
    Place(
        "a range and a meter",
        "<div class=no-upscope><meter id={id} title={s}>{s}</meter></div>",
        "el.textContent = late",
    ),
]
PICTURES = [
    Place(
        "a picture",
        "<img id={id} class=no-upscope src='/i/{s}.png' srcset='/i/{s}.png 2x' alt={s}>",
        "el.src = `/i/${late}.png`; el.alt = late",
    ),
    Place(
        "a picture inside",
        "<div class=no-upscope><picture><source srcset='/i/{s}.png'><img id={id} src='/i/{s}'></picture></div>",
        "el.src = `/${late}`",
    ),
    Place(
        "a picture as data",
        "<img id={id} class=no-upscope src='data:image/svg+xml,<svg "
        'xmlns="http://www.w3.org/2000/svg"><text>{s}</text></svg>\'>',
        "el.src = `data:image/svg+xml;base64,${btoa(late)}`",
    ),
    Place(
        "a film",
        "<video id={id} class=no-upscope src='/{s}.webm' poster='/{s}.png'><track src='/{s}.vtt'></video>",
        "el.poster = `/${late}.png`; el.src = `/${late}`",
    ),
    Place(
        "a film's cues",
        "<div class=no-upscope><video id={id}></video></div>",
        "el.addTextTrack('captions').addCue(new VTTCue(0, 9, late))",
        shows=False,
    ),
    Place("a sound", "<audio id={id} class=no-upscope src='/{s}.wav' title={s}></audio>", "el.src = `/${late}`"),
    Place("an object", "<object id={id} class=no-upscope data='/{s}.svg'>{s}</object>", "el.data = `/${late}`"),
    Place(
        "an embedded file", "<div class=no-upscope><embed id={id} src='/{s}.svg' title={s}></div>", "el.title = late"
    ),
    Place(
        "words on a canvas",
        "<canvas id={id} class=no-upscope title={s} aria-label={s}>{s}</canvas>",
        "el.getContext('2d').fillText(late, 9, 9); el.append(late)",
    ),
    Place(
        "words in a drawing",
        "<svg><g class=no-upscope><text id={id}>{s}</text><title>{s}</title></g></svg>",
        "el.textContent = late",
    ),
    Place(
        "a drawing's links",
        "<svg class=no-upscope><image href='/{s}.png'/><use href='/{s}.svg#x'/><a "
        "href='/{s}'><text id={id}>{s}</text></a></svg>",
        "el.append(late)",
    ),
    Place("a formula", "<math class=no-upscope><mi id={id}>{s}</mi></math>", "el.textContent = late"),
]
STYLES = [
    Place(
        "a style's address",
        "<p id={id} class=no-upscope style=\"background:url('/{s}.png')\">x</p>",
        "el.style.background = `url(/${late})`",
    ),
    Place(
        "a style's words",
        "<p id={id} class=no-upscope style=\"--words:'{s}'\">x</p>",
        "el.style.setProperty('--words', late)",
    ),
    Place(
        "words from an attribute",
        "<style>.said::before{content:attr(data-said)}</style><p id={id} class='no-upscope said' data-said={s}></p>",
        "el.dataset.said = late",
    ),
    Place(
        "a masked style sheet",
        "<style id={id} class=no-upscope>#x::before{content:'{s}'} #y{background:url('/{s}')}</style>",
        "el.textContent = `#z::after{content:'${late}'}`",
    ),
    Place(
        "a rule in a masked sheet",
        "<div class=no-upscope><style id={id}>#x{--a:'{s}'}</style></div>",
        "el.sheet.insertRule(`#y::before{content:'${late}'}`)",
    ),
    Place(
        "a rule that comes into a masked sheet",
        "<style id={id} class=no-upscope>#x{--a:'{s}'}</style>",
        "el.sheet.insertRule(`#y::before{content:'${late}'}`)",
    ),
    Place(
        "a masked link to a sheet",
        "<link id={id} class=no-upscope rel=stylesheet href='/{s}.css'>",
        "el.href = `/${late}.css`",
    ),
    Place(
        "an animation",
        "<p id={id} class=no-upscope title={s}>x</p>",
        "el.animate({ content: [`'${late}'`, '\"\"'], backgroundImage: [`url(/${late})`, 'none'] }, 1e6)",
    ),
]
INSIDE = [
    Place(
        "a masked frame",
        "<iframe id={id} class=no-upscope srcdoc='<p>{s}</p>' name={s}></iframe>",
        "el.contentDocument.body.append(late)",
    ),
    Place(
        "in a frame",
        "<iframe id={id} srcdoc=\"<p class='no-upscope'>{s}</p><input type='password' value='{s}'>\"></iframe>",
        "el.contentDocument.querySelector('p').append(late)",
    ),
    Place(
        "a masked host",
        "<div id={id} class=no-upscope>{s}</div>",
        "el.attachShadow({ mode: 'open' }).innerHTML = `<p title=${late}>${late}</p>`",
    ),
    Place(
        "a masked component",
        "<div id={id} class=no-upscope><template shadowrootmode=open><p title={s}>{s}</p></template></div>",
        "el.shadowRoot.querySelector('p').append(late)",
    ),
    Place(
        "in a shadow root",
        "<div><template shadowrootmode=open><p id=in class=no-upscope>{s}</p></template></div><i id={id}></i>",
        "el.previousElementSibling.shadowRoot.querySelector('p').append(late)",
    ),
    Place(
        "in a closed root",
        "<div id={id} title=open></div>",
        "el.attachShadow({ mode: 'closed' }).innerHTML = `<p class=no-upscope>${late}</p><input "
        "type=password value=${late}>`",
        shows=False,
    ),
    Place(
        "slotted into a mask",
        "<div><template shadowrootmode=open><p class=no-upscope><slot></slot></p></template><b "
        "id={id} title={s}>{s}</b></div>",
        EVERYWHERE,
    ),
    Place(
        "a text slotted into a mask",
        "<div id={id}><template shadowrootmode=open><p class=no-upscope><slot></slot></p></template>{s}</div>",
        "el.lastChild.data = late",
    ),
    Place(
        "a template's content",
        "<template id={id} class=no-upscope><p title={s}>{s}</p></template>",
        "el.content.append(late)",
    ),
]
NEVER = [
    Place(
        "a script",
        "<script>var it = '{s}'</script><i id={id}></i>",
        "const it = document.createElement('script'); it.type = 'x'; it.text = late; el.append(it)",
        shows=False,
    ),
    Place(
        "data in a script",
        '<script type=application/json id={id}>{"a":"{s}"}</script>',
        "el.textContent = late",
        shows=False,
    ),
    Place("without scripts", "<noscript id={id}>{s}</noscript>", "el.append(late)", shows=False),
    Place("a comment", "<!-- {s} --><i id={id}></i>", "el.append(document.createComment(late))", shows=False),
    Place(
        "a token of the page",
        "<meta name=csrf-token content={s} id={id}>",
        "el.content = late",
        shows=False,
        in_head=True,
    ),
    Place(
        "a refresh",
        "<meta http-equiv=refresh content='9999; url=/{s}' id={id}>",
        "el.content = `9999; url=/${late}`",
        shows=False,
        in_head=True,
    ),
    Place("a handler", "<p id={id} onclick=\"'{s}'\">open</p>", "el.setAttribute('onclick', `'${late}'`)", shows=False),
    Place(
        "a script's address",
        "<a id={id} href=\"javascript:'{s}'\">open</a>",
        "el.href = `javascript:'${late}'`",
        shows=False,
    ),
    Place("a nonce", "<style id={id} nonce={s}></style>", "el.nonce = late", shows=False),
    Place(
        "a frame's source",
        "<iframe id={id} srcdoc=\"<!-- {s} --><script>'{s}'</script>\"></iframe>",
        "el.title = ''",
        shows=False,
    ),
    Place(
        "storage and cookies",
        "<i id={id}></i><script>localStorage.kept = document.cookie = 'k={s}'</script>",
        "sessionStorage.kept = late",
        shows=False,
    ),
    Place(
        "the console",
        "<i id={id}></i><script>console.log('{s}')</script>",
        "console.error(late); setTimeout(() => { throw new Error(late) })",
        shows=False,
    ),
    Place(
        "a setting that fails",
        "<i id={id} title=open></i>",
        "Upscope('init', { maskedElements: ['.own-rule', '.vault p', `((${late}`] })",
        shows=False,
    ),
]
PLACES: Final = [*RULES, *FIELDS, *PICTURES, *STYLES, *INSIDE, *NEVER, *LATE]
"""What must not leave."""

OPEN: Final = [
    Place("open: a text", "<p id={id}>{s}</p>", "el.append(late)"),
    Place("open: an attribute", "<p id={id} title={s}>x</p>", "el.title = late"),
    Place("open: a field", "<input id={id} value={s}>", is_typed=True),
    Place("open: an option", "<select><option id={id}>{s}</select>", "el.text = late"),
    Place("open: a style", "<p id={id} style=\"--x:'{s}'\">x</p>", "el.style.setProperty('--x', late)"),
    Place("open: in a frame", "<iframe id={id} srcdoc='<p>{s}</p>'></iframe>", "el.contentDocument.body.append(late)"),
]
"""What does leave: were it not found, nothing else would be."""
