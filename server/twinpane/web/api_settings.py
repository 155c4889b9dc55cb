"""The REST API's account settings (R23)."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from twinpane.actions.change_settings import change_settings, settings_told
from twinpane.web.answers import SettingsTold
from twinpane.web.api_caller import Ruling, api_router, told, told_as
from twinpane.web.bodies import SettingsBody
from twinpane.web.context import web_of

router = api_router()


@router.get("/settings", summary="Read the account settings", responses=told_as(SettingsTold))
async def read(caller: Ruling) -> Response:
    """R23: what the team has set; all else is as the page's script has it by default (S5)."""
    return told(caller, settings_told(caller.team))


@router.patch("/settings", summary="Change the account settings", responses=told_as(SettingsTold))
async def change(request: Request, caller: Ruling, body: SettingsBody) -> Response:
    """R23: `settings` by name, null takes one back; `allowed_domains` whole. Open pages follow at once."""
    web = web_of(request)
    team = await change_settings(web.store, caller.team, body.settings, body.allowed_domains)
    web.live.team_changed(team)
    return told(caller, settings_told(team))
