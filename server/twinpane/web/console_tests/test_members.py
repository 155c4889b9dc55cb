"""Who rules over whom, and the console's things as an agent uses them."""

from __future__ import annotations

from typing import Any

import pytest
from twinpane.live.admission import Caller
from twinpane.live.conftest import MemoryWire, short_id_of
from twinpane.web.conftest import Site
from twinpane.web.console_tests.conftest import PASSWORD, JoinAs, OpenBrowser
from twinpane_protocol.visitor import Hello, Page


async def test_admins_have_no_power_over_owners_and_the_last_owner_stays(site: Site, join_as: JoinAs) -> None:
    owner, admin = await join_as("owner"), await join_as("admin")
    its_id = (await owner.ask("GET", "/me"))[1]["member"]["id"]
    for method, path, body in (
        ("PATCH", f"/members/{its_id}", {"role": "agent"}),
        ("DELETE", f"/members/{its_id}", None),
        ("POST", f"/members/{its_id}/link", None),
        ("POST", "/invitations", {"role": "owner", "email": "eve@shop.example"}),
    ):
        assert (await admin.ask(method, path, body))[0] == 403
    mine = (await admin.ask("GET", "/me"))[1]["member"]["id"]
    assert (await admin.ask("PATCH", f"/members/{mine}", {"role": "owner"}))[0] == 403
    for method, body in (("PATCH", {"role": "agent"}), ("DELETE", None)):
        status, told = await owner.ask(method, f"/members/{its_id}", body)
        assert (status, told["error"]) == (409, "conflict")


async def test_a_role_and_a_removal_count_at_once(site: Site, join_as: JoinAs) -> None:
    owner, agent = await join_as("owner"), await join_as("agent")
    number = (await agent.ask("GET", "/me"))[1]["member"]["id"]
    await owner.ask("PATCH", f"/members/{number}", {"role": "read-only"})
    assert (await agent.ask("POST", "/lookup", {"code": "1234"}))[0] == 403
    assert (await owner.ask("DELETE", f"/members/{number}"))[0] == 200
    assert (await agent.ask("GET", "/me"))[1]["error"] == "not_logged_in"
    assert (await agent.log_in("agent@shop.example"))[0] == 401


@pytest.mark.parametrize(("method", "body"), [("PATCH", {"role": "read-only"}), ("DELETE", None)])
async def test_who_may_no_longer_help_is_out_of_the_sessions_they_watch(
    site: Site, join_as: JoinAs, method: str, body: Any
) -> None:
    owner, agent = await join_as("owner"), await join_as("agent")
    number = (await agent.ask("GET", "/me"))[1]["member"]["id"]
    for browser in (owner, agent):
        assert (await browser.ask("POST", f"/visitors/{site.visitor()}/watch", {}))[0] == 200
    assert (await agent.ask("POST", f"/visitors/{site.visitor('BBBB3333')}/watch", {}))[0] == 200
    assert site.live.session_count(site.team.id) == 2
    assert (await owner.ask("PATCH", f"/members/{number}", {"role": "admin"}))[0] == 200
    assert site.live.session_count(site.team.id) == 2
    assert (await owner.ask(method, f"/members/{number}", body))[0] == 200
    assert site.live.session_count(site.team.id) == 1, "the owner's goes on"


async def test_somebody_joins_by_invitation_and_gets_a_new_password_by_link(
    site: Site, join_as: JoinAs, open_browser: OpenBrowser
) -> None:
    owner, bo = await join_as("owner"), open_browser()
    _, told = await owner.ask("POST", "/invitations", {"role": "agent", "email": "Bo@shop.example", "name": "Bo"})
    assert told["link"].startswith(f"{site.url}/console/join#")
    token = told["link"].partition("#")[2]
    assert (await owner.ask("GET", "/members"))[1]["invitations"] == [told["invitation"]]
    sent = {"token": token, "password": PASSWORD, "email": "eve@evil.example", "name": "Eve"}
    _, me = await bo.ask("POST", "/join", sent)
    assert (me["member"]["email"], me["member"]["name"], me["member"]["role"]) == ("bo@shop.example", "Bo", "agent")
    _, told = await owner.ask("POST", f"/members/{me['member']['id']}/link")
    token = told["link"].partition("#")[2]
    new = {"token": token, "password": "another horse battery"}
    assert (await open_browser().ask("POST", "/join", new))[0] == 200
    assert (await bo.ask("GET", "/me"))[0] == 401
    assert (await bo.log_in("bo@shop.example", "another horse battery"))[0] == 200


