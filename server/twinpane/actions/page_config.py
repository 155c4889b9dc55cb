"""What we put before a proxied page and before a worker's script: the shim, what it must know, the loader."""

from __future__ import annotations

import re
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import msgspec

from twinpane.actions.browse_heads import cookie_request, initiator_of
from twinpane.live.browsing import Browsing
from twinpane.rewrite.address import encode_site
from twinpane.rewrite.cookies import CookieRequest

if TYPE_CHECKING:
    from twinpane.actions.browse import Asked, Desk

_IS_MODULE: Final = re.compile(rb"(?:^|[;\n}])\s*(?:import(?:\s+[\w*{$]|\s*[\"'{*])|export\s*[\w*{])")
_STRICT: Final = re.compile(rb"\s*([\"'])use strict\1")


def page_heads(desk: Desk, browsing: Browsing, asked: Asked, now: datetime) -> tuple[str, str]:
    """The markup that a page begins with, and that of `srcdoc` frames in it. In the tab's document also the loader."""
    request = cookie_request(desk.base, browsing, asked)
    document = CookieRequest(asked.site, asked.target, initiator=asked.site, top=request.top)
    is_top = asked.destination == "document" or (
        browsing.is_embedded and initiator_of(desk.base, browsing, asked) is None
    )
    config = _config(desk, browsing, asked) | {
        "cookies": browsing.jar.document_cookie(document, now.timestamp()),
        "version": browsing.jar.visible_version(asked.site.host),
        "visitor": msgspec.to_builtins(browsing.wanted.visitor),
        "top": is_top,
    }
    shim = f'<script src="/__tp/{desk.options.shim}"></script>'
    page = f"<script>self.__tp$={_json(config)}</script>{shim}"
    within = f"<script>self.__tp$={_json(config | {'top': False})}</script>{shim}"
    # An embedded page cannot be told from a frame in a page of ours by what the browser sends: the loader sees.
    if is_top or browsing.is_embedded:
        wanted = browsing.wanted
        page += f'<script async="" src="{escape(wanted.api)}/{wanted.public_key}.js"></script>'
    return page, within


def worker_prelude(desk: Desk, browsing: Browsing, asked: Asked, script: bytes) -> bytes:
    """What a worker's script begins with. Always the same for a session: browsers compare service workers bytewise."""
    address = f"{encode_site(desk.base, browsing.sid, asked.site, browsing.aliases)}/__tp/{desk.options.worker}"
    config = _config(desk, browsing, asked) | {
        "cookies": "",
        "version": 0,
        "visitor": None,
        "top": False,
        "script": address,
    }
    setting = f"self.__tp$={_json(config)};"
    if _IS_MODULE.search(script):
        # Imports run before the rest, in their order.
        return f"import {_json(_data_address(setting))};import {_json(address)};".encode()
    strict = b'"use strict";' if _STRICT.match(script) else b""
    # A module that imports and exports nothing looks like any other script, and cannot call importScripts.
    load = (
        f"try{{importScripts({_json(address)})}}catch{{if(self.XMLHttpRequest)"
        f"{{const x=new XMLHttpRequest;x.open('GET',{_json(address)},false);x.send();(0,eval)(x.responseText)}}}}"
    )
    return strict + f"{setting}{load};".encode()


def _config(desk: Desk, browsing: Browsing, asked: Asked) -> dict[str, Any]:
    base, wanted = desk.base, browsing.wanted
    return {
        "sid": browsing.sid,
        "base": {"scheme": base.scheme, "host": base.host, "port": base.port},
        "site": asked.site.origin,
        "api": wanted.api,
        "key": wanted.public_key,
        "worker": f"/__tp/{desk.options.worker}",
        "uniqueId": wanted.unique_id,
    }


def _json(value: Any) -> str:
    """JSON that can stand in a script, in HTML and in XML."""
    text = msgspec.json.encode(value).decode()
    return text.replace("<", "\\u003c").replace("&", "\\u0026")


def _data_address(code: str) -> str:
    return f"data:text/javascript,{quote(code)}"
