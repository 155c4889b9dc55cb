"""What an operator can set: by flag, environment (`TWINPANE_…`) or file (`twinpane.toml`), in this order.

Each setting is explained in docs/settings.md; a test compares.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, model_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from twinpane.access.keys import is_public_key
from twinpane.access.log_ins import is_local
from twinpane.bus.nats import nats_servers
from twinpane.store.postgres import postgres_url

SETTINGS_FILE = "twinpane.toml"
_DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+(:[0-9]{1,5})?")
_RESOLVED = re.compile(r"[^=\s]+=[0-9a-fA-F:.]+")


def _split(value: object) -> object:
    return [part for part in value.replace(",", " ").split() if part] if isinstance(value, str) else value


def _web_address(value: str | None) -> str | None:
    if value is not None and not value.startswith(("http://", "https://")):
        raise ValueError("must begin with http:// or https://")
    return value.rstrip("/") if value else None


def _public_key(value: str | None) -> str | None:
    if value is not None and not is_public_key(value):
        raise ValueError("must be 10 letters and digits")
    return value


def _sources(value: tuple[str, ...]) -> tuple[str, ...]:
    if any(char in source for source in value for char in ";,\r\n"):
        raise ValueError("must be sources without semicolons")
    return value


Words = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)]
WebAddress = Annotated[str | None, AfterValidator(_web_address)]


def _domain(value: str | None) -> str | None:
    if value is not None and not _DOMAIN.fullmatch(value.lower()):
        raise ValueError("must be a domain of at least two labels, maybe with a port")
    return value.lower() if value else None


def _resolved(value: tuple[str, ...]) -> tuple[str, ...]:
    if not all(_RESOLVED.fullmatch(entry) for entry in value):
        raise ValueError("must be entries such as intranet.example=10.1.2.3")
    return value


def _database(value: SecretStr | None) -> SecretStr | None:
    if value is not None:
        postgres_url(value.get_secret_value())
    return value


def _secret(value: SecretStr | None) -> SecretStr | None:
    written = value.get_secret_value() if value is not None else ""
    if written.startswith("hex:"):
        try:
            bytes.fromhex(written[4:])
        except ValueError:
            raise ValueError("must be hexadecimal digits after hex:") from None
    return value


def _broker(value: SecretStr | None) -> SecretStr | None:
    if value is not None:
        nats_servers(value.get_secret_value())
    return value


def _issuer(value: str | None) -> str | None:
    parts = urlsplit(value or "https://none")
    if not parts.hostname or (parts.scheme != "https" and not (parts.scheme == "http" and is_local(parts.hostname))):
        raise ValueError("must begin with https://")
    return value.rstrip("/") if value else None


class Settings(BaseSettings):
    """All settings, with their defaults."""

    model_config = SettingsConfigDict(env_prefix="TWINPANE_", toml_file=SETTINGS_FILE, extra="forbid")

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8080
    data: Path = Path("data")
    database_url: Annotated[SecretStr | None, AfterValidator(_database)] = None
    nats_url: Annotated[SecretStr | None, AfterValidator(_broker)] = None
    node_address: WebAddress = None
    server_secret: Annotated[Annotated[SecretStr, Field(min_length=32)] | None, AfterValidator(_secret)] = None
    public_url: WebAddress = None
    behind_proxy: bool = False
    frame_ancestors: Annotated[Words, AfterValidator(_sources)] = ("*",)

    public_key: Annotated[str | None, AfterValidator(_public_key)] = None
    rest_key: Annotated[SecretStr, Field(min_length=16)] | None = None

    oidc_issuer: Annotated[str | None, AfterValidator(_issuer)] = None
    oidc_client_id: Annotated[str, Field(min_length=1)] | None = None
    oidc_client_secret: SecretStr | None = None
    oidc_name: Annotated[str, Field(min_length=1, max_length=60)] | None = None
    oidc_trust_email: bool = False
    oidc_join_domains: Words = ()
    oidc_join_role: Literal["read-only", "agent", "admin"] = "agent"

    fetch_allow: Words = ()
    fetch_resolve: Annotated[Words, AfterValidator(_resolved)] = ()
    fetch_ca_file: Path | None = None
    proxy_domain: Annotated[str | None, AfterValidator(_domain)] = None
    geoip_file: Path | None = None
    retention_days: Annotated[int, Field(ge=0, le=36_500)] = 30
    recording_days: Annotated[int, Field(ge=0, le=36_500)] = 30
    demo_url: WebAddress = None
    logo_file: Path | None = None
    viewer_endpoint: WebAddress = None
    region: Annotated[str, Field(min_length=1, max_length=64)] = "default"

    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["auto", "json", "console"] = "auto"

    max_frame_bytes: Annotated[int, Field(ge=65_536)] = 8_388_608
    max_control_message_bytes: Annotated[int, Field(ge=1_024)] = 16_384
    max_rest_requests_per_s: Annotated[int, Field(ge=1)] = 100
    max_rest_body_bytes: Annotated[int, Field(ge=16_000)] = 65_536
    max_proxied_response_bytes: Annotated[int, Field(ge=1_000_000)] = 4_294_967_296
    max_proxied_upload_bytes: Annotated[int, Field(ge=1_000_000)] = 1_073_741_824
    max_proxied_page_bytes: Annotated[int, Field(ge=1_000_000)] = 20_000_000
    max_proxied_requests_at_once: Annotated[int, Field(ge=6)] = 100
    max_proxied_sockets_at_once: Annotated[int, Field(ge=1)] = 30
    max_proxy_sessions: Annotated[int, Field(ge=1)] = 1_000
    max_cached_asset_bytes: Annotated[int, Field(ge=0)] = 256_000_000

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.oidc_issuer is None) != (self.oidc_client_id is None):
            raise ValueError("oidc_issuer and oidc_client_id belong together")
        needed = (self.database_url, self.node_address, self.server_secret)
        if self.nats_url is not None and None in needed:
            raise ValueError("nats_url needs database_url, node_address and server_secret")
        if self.nats_url is None and self.node_address is not None:
            raise ValueError("node_address needs nats_url")
        if self.nats_url is not None and self.proxy_domain is not None:
            raise ValueError("proxy_domain does not work with nats_url yet: the proxy is for one server")
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Flags before environment before file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)
