"""`twinpane serve` whose own gate lets every wish pass, to see what the page's gate does by itself (X4).

`python -m e2e.ungated DATA`
"""

from __future__ import annotations

import sys
from pathlib import Path

from twinpane.main import run
from twinpane.settings import Settings

if __name__ == "__main__":
    run(Settings(port=0, data=Path(sys.argv[1])), judge=lambda *_: None)
