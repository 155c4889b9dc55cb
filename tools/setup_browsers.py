"""See that tests find a Chromium and a Firefox: the system's, else by apt where root, else Playwright's own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

WANTED = {
    "chromium": ("chromium", "chromium-browser", "google-chrome"),
    "firefox-esr": ("firefox-esr", "firefox"),
}


def found(names: tuple[str, ...]) -> bool:
    return any(shutil.which(name) for name in names)


def main() -> int:
    missing = [package for package, names in WANTED.items() if not found(names)]
    if missing and hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"Installing {', '.join(missing)}", flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], check=False, env=environment)
        subprocess.run(["apt-get", "install", "-y", "-qq", *missing], check=False, env=environment)
        missing = [package for package in missing if not found(WANTED[package])]
    python = Path(__file__).parent.parent / ".venv/bin/python"
    for package in missing:
        print(f"Asking Playwright for {package}", flush=True)
        subprocess.run([python, "-m", "playwright", "install", package.removesuffix("-esr")], check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
