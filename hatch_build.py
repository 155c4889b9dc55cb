"""Build the browser parts into a wheel that lacks them, so that `pip wheel .` from a clean checkout is whole."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BrowserParts(BuildHookInterface[Any]):
    """Runs `npm ci` and `tools/build.mjs` where `server/twinpane/assets` is not there yet."""

    @property
    def _missing(self) -> bool:
        return not Path(self.root, "server/twinpane/assets/manifest.json").exists()

    def dependencies(self) -> list[str]:
        """Ask for Node.js (`node` and `npm`) only where something must be built."""
        return self.metadata.core.optional_dependencies["build"] if self._missing else []

    def initialize(self, version: str, _build_data: dict[str, Any]) -> None:
        """Build before the files are collected; an editable install is served by `make build`."""
        if version != "editable" and self._missing:
            quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
            subprocess.run(["npm", "ci", *quiet], cwd=self.root, check=True)
            subprocess.run(["node", "tools/build.mjs"], cwd=self.root, check=True)
