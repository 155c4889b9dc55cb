"""What machines ask."""

from __future__ import annotations

from twinpane.errors import UnavailableError
from twinpane.ports.records import Team
from twinpane.store.memory import MemoryStore
from twinpane.web.conftest import OpenSite, Site


class StoppedStore(MemoryStore):
    """A store that can be stopped."""

    is_stopped = False

    async def teams(self) -> list[Team]:
        """Fail when stopped."""
        if self.is_stopped:
            raise UnavailableError("The database does not answer.")
        return await super().teams()


async def test_alive_also_when_the_store_is_not(open_site: OpenSite) -> None:
    store = StoppedStore()
    async with open_site(store) as site:
        assert (await site.send("GET", "/readyz"))[0] == 200
        store.is_stopped = True
        assert (await site.send("GET", "/readyz"))[0] == 503
        assert (await site.send("GET", "/healthz"))[0] == 200


async def test_figures_are_told_in_prometheus_text(site: Site) -> None:
    await site.watch_url()
    status, text, response = await site.send("GET", "/metrics")
    assert (status, response.content_type) == (200, "text/plain")
    assert "twinpane_visitors_online 0.0" in text
    assert 'twinpane_sessions{phase="waiting"} 1.0' in text
    assert "twinpane_frames_relayed_total 0.0" in text
    assert 'twinpane_http_requests_total{area="api",method="POST",status="200"} 1.0' in text


async def test_odd_requests_make_no_new_series(site: Site) -> None:
    for number in range(5):
        await site.send("PROPFIND", f"/odd{number}/path")
    _, text, _ = await site.send("GET", "/metrics")
    assert 'twinpane_http_requests_total{area="other",method="other",status="404"} 5.0' in text
    assert "odd" not in text
