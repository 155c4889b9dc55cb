from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinpane.rewrite.address import (
    DEFAULT_PORT,
    ProxyBase,
    Site,
    decode_host,
    decode_url,
    encode_site,
    encode_url,
    sid_of,
    site_of,
)

ROOT = next(folder for folder in Path(__file__).parents if (folder / "protocol").is_dir())
VECTORS: dict[str, Any] = json.loads((ROOT / "protocol/vectors/proxy_addresses.json").read_text())
BASE = ProxyBase(**VECTORS["base"])
SID: str = VECTORS["sid"]
WITHIN = site_of(VECTORS["within"])


@pytest.mark.parametrize("case", VECTORS["sites"], ids=lambda case: case["origin"])
def test_p4_every_site_has_an_origin_of_its_own_and_back(case: dict[str, str]) -> None:
    site = site_of(case["origin"])
    assert site is not None
    aliases: dict[str, Site] = {}
    assert encode_site(BASE, SID, site, aliases) == case["proxied"]
    host = case["proxied"].removeprefix("http://")
    assert decode_host(BASE, host, aliases) == (SID, site)
    assert sid_of(BASE, host) == SID
    assert site.origin == case["origin"]
    assert bool(aliases) == ("-x-" in case["proxied"])


@pytest.mark.parametrize("case", VECTORS["urls"], ids=lambda case: case["url"])
def test_p3_an_absolute_address_goes_to_the_proxy_and_all_behind_the_host_stays(case: dict[str, str]) -> None:
    assert encode_url(BASE, SID, case["url"], {}, WITHIN) == case["proxied"]


@pytest.mark.parametrize("case", VECTORS["back"], ids=lambda case: case["proxied"])
def test_p3_a_proxied_address_is_read_back(case: dict[str, str | None]) -> None:
    assert decode_url(BASE, str(case["proxied"]), {}) == case["url"]


@pytest.mark.parametrize("host", VECTORS["hosts_refused"])
def test_p4_a_host_that_nobody_wrote_is_refused(host: str) -> None:
    assert decode_host(BASE, host, {}) is None


def test_p3_without_a_document_protocol_relative_addresses_stay() -> None:
    assert encode_url(BASE, SID, "//cdn.example/x", {}) == "//cdn.example/x"
    assert encode_url(ProxyBase("https", "px.example", 443), SID, "wss://a.example/", {}) == (
        f"wss://{SID}-s-a-example.px.example/"
    )


_LABELS = st.lists(
    st.text(alphabet="ab-1_", min_size=1, max_size=12) | st.just("xn--bcher-kva") | st.just(""), min_size=1, max_size=6
)
_SITES = st.builds(
    lambda scheme, labels, port: Site(scheme, ".".join(labels) or "a", port or DEFAULT_PORT[scheme]),
    st.sampled_from(["http", "https"]),
    _LABELS,
    st.integers(0, 65535),
)


@given(_SITES)
def test_p4_any_site_round_trips_and_fits_a_label(site: Site) -> None:
    aliases: dict[str, Site] = {}
    origin = encode_site(BASE, SID, site, aliases)
    host = origin.removeprefix("http://")
    assert len(host.split(".")[0]) <= 63
    assert decode_host(BASE, host, aliases) == (SID, site)


@given(_SITES, _SITES)
def test_p4_two_sites_never_share_an_origin(one: Site, other: Site) -> None:
    same = encode_site(BASE, SID, one, {}) == encode_site(BASE, SID, other, {})
    assert same == (one == other)


@given(st.text(alphabet="htps:/\\@[]?#.a-1 \tü%") | st.text())
def test_w6_any_text_is_taken_as_an_address(text: str) -> None:
    proxied = encode_url(BASE, SID, text, {}, WITHIN)
    assert proxied == text or encode_url(BASE, SID, proxied, {}, WITHIN) == proxied
    decode_url(BASE, text, {})
    decode_host(BASE, text, {})
