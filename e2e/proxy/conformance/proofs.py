"""Items that have no direct counterpart, and the tests that prove them."""

from __future__ import annotations

from typing import Final

PROOFS: Final = (
    (1, "labels of hosts with hyphens, ports, non-ASCII letters, IPv4", "`server/twinpane/rewrite/test_address.py`"),
    (3, "the start link opens once, within five minutes", "`server/twinpane/web/proxy_tests/test_start.py`"),
    (
        4,
        "without the session's cookie: 403, and the site is not asked",
        "`server/twinpane/web/proxy_tests/test_start.py`",
    ),
    (
        65,
        "forbidden addresses in all spellings, rebinding, redirects",
        "`server/twinpane/web/proxy_tests/test_egress.py`",
    ),
    (
        67,
        "API and proxy domain cannot be reached through the proxy",
        "`server/twinpane/web/proxy_tests/test_egress.py`",
    ),
    (69, "limits", "`server/twinpane/web/proxy_tests/test_trouble.py`"),
)
