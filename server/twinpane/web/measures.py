"""Figures for Prometheus, in a registry of the app's own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from twinpane_protocol.shared import Phase

from twinpane.live.registry import Live

_BUCKETS_S = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5)


class Measures:
    """Counts requests, and asks the live room for its figures whenever it is scraped."""

    def __init__(self, live: Live) -> None:
        """Start at zero."""
        self._registry = CollectorRegistry()
        self._registry.register(_LiveFigures(live))
        ProcessCollector(registry=self._registry)
        self._requests = Counter(
            "twinpane_http_requests_total",
            "HTTP requests answered.",
            ["area", "method", "status"],
            registry=self._registry,
        )
        self._seconds = Histogram(
            "twinpane_http_request_seconds",
            "Time to answer an HTTP request.",
            ["area"],
            buckets=_BUCKETS_S,
            registry=self._registry,
        )

    def note_request(self, area: str, method: str, status: int, seconds: float) -> None:
        """Count an answered request."""
        self._requests.labels(area, method, str(status)).inc()
        self._seconds.labels(area).observe(seconds)

    def text(self) -> bytes:
        """All figures in Prometheus' text format."""
        return generate_latest(self._registry)


class _LiveFigures:
    """Reads the live room once a scrape."""

    def __init__(self, live: Live) -> None:
        self._live = live

    def collect(self) -> Iterable[Metric]:
        told = self._live.metrics()
        yield _gauge("visitors_online", "Visitors with a connected tab.", told.visitors_online)
        yield _gauge("agents_connected", "Agents' windows connected.", told.agents_connected)
        yield _gauge("agents_lagging", "Agents' windows that read too slowly now.", told.agents_lagging)
        yield _gauge("journal_bytes", "Bytes kept for agents who join late.", told.journal_bytes)
        yield _counter("frames_relayed", "Page frames sent on, times agents.", told.frames_relayed)
        yield _counter("bytes_relayed", "Bytes of page frames sent on, times agents.", told.bytes_relayed)
        yield _counter("frames_stale", "Page frames of a page that is not the current one.", told.frames_stale)
        yield _counter("resumes", "Links taken up again after a drop.", told.resumes)
        yield _counter(
            "pictures_differed", "Pictures that differed from the page and were healed.", told.pictures_differed
        )
        yield _counter("visitors_expired", "Visitors erased by age.", told.visitors_expired)
        sessions = GaugeMetricFamily("twinpane_sessions", "Sessions by phase.", labels=["phase"])
        for phase in get_args(Phase):
            sessions.add_metric([phase], told.sessions_by_phase.get(phase, 0))
        yield sessions
        refusals = CounterMetricFamily("twinpane_refusals", "Refusals to peers by code.", labels=["code"])
        for code, count in told.refusals_by_code.items():
            refusals.add_metric([code], count)
        yield refusals
        yield from self._proxy()

    def _proxy(self) -> Iterable[Metric]:
        browsings = self._live.browsings
        figures = browsings.figures
        yield _gauge("proxy_sessions", "Proxy sessions open.", len(browsings.all()))
        open_requests = sum(browsing.requests for browsing in browsings.all())
        yield _gauge("proxy_requests_open", "Requests of proxied pages under way.", open_requests)
        yield _gauge("proxy_sockets_open", "WebSockets of proxied pages open.", figures.sockets_open)
        yield _counter("proxy_sessions_started", "Proxy sessions started.", figures.started)
        yield _counter("proxy_bytes_down", "Bytes sent to browsers for proxied sites.", figures.bytes_down)
        yield _counter("proxy_bytes_up", "Bytes sent to proxied sites.", figures.bytes_up)
        requests = CounterMetricFamily("twinpane_proxy_requests", "Proxied requests by outcome.", labels=["outcome"])
        for outcome, count in figures.requests.items():
            requests.add_metric([outcome], count)
        yield requests


def _gauge(name: str, words: str, value: int) -> Metric:
    return GaugeMetricFamily(f"twinpane_{name}", words, value=value)


def _counter(name: str, words: str, value: int) -> Metric:
    return CounterMetricFamily(f"twinpane_{name}", words, value=value)
