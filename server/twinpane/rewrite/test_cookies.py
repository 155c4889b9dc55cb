from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinpane.rewrite.address import Site, site_of
from twinpane.rewrite.cookies import CookieJar, CookieRequest

NOW = 1_800_000_000.0


def site(origin: str) -> Site:
    found = site_of(origin)
    assert found
    return found


def request(
    url: str = "https://www.shop.example/",
    *,
    method: str = "GET",
    initiator: str | None = None,
    top: str | None = None,
    navigates_top: bool = False,
) -> CookieRequest:
    origin, slash, path = url.removeprefix("https://").removeprefix("http://").partition("/")
    return CookieRequest(
        site=site(f"{url.split(':')[0]}://{origin}"),
        path=slash + path or "/",
        method=method,
        initiator=site(initiator) if initiator else None,
        top=site(top) if top else None,
        navigates_top=navigates_top,
    )


def jar(*lines: str, url: str = "https://www.shop.example/") -> CookieJar:
    kept = CookieJar()
    for line in lines:
        kept.take_set_cookie(line, request(url), NOW)
    return kept


@pytest.mark.parametrize(
    ("line", "url", "sent"),
    [
        ("a=1", "https://www.shop.example/x", "a=1"),
        ("a=1", "https://api.shop.example/", ""),
        ("a=1; Domain=shop.example", "https://api.shop.example/", "a=1"),
        ("a=1; Domain=.shop.example", "https://shop.example/", "a=1"),
        ("a=1; Domain=other.example", "https://www.shop.example/", ""),
        ("a=1; Domain=example", "https://www.shop.example/", ""),
        ("a=1; Domain=api.shop.example", "https://api.shop.example/", ""),
        ("a=1; Domain=shop.example", "https://evilshop.example/", ""),
        ("a=1; Path=/x", "https://www.shop.example/x/y?q", "a=1"),
        ("a=1; Path=/x", "https://www.shop.example/x?q=/", "a=1"),
        ("a=1; Path=/x", "https://www.shop.example/xy", ""),
        ("a=1; Secure", "http://www.shop.example/", ""),
        ("a=1", "http://www.shop.example/", "a=1"),
        ("a=1; SameSite=None", "https://www.shop.example/", ""),
        ("__Secure-a=1", "https://www.shop.example/", ""),
        ("__Secure-a=1; Secure", "https://www.shop.example/", "__Secure-a=1"),
        ("__host-a=1; Secure; Path=/", "https://www.shop.example/", "__host-a=1"),
        ("__Host-a=1; Secure; Path=/; Domain=www.shop.example", "https://www.shop.example/", ""),
        ("__Host-a=1; Secure", "https://www.shop.example/", ""),
        ("=__Host-a=1; Secure; Path=/", "https://www.shop.example/", ""),
        ("__Http-a=1; Secure", "https://www.shop.example/", ""),
        ("a=1; Max-Age=0", "https://www.shop.example/", ""),
        ("only", "https://www.shop.example/", "only"),
    ],
)
def test_p3_a_cookie_goes_where_browsers_would_send_it(line: str, url: str, sent: str) -> None:
    assert jar(line).cookie_header(request(url), NOW + 1) == sent


@pytest.mark.parametrize(
    ("line", "asked", "sent"),
    [
        ("a=1; SameSite=Strict", request(initiator="https://x.shop.example"), True),
        ("a=1; SameSite=Strict", request(initiator="https://evil.example"), False),
        ("a=1; SameSite=Strict", request(initiator="https://evil.example", navigates_top=True), False),
        ("a=1; SameSite=Strict", request(navigates_top=True), True),
        ("a=1; SameSite=Strict", request(initiator="http://www.shop.example", navigates_top=True), False),
        ("a=1; SameSite=Lax", request(initiator="https://evil.example"), False),
        ("a=1; SameSite=Lax", request(initiator="https://evil.example", navigates_top=True), True),
        ("a=1; SameSite=Lax", request(method="POST", initiator="https://evil.example", navigates_top=True), False),
        ("a=1; SameSite=Lax", request(initiator="https://www.shop.example", top="https://evil.example"), False),
        ("a=1; SameSite=None; Secure", request(initiator="https://evil.example", top="https://evil.example"), True),
        ("a=1", request(initiator="https://evil.example"), False),
        ("a=1", request(method="POST", initiator="https://evil.example", navigates_top=True), True),
    ],
)
def test_p3_same_site_asks_who_caused_the_request(line: str, asked: CookieRequest, sent: bool) -> None:
    assert jar(line).cookie_header(asked, NOW + 1) == ("a=1" if sent else "")


def test_p3_a_young_cookie_without_same_site_rides_on_a_foreign_post_for_two_minutes() -> None:
    post = request(method="POST", initiator="https://idp.example", navigates_top=True)
    assert jar("a=1").cookie_header(post, NOW + 119) == "a=1"
    assert jar("a=1").cookie_header(post, NOW + 120) == ""


def test_p3_a_foreign_subresource_cannot_set_same_site_cookies() -> None:
    kept = CookieJar()
    foreign = request(initiator="https://evil.example", top="https://evil.example")
    assert not kept.take_set_cookie("a=1; SameSite=Lax", foreign, NOW)
    assert not kept.take_set_cookie("a=1", foreign, NOW)
    assert kept.take_set_cookie("a=1; SameSite=None; Secure", foreign, NOW)


