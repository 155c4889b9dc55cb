"""Form fields: what they hold and how they look."""

from __future__ import annotations

from .check import Check

FORMS = [
    Check("text typed", "<input id=f1>", "$('f1').value === 'tulip'", (("click", "#f1"), ("type", "tulip"))),
    Check(
        "text that a script had set before",
        "<input id=f2 value=old>",
        "$('f2').value === 'new'",
        before="f2.value = 'new'",
    ),
    Check(
        "text set by a script without an event", "<input id=f3>", "$('f3').value === 'silent'", ("f3.value = 'silent'",)
    ),
    Check(
        "text set through a setter that a framework kept",
        "<input id=f4>",
        "$('f4').value === 'kept'",
        ("kept.call(f4, 'kept')",),
        before="window.kept = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set",
    ),
    Check(
        "lines typed into a textarea",
        "<textarea id=f5></textarea>",
        "$('f5').value === 'one\\ntwo'",
        (("click", "#f5"), ("type", "one"), ("press", "Enter"), ("type", "two")),
    ),
    Check(
        "default text of a textarea changed",
        "<textarea id=f6>a</textarea>",
        "$('f6').value === 'b'",
        ("f6.textContent = 'b'",),
    ),
    Check("box ticked by hand", "<input type=checkbox id=f7>", "$('f7').checked", (("click", "#f7"),)),
    Check("box ticked by a script", "<input type=checkbox id=f8>", "$('f8').checked", ("f8.checked = true",)),
    Check(
        "box unticked before, against its attribute",
        "<input type=checkbox id=f9 checked>",
        "!$('f9').checked",
        before="f9.checked = false",
    ),
    Check(
        "attribute of a box that was ticked by hand changes",
        "<input type=checkbox id=f10 checked>",
        "!$('f10').checked && $('f10').hasAttribute('checked')",
        (("click", "#f10"), "f10.removeAttribute('checked'); f10.setAttribute('checked', '')"),
    ),
    Check("half-ticked box", "<input type=checkbox id=f11>", "$('f11').indeterminate", ("f11.indeterminate = true",)),
    Check(
        "radio buttons",
        "<input type=radio name=fr id=f12 checked><input type=radio name=fr id=f13>",
        "$('f13').checked && !$('f12').checked",
        (("click", "#f13"),),
    ),
    Check(
        "select by hand",
        "<select id=f14><option>a<option>b<option>c</select>",
        "$('f14').value === 'c'",
        (("choose", "#f14", ["c"]),),
    ),
    Check(
        "select by a script",
        "<select id=f15><option>a<option>b</select>",
        "$('f15').selectedIndex === 1",
        ("f15.selectedIndex = 1",),
    ),
    Check(
        "select before",
        "<select id=f16><option>a<option>b</select>",
        "$('f16').value === 'b'",
        before="f16.value = 'b'",
    ),
    Check(
        "nothing selected",
        "<select id=f17><option>a<option>b</select>",
        "$('f17').selectedIndex === -1",
        ("f17.selectedIndex = -1",),
    ),
    Check(
        "several selected",
        "<select id=f18 multiple><option>a<option>b<option>c</select>",
        "[...$('f18').selectedOptions].map((o) => o.text).join() === 'a,c'",
        (("choose", "#f18", ["a", "c"]),),
    ),
    Check(
        "options that come later, one of them selected",
        "<select id=f19><option>a</select>",
        "$('f19').value === 'z' && $('f19').options.length === 2",
        ("f19.add(new Option('z', 'z', true, true))",),
    ),
    Check(
        "grouped options",
        "<select id=f20><optgroup label=g><option>x</select>",
        "$('f20').querySelector('optgroup').label === 'g'",
    ),
    Check(
        "slider",
        "<input type=range id=f21 max=10>",
        "$('f21').value === '7'",
        ("f21.value = 7; f21.dispatchEvent(new Event('input'))",),
    ),
    Check("date", "<input type=date id=f22>", "$('f22').value === '2026-03-04'", (("fill", "#f22", "2026-03-04"),)),
    Check("time", "<input type=time id=f23>", "$('f23').value === '13:45'", (("fill", "#f23", "13:45"),)),
    Check("colour", "<input type=color id=f24>", "$('f24').value === '#aabbcc'", (("fill", "#f24", "#aabbcc"),)),
    Check("number", "<input type=number id=f25>", "$('f25').value === '42'", (("fill", "#f25", "42"),)),
    Check(
        "name of a chosen file",
        "<input type=file id=f26>",
        "[...$('f26').files].map((f) => f.name).join() === 'plan.pdf'",
        ("const t = new DataTransfer(); t.items.add(new File(['x'], 'plan.pdf')); f26.files = t.files",),
    ),
    Check(
        "form put back",
        "<form id=f27><input id=f28 value=first></form>",
        "$('f28').value === 'first'",
        (("fill", "#f28", "x"), "f27.reset()"),
    ),
    Check(
        "label of a button", "<input type=submit id=f29 value=Send>", "$('f29').value === 'Buy'", ("f29.value = 'Buy'",)
    ),
    Check(
        "output, meter and progress",
        "<meter id=f30 max=9 value=1></meter><progress id=f31 max=9></progress>",
        "$('f30').value === 5 && $('f31').value === 3",
        ("f30.value = 5; f31.value = 3",),
    ),
    Check(
        "disabled, and enabled again",
        "<button id=f32 disabled>x</button><input id=f33>",
        "!$('f32').disabled && $('f33').matches(':disabled')",
        ("f32.disabled = false; f33.disabled = true",),
    ),
    Check(
        "disabled fieldset",
        "<fieldset id=f34><input id=f35></fieldset>",
        "$('f35').matches(':disabled')",
        ("f34.disabled = true",),
    ),
    Check(
        "look of what is checked",
        "<style>#f36:checked{margin-left:31px}</style><input type=checkbox id=f36>",
        "css('f36', 'marginLeft') === '31px'",
        (("click", "#f36"),),
    ),
    Check(
        "look of what is not valid",
        "<style>#f37:invalid{margin-left:31px}</style><input id=f37 type=email>",
        "css('f37', 'marginLeft') === '31px'",
        (("fill", "#f37", "no address"),),
    ),
    Check(
        "look of what the visitor left invalid",
        "<style>#f38:user-invalid{margin-left:31px}</style><input id=f38 type=email required>",
        "css('f38', 'marginLeft') === '31px'",
        (("click", "#f38"), ("type", "x"), ("press", "Tab")),
    ),
    Check(
        "look of what the visitor made valid again",
        "<style>#f39:user-valid{margin-left:31px}#f39:user-invalid{margin-left:1px}</style><input id=f39 type=email required>",
        "css('f39', 'marginLeft') === '31px'",
        (("click", "#f39"), ("type", "x"), ("press", "Tab"), ("click", "#f39"), ("type", "@y.zz"), ("press", "Tab")),
    ),
    Check(
        "look of all invalid fields once the form was sent",
        "<style>#f40:user-invalid{margin-left:31px}</style><form id=f41><input id=f40 required></form>",
        "css('f40', 'marginLeft') === '31px'",
        ("f41.requestSubmit()",),
    ),
    Check(
        "placeholder shown",
        "<style>#f42:placeholder-shown{margin-left:31px}</style><input id=f42 placeholder=p value=x>",
        "css('f42', 'marginLeft') === '31px'",
        ("f42.value = ''",),
    ),
    Check(
        "read-only",
        "<style>#f43:read-only{margin-left:31px}</style><input id=f43>",
        "css('f43', 'marginLeft') === '31px'",
        ("f43.readOnly = true",),
    ),
    Check(
        "rich text typed",
        "<div id=f44 contenteditable>x</div>",
        "$('f44').textContent === 'xyz'",
        (("click", "#f44"), ("press", "End"), ("type", "yz")),
    ),
    Check(
        "list of suggestions",
        "<input list=f46><datalist id=f46></datalist>",
        "$('f46').options.length === 1",
        ("f46.append(new Option('s'))",),
    ),
    Check(
        "field in a shadow tree",
        "<div id=f47></div>",
        "$('f47').shadowRoot.querySelector('input').value === 'deep'",
        ("f47.shadowRoot.querySelector('input').value = 'deep'",),
        before="f47.attachShadow({mode: 'open'}).innerHTML = '<input>'",
    ),
    Check(
        "field moved with what it holds",
        "<p id=f48><input id=f49></p><p id=f50></p>",
        "$('f50').firstChild?.value === 'held'",
        ("f49.value = 'held'; await tick(); f50.append(f49)",),
    ),
    Check(
        "dialled text replaced as it is typed (masked input)",
        "<input id=f51>",
        "$('f51').value === '12-34'",
        (("click", "#f51"), ("type", "1234")),
        before="f51.addEventListener('input', () => { f51.value = f51.value.replace(/\\D/g, '').replace(/(..)(?=.)/, '$1-') })",
    ),
]
