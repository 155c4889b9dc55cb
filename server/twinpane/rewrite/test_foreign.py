from __future__ import annotations

import pytest

from twinpane.rewrite.foreign import ForeignContent


@pytest.mark.parametrize(
    ("tags", "is_foreign"),
    [
        ("svg", True),
        ("svg g", True),
        ("svg/", False),
        ("svg -svg", False),
        ("svg foreignobject", False),
        ("svg foreignobject -foreignobject", True),
        ("svg title", False),
        ("svg title/", True),
        ("svg foreignobject math", True),
        ("svg p", False),
        ("svg foreignobject svg div", False),
        ("math mi", False),
        ("math title", True),
        ("title", False),
        ("-svg", False),
    ],
)
def test_p3_svg_and_mathml_end_where_the_parser_ends_them(tags: str, is_foreign: bool) -> None:
    content = ForeignContent()
    for tag in tags.split():
        if tag.startswith("-"):
            content.end(tag[1:])
        else:
            content.start(tag.rstrip("/"), closes_itself=tag.endswith("/"))
    assert bool(content) == is_foreign
