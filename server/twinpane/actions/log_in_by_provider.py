"""Log members in by the team's OpenID provider: one browser from beginning to end, known people only."""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final

from twinpane_protocol.console_answers import Role

from twinpane.access.log_ins import fold_email
from twinpane.access.throttle import GuessLock
from twinpane.actions.log_in import LoggedIn, LogIns
from twinpane.errors import ProviderLogInError
from twinpane.ports.identity import Attempt, IdentityProvider, Person
from twinpane.ports.members import Member
from twinpane.ports.store import Store
from twinpane.ports.world import Chance, Clock

BACK_PATH: Final = "/console/oidc"
_FROM_PLACE: Final = 30
"""Tries from one place within a minute that came to nothing."""
_WORDS: Final = "Too many log-ins that came to nothing. Try again later."


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomers:
    """Who becomes a member by logging in: people with a verified address of these domains."""

    domains: frozenset[str] = frozenset()
    role: Role = "agent"


@dataclass(frozen=True, slots=True, kw_only=True)
class SentBack:
    """What the provider gave the browser to bring back."""

    state: str
    code: str | None
    error: str | None


class ProviderLogIns:
    """Log-ins by the provider."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        chance: Chance,
        log_ins: LogIns,
        provider: IdentityProvider,
        newcomers: Newcomers,
    ) -> None:
        """Ask the provider; keep log-ins where those by password are kept."""
        self._store = store
        self._clock = clock
        self._chance = chance
        self._log_ins = log_ins
        self._provider = provider
        self._newcomers = newcomers
        self._by_place = GuessLock(_FROM_PLACE, 60, 300, _WORDS)

    @property
    def name(self) -> str:
        """What people call the provider."""
        return self._provider.name

    async def begin(self, address: str, place: str | None) -> tuple[str, str]:
        """Where to send the browser, and the secret that it keeps meanwhile. Raises ProviderLogInError."""
        self._by_place.check(place, self._clock.monotonic())
        secret = self._chance.token()
        return await self._provider.log_in_url(_attempt(secret, address)), secret

    async def finish(
        self, sent: SentBack, secret: str | None, address: str, place: str | None, old: str | None
    ) -> LoggedIn:
        """Log in whom the provider names; the log-in that the browser had ends.

        Raises ProviderLogInError, also for what was begun in another browser, and RateLimitedError.
        """
        now_s = self._clock.monotonic()
        self._by_place.check(place, now_s)
        self._by_place.note_wrong(place, now_s)
        attempt = _attempt(secret or "", address)
        if not secret or not hmac.compare_digest(attempt.state.encode(), sent.state.encode()):
            raise ProviderLogInError("oidc_out_of_step", "This log-in was begun elsewhere or too long ago. Try again.")
        if not sent.code or sent.error:
            raise ProviderLogInError("oidc_refused", "The log-in service did not let you in.")
        member = await self._member(await self._provider.person(attempt, sent.code))
        self._by_place.forgive(place)
        return await self._log_ins.begin(member, place, old)

    async def _member(self, person: Person) -> Member:
        known = await self._store.member_by_subject(person.subject)
        if known is not None:
            return known
        email = fold_email(person.email or "")
        member = await self._store.member_by_email(email) if email else None
        if email and not person.is_email_verified:
            words = "The log-in service does not say that your e-mail address is verified."
            raise ProviderLogInError("oidc_unverified", words)
        if member is None:
            return await self._newcomer(person, email)
        if member.subject is not None and _issuer(member.subject) == _issuer(person.subject):
            # The address was given to somebody else since.
            raise _unknown()
        await self._store.change_member(member.id, subject=person.subject)
        return replace(member, subject=person.subject)

    async def _newcomer(self, person: Person, email: str) -> Member:
        """Somebody new, if the operator lets in all of their domain. The first of all members comes by the link."""
        teams = await self._store.teams()
        welcome = email.rpartition("@")[2] in self._newcomers.domains
        if not welcome or not teams or not await self._store.members(teams[0].id):
            raise _unknown()
        return await self._store.add_member(
            Member(
                id=0,
                team_id=teams[0].id,
                email=email,
                name=_shown(person.name) or email,
                role=self._newcomers.role,
                subject=person.subject,
                added_at=self._clock.now(),
            )
        )


def _attempt(secret: str, address: str) -> Attempt:
    """All that ties an answer to its browser comes from one secret, which only that browser has."""

    def made(what: str) -> str:
        return urlsafe_b64encode(sha256(f"{what} {secret}".encode()).digest()).rstrip(b"=").decode()

    return Attempt(state=made("state"), nonce=made("nonce"), verifier=made("verifier"), back=address + BACK_PATH)


def _issuer(subject: str) -> str:
    return subject.partition(" ")[0]


def _shown(name: str | None) -> str:
    return name.strip()[:200] if name and name.isprintable() else ""


def _unknown() -> ProviderLogInError:
    return ProviderLogInError("oidc_unknown", "Nobody of the team has your e-mail address. Ask an admin to invite you.")
