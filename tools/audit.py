"""Ask the registries for known weaknesses in what is locked (`make audit`), or list it as CycloneDX (`make sbom`).

Ends with 0 when nothing is known, 1 when something is, 2 when a registry could not be asked: silence is no answer.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).parent.parent
TOOLS = ROOT / ".venv/audit"
PINNED = ("pip-audit==2.10.1", "cyclonedx-bom==7.5.0")
LOCK = "requirements.lock"
OUT = ROOT / "dist/sbom"
WAIT_S = 300


def tool(name: str) -> str:
    """The path of a tool, in a place of their own so that they are no part of what they look at."""
    if not (TOOLS / "bin" / name).exists():
        venv.create(TOOLS, with_pip=True, clear=True)
        subprocess.run([TOOLS / "bin/pip", "install", "--quiet", *PINNED], check=False, stdout=sys.stderr)
    return str(TOOLS / "bin" / name)


def told(command: list[str]) -> tuple[str, str]:
    """What a command says, whether it likes what it saw or not."""
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=WAIT_S)
    except (OSError, subprocess.TimeoutExpired) as error:
        return "", str(error)
    return done.stdout, done.stderr


def npm_weaknesses(answer: str) -> list[str] | None:
    """Names of weak packages; None when that is no answer."""
    try:
        found = json.loads(answer)
        return [f"{name}: {each['severity']}" for name, each in found["vulnerabilities"].items()]
    except (ValueError, KeyError, TypeError):
        return None


def python_weaknesses(answer: str) -> list[str] | None:
    """As `npm_weaknesses`. A package that was skipped is not answered for."""
    try:
        found = json.loads(answer)["dependencies"]
        if any("skip_reason" in each for each in found):
            return None
        return [f"{each['name']} {each['version']}: {weak['id']}" for each in found for weak in each["vulns"]]
    except (ValueError, KeyError, TypeError):
        return None


def audit() -> int:
    """Ask for both."""
    asked = {
        "npm": (["npm", "audit", "--json"], npm_weaknesses),
        "Python": (
            [tool("pip-audit"), "-r", LOCK, "--require-hashes", "--disable-pip", "-f", "json"],
            python_weaknesses,
        ),
    }
    worst = 0
    for name, (command, read) in asked.items():
        answer, problem = told(command)
        weak = read(answer)
        if weak is None:
            skipped = re.search(r'"skip_reason": "([^"]+)"', answer)
            last = skipped[1] if skipped else (problem.strip() or answer.strip() or "no answer").splitlines()[-1]
            print(f"{name}: NOT AUDITED, the registry could not be asked: {last}")
            worst = 2
        else:
            print(f"{name}: {len(weak)} known weaknesses", *weak, sep="\n  ")
            worst = max(worst, bool(weak))
    return worst


def sbom() -> int:
    """Write both lists to dist/sbom."""
    OUT.mkdir(parents=True, exist_ok=True)
    lists = {
        "npm.cdx.json": ["npm", "sbom", "--sbom-format", "cyclonedx", "--package-lock-only"],
        "python.cdx.json": [tool("cyclonedx-py"), "requirements", LOCK],
    }
    for name, command in lists.items():
        answer, problem = told(command)
        parts = len(json.loads(answer).get("components", [])) if answer else 0
        if not parts:
            print(f"{name}: nothing was listed: {problem.strip()}")
            return 1
        (OUT / name).write_text(answer, encoding="utf-8")
        print(f"dist/sbom/{name}: {parts} components")
    return 0


if __name__ == "__main__":
    sys.exit(sbom() if "--sbom" in sys.argv else audit())
