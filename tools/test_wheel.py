"""`pip wheel .` in a clean checkout gives a wheel that carries the built JavaScript and serves it."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import tarfile
import urllib.request
import venv
import zipfile
from pathlib import Path

from e2e.flow import ROOT, Server, started


def clean_checkout(folder: Path) -> Path:
    """What git holds, and nothing that was built."""
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(listed, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")
    with tarfile.open(folder / "checkout.tar", "w") as archive:
        for name in names:
            if name and (ROOT / name).exists():
                archive.add(ROOT / name, name)
    with tarfile.open(folder / "checkout.tar") as archive:
        archive.extractall(folder / "checkout", filter="data")
    return folder / "checkout"


def pip(*words: str | Path) -> None:
    subprocess.run([sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *words], check=True)


def test_wheel_of_a_clean_checkout_serves_the_browser_parts(tmp_path: Path) -> None:
    """In an environment that has the libraries, and nothing else of this one."""
    checkout = clean_checkout(tmp_path)
    assert not (checkout / "server/twinpane/assets").exists()
    pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", tmp_path, checkout)
    [wheel] = tmp_path.glob("twinpane-*.whl")
    with zipfile.ZipFile(wheel) as parts:
        names = parts.namelist()
    assert "twinpane/integrator/app.py" in names
    assert [name for name in names if Path(name).name.startswith(("test_", "conftest"))] == []
    venv.create(tmp_path / "fresh", with_pip=False)
    fresh = tmp_path / "fresh/bin/python"
    [packages] = (tmp_path / "fresh").glob("lib/python*/site-packages")
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib"))
    pip("--python", fresh, "install", "--no-deps", "--ignore-installed", wheel)
    where = [fresh, "-c", "import twinpane, twinpane.client; print(twinpane.__file__)"]
    told = subprocess.run(where, cwd=tmp_path, check=True, capture_output=True, text=True).stdout
    assert told.startswith(str(packages))

    server = Server.fresh(tmp_path)
    command = [str(fresh.with_name("twinpane")), "serve", "--port", "0", "--data", str(server.data)]
    with started(command, server.environment(), server.log, cwd=tmp_path):
        server.wait_until_ready()
        with urllib.request.urlopen(f"{server.url}/{server.public_key}.js") as answer:
            assert answer.headers.get_content_type() == "text/javascript"
            assert len(answer.read()) > 10_000
        assert server.rest("GET", "usage")[0] == 200
