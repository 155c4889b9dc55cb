"""The random part of the wire test: 300 cases in each browser; `python -m bench.wire` plays 10,000, and more."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from e2e.wire.chance.chance import HERE, bundle, opened, run

pytestmark = pytest.mark.journey
CASES = 300


def test_m1_m2_m3_no_random_page_with_random_masks_and_edits_tells_a_secret(browser: Browser) -> None:
    with opened(browser, bundle(HERE / "harness.ts")) as page:
        outcome = run(page, 1, CASES)
    assert outcome["leaks"] == [], "\n".join(outcome["leaks"])
    assert outcome["broken"] == []
    assert outcome["deaf"] == [], "of these cases nothing was heard: they prove nothing"
    assert outcome["cases"] == CASES
    assert outcome["secrets"] > 5 * CASES


def test_f14_kinds_that_begin_as_a_frame_goes_do_not_break_capture(chromium: Browser) -> None:
    """Of 10,000 cases five did: a frame that has gone has no classes to listen in."""
    with opened(chromium, bundle(HERE / "harness.ts")) as page:
        for seed in (1306, 7274, 8310):
            assert run(page, seed, 1)["broken"] == []
