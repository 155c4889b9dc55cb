"""Both libraries against a real server: every verb as its docstring shows it, pages, failures, retries."""

from __future__ import annotations

import asyncio
import doctest
import subprocess
import sys

import httpx2
import pytest
from structlog.testing import capture_logs

from twinpane.client import (
    AsyncTwinpane,
    ForbiddenError,
    InvalidApiKeyError,
    InvalidRequestError,
    NotFoundError,
    NotReachedError,
    RateLimitedError,
    Retries,
    Twinpane,
    calls,
    recordings,
)
from twinpane.ports.records import VisitorChange
from twinpane.web.conftest import OpenSite, Site
from twinpane.web.proxy_tests.conftest import OpenHouse

STORY = """usage visitors find_visitor visitor watch_url audit viewer_token sessions session end_session
end_session_of recording delete_recording proxy_session make_webhook webhooks remove_webhook change_settings settings
export_visitor erase_visitor
erase_offline_visitors""".split()
"""The order in which the docstrings' examples tell one story."""


def examples() -> dict[str, doctest.DocTest]:
    finder = doctest.DocTestFinder(exclude_empty=True)
    found = [*finder.find(calls), *finder.find(recordings)]
    return {test.name.rpartition(".")[2]: test for test in found if test.examples}


async def test_every_verb_does_what_its_docstring_shows(open_house: OpenHouse) -> None:
    assert set(examples()) == set(STORY)
    async with open_house() as house:
        seen = {"unique_id": "case-42", "identities": ["Ada"], "tags": ["#customer"]}
        house.world.store.record_visitor(
            VisitorChange(team_id=house.team.id, short_id="AAAA2222", at=house.clock.now(), set=seen)
        )
        said: list[str] = []

        def tell() -> None:
            names: dict[str, object] = {}
            with Twinpane(house.api, key=house.secret) as names["twinpane"]:
                for verb in STORY:
                    test = examples()[verb]
                    test.globs = names
                    doctest.DocTestRunner().run(test, out=said.append, clear_globs=False)

        # What the server logs would else be taken for what an example prints.
        with capture_logs():
            await asyncio.to_thread(tell)
        assert "".join(said) == ""


async def test_asynchronous_library_tells_the_same_story(site: Site) -> None:
    site.visitor(unique_id="case-42", identities=["Ada"])
    async with AsyncTwinpane(site.url, key=site.secret) as twinpane:
        found = await twinpane.find_visitor("case-42", online=False)
        assert found is not None
        started = await twinpane.watch_url(found.short_id, agent_id="7", agent_name="Zoë", metadata={"case": 42})
        [session] = [session async for session in twinpane.sessions(active=True)]
        assert (session.id, session.metadata) == (started.session_id, {"case": 42})
        assert session == await twinpane.session(started.session_id)
        await twinpane.end_session_of(found.short_id)
        ended = await twinpane.session(started.session_id)
        assert ended.ended_at == site.clock.now()
        assert ended.end_reason == "agent_stopped"


async def test_r11_lists_go_on_over_all_pages(site: Site) -> None:
    for number in range(7):
        site.visitor(f"AAAA222{number + 2}")
        site.clock.advance(1)
    async with AsyncTwinpane(site.url, key=site.secret) as twinpane:
        found = [visitor.short_id async for visitor in twinpane.visitors(page_size=3)]
    assert found == [f"AAAA222{number}" for number in range(8, 1, -1)]

    def read() -> list[str]:
        with Twinpane(site.url, key=site.secret) as twinpane:
            return [visitor.short_id for visitor in twinpane.visitors(page_size=3)]

    assert await asyncio.to_thread(read) == found


async def test_r3_failures_are_raised_by_their_kind(site: Site) -> None:
    short_id = site.visitor()
    async with AsyncTwinpane(site.url, key=site.secret) as twinpane:
        with pytest.raises(NotFoundError):
            await twinpane.visitor("ZZZZ9999")
        with pytest.raises(InvalidRequestError) as bad:
            await twinpane.watch_url(short_id, agent_id="", agent_name="Zoë", branding={"color": "blue"})
        assert set(bad.value.fields) == {"agent.id", "branding.color"}
    async with AsyncTwinpane(site.url, key=await site.key_with("read")) as reading:
        with pytest.raises(ForbiddenError):
            await reading.erase_offline_visitors()
    async with AsyncTwinpane(site.url, key="wrong") as stranger:
        with pytest.raises(InvalidApiKeyError):
            await stranger.usage()


async def test_r3_rate_limit_is_waited_for_as_the_server_says(open_site: OpenSite) -> None:
    async with open_site(rest_requests_per_s=1) as site:
        waited: list[float] = []

        async def sleep(seconds: float) -> None:
            waited.append(seconds)
            site.clock.advance(seconds)

        async with AsyncTwinpane(site.url, key=site.secret, sleep=sleep) as twinpane:
            for _ in range(5):
                await twinpane.usage()
        assert waited
        assert all(seconds >= 1 for seconds in waited)
        async with AsyncTwinpane(site.url, key=site.secret, retries=Retries(tries=1)) as hasty:
            answers = await asyncio.gather(*[hasty.usage() for _ in range(5)], return_exceptions=True)
        refused = [answer for answer in answers if isinstance(answer, RateLimitedError)]
        assert [answer.retry_after_s for answer in refused] == [1.0] * len(refused)
        assert refused


async def test_r3_same_idempotency_key_begins_no_second_session(site: Site) -> None:
    short_id = site.visitor()
    async with AsyncTwinpane(site.url, key=site.secret) as twinpane:
        first, second = [
            await twinpane.watch_url(short_id, agent_id="7", agent_name="Zoë", idempotency_key="case-42")
            for _ in range(2)
        ]
        assert first == second
        [session] = [session async for session in twinpane.sessions()]
        assert len(session.agents) == 1


async def test_server_that_is_not_there_is_told_after_all_tries() -> None:
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    async with AsyncTwinpane("http://127.0.0.1:9", key="secret", sleep=sleep) as twinpane:
        with pytest.raises(NotReachedError):
            await twinpane.usage()
    assert len(waited) == 3


async def test_http_client_of_ones_own_is_used_and_left_open(site: Site) -> None:
    async with httpx2.AsyncClient(headers={"User-Agent": "shop/1"}) as http:
        async with AsyncTwinpane(site.url + "/", key=site.secret, http=http) as twinpane:
            await twinpane.usage()
        assert not http.is_closed


def test_what_is_missing_is_named_with_the_command_that_installs_it() -> None:
    script = "import sys; sys.modules['httpx2'] = None; import twinpane.client"
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert 'pip install "twinpane[client]"' in ended.stderr


def test_library_brings_none_of_the_server_with_it() -> None:
    script = (
        "import sys, twinpane.client; "
        "print([name for name in sys.modules if name.startswith('twinpane.') and '.client' not in name])"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "[]"