def test_p4_a_partitioned_cookie_stays_under_its_top_site() -> None:
    kept = CookieJar()
    within_a = request(initiator="https://a.example", top="https://a.example")
    within_b = request(initiator="https://b.example", top="https://b.example")
    assert kept.take_set_cookie("p=1; Secure; SameSite=None; Partitioned", within_a, NOW)
    assert not kept.take_set_cookie("q=1; Partitioned", within_a, NOW)
    assert kept.cookie_header(within_a, NOW) == "p=1"
    assert kept.cookie_header(within_b, NOW) == ""
    assert kept.cookie_header(request(navigates_top=True), NOW) == ""


def test_p3_scripts_see_and_write_what_they_may() -> None:
    kept = jar("seen=1", "hidden=1; HttpOnly", "lax=1; SameSite=Lax", "third=1; SameSite=None; Secure")
    assert kept.document_cookie(request(), NOW) == "seen=1; lax=1; third=1"
    assert kept.document_cookie(request(top="https://other.example"), NOW) == "third=1"
    assert not kept.take_script_write("hidden=2", request(), NOW)
    assert not kept.take_script_write("mine=1; HttpOnly", request(), NOW)
    assert kept.take_script_write("mine=1; path=/", request("https://www.shop.example/deep/page"), NOW)
    assert "mine=1" in kept.cookie_header(request(), NOW)
    assert "hidden=1" in kept.cookie_header(request(), NOW)


def test_p3_the_version_grows_when_what_scripts_see_changes_and_only_then() -> None:
    kept = CookieJar()
    host = "www.shop.example"
    versions = [kept.visible_version(host)]
    for line in ("a=1", "h=1; HttpOnly", "a=1", "a=2", "d=1; Domain=shop.example", "a=2; Max-Age=0", "h=2; HttpOnly"):
        kept.take_set_cookie(line, request(), NOW)
        versions.append(kept.visible_version(host))
    changed = [later > earlier for earlier, later in itertools.pairwise(versions)]
    assert changed == [True, False, False, True, True, True, False]
    assert kept.visible_version("api.shop.example") == 1
    assert kept.visible_version("other.example") == 0


def test_p3_expired_cookies_go_and_the_version_tells() -> None:
    kept = jar("a=1; Max-Age=60", "b=1")
    before = kept.visible_version("www.shop.example")
    assert kept.cookie_header(request(), NOW + 59) == "a=1; b=1"
    assert kept.cookie_header(request(), NOW + 60) == "b=1"
    assert kept.visible_version("www.shop.example") > before


def test_p3_longer_paths_come_first_then_older_cookies() -> None:
    kept = jar("a=1; Path=/", "b=1; Path=/x/y", "c=1; Path=/x/y")
    kept.take_set_cookie("a=2; Path=/", request(), NOW + 5)
    assert kept.cookie_header(request("https://www.shop.example/x/y"), NOW + 6) == "b=1; c=1; a=2"


def test_p3_a_cookie_in_clear_cannot_stand_before_a_secure_one() -> None:
    kept = jar("a=1; Secure; Domain=shop.example")
    assert not kept.take_set_cookie("a=2", request("http://www.shop.example/"), NOW)
    assert not kept.take_set_cookie("b=2; Secure", request("http://www.shop.example/"), NOW)
    assert kept.cookie_header(request(), NOW) == "a=1"


def test_p3_numbers_are_limited_and_the_longest_unused_go_first() -> None:
    kept = CookieJar()
    for number in range(181):
        kept.take_set_cookie(f"c{number}=1; Domain=shop.example", request(), NOW + number)
    assert len(kept) == 180
    assert "c0=1;" not in kept.cookie_header(request(), NOW)


def test_p3_clear_site_data_forgets_the_whole_site_and_a_jar_can_be_kept() -> None:
    kept = jar("a=1", "b=1; Domain=shop.example")
    kept.take_set_cookie("c=1", request("https://other.example/"), NOW)
    again = CookieJar(iter(kept))
    again.clear_site(site("https://api.shop.example"))
    assert again.cookie_header(request(), NOW) == ""
    assert again.cookie_header(request("https://other.example/"), NOW) == "c=1"


def test_p3_addresses_and_suffixes_have_cookies_of_their_own() -> None:
    kept = jar("a=1; Domain=10.0.0.1", url="http://10.0.0.1/")
    assert kept.cookie_header(request("http://10.0.0.1/"), NOW) == "a=1"
    kept = jar("a=1; Domain=github.io", url="https://github.io/")
    assert kept.cookie_header(request("https://github.io/"), NOW) == "a=1"
    assert kept.cookie_header(request("https://me.github.io/"), NOW) == ""


@given(st.lists(st.text(alphabet="ab=;_ -DomainPathSecureHttpOnly/.shopexample1", max_size=60), max_size=20))
def test_w6_any_lines_are_taken_and_nothing_leaves_its_registrable_domain(lines: list[str]) -> None:
    kept = CookieJar()
    for line in lines:
        kept.take_set_cookie(line, request(), NOW)
        kept.take_script_write(line, request("http://www.shop.example/a/b"), NOW)
    assert kept.cookie_header(request("https://other.example/"), NOW) == ""
    assert len(kept) <= 180
