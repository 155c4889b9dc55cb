"""Talk to a Twinpane server's REST API from Python: `pip install "twinpane[client]"`.

    from twinpane.client import Twinpane

    twinpane = Twinpane("https://help.example.com", key="REST_KEY")
    visitor = twinpane.find_visitor("case-42")
    if visitor is not None:
        started = twinpane.watch_url(visitor.short_id, agent_id="7", agent_name="Zoë")
        # Redirect the agent's browser to started.watch_url, in the same request.

`AsyncTwinpane` has the same verbs, to be awaited. What they take and give is told in `twinpane.client.calls`.
"""

try:
    import httpx2 as _httpx2  # noqa: F401 - the one package that an installation of the server may lack
except ModuleNotFoundError as error:
    raise ModuleNotFoundError('twinpane.client needs one more package: pip install "twinpane[client]"') from error

from twinpane.client.asynchronous import AsyncTwinpane
from twinpane.client.blocking import Twinpane
from twinpane.client.conversation import Retries
from twinpane.client.models import (
    AccountSettings,
    Agent,
    AuditEntry,
    BrandingWanted,
    PageView,
    Permissions,
    PermissionsWanted,
    ProxySession,
    Recorded,
    Recording,
    Session,
    SettingsWanted,
    Usage,
    ViewerToken,
    Visitor,
    WatchUrl,
    Webhook,
)
from twinpane.client.refusals import (
    ConflictError,
    ForbiddenError,
    InvalidApiKeyError,
    InvalidRequestError,
    NotFoundError,
    NotReachedError,
    RateLimitedError,
    RefusedError,
    TwinpaneError,
    UnexpectedAnswerError,
)

__all__ = [
    "Twinpane",
    "AsyncTwinpane",
    "Retries",
    "Visitor",
    "Session",
    "Agent",
    "Permissions",
    "PermissionsWanted",
    "BrandingWanted",
    "WatchUrl",
    "ViewerToken",
    "ProxySession",
    "Recorded",
    "Recording",
    "Usage",
    "Webhook",
    "AuditEntry",
    "AccountSettings",
    "SettingsWanted",
    "PageView",
    "TwinpaneError",
    "NotReachedError",
    "UnexpectedAnswerError",
    "RefusedError",
    "InvalidRequestError",
    "InvalidApiKeyError",
    "ForbiddenError",
    "NotFoundError",
    "ConflictError",
    "RateLimitedError",
]
