"""A role reaches what its own place and those after it need."""

from __future__ import annotations

import pytest
from twinpane_protocol.console_answers import ROLES

from twinpane.access.roles import reaches, read_role, require_role, require_rule_over
from twinpane.errors import ForbiddenError, InvalidRequestError


def test_each_role_reaches_itself_and_those_after_it_only() -> None:
    told = [[needed for needed in ROLES if reaches(had, needed)] for had in ROLES]
    assert told == [
        ["owner", "admin", "agent", "read-only"],
        ["admin", "agent", "read-only"],
        ["agent", "read-only"],
        ["read-only"],
    ]
    require_role("agent", "read-only")
    with pytest.raises(ForbiddenError):
        require_role("read-only", "agent")


def test_admins_rule_over_all_but_owners() -> None:
    require_rule_over("owner", "owner")
    require_rule_over("admin", "admin", "read-only")
    for had, other in (("admin", "owner"), ("agent", "read-only"), ("read-only", "read-only")):
        with pytest.raises(ForbiddenError):
            require_rule_over(had, "agent", other)  # type: ignore[arg-type]


def test_a_role_is_read_by_its_name() -> None:
    assert read_role("read-only") == "read-only"
    with pytest.raises(InvalidRequestError):
        read_role("Owner")
