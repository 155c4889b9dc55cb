"""Feed what reads strangers' bytes with what atheris finds by coverage: `python tools/fuzz.py html --minutes 30`.

Atheris gets a place of its own, as the tools of `make audit` do. What was found before is kept in .fuzz/TARGET; an
input with a fault is written to .fuzz/TARGET-faults and ends the run with another code than 0. `all`: one by one.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).parent.parent
TOOLS = ROOT / ".venv/fuzz"
PINNED = "atheris==3.0.0"
MAX_BYTES = 4096
# One input; longer is a fault as well.
MAX_S = 10
RUN = """
import sys
sys.path[:0] = [{root!r}, *{packages!r}]
import atheris
with atheris.instrument_imports(include=["twinpane", "twinpane_protocol"]):
    from tools.fuzz_targets import TARGETS
atheris.Setup(sys.argv, TARGETS[{name!r}])
atheris.Fuzz()
"""


def python() -> Path:
    """The interpreter that has atheris."""
    if not any(TOOLS.glob("lib/*/site-packages/atheris")):
        venv.create(TOOLS, with_pip=True, clear=True)
        subprocess.run([TOOLS / "bin/pip", "install", "--quiet", PINNED], check=True, stdout=sys.stderr)
    return TOOLS / "bin/python"


def run(name: str, minutes: float) -> int:
    """Fuzz one target; returns atheris' code, 0 when nothing was found."""
    kept, faults = ROOT / ".fuzz" / name, ROOT / ".fuzz" / f"{name}-faults"
    for folder in (kept, faults):
        folder.mkdir(parents=True, exist_ok=True)
    packages = [path for path in sys.path if path.endswith("site-packages")]
    packages += [str(ROOT / "server"), str(ROOT / "protocol")]
    program = RUN.format(root=str(ROOT), packages=packages, name=name)
    limits = [
        f"-max_total_time={minutes * 60:.0f}",
        f"-max_len={MAX_BYTES}",
        f"-timeout={MAX_S}",
        "-print_final_stats=1",
    ]
    command = [str(python()), "-c", program, str(kept), *limits, f"-artifact_prefix={faults}/", "-verbosity=1"]
    log = ROOT / ".fuzz" / f"{name}.log"
    with log.open("wb") as sink:
        code = subprocess.run(command, cwd=ROOT, check=False, stdout=sink, stderr=subprocess.STDOUT).returncode
    said = log.read_text(errors="replace").splitlines()
    done = [line for line in said if line.startswith(("Done", "stat::number_of_executed", "stat::peak"))]
    print(f"{name}: {'no fault' if code == 0 else f'FAULT, see {log}'}; {'; '.join(done)}", flush=True)
    return code


def main() -> int:
    from tools.fuzz_targets import TARGETS

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", choices=[*TARGETS, "all"])
    parser.add_argument("--minutes", type=float, default=30)
    asked = parser.parse_args()
    names = TARGETS if asked.target == "all" else [asked.target]
    return max(run(name, asked.minutes) != 0 for name in names)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main())
