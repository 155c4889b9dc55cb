from __future__ import annotations

from twinpane.live.changes import Changes


def test_only_who_listens_hears_and_only_of_its_own_team() -> None:
    changes, heard = Changes(), []
    changes.note(1, "AAAA2222")
    stop = changes.listen(1, heard.append)
    changes.note(1, "BBBB2222")
    changes.note(2, "CCCC2222")
    stop()
    changes.note(1, "DDDD2222")
    assert heard == ["BBBB2222"]
