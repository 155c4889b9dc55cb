from __future__ import annotations

from twinpane_protocol.settings import AccountSettings
from twinpane_protocol.visitor import Ceiling

from twinpane.access.ceilings import under_account

OPEN = Ceiling(require_authorization_for_session=False, allow_remote_console=True)


def test_s5_what_the_account_has_not_set_leaves_the_pages_limits() -> None:
    strict = Ceiling(require_control_request=True, allow_remote_click=False)
    for page in (OPEN, strict, Ceiling()):
        assert under_account(page, AccountSettings()) == page


def test_s5_of_account_and_page_the_stricter_counts() -> None:
    account = AccountSettings(
        require_authorization_for_session=True, require_control_request=True, allow_remote_type=False
    )
    assert under_account(OPEN, account) == Ceiling(
        require_control_request=True, allow_remote_type=False, allow_remote_console=True
    )


def test_s5_the_account_cannot_loosen_what_the_page_has_set() -> None:
    account = AccountSettings(
        require_authorization_for_session=False,
        require_control_request=False,
        allow_remote_click=True,
        allow_remote_console=True,
    )
    strict = Ceiling(require_control_request=True, allow_remote_click=False)
    assert under_account(strict, account) == strict
