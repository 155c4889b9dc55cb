"""Request bodies of the REST API. What they hold is checked here, before any action sees it."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

import msgspec
from pydantic import (
    AfterValidator,
    AliasChoices,
    BaseModel,
    ConfigDict,
    Field,
    FiniteFloat,
    StrictBool,
    StrictInt,
    StrictStr,
    create_model,
)

from twinpane.access.permissions import PERMISSION_NAMES
from twinpane.actions.change_settings import MAX_DOMAINS
from twinpane.actions.start_proxy_session import ProxyWanted
from twinpane.actions.watch import Wanted
from twinpane.ports.outbox import NewsType
from twinpane.web.answers import SETTINGS_SCHEMA

MAX_METADATA_KEYS = 50
MAX_METADATA_BYTES = 8_000
MAX_URL = 2_000
MAX_NOTES = 5_000
MAX_INITIAL_URL = 8_000
MAX_LIST = 50
_HOST_GLOB = r"^[A-Za-z0-9*?_.\[\]:-]+$"
_LANGUAGE = r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"
_COLOR = r"^#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$"
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def _web_url(text: str) -> str:
    try:
        parts = urlsplit(text)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        usable = False
    if not usable or _CONTROL.search(text) or " " in text:
        raise ValueError("must be an http or https URL")
    return text


def _printable(text: str) -> str:
    if _CONTROL.search(text) or not text.strip():
        raise ValueError("must be text without control characters")
    return text


def _small(metadata: dict[str, Any]) -> dict[str, Any]:
    if len(metadata) > MAX_METADATA_KEYS:
        raise ValueError(f"must have at most {MAX_METADATA_KEYS} keys")
    if any(isinstance(value, int) and abs(value) > 2**53 for value in metadata.values()):
        raise ValueError("must have whole numbers of at most 2^53")
    if any("\x00" in text for item in metadata.items() for text in item if isinstance(text, str)):
        raise ValueError("must not hold NUL characters")
    if len(msgspec.json.encode(metadata)) > MAX_METADATA_BYTES:
        raise ValueError(f"must be at most {MAX_METADATA_BYTES} bytes of JSON")
    return metadata


Name = Annotated[StrictStr, Field(min_length=1, max_length=200), AfterValidator(_printable)]
WebUrl = Annotated[StrictStr, Field(max_length=MAX_URL), AfterValidator(_web_url)]
Metadata = Annotated[dict[StrictStr, StrictBool | StrictInt | FiniteFloat | StrictStr], AfterValidator(_small)]

InitialUrl = Annotated[StrictStr, Field(max_length=MAX_INITIAL_URL), AfterValidator(_web_url)]
HostGlob = Annotated[StrictStr, Field(min_length=1, max_length=253, pattern=_HOST_GLOB)]

PermissionsBody = create_model(
    "PermissionsBody",
    __config__=ConfigDict(extra="forbid"),
    __doc__="What the agent may do; what is not named keeps its default (api.md, Permissions).",
    **dict.fromkeys(PERMISSION_NAMES, (StrictBool | None, None)),  # type: ignore[call-overload]
)


class AgentBody(BaseModel):
    """The agent who will watch, in the integrator's terms."""

    id: Name
    name: Name


Language = Annotated[
    StrictStr,
    Field(max_length=35, pattern=_LANGUAGE, description="BCP 47, of the watch page; else the agent's browser decides."),
]


class BrandingBody(BaseModel):
    """How the watch page looks and where it goes."""

    naked: StrictBool | Literal["page_only"] = False
    retry_url: WebUrl | None = None
    on_end_url: WebUrl | None = None
    logo_url: WebUrl | None = None
    color: Annotated[StrictStr, Field(pattern=_COLOR)] | None = None


Notes = Annotated[
    StrictStr,
    Field(max_length=MAX_NOTES, pattern=r"^[^\x00]*$", description="Kept as the agent's first note of the session."),
]


