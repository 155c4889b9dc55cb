"""The account's settings over the page's own: of permissions and consents the stricter counts (S5)."""

from __future__ import annotations

from twinpane_protocol.settings import AccountSettings
from twinpane_protocol.visitor import Ceiling


def under_account(page: Ceiling, account: AccountSettings) -> Ceiling:
    """Return the page's limits under those that the account has set; what it has not set leaves the page's."""
    return Ceiling(
        require_authorization_for_session=page.require_authorization_for_session
        or account.require_authorization_for_session is True,
        require_control_request=page.require_control_request or account.require_control_request is True,
        allow_remote_click=page.allow_remote_click and account.allow_remote_click is not False,
        allow_remote_scroll=page.allow_remote_scroll and account.allow_remote_scroll is not False,
        allow_remote_type=page.allow_remote_type and account.allow_remote_type is not False,
        allow_agent_redirect=page.allow_agent_redirect and account.allow_agent_redirect is not False,
        allow_remote_console=page.allow_remote_console and account.allow_remote_console is not False,
    )
