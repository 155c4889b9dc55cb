"""Figures for Prometheus, in a registry of the app's own."""

from __future__ import annotations

from collections.abc import Iterable

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric

from twinpane.web.context import Live

_BUCKETS_S = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5)


class Measures:
    """Counts requests, and asks the live room for its figures whenever it is scraped."""

    def __init__(self, live: Live) -> None:
        """Start at zero."""
        self._registry = CollectorRegistry()
        self._registry.register(_LiveFigures(live))
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
    def __init__(self, live: Live) -> None:
        self._live = live

    def collect(self) -> Iterable[Metric]:
        for name, value in self._live.metrics().items():
            yield GaugeMetricFamily(f"twinpane_{name}", name.replace("_", " ").capitalize() + ".", value=value)
