"""Make the log-in by the team's OpenID provider out of the settings."""

from __future__ import annotations

from contextlib import AsyncExitStack
from urllib.parse import urlsplit

from twinpane.actions.log_in_by_provider import Newcomers, ProviderLogIns
from twinpane.fetch.addresses import Guard
from twinpane.fetch.connecting import Connecting, ListedResolver, listed_hosts
from twinpane.fetch.openid import OpenIdOptions, OpenIdProvider
from twinpane.settings import Settings
from twinpane.web.context import Web


def provider_log_ins(settings: Settings, web: Web, closing: AsyncExitStack) -> ProviderLogIns | None:
    """Ask the provider that the operator names; None if they name none."""
    if settings.oidc_issuer is None or settings.oidc_client_id is None:
        return None
    secret = settings.oidc_client_secret
    options = OpenIdOptions(
        issuer=settings.oidc_issuer,
        client_id=settings.oidc_client_id,
        client_secret=secret.get_secret_value() if secret else None,
        name=settings.oidc_name,
        trust_email=settings.oidc_trust_email,
    )
    # The operator names the issuer, which may stand in their own network, or beside us.
    guard = Guard([*settings.fetch_allow, urlsplit(settings.oidc_issuer).hostname or ""])
    provider = OpenIdProvider(options, guard, connecting_by(settings, guard), web.clock)
    closing.push_async_callback(provider.close)
    newcomers = Newcomers(domains=frozenset(map(str.lower, settings.oidc_join_domains)), role=settings.oidc_join_role)
    return ProviderLogIns(web.store, web.clock, web.chance, web.log_ins, provider, newcomers)


def connecting_by(settings: Settings, guard: Guard) -> Connecting:
    """Connect as the settings say: to what names, trusting whom."""
    resolver = ListedResolver(listed_hosts(settings.fetch_resolve)) if settings.fetch_resolve else None
    return Connecting(guard, resolver=resolver, ca_file=settings.fetch_ca_file)
