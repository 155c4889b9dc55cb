from __future__ import annotations

import pytest

from twinpane.errors import UnavailableError
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


async def test_what_is_to_be_written_is_written_when_the_store_is_back() -> None:
    errands, tries = Errands(again_s=0), []

    async def write() -> None:
        tries.append("try")
        if len(tries) < 3:
            raise UnavailableError("The database does not answer.")

    errands.write("session ended", write)
    await errands.finish()
    assert len(tries) == 3
