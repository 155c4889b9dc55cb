"""The console's way to the universal proxy: the action is that of the REST API."""

from __future__ import annotations

from collections.abc import Mapping

from twinpane_protocol.console_proxy import ProxyBody, ProxyLink

from twinpane.actions.shapes import iso_time
from twinpane.actions.start_proxy_session import ProxyWanted, start_proxy_session
from twinpane.errors import UnavailableError
from twinpane.web.console_asked import Answer, Asked, Handler


async def start(asked: Asked) -> Answer:
    """Start a proxy session (R18). Raises UnavailableError without a domain for proxied sites."""
    web, body = asked.web, asked.body(ProxyBody)
    if web.proxy is None:
        raise UnavailableError("This server has no domain for proxied sites: set proxy_domain.")
    wanted = ProxyWanted(initial_url=body.initial_url, unique_id=body.unique_id)
    started = start_proxy_session(
        web.live, web.proxy.upstream, web.proxy.base, asked.team, wanted, asked.address, web.clock.now()
    )
    content = ProxyLink(url=started.url, proxy_session_id=started.sid, expires_at=iso_time(started.expires_at) or "")
    return Answer(content=content)


HANDLERS: Mapping[str, Handler] = {"POST /proxy_sessions": start}
