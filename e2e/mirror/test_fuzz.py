"""Capture and player together under random edits of every kind; `python -m bench.mirror.fuzz` runs a million."""

from __future__ import annotations

import json
import os
import secrets
from itertools import islice

import pytest
from playwright.sync_api import Browser

from bench.mirror.fuzz.fuzz import TRAITS, courses, open_page

pytestmark = pytest.mark.journey
ROUNDS = 8


def test_f8_no_edits_make_page_and_picture_differ(browser: Browser) -> None:
    """F7, F8, F20. TWINPANE_FUZZ_SEED is where to begin, or `new` for seeds that were never tried."""
    given = os.environ.get("TWINPANE_FUZZ_SEED", "7000")
    seed = secrets.randbelow(1 << 30) if given == "new" else int(given)
    print(f"TWINPANE_FUZZ_SEED={seed}")
    page = open_page(browser)
    for outcome in islice(courses(page, seed, rounds=ROUNDS), len(TRAITS)):
        assert outcome["difference"] == "", f"TWINPANE_FUZZ_SEED={outcome['seed']}: {json.dumps(outcome)[:2000]}"
    page.close()
