from __future__ import annotations

from twinpane_protocol.visitor import Identity

from twinpane.live.identity import changed_columns, joined_integrations, needs_current
from twinpane.live.manual_clock import ManualClock
from twinpane.ports.records import Visitor


def known() -> Visitor:
    now = ManualClock().now()
    return Visitor(
        team_id=1,
        short_id="A",
        first_seen_at=now,
        last_seen_at=now,
        metadata={"plan": "free", "age": 3},
        integration_ids=["crm:1", "chat:2"],
    )


def test_s4_undefined_leaves_and_null_clears() -> None:
    identity = Identity(unique_id=None, call_name="Zoë", tags=None, set_fields=["unique_id", "tags"])
    assert changed_columns(identity, None) == {"unique_id": None, "tags": []}
    assert not needs_current(identity)
    assert changed_columns(Identity(metadata=None, set_fields=["metadata"]), known()) == {"metadata": {}}


def test_s4_metadata_is_added_key_by_key() -> None:
    identity = Identity(metadata={"plan": "pro", "age": None, "new": True}, set_fields=["metadata"])
    assert needs_current(identity)
    assert changed_columns(identity, known()) == {"metadata": {"plan": "pro", "new": True}}


def test_s4_integration_ids_add_one_a_system_and_an_empty_one_clears_it() -> None:
    identity = Identity(integration_ids=["crm:9", "chat:", "desk:5"], set_fields=["integration_ids"])
    assert changed_columns(identity, known()) == {"integration_ids": ["crm:9", "desk:5"]}
    assert joined_integrations([], ["a:1", "a:2"]) == ["a:2"]


def test_s4_fields_that_are_not_ours_change_nothing() -> None:
    assert changed_columns(Identity(set_fields=["is_online", "team_id"]), known()) == {}
