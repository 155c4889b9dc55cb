"""Items that have no direct counterpart, and the tests that prove them."""

from __future__ import annotations

from typing import Final

_WEB: Final = "server/twinpane/web/proxy_tests"

PROOFS: Final = (
    (1, "labels of hosts with hyphens, ports, non-ASCII letters, IPv4", "`server/twinpane/rewrite/test_address.py`"),
    (3, "the start link opens once, within five minutes", f"`{_WEB}/test_start.py`"),
    (4, "without the session's cookie: 403, and the site is not asked", f"`{_WEB}/test_start.py`"),
    (26, "two sessions and two sites in one browser keep everything apart", "`e2e/proxy/test_apart.py`"),
    (28, "embedded by another site, with all, some and no storage", "`e2e/proxy/test_embedded.py`"),
    (48, "1 GB down and 100 MB up in constant memory", "`e2e/proxy/test_large.py`"),
    (65, "forbidden addresses in 40 spellings, rebinding, redirects, WebSockets", f"`{_WEB}/test_egress.py`"),
    (67, "API and proxy domain cannot be reached through the proxy", f"`{_WEB}/test_egress.py`"),
    (69, "limits", f"`{_WEB}/test_trouble.py`, `{_WEB}/test_pass_through.py`"),
    (69, "sites that stall, reset or lie leave nothing hanging", f"`{_WEB}/test_hanging.py`"),
    (72, "hosts that are not allowed get a page that says so", f"`{_WEB}/test_start.py`"),
    (76, "the SDK once in each page, one visitor, one tab over all sites", "`e2e/proxy/test_tabs.py`"),
)
