"""A team's settings, as the page's script is given them (S5). Names on the wire are those of `init`'s options."""

from __future__ import annotations

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from twinpane_protocol.shared import ShortText

Selectors = Annotated[list[Annotated[str, Meta(min_length=1, max_length=500)]], Meta(max_length=200)]
Flag = bool | UnsetType
Text = ShortText | UnsetType


class AccountSettings(
    Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, forbid_unknown_fields=True
):
    """What the team has set; what it has not set is left out.

    They are the defaults under the page's own `init`, but that lists of masked and no-remote elements add up, `maskAll`
    holds if either says so, and of permissions and consents the stricter counts (S5).
    """

    autoconnect: Flag = UNSET
    disconnect_after_seconds: Annotated[float, Meta(ge=0, le=604_800)] | UnsetType = UNSET
    """0: never."""
    require_authorization_for_session: Flag = UNSET
    require_control_request: Flag = UNSET
    authorization_prompt_title: Text = UNSET
    authorization_prompt_message: Text = UNSET
    end_of_screenshare_message: Text = UNSET
    translations_yes: Text = UNSET
    translations_no: Text = UNSET
    translations_ok: Text = UNSET
    translations_stop_session: Text = UNSET
    show_terminate_button: Flag = UNSET
    show_upscope_link: Flag = UNSET
    allow_remote_click: Flag = UNSET
    allow_remote_scroll: Flag = UNSET
    allow_remote_type: Flag = UNSET
    allow_agent_redirect: Flag = UNSET
    allow_remote_console: Flag = UNSET
    masked_elements: Selectors | UnsetType = UNSET
    unmasked_elements: Selectors | UnsetType = UNSET
    mask_all: Flag = UNSET
    masked_parameters: Selectors | UnsetType = UNSET
    """Names of query parameters whose values are masked, `*` for any characters."""
    no_remote_elements: Selectors | UnsetType = UNSET
    parent_origins: Selectors | UnsetType = UNSET
    enable_canvases: Flag = UNSET
    drawings_ttl_ms: Annotated[int, Meta(ge=0, le=3_600_000)] | UnsetType = UNSET
    cursor_color: Text = UNSET
    proxy_assets: Selectors | UnsetType = UNSET
    enable_lookup_code_on_key: Flag = UNSET
    lookup_code_key: Annotated[int, Meta(ge=1, le=255)] | UnsetType = UNSET
    lookup_code_key_repetitions: Annotated[int, Meta(ge=1, le=50)] | UnsetType = UNSET
    inject_lookup_code_button: Flag = UNSET
    record_sessions: Flag = UNSET
    """Whether sessions are recorded (R20); not an option of `init`, the page only says so to the visitor."""
    lookup_code_element: Text = UNSET
    """A selector."""