async def test_an_invitation_that_was_taken_back_does_not_open(
    site: Site, join_as: JoinAs, open_browser: OpenBrowser
) -> None:
    owner = await join_as("owner")
    _, told = await owner.ask("POST", "/invitations", {"role": "agent", "email": "bo@shop.example"})
    assert (await owner.ask("DELETE", f"/invitations/{told['invitation']['id']}"))[0] == 200
    token = told["link"].partition("#")[2]
    assert (await open_browser().ask("POST", "/invitation", {"token": token}))[0] == 410


async def test_s6_an_agent_finds_a_visitor_by_code_and_is_locked_out_after_ten_wrong_ones(
    site: Site, join_as: JoinAs
) -> None:
    agent, wire = await join_as("agent"), MemoryWire()
    hello = Hello(
        protocols=[1],
        key="abcdef1234",
        tab="t",
        page=Page(url="https://s.example/", title="", focused=True, visible=True),
    )
    tab = await site.live.hello_visitor(hello, Caller(wire, "https://s.example", None, None))
    tab.owner.lookup_code_wanted(tab, False)  # type: ignore[union-attr]
    code = wire.of_type("lookup_code")[0]["code"]
    status, told = await agent.ask("POST", "/lookup", {"code": f" {code[:2]} {code[2:]} "})
    assert (status, told["visitor"]["short_id"]) == (200, short_id_of(wire))
    assert (await agent.ask("POST", "/lookup", {"code": "12a4"}))[0] == 422
    wrong = f"{(int(code) + 1) % 10_000:04}"
    statuses = [(await agent.ask("POST", "/lookup", {"code": wrong}))[0] for _ in range(11)]
    assert statuses == [404] * 10 + [429]
    assert (await agent.ask("GET", f"/visitors?search={code}"))[0] == 429


async def test_an_agent_watches_under_their_own_name_and_leaves_notes(site: Site, join_as: JoinAs) -> None:
    agent = await join_as("agent")
    number = (await agent.ask("GET", "/me"))[1]["member"]["id"]
    status, started = await agent.ask(
        "POST", f"/visitors/{site.visitor()}/watch", {"permissions": {"allow_type": False}}
    )
    assert status == 200
    assert (await site.send("GET", started["watch_url"].removeprefix(site.url)))[0] == 200
    _, told = await agent.ask("GET", f"/sessions?agent=member:{number}&active=true&from=2020-01-01")
    [session] = told["sessions"]
    assert (session["id"], session["agents"][0]["name"]) == (started["session_id"], "Zoë agent")
    assert session["permissions"]["allow_type"] is False
    path = f"/sessions/{session['id']}/notes"
    _, kept = await agent.ask("POST", path, {"text": " Wants blue.\n"})
    assert (kept["note"]["text"], kept["note"]["author"]) == ("Wants blue.", "Zoë agent")
    assert (await agent.ask("GET", path))[1]["notes"] == [kept["note"]]
    for body, field in (({"text": "  "}, "text"), ({"text": "x" * 5001}, "text"), ({}, "text"), ({"a": 1}, "a")):
        status, told = await agent.ask("POST", path, body)
        assert (status, list(told["fields"])) == (422, [field])
    assert (await agent.ask("GET", "/sessions?from=yesterday"))[1]["fields"].keys() == {"from"}


async def test_another_teams_things_are_not_there(site: Site, join_as: JoinAs) -> None:
    owner = await join_as("owner")
    other = await site.store.add_team("Other", "zyxwvu9876")
    hook = await site.deliveries.add(other.id, "https://other.example/hook")
    for method, path in (
        ("DELETE", f"/webhooks/{hook.id}"),
        ("DELETE", "/keys/999"),
        ("DELETE", "/keys/x"),
        ("GET", "/sessions/nothing/notes"),
        ("GET", "/visitors/ZZZZ9999"),
        ("DELETE", "/members/999"),
        ("DELETE", "/invitations/999"),
    ):
        status, told = await owner.ask(method, path)
        assert (status, told["error"]) == (404, "not_found"), path
