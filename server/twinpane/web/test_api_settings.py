"""Account settings over REST (R23, S5)."""

from __future__ import annotations

import json

import pytest

from twinpane.store.sql import SqlStore
from twinpane.web.conftest import OpenSite, Site

PATH = "/v1.4/settings"


async def test_r23_settings_are_changed_by_name_and_null_takes_one_back(site: Site) -> None:
    nothing = {"status": "ok", "settings": {}, "allowed_domains": []}
    assert (await site.ask("GET", PATH))[:2] == (200, nothing)
    given = {"maskedElements": [".iban"], "maskAll": False, "authorizationPromptTitle": "May Zoë look?"}
    status, told, _ = await site.ask("PATCH", PATH, json={"settings": given})
    assert (status, told["settings"]) == (200, given)
    changes = {"settings": {"maskAll": None, "lookupCodeKey": 18}, "allowed_domains": ["*.Shop.example", "[::1]:3000"]}
    status, told, _ = await site.ask("PATCH", PATH + ".json", json=changes)
    assert told["settings"] == {
        "maskedElements": [".iban"],
        "authorizationPromptTitle": "May Zoë look?",
        "lookupCodeKey": 18,
    }
    assert told["allowed_domains"] == ["*.shop.example", "[::1]:3000"]
    assert (await site.ask("GET", PATH))[1] == told


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"settings": {"maskAll": "yes"}}, "settings.maskAll"),
        ({"settings": {"maskEverything": True}}, "settings.maskEverything"),
        ({"settings": {"maskedElements": [7]}}, "settings.maskedElements"),
        ({"settings": {"drawingsTtlMs": -1}}, "settings.drawingsTtlMs"),
        ({"settings": []}, "settings"),
        ({"allowed_domains": ["https://shop.example"]}, "allowed_domains"),
        ({"allowed_domains": "shop.example"}, "allowed_domains"),
        ({"other": 1}, "other"),
    ],
)
async def test_r3_each_wrong_setting_is_named_and_nothing_is_changed(site: Site, body: object, field: str) -> None:
    status, told, _ = await site.ask("PATCH", PATH, json=body)
    assert (status, told["error"], list(told["fields"])) == (422, "invalid_request", [field])
    assert (await site.ask("GET", PATH))[1]["settings"] == {}


async def test_r2_settings_need_the_admin_scope_and_changes_are_in_the_audit(site: Site) -> None:
    reader = {"X-Api-Key": await site.key_with("read", "sessions")}
    for method in ("GET", "PATCH"):
        assert (await site.send(method, PATH, headers=reader, json={}))[0] == 403
    await site.ask("PATCH", PATH, json={"settings": {"maskAll": True}})
    _, told, _ = await site.ask("GET", "/v1.4/audit")
    assert told["entries"][0]["did"] == "PATCH /settings"


async def test_s5_the_loader_brings_the_settings_of_its_own_team(site: Site) -> None:
    other = await site.store.add_team("Other", "zyxwvu9876")
    _, plain, _ = await site.send("GET", f"/{other.public_key}.js")
    await site.ask("PATCH", PATH, json={"settings": {"translationsYes": "</script>\u2028'"}})
    _, given, _ = await site.send("GET", f"/{site.team.public_key}.js")
    head, tail = "(twinpaneSettings=>{\n", "\n})("
    assert given.startswith(head + plain + tail)
    assert json.loads(given.removeprefix(head + plain + tail).removesuffix(");\n")) == {
        "translationsYes": "</script>\u2028'"
    }
    assert (await site.send("GET", f"/{other.public_key}.js"))[1] == plain


async def test_r23_settings_are_kept_by_a_restart(open_site: OpenSite, tmp_path: object) -> None:
    path = tmp_path / "twinpane.db"  # type: ignore[operator]
    async with open_site(SqlStore.in_file(path)) as site:
        await site.ask("PATCH", PATH, json={"settings": {"maskAll": True}})
    store = SqlStore.in_file(path)
    await store.open()
    [team] = await store.teams()
    assert team.settings.mask_all is True
    await store.close()
