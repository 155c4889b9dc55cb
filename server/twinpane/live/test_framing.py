from __future__ import annotations

from twinpane_protocol.link import Ack

from twinpane.live.framing import binary_frame, characters_of, text_frame


def test_w1_messages_are_text_frames_and_pages_binary_ones_without_a_mask() -> None:
    assert text_frame(Ack(received=3)) == b"\x81\x1b" + b'{"type":"ack","received":3}'
    assert binary_frame(b"x" * 300)[:4] == b"\x82\x7e\x01\x2c"


def test_w5_custom_messages_are_measured_in_characters_not_bytes() -> None:
    assert characters_of("é" * 10) == 12
