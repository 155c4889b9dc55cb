"""The capacity page is what the measured unit costs come to, and the model behaves as a model must."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bench.capacity import DOCS, Load, costs_of, need_of, page

TEXT = (DOCS / "benchmarks.md").read_text()


def test_page_is_what_the_benchmarks_say_now() -> None:
    assert (DOCS / "capacity.md").read_text() == page(TEXT), "python -m bench.capacity --write"


def test_cost_that_is_measured_no_more_is_missed_and_not_guessed() -> None:
    with pytest.raises(LookupError, match="KB a connection"):
        costs_of(TEXT.replace("| KB a connection |", "| KB |"))


def test_one_node_carries_nothing_and_twice_the_people_need_at_least_twice_the_database() -> None:
    costs = costs_of(TEXT)
    small, twice = need_of(Load("", 1_000, 10), costs), need_of(Load("", 2_000, 20), costs)
    assert (small.nodes, small.cores["frames carried to and from other nodes"], small.storm_s) == (1, 0, 0)
    assert twice.database_cores == pytest.approx(2 * small.database_cores)
    assert small.cores["frames to agents"] == pytest.approx(10 * 20 * costs.frame_us / 1e6)


def test_nodes_have_the_room_that_is_asked_for() -> None:
    costs = costs_of(TEXT)
    load = Load("", 100_000, 1_000)
    half, full = need_of(load, costs), need_of(replace(load, nodes_share=1.0), costs)
    assert sum(half.cores.values()) <= half.nodes * 0.5
    assert full.nodes < half.nodes
