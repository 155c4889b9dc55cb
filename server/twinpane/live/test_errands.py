from __future__ import annotations

import pytest

from twinpane.live.errands import Errands


async def test_errands_are_finished_and_their_failures_are_logged(caplog: pytest.LogCaptureFixture) -> None:
    errands, done = Errands(), []

    async def good() -> None:
        errands.run("follow-up", bad())
        done.append("good")

    async def bad() -> None:
        done.append("bad")
        raise ValueError("no such row")

    errands.run("write", good())
    await errands.finish()
    assert done == ["good", "bad"]
    assert [record.getMessage() for record in caplog.records] == ["errand failed: follow-up"]
