"""Every setting is documented; flags win over environment, environment over file; wrong values are named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from twinpane.settings import SETTINGS_FILE, Settings

DOCUMENT = Path(__file__).parents[2] / "docs/settings.md"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_setting_is_documented_and_every_documented_setting_exists() -> None:
    documented = re.findall(r"^\| `(\w+)` \|", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(documented) == sorted(Settings.model_fields)


def test_documented_defaults_are_the_defaults() -> None:
    for name, default in re.findall(
        r"^\| `(\w+)` \| `?([^`|]+?)`? \|", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE
    ):
        value = getattr(Settings(), name)
        shown = " ".join(value) if isinstance(value, tuple) else str(value)
        assert default == ("none" if value in (None, ()) else shown), name


def test_flag_wins_over_environment_and_environment_over_file(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (elsewhere / SETTINGS_FILE).write_text('port = 1\nhost = "::1"\nlog_level = "error"\n')
    monkeypatch.setenv("TWINPANE_PORT", "2")
    monkeypatch.setenv("TWINPANE_HOST", "0.0.0.0")
    settings = Settings(port=3)
    assert (settings.port, settings.host, settings.log_level) == (3, "0.0.0.0", "error")


def test_lists_are_read_from_environment_and_file(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (elsewhere / SETTINGS_FILE).write_text('frame_ancestors = ["https://a.example", "https://b.example"]\n')
    monkeypatch.setenv("TWINPANE_FETCH_ALLOW", "10.0.0.0/8, intranet.example")
    settings = Settings()
    assert settings.frame_ancestors == ("https://a.example", "https://b.example")
    assert settings.fetch_allow == ("10.0.0.0/8", "intranet.example")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TWINPANE_PORT", "70000"),
        ("TWINPANE_PUBLIC_URL", "help.example.com"),
        ("TWINPANE_PUBLIC_KEY", "short"),
        ("TWINPANE_REST_KEY", "short"),
        ("TWINPANE_FRAME_ANCESTORS", "'self'; script-src *"),
        ("TWINPANE_LOG_LEVEL", "loud"),
        ("TWINPANE_DATABASE_URL", "mysql://app:secret@db.example/twinpane"),
        ("TWINPANE_NATS_URL", "redis://broker.example"),
        ("TWINPANE_SERVER_SECRET", "too short"),
        ("TWINPANE_SERVER_SECRET", "hex:this is long enough but not hexadecimal"),
    ],
)
def test_wrong_value_is_refused(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError) as caught:
        Settings()
    assert name.removeprefix("TWINPANE_").lower() in str(caught.value)


def test_many_nodes_need_a_database_an_address_and_a_secret_and_leave_the_proxy_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given = {
        "TWINPANE_NATS_URL": "nats://broker.example",
        "TWINPANE_DATABASE_URL": "postgresql://app:secret@db.example/twinpane",
        "TWINPANE_NODE_ADDRESS": "http://10.0.0.1:8080",
        "TWINPANE_SERVER_SECRET": "x" * 32,
    }
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    assert Settings().nats_url is not None
    for name in given:
        with monkeypatch.context() as without:
            without.delenv(name)
            if name == "TWINPANE_NATS_URL":
                without.delenv("TWINPANE_DATABASE_URL")
            with pytest.raises(ValidationError, match="nats_url"):
                Settings()
    monkeypatch.setenv("TWINPANE_PROXY_DOMAIN", "px.example.net")
    with pytest.raises(ValidationError, match="proxy_domain"):
        Settings()


def test_unknown_name_in_the_file_is_refused(elsewhere: Path) -> None:
    (elsewhere / SETTINGS_FILE).write_text("prot = 1\n")
    with pytest.raises(ValidationError, match="prot"):
        Settings()


def test_secrets_do_not_show_when_settings_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TWINPANE_REST_KEY", "very-secret-rest-key")
    monkeypatch.setenv("TWINPANE_DATABASE_URL", "postgresql://app:very-secret@db.example/twinpane")
    monkeypatch.setenv("TWINPANE_NATS_URL", "nats://app:very-secret@broker.example")
    monkeypatch.setenv("TWINPANE_NODE_ADDRESS", "http://10.0.0.1:8080")
    monkeypatch.setenv("TWINPANE_SERVER_SECRET", "very-secret" * 3)
    assert "very-secret" not in f"{Settings()!r} {Settings()}"
