"""The library for programs that wait: Flask, Django, scripts."""

from __future__ import annotations

import functools
import random
import time
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Concatenate, ParamSpec, Self, TypeVar

import httpx2

from twinpane.client import calls, recordings
from twinpane.client.call import Call, Listing
from twinpane.client.conversation import Heard, Pause, Reply, Retries, Sending, Silence, converse

P = ParamSpec("P")
Answer = TypeVar("Answer")
Item = TypeVar("Item")


def _verb(make: Callable[P, Call[Answer]]) -> Callable[Concatenate[Twinpane, P], Answer]:
    """A method that makes a call and waits for its answer."""

    @functools.wraps(make)
    def verb(self: Twinpane, /, *args: P.args, **named: P.kwargs) -> Answer:
        return self.ask(make(*args, **named))

    return verb


def _list(make: Callable[P, Listing[Item]]) -> Callable[Concatenate[Twinpane, P], Iterator[Item]]:
    """A method that goes through a list, page by page."""

    @functools.wraps(make)
    def verb(self: Twinpane, /, *args: P.args, **named: P.kwargs) -> Iterator[Item]:
        return self._through(make(*args, **named))

    return verb


class Twinpane:
    """A Twinpane server, asked with a key. May be shared by threads; close it, or use it in a `with` block.

    >>> [visitor.identities for visitor in twinpane.visitors("online")]
    []
    """

    def __init__(
        self,
        url: str,
        *,
        key: str,
        timeout_s: float = 10.0,
        retries: Retries = Retries(),  # noqa: B008 - it cannot change
        http: httpx2.Client | None = None,
        sleep: Callable[[float], None] = time.sleep,  # noqa: TID251 - there is no state to wait for, only the server's word
    ) -> None:
        """Take the server's address and a REST key, which is secret. `timeout_s` is for each try.

        `http` is an HTTP client of your own, for a proxy or a CA; it is not closed with this.
        """
        self._url = url.rstrip("/")
        self._key = key
        self._timeout_s = timeout_s
        self._retries = retries
        self._http = http or httpx2.Client()
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

    def ask(self, call: Call[Answer]) -> Answer:
        """Make any call of `twinpane.client.calls`. Raises TwinpaneError."""
        talk = converse(call, self._key, self._retries, random.random)
        heard: Heard = None
        try:
            while True:
                step = talk.send(heard)
                if isinstance(step, Pause):
                    self._sleep(step.seconds)
                    heard = None
                else:
                    heard = self._send(step)
        except StopIteration as end:
            answer: Answer = end.value
            return answer

    def _through(self, listing: Listing[Item]) -> Iterator[Item]:
        page = self.ask(listing.page(None))
        yield from page.items
        while page.next_cursor is not None:
            page = self.ask(listing.page(page.next_cursor))
            yield from page.items

    def _send(self, sending: Sending) -> Reply | Silence:
        try:
            answer = self._http.request(
                sending.method,
                self._url + sending.path,
                headers=sending.headers,
                content=sending.content,
                timeout=self._timeout_s,
            )
        except httpx2.TransportError as error:
            return Silence(f"{type(error).__name__}: {error}")
        return Reply(answer.status_code, answer.headers, answer.content)

    def close(self) -> None:
        """Close the connections."""
        if self._owns_http:
            self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()