class WatchUrlBody(BaseModel):
    """R15's body. Other fields are ignored."""

    agent: AgentBody
    permissions: PermissionsBody | None = None  # type: ignore[valid-type]
    branding: BrandingBody | None = None
    metadata: Metadata | None = None
    webhook_url: WebUrl | None = None
    initial_notes: Notes | None = None
    language: Language | None = None

    def wanted(self) -> Wanted:
        """The body in the words of the action."""
        return Wanted(
            agent_id=self.agent.id,
            agent_name=self.agent.name,
            permissions=_permissions(self.permissions),
            branding=_branding(self.branding or BrandingBody(), self.language),
            metadata=self.metadata or {},
            webhook_url=self.webhook_url,
            initial_notes=self.initial_notes or "",
        )


class WebhookBody(BaseModel):
    """R21's body. No events named means all."""

    url: WebUrl
    events: Annotated[list[NewsType], Field(max_length=20)] = []


class ViewerTokenBody(BaseModel):
    """R17's body. Other fields are ignored."""

    viewer: AgentBody
    permissions: PermissionsBody | None = None  # type: ignore[valid-type]
    branding: BrandingBody | None = None
    metadata: Metadata | None = None
    webhook_url: WebUrl | None = None
    language: Language | None = None

    def wanted(self) -> Wanted:
        """The body in the words of the action."""
        return Wanted(
            agent_id=self.viewer.id,
            agent_name=self.viewer.name,
            permissions=_permissions(self.permissions),
            branding=_branding(self.branding or BrandingBody(), self.language),
            metadata=self.metadata or {},
            webhook_url=self.webhook_url,
        )


class ProxySessionBody(BaseModel):
    """R18's body (P1). Other fields are ignored."""

    initial_url: InitialUrl
    unique_id: Name | None = None
    identities: Annotated[list[Name], Field(max_length=MAX_LIST)] = []
    tags: Annotated[list[Name], Field(max_length=MAX_LIST)] = []
    metadata: Metadata | None = None
    allowed_hosts: Annotated[
        list[HostGlob],
        Field(max_length=200, validation_alias=AliasChoices("allowed_hosts", "allowed_domains")),
    ] = []
    expires_in: Annotated[StrictInt, Field(ge=60, le=86_400, description="Seconds.")] = 3600

    def wanted(self) -> ProxyWanted:
        """The body in the words of the action."""
        return ProxyWanted(
            initial_url=self.initial_url,
            unique_id=self.unique_id,
            identities=self.identities,
            tags=self.tags,
            metadata=self.metadata or {},
            allowed_hosts=tuple(self.allowed_hosts),
            expires_in_s=self.expires_in,
        )


def _permissions(body: BaseModel | None) -> dict[str, bool]:
    return body.model_dump(exclude_none=True) if body else {}


def _branding(body: BrandingBody, language: str | None) -> dict[str, Any]:
    """As `twinpane_protocol.agent.Branding` has it: `naked` is a word. With the page's language, where asked for."""
    given = body.model_dump(exclude_none=True)
    return given | {"naked": str(body.naked).lower()} | ({"language": language} if language else {})


def _or_null(schema: dict[str, Any]) -> dict[str, Any]:
    """The settings' schema, in which null takes a setting back."""
    taken_back = {name: {"anyOf": [each, {"type": "null"}]} for name, each in schema["properties"].items()}
    return schema | {"properties": taken_back, "description": "By the names of `init`'s options; null takes one back."}


class SettingsBody(BaseModel):
    """R23."""

    model_config = ConfigDict(extra="forbid")

    settings: dict[str, Any] = Field(default={}, json_schema_extra=_or_null(SETTINGS_SCHEMA))
    allowed_domains: list[StrictStr] | None = Field(
        default=None,
        max_length=MAX_DOMAINS,
        description="Where the team's pages may be, such as `*.shop.example`; empty means anywhere.",
    )
