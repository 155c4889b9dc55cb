from __future__ import annotations

from twinpane_protocol.envelope import Envelope, Flag, Kind

from twinpane.live.journal import MAX_SNAPSHOT_BYTES, SLACK_BYTES, Journal, Taken

MEGABYTE = bytes(1024 * 1024)


def take(journal: Journal, seq: int, flags: int = 0, encoded: bytes = b"x") -> Taken:
    return journal.take(Envelope(Kind.FACTS, Flag(flags), 1, seq, 0), encoded)


def test_f2_an_epoch_begins_with_a_snapshot_start() -> None:
    journal = Journal()
    journal.await_epoch(1, "new_page")
    assert take(journal, 0) == "not_started"
    assert take(journal, 0, Flag.SNAPSHOT_START) == "kept"
    assert (journal.epoch, journal.frames) == (1, [b"x"])


def test_f4_numbers_go_on_without_gaps() -> None:
    journal = Journal()
    journal.await_epoch(1, "new_page")
    take(journal, 0, Flag.SNAPSHOT_START)
    assert take(journal, 1) == "kept"
    assert take(journal, 3) == "gap"
    assert take(journal, 1) == "gap"
    assert take(journal, 2) == "kept"


def test_x8_the_old_frames_serve_until_the_new_epoch_has_begun() -> None:
    journal = Journal()
    journal.await_epoch(1, "new_page")
    take(journal, 0, Flag.SNAPSHOT_START, b"old")
    journal.await_epoch(2, "resync")
    assert (journal.epoch, journal.frames, journal.has_begun) == (1, [b"old"], False)
    turn = journal.round
    take(journal, 0, Flag.SNAPSHOT_START, b"new")
    assert (journal.epoch, journal.frames, journal.reason) == (2, [b"new"], "resync")
    assert journal.round > turn


def test_x8_over_its_bound_it_says_so_and_keeps_the_frame() -> None:
    journal = Journal()
    journal.await_epoch(1, "new_page")
    take(journal, 0, Flag.SNAPSHOT_START | Flag.SNAPSHOT_END, b"small")
    said = [take(journal, seq, 0, MEGABYTE) for seq in range(1, 6)]
    assert said == ["kept"] * 3 + ["kept" if 4 * len(MEGABYTE) + 5 <= SLACK_BYTES + 15 else "over_bound", "over_bound"]
    assert len(journal.frames) == 6


def test_x8_a_large_snapshot_leaves_room_for_changes() -> None:
    journal = Journal()
    journal.await_epoch(1, "new_page")
    take(journal, 0, Flag.SNAPSHOT_START | Flag.SNAPSHOT_END, MEGABYTE * 31)
    assert journal.bound_bytes == 35 * len(MEGABYTE)


def test_w5_a_snapshot_over_its_limit_is_refused() -> None:
    journal = Journal()
    journal.await_epoch(1, "new_page")
    take(journal, 0, Flag.SNAPSHOT_START, bytes(MAX_SNAPSHOT_BYTES))
    assert take(journal, 1) == "snapshot_too_large"
