"""A shop with a log-in at an identity provider, as OAuth does it: state cookie, redirects, code."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import urlencode

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
STATE = "state-4711"
CODE = "code-0815"


async def _account(request: web.Request) -> web.Response:
    if request.cookies.get("__Host-account") != "zoe":
        back = f"https://{request.host}/callback"
        idp = f"https://{request.host.replace('www.shop.test', 'idp.test')}"
        answer = web.Response(
            status=302, headers={"Location": f"{idp}/ask?{urlencode({'back': back, 'state': STATE})}"}
        )
        answer.headers.add("Set-Cookie", f"state={STATE}; Path=/callback; HttpOnly; Secure; SameSite=Lax")
        return answer
    body = "<title>account</title><h1>Hello Zoë</h1><form method=post action=/logout><button>Log out</button></form>"
    return web.Response(text=body, content_type="text/html")


async def _ask(request: web.Request) -> web.Response:
    fields = "".join(f"<input type=hidden name={name} value='{value}'>" for name, value in request.query.items())
    form = f"<form method=post action=/let-in>{fields}<input name=who><button>Go on</button></form>"
    return web.Response(text=f"<title>idp</title>{form}", content_type="text/html")


async def _let_in(request: web.Request) -> web.Response:
    form = await request.post()
    query = urlencode({"state": str(form["state"]), "code": f"{CODE}-{form['who']}"})
    to = f"{form['back']}?{query}"
    answer = web.Response(status=303, headers={"Location": to})
    answer.headers.add("Set-Cookie", "idp=1; Secure; HttpOnly; SameSite=None; Path=/")
    return answer


async def _callback(request: web.Request) -> web.Response:
    if request.cookies.get("state") != request.query["state"]:
        return web.Response(status=400, text="<title>refused</title>no state", content_type="text/html")
    answer = web.Response(status=303, headers={"Location": "/account"})
    answer.headers.add("Set-Cookie", f"__Host-account={request.query['code'].rpartition('-')[2]}; Secure; Path=/")
    return answer


async def _logout(_: web.Request) -> web.Response:
    answer = web.Response(status=303, headers={"Location": "/page/landed", "Clear-Site-Data": '"cookies"'})
    answer.headers.add("Set-Cookie", "__Host-account=; Secure; Path=/; Max-Age=0")
    return answer


def shop_routes() -> dict[str, Handler]:
    """The shop's and the provider's pages."""
    return {
        "/account": _account,
        "/ask": _ask,
        "/let-in": _let_in,
        "/callback": _callback,
        "/logout": _logout,
    }
