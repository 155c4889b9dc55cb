from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinpane.rewrite.markup import MarkupReader, Piece, is_cdata


def pieces(*chunks: str) -> list[Piece]:
    reader = MarkupReader()
    found = [piece for chunk in chunks for piece in reader.feed(chunk)]
    return [*found, *reader.finish()]


def joined(*chunks: str) -> str:
    return "".join(piece.source for piece in pieces(*chunks))


@pytest.mark.parametrize(
    "text",
    [
        "<!doctype html>\r\n<html><A HREF='x'\r\n b>\r\r\n\n</a>&amp;&notit;</>x</ y><?pi?><!x><!-- c -->",
        "<script>a\r\nb</script>\r",
        "<textarea>\n</b>&lt;</textarea><title>a<b</title><style>a>b</style>",
        "</></></>a</>",
        "a\nb<p>\nc\r\nd",
        "<svg><![CDATA[<a>]]></svg>",
    ],
)
def test_p3_the_pieces_joined_are_what_came_in_however_it_came(text: str) -> None:
    assert joined(text) == text
    assert joined(*text) == text
    assert joined(*[text[at : at + 3] for at in range(0, len(text), 3)]) == text


def test_p3_tags_have_names_and_attributes() -> None:
    assert pieces("<A HREF='x&amp;y' b/>z") == [
        Piece("start", "<A HREF='x&amp;y' b/>", "a", [("href", "x&y"), ("b", "")], True),
        Piece("text", "z"),
    ]


def test_p3_raw_text_can_be_read_as_markup() -> None:
    reader = MarkupReader()
    found = []
    for chunk in ("<title>\r\n<b>x</b><", "i></title>", "y"):
        for piece in reader.feed(chunk):
            if piece.kind == "text" and "<b>" in piece.source:
                reader.read_as_markup(piece)
            else:
                found.append(piece)
    found += reader.finish()
    assert [piece.source for piece in found] == ["<title>", "\r\n", "<b>", "x", "</b>", "<i>", "</title>", "y"]


def test_p3_cdata_is_read_to_its_end() -> None:
    reader = MarkupReader()
    found = []
    for chunk in ("a<![CDATA[<b>\r\n", "x]", "]><i>", "<![CDATA[ open >"):
        for piece in reader.feed(chunk):
            if is_cdata(piece):
                reader.read_as_cdata(piece)
            else:
                found.append((piece.kind, piece.source))
    found += [(piece.kind, piece.source) for piece in reader.finish()]
    assert found == [
        ("text", "a"),
        ("cdata", "<![CDATA[<b>\r\nx]]>"),
        ("start", "<i>"),
        ("cdata", "<![CDATA[ open >"),
    ]


@given(st.lists(st.text(alphabet="<>/!-&;ab =\"'\r\n\tx?"), max_size=4))
def test_w6_any_text_is_taken_and_at_most_an_unfinished_tag_is_left_out(chunks: list[str]) -> None:
    text = "".join(chunks)
    read = joined(*chunks)
    assert text.replace("\r", "\n").startswith(read.replace("\r", "\n"))
    assert read == text or text[len(read) :].startswith("<") or text.endswith("\r")


@given(st.lists(st.text(alphabet="<>/!-&;ab =\"'\r\n\tx?"), max_size=4), st.booleans())
def test_w6_what_needs_no_look_comes_in_runs_and_is_the_same_text(chunks: list[str], wants: bool) -> None:
    reader = MarkupReader()
    reader.looks = lambda tag, attributes: wants or bool(attributes)
    found = [piece for chunk in chunks for piece in reader.feed(chunk)]
    found += reader.finish()
    assert "".join(piece.before + piece.source for piece in found) == joined(*chunks)
    kept = [piece._replace(before="") for piece in found if piece.kind == "start" and piece.attributes]
    assert kept == [piece for piece in pieces(*chunks) if piece.kind == "start" and piece.attributes]
