"""What is in deploy/ names only what there is: settings, figures, values, services; and programs can read it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from twinpane.live.conftest import Node
from twinpane.settings import Settings
from twinpane.web.measures import Measures
from twinpane_protocol.shared import Phase, RefusalCode

HERE = Path(__file__).parent
CHART = HERE / "helm/twinpane"
TEMPLATES = sorted((CHART / "templates").iterdir())
COMPOSE = ("compose.yaml", "compose.nodes.yaml")
FRONTS = ("Caddyfile", "Caddyfile.nodes")
GIVEN = {
    "HELP_HOST": "help.example.com",
    "PROXY_DOMAIN": "px.example.net",
    "DATABASE_PASSWORD": "a",
    "BROKER_PASSWORD": "b",
    "SERVER_SECRET": "c" * 32,
    "DNS_TOKEN": "d",
}


def read(name: str | Path) -> Any:
    return yaml.safe_load((HERE / name).read_text())


def expressions() -> dict[str, list[str]]:
    """What is asked of Prometheus, by file."""
    panels = json.loads((HERE / "grafana.json").read_text())["panels"]
    rules = [rule for group in read("alerts.yaml")["groups"] for rule in group["rules"]]
    return {
        "grafana.json": [target["expr"] for panel in panels for target in panel.get("targets", ())],
        "alerts.yaml": [rule["expr"] for rule in rules],
    }


async def told() -> set[str]:
    """The series that /metrics can tell, by their types."""
    names: set[str] = set()
    for line in Measures(Node().live).text().decode().splitlines():
        if line.startswith("# TYPE "):
            _, _, name, kind = line.split()
            names |= {f"{name}_{part}" for part in ("bucket", "sum", "count")} if kind == "histogram" else {name}
    return names


@pytest.mark.parametrize("file", ["grafana.json", "alerts.yaml"])
async def test_every_figure_that_is_asked_for_is_told_by_the_server(file: str) -> None:
    asked = {name for expression in expressions()[file] for name in re.findall(r"(?:twinpane|process)_\w+", expression)}
    assert len(asked) > 8
    assert asked <= await told()


async def test_every_figure_that_the_server_tells_of_itself_is_on_the_dashboard() -> None:
    shown = " ".join(expressions()["grafana.json"])
    ours = {
        name
        for name in await told()
        if name.startswith("twinpane_") and not name.endswith(("_created", "_sum", "_count"))
    }
    assert {name for name in ours if name not in shown} == {
        "twinpane_visitors_expired_total",
        "twinpane_proxy_sessions_started_total",
    }


def test_labels_that_are_asked_for_have_such_values() -> None:
    text = " ".join(one for each in expressions().values() for one in each)
    assert set(re.findall(r'code="(\w+)"', text)) <= set(get_args(RefusalCode))
    assert set(re.findall(r'phase="(\w+)"', text)) <= set(get_args(Phase))
    assert set(re.findall(r'area="(\w+)"', text)) == {"api"}


def test_every_setting_that_is_named_is_one() -> None:
    files = [path for path in HERE.rglob("*") if path.is_file() and path.suffix != ".py" and path.name != "__pycache__"]
    text = "\n".join(path.read_text() for path in files if path.suffix != ".pyc")
    named = {name.lower() for name in re.findall(r"TWINPANE_([A-Z_]+[A-Z])\b", text)}
    assert len(named) > 8
    assert named | set(read(CHART / "values.yaml")["settings"]) <= set(Settings.model_fields)


def environment(service: dict[str, Any]) -> dict[str, str]:
    """As compose hands it over."""
    return {
        name: re.sub(r"\$\{(\w+):\?\}", lambda found: GIVEN[found[1]], value)
        for name, value in service.get("environment", {}).items()
    }


@pytest.mark.parametrize("file", COMPOSE)
def test_compose_names_what_there_is_and_its_servers_take_their_settings(
    file: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    whole = read(file)
    services, volumes = whole["services"], set(whole["volumes"])
    servers = 0
    for name, service in services.items():
        assert set(service.get("depends_on", ())) <= set(services), name
        for source in (volume.split(":")[0] for volume in service.get("volumes", ())):
            assert (HERE / source).is_file() if source.startswith(".") else source in volumes
        if "build" in service:
            folder = HERE / service["build"]["context"]
            assert (folder / service["build"]["dockerfile"]).is_file()
        given = environment(service)
        if "TWINPANE_PUBLIC_URL" in given:
            servers += 1
            with monkeypatch.context() as patched:
                for key, value in given.items():
                    patched.setenv(key, value)
                assert Settings().public_url == "https://help.example.com"
    upstreams = services["caddy"]["environment"]["UPSTREAMS"].split()
    assert {upstream.split(":")[0] for upstream in upstreams} <= set(services)
    assert len(upstreams) == servers


@pytest.mark.parametrize("file", FRONTS)
def test_caddy_takes_what_stands_before_the_servers(file: str, tmp_path: Path) -> None:
    caddy = shutil.which("caddy")
    if caddy is None:
        pytest.skip("Caddy is not installed")
    # The DNS module is not in the distribution's Caddy.
    text = re.sub(r"tls \{\n\s+dns [^\n]*\n\s+\}", "tls internal", (HERE / file).read_text())
    (tmp_path / "Caddyfile").write_text(text)
    upstreams = {"UPSTREAMS": "one:8080 two:8080", "HOME": str(tmp_path)}
    command = [caddy, "validate", "--adapter", "caddyfile", "--config", str(tmp_path / "Caddyfile")]
    done = subprocess.run(
        command, env={**os.environ, **GIVEN, **upstreams}, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("systemd is not installed")
    unit = tmp_path / "twinpane.service"
    unit.write_text((HERE / "twinpane.service").read_text().replace("/opt/twinpane/bin/twinpane", sys.executable))
    done = subprocess.run([analyze, "verify", "--man=no", str(unit)], check=False, capture_output=True, text=True)
    ours = [line for line in (done.stdout + done.stderr).splitlines() if "twinpane.service" in line]
    assert ours == []


def filled(text: str) -> str:
    """A template with a word in each hole and all its branches: no Helm is at hand, and YAML must come out."""
    lines = [line for line in text.splitlines() if not re.fullmatch(r"\{\{- .* ?\}\}", line)]
    text = re.sub(r"\{\{ [^}]*\| quote \}\}", '"x"', "\n".join(lines))
    text = re.sub(r"\{\{ toJson [^}|]* \}\}", "{}", text)
    return re.sub(r"\{\{ [^}]* \}\}", "x", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_chart_is_yaml_and_its_values_are_there(path: Path) -> None:
    text = path.read_text()
    whole = yaml.safe_load(filled(text))
    assert set(whole) >= {"apiVersion", "kind", "metadata"}
    opened = len(re.findall(r"\{\{-? (?:if|range) ", text))
    assert opened == len(re.findall(r"\{\{-? end ", text))
    for name in re.findall(r"\.Values\.([\w.]+)", text):
        value = read(CHART / "values.yaml")
        for part in name.split("."):
            assert part in value, name
            value = value[part]


def test_every_value_of_the_chart_is_used() -> None:
    text = "".join(path.read_text() for path in TEMPLATES)
    for name, value in read(CHART / "values.yaml").items():
        parts = [f"{name}.{part}" for part in value] if name in ("image", "ingress", "storage") else [name]
        assert all(f".Values.{part}" in text for part in parts), name


def test_chart_has_the_version_of_the_package() -> None:
    chart, values = read(CHART / "Chart.yaml"), read(CHART / "values.yaml")
    version = re.search(r'^version = "(.*)"', (HERE.parent / "pyproject.toml").read_text(), re.MULTILINE)
    assert version is not None
    assert {chart["version"], chart["appVersion"], values["image"]["tag"]} == {version[1]}
