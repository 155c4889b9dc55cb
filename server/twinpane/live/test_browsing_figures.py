"""What proxy sessions tell of their use."""

from __future__ import annotations

from twinpane.live.browsing_figures import MAX_HOSTS, Traffic


def test_p1_traffic_counts_every_request_and_names_a_bounded_number_of_hosts() -> None:
    traffic = Traffic()
    for number in range(MAX_HOSTS + 50):
        traffic.note_host(f"h{number}.example")
    told = traffic.told()
    assert told["requests"] == MAX_HOSTS + 50
    assert len(told["hosts"]) == MAX_HOSTS
    assert told["hosts"] == sorted(told["hosts"])
