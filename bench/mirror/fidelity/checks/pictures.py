"""What is not text: animations, canvases, pictures, sound, fonts."""

from __future__ import annotations

from .check import Check

GREEN = (
    "const c = $('{0}'); const x = Object.assign(d.createElement('canvas'), {{width: 20, height: 20}}).getContext('2d')"
)

ANIMATIONS = [
    Check(
        "animation of a style runs",
        "<style>@keyframes m1{from{opacity:.2}to{opacity:1}}#m1{animation:m1 9s infinite}</style><p id=m1>x",
        "$('m1').getAnimations().some((a) => a.playState === 'running')",
    ),
    Check(
        "transition ends where it should",
        "<style>#m2{transition:margin-left .1s}</style><p id=m2>x",
        "css('m2', 'marginLeft') === '31px'",
        ("m2.style.marginLeft = '31px'",),
    ),
    Check(
        "animation of a script",
        "<p id=m3>x",
        "css('m3', 'transform') !== 'none'",
        ("m3.animate([{transform: 'none'}, {transform: 'translateX(31px)'}], {duration: 1, fill: 'forwards'})",),
    ),
    Check(
        "animation of a script paused",
        "<p id=m4>x",
        "$('m4').getAnimations().some((a) => a.playState === 'paused')",
        ("window.m4a = m4.animate([{opacity: 0}, {opacity: 1}], 9000); m4a.pause(); m4a.currentTime = 4500",),
    ),
    Check("animation of a script cancelled", "", "$('m4').getAnimations().length === 0", ("m4a.cancel()",)),
]

PICTURES = [
    Check(
        "canvas drawn before",
        "<canvas id=k1 width=20 height=20></canvas>",
        "await green('k1')",
        before="const x = k1.getContext('2d'); x.fillStyle = 'rgb(9,200,9)'; x.fillRect(0, 0, 20, 20)",
        only="product",
    ),
    Check(
        "canvas drawn",
        "<canvas id=k2 width=20 height=20></canvas>",
        "await green('k2')",
        ("const x = k2.getContext('2d'); x.fillStyle = 'rgb(9,200,9)'; x.fillRect(0, 0, 20, 20)",),
        only="product",
    ),
    Check(
        "canvas drawn by WebGL",
        "<canvas id=k3 width=20 height=20></canvas>",
        "await green('k3')",
        (
            "const g = k3.getContext('webgl', {preserveDrawingBuffer: true}); const draw = () => { g.clearColor(9 / 255, 200 / 255, 9 / 255, 1); g.clear(g.COLOR_BUFFER_BIT) }; for (let n = 0; n < 9; n++) { draw(); await tick() }",
        ),
        only="product",
    ),
    Check("picture", "<img id=k4 src='/files/red.png'>", "$('k4').naturalWidth === 2", only="product"),
    Check(
        "picture of a blob",
        "<img id=k5>",
        "$('k5').naturalWidth === 2",
        before="k5.src = URL.createObjectURL(await (await fetch('/files/red.png')).blob()); await k5.decode()",
        only="product",
    ),
    Check(
        "picture in the address itself",
        "<img id=k6 src='data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA='>",
        "$('k6').naturalWidth === 1",
    ),
    Check(
        "picture behind a log-in", "<img id=k7 src='/files/private.png'>", "$('k7').naturalWidth === 2", only="product"
    ),
    Check(
        "picture chosen of several",
        "<img id=k8 srcset='/files/red.png 1x, /files/big.png 2x'>",
        "$('k8').naturalWidth > 0",
        only="product",
    ),
    Check(
        "picture element",
        "<picture><source srcset='/files/big.png' media='(min-width:1px)'><img id=k9 src='/files/red.png'></picture>",
        "$('k9').naturalWidth === 4",
        only="product",
    ),
    Check(
        "picture of a style",
        "<style>#k10{background:url(/files/red.png)}</style><p id=k10>x",
        "await loads(css('k10', 'backgroundImage'))",
        only="product",
    ),
    Check(
        "font of a style",
        "<style>@font-face{font-family:KF;src:url(/files/font.ttf)}#k11{font-family:KF}</style><p id=k11>x",
        "[...d.fonts].some((f) => /KF/.test(f.family) && f.status === 'loaded')",
        only="product",
    ),
    Check(
        "font of a script",
        "<p id=k12 style='font-family:KG'>x",
        "[...d.fonts].some((f) => /KG/.test(f.family) && f.status === 'loaded')",
        (
            "const f = new FontFace('KG', await (await fetch('/files/font.ttf')).arrayBuffer()); await f.load(); document.fonts.add(f)",
        ),
        only="product",
    ),
    Check(
        "sound plays",
        "<audio id=k13 src='/files/tone.wav' preload=auto></audio>",
        "!$('k13').paused && $('k13').currentTime > 0.9",
        ("k13.muted = true; k13.currentTime = 1; await k13.play()",),
        only="product",
        after=("k13.pause()",),
    ),
    Check(
        "video's poster",
        "<video id=k14 poster='/files/red.png'></video>",
        "await loads(`url(\"${$('k14').poster}\")`)",
        only="product",
    ),
]
