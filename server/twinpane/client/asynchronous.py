"""The library for programs that must not wait: FastAPI, Starlette, bots."""

from __future__ import annotations

import asyncio
import functools
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from types import TracebackType
from typing import Concatenate, ParamSpec, Self, TypeVar

import httpx2

from twinpane.client import calls, recordings
from twinpane.client.call import Call, Listing
from twinpane.client.conversation import Heard, Pause, Reply, Retries, Sending, Silence, converse

P = ParamSpec("P")
Answer = TypeVar("Answer")
Item = TypeVar("Item")


def _verb(make: Callable[P, Call[Answer]]) -> Callable[Concatenate[AsyncTwinpane, P], Awaitable[Answer]]:
    """A method that makes a call; its answer is awaited."""

    @functools.wraps(make)
    async def verb(self: AsyncTwinpane, /, *args: P.args, **named: P.kwargs) -> Answer:
        return await self.ask(make(*args, **named))

    return verb


def _list(make: Callable[P, Listing[Item]]) -> Callable[Concatenate[AsyncTwinpane, P], AsyncIterator[Item]]:
    """A method that goes through a list, page by page."""

    @functools.wraps(make)
    def verb(self: AsyncTwinpane, /, *args: P.args, **named: P.kwargs) -> AsyncIterator[Item]:
        return self._through(make(*args, **named))

    return verb


class AsyncTwinpane:
    """A Twinpane server, asked with a key, in one event loop. Close it, or use it in an `async with` block.

    async with AsyncTwinpane("https://help.example.com", key="REST_KEY") as twinpane:
        async for visitor in twinpane.visitors("online"):
            print(visitor.short_id, visitor.last_url)
    """

    def __init__(
        self,
        url: str,
        *,
        key: str,
        timeout_s: float = 10.0,
        retries: Retries = Retries(),  # noqa: B008 - it cannot change
        http: httpx2.AsyncClient | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Take the server's address and a REST key, which is secret. `timeout_s` is for each try.

        `http` is an HTTP client of your own, for a proxy or a CA; it is not closed with this.
        """
        self._url = url.rstrip("/")
        self._key = key
        self._timeout_s = timeout_s
        self._retries = retries
        self._http = http or httpx2.AsyncClient()
        self._owns_http = http is None
        self._sleep = sleep

    usage = _verb(calls.usage)
    visitors = _list(calls.visitors)
    find_visitor = _verb(calls.find_visitor)
    visitor = _verb(calls.visitor)
    watch_url = _verb(calls.watch_url)
    viewer_token = _verb(calls.viewer_token)
    proxy_session = _verb(calls.proxy_session)
    sessions = _list(calls.sessions)
    session = _verb(calls.session)
    end_session_of = _verb(calls.end_session_of)
    end_session = _verb(calls.end_session)
    recording = _verb(recordings.recording)
    delete_recording = _verb(recordings.delete_recording)
    export_visitor = _verb(calls.export_visitor)
    erase_visitor = _verb(calls.erase_visitor)
    erase_offline_visitors = _verb(calls.erase_offline_visitors)
    make_webhook = _verb(calls.make_webhook)
    webhooks = _verb(calls.webhooks)
    remove_webhook = _verb(calls.remove_webhook)
    audit = _list(calls.audit)
    settings = _verb(calls.settings)
    change_settings = _verb(calls.change_settings)

    async def ask(self, call: Call[Answer]) -> Answer:
        """Make any call of `twinpane.client.calls`. Raises TwinpaneError."""
        talk = converse(call, self._key, self._retries, random.random)
        heard: Heard = None
        try:
            while True:
                step = talk.send(heard)
                if isinstance(step, Pause):
                    await self._sleep(step.seconds)
                    heard = None
                else:
                    heard = await self._send(step)
        except StopIteration as end:
            answer: Answer = end.value
            return answer

    async def _through(self, listing: Listing[Item]) -> AsyncIterator[Item]:
        page = await self.ask(listing.page(None))
        for item in page.items:
            yield item
        while page.next_cursor is not None:
            page = await self.ask(listing.page(page.next_cursor))
            for item in page.items:
                yield item

    async def _send(self, sending: Sending) -> Reply | Silence:
        try:
            answer = await self._http.request(
                sending.method,
                self._url + sending.path,
                headers=sending.headers,
                content=sending.content,
                timeout=self._timeout_s,
            )
        except httpx2.TransportError as error:
            return Silence(f"{type(error).__name__}: {error}")
        return Reply(answer.status_code, answer.headers, answer.content)

    async def close(self) -> None:
        """Close the connections."""
        if self._owns_http:
            await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await self.close()
