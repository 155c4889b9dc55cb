"""Real servers for the library, in the test's own process."""

from twinpane.web.conftest import open_site, site
from twinpane.web.proxy_tests.conftest import open_house

__all__ = ["open_site", "site", "open_house"]
