"""What docs/ says of searching and of error codes is what the server does and tells."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest
from twinpane_protocol.shared import RefusalCode

from twinpane import errors
from twinpane.web import problems
from twinpane.web.conftest import Site

ROOT = Path(__file__).parents[3]
SEARCH = (ROOT / "docs/search.md").read_text(encoding="utf-8")
TROUBLES = (ROOT / "docs/troubleshooting.md").read_text(encoding="utf-8")
_SDK_FAILURE = re.compile(r"events\.fail\(\s*\"(\w+)\"|this\.fail\(\s*\"(\w+)\"")


def rows(page: str, first: str) -> list[list[str]]:
    """The table that begins with this column."""
    table = page[page.index(f"| {first} |") :].partition("\n\n")[0]
    return [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in table.splitlines()[2:]]


def note_visitors(site: Site) -> None:
    for short_id, unique_id, identities, tags, metadata, url, online in rows(SEARCH, "short ID"):
        named = dict([metadata.split(": ")]) if metadata else {}
        site.visitor(
            short_id,
            unique_id=unique_id,
            identities=identities.split(", "),
            tags=tags.split(", ") if tags else [],
            metadata=named,
            last_url=url,
            is_online=online == "yes",
        )
        site.clock.advance(1)


@pytest.mark.parametrize(("search", "found"), [(row[0].strip(" `"), row[1]) for row in rows(SEARCH, "search")])
async def test_r40_searches_find_what_the_page_on_searching_says(site: Site, search: str, found: str) -> None:
    note_visitors(site)
    status, told, _ = await site.ask("GET", "/v1.4/list", params={"search": search})
    assert status == 200
    wanted = set() if found == "nobody" else set(found.split(", "))
    assert {visitor["short_id"] for visitor in told["visitors"]} == wanted


def documented(title: str) -> set[str]:
    """The codes in the section with this title."""
    section = TROUBLES[TROUBLES.index(f"## {title}") + 3 :].partition("\n## ")[0]
    return set(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE))


def test_r3_every_code_of_the_rest_api_is_explained() -> None:
    told = {kind.code for kind in errors.ProblemError.__subclasses__()} | set(problems._CODES.values())
    told |= {errors.ProblemError.code, *get_args(errors.ProviderCode)}
    assert documented("Codes of the REST API") == told


def test_s1_every_code_of_the_page_is_explained() -> None:
    sources = [path for path in (ROOT / "sdk").rglob("*.ts") if ".test." not in path.name]
    found = [match for path in sources for match in _SDK_FAILURE.findall(path.read_text(encoding="utf-8"))]
    assert documented("Codes in the page") == {one or other for one, other in found}


def test_w6_every_code_of_the_connection_is_explained() -> None:
    assert documented("Codes of the connection") == set(get_args(RefusalCode))


def test_p5_every_code_of_the_proxy_is_explained() -> None:
    assert documented("Codes of the proxy") == set(get_args(errors.BrowsingCode))


def test_pages_of_the_documentation_link_to_what_is_there() -> None:
    for page in [*(ROOT / "docs").glob("*.md"), ROOT / "README.md", ROOT / "ARCHITECTURE.md", ROOT / "CONTRIBUTING.md"]:
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"
