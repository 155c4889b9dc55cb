"""The bounded part of fuzzing: every reader of strangers' bytes takes anything (W6); tools/fuzz.py goes on and on."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.fuzz_targets import TARGETS

WORDS = (
    b"<p> </script> <!-- <svg> <![CDATA[ url( @import \\ /* ' \" ` ${ location import( => a=1;Path=/;Domain= https:// "
    b'{"type": "hello" "ack" "role" [ ] , : id: -online #tag \x1f\x8b \x28\xb5\x2f\xfd \x10 \x00 \xff \xe2\x80'
).split(b" ")
BYTES = st.binary(max_size=200) | st.lists(st.sampled_from(WORDS) | st.binary(max_size=8), max_size=25).map(b" ".join)


@pytest.mark.parametrize("name", TARGETS)
@settings(max_examples=300, deadline=None)
@given(data=BYTES)
def test_w6_every_reader_takes_anything(name: str, data: bytes) -> None:
    TARGETS[name](data)
