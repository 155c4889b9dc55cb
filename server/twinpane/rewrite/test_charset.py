from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinpane.rewrite.charset import TextDecoder, codec_of


def decoded(body: bytes, content_type: str = "text/html", step: int = 7) -> str:
    decoder = TextDecoder(content_type)
    parts = [decoder.feed(body[at : at + step]) for at in range(0, len(body), step)]
    return "".join(parts) + decoder.close()


TEXTS = {
    "shift_jis": "日本語のページです。これはテストです。",
    "gbk": "这是一个中文网页。用来测试编码。",
    "euc-kr": "한국어 페이지입니다. 시험입니다.",
    "big5": "這是一個中文網頁。用來測試編碼。",
    "koi8-r": "Это страница на русском языке.",
    "windows-1251": "Это страница на русском языке.",
    "windows-1252": "Füße “quoted” façade",
    "utf-8": "Füße 日本語 🎉",
}


@pytest.mark.parametrize("label", TEXTS)
def test_p3_the_header_and_the_meta_element_name_the_encoding(label: str) -> None:
    body = f"<p>{TEXTS[label]}".encode(label)
    assert decoded(body, f'text/html; charset="{label.upper()}"') == f"<p>{TEXTS[label]}"
    for meta in (f'<meta charset="{label}">', f'<meta content="text/html; charset={label}" http-equiv=content-type>'):
        assert decoded(meta.encode() + body) == f"{meta}<p>{TEXTS[label]}"


@pytest.mark.parametrize("label", ["shift_jis", "euc-kr", "windows-1251", "utf-8"])
def test_p3_without_a_name_the_bytes_tell(label: str) -> None:
    text = f"<title>{TEXTS[label]}</title>" * 9
    assert decoded(text.encode(label)) == text


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        (b"\xef\xbb\xbf" + "é".encode(), "text/html; charset=koi8-r", "é"),
        (b"\xff\xfe" + "é<p>".encode("utf-16-le"), "text/html", "é<p>"),
        (b"\xfe\xff" + "é<p>".encode("utf-16-be"), "text/html", "é<p>"),
        ("é<p>".encode("utf-16-le"), "text/html; charset=utf-16", "é<p>"),
        (b'<meta charset="utf-16">' + "é".encode(), "text/html", '<meta charset="utf-16">é'),
        ("é€".encode("cp1252"), "text/html; charset=iso-8859-1", "é€"),
        ("é".encode(), "text/html; charset=nonsense", "é"),
        (b"\xc3", "text/html; charset=utf-8", "\ufffd"),
        (b"", "text/html", ""),
        (b"a", "", "a"),
    ],
)
def test_p3_marks_go_before_headers_and_bad_bytes_never_fail(body: bytes, content_type: str, text: str) -> None:
    assert decoded(body, content_type) == text


def test_p3_ascii_at_first_is_taken_for_utf8() -> None:
    text = "<p>" + "a" * 20_000 + "é"
    assert decoded(text.encode(), step=4096) == text


def test_p3_text_in_ascii_does_not_wait_for_the_encoding() -> None:
    decoder = TextDecoder("text/html")
    assert decoder.feed(b"<title>slow</title>") == "<title>slow</title>"
    assert decoder.feed("<p>日本".encode("shift_jis")) == "<p>"
    assert decoder.feed("語".encode("shift_jis") * 9) + decoder.close() == "日本" + "語" * 9


@pytest.mark.parametrize(
    ("label", "codec"), [("UTF8", "utf-8"), ("latin1", "cp1252"), ("gb2312", "gb18030"), ("x", None)]
)
def test_p3_labels_mean_what_the_web_means(label: str, codec: str | None) -> None:
    assert codec_of(label) == codec


@given(st.binary(max_size=200), st.text(max_size=20))
def test_w6_any_bytes_decode(body: bytes, label: str) -> None:
    decoded(body, f"text/html; charset={label}")
    codec_of(label)
