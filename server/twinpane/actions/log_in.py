"""Log members in to the console and out, and tell who is logged in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from twinpane.access.keys import hash_secret
from twinpane.access.log_ins import LOG_IN_LIFE, NOTED_WITHIN, fold_email, log_in_holds, require_good_password
from twinpane.access.throttle import GuessLock
from twinpane.actions.passwords import Passwords
from twinpane.errors import InvalidRequestError, NotLoggedInError, WrongLogInError
from twinpane.ports.members import LogIn, Member
from twinpane.ports.store import Store
from twinpane.ports.world import Chance, Clock

_WORDS: Final = "Too many wrong log-ins. Try again later."
_OF_MEMBER: Final = 10
"""Wrong passwords for one e-mail address from one place within a minute."""
_FROM_PLACE: Final = 30
"""From one place, whatever the address."""
_OF_ADDRESS: Final = 100
"""For one e-mail address, wherever from, within ten minutes."""


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """A member who is logged in. `secret` only when it is new: it is told only there."""

    member: Member
    log_in: LogIn
    secret: str | None = None


class LogIns:
    """The console's log-ins."""

    def __init__(self, store: Store, clock: Clock, chance: Chance, passwords: Passwords | None = None) -> None:
        """Keep log-ins in the store."""
        self.passwords = passwords or Passwords()
        self._store = store
        self._clock = clock
        self._chance = chance
        self._by_pair = GuessLock(_OF_MEMBER, 60, 300, _WORDS)
        self._by_place = GuessLock(_FROM_PLACE, 60, 300, _WORDS)
        self._by_email = GuessLock(_OF_ADDRESS, 600, 600, _WORDS)

    async def by_password(self, email: str, password: str, place: str | None, old: str | None) -> LoggedIn:
        """Log in by e-mail address and password; the log-in that the browser had ends.

        Raises WrongLogInError, in the same words and after the same time whether there is such a member or not, and
        RateLimitedError. A try counts as wrong until it proves right, so that many at once count too.
        """
        email, now_s = fold_email(email), self._clock.monotonic()
        self._by_place.check(place, now_s)
        tries = ((self._by_pair, (email, place)), (self._by_email, email))
        for lock, name in tries:
            lock.check(name, now_s)
        for lock, name in tries:
            lock.note_wrong(name, now_s)
        member = await self._store.member_by_email(email)
        password_hash = member.password_hash if member is not None else None
        if not await self.passwords.fits(password_hash, password) or member is None or password_hash is None:
            self._by_place.note_wrong(place, now_s)
            raise WrongLogInError("The e-mail address or the password is wrong.")
        for lock, name in tries:
            lock.forgive(name)
        if self.passwords.is_stale(password_hash):
            await self._store.change_member(member.id, password_hash=await self.passwords.hash(password))
        return await self.begin(member, place, old)

    async def begin(self, member: Member, place: str | None, old: str | None) -> LoggedIn:
        """Log a member in whose identity is proven. The secret is always a new one: none that was given is taken."""
        if old is not None:
            await self.end(old)
        now, secret = self._clock.now(), self._chance.token()
        log_in = LogIn(
            secret_hash=hash_secret(secret),
            member_id=member.id,
            began_at=now,
            used_at=now,
            expires_at=now + LOG_IN_LIFE,
            address=place,
        )
        await self._store.add_log_in(log_in)
        return LoggedIn(replace(member, last_seen_at=now), log_in, secret)

    async def find(self, secret: str | None) -> LoggedIn:
        """Who is logged in with a secret; notes that they are here. Raises NotLoggedInError."""
        found = await self._store.log_in(hash_secret(secret)) if secret else None
        now = self._clock.now()
        if found is None or not log_in_holds(found[0].used_at, found[0].expires_at, now):
            raise NotLoggedInError("Nobody is logged in here.")
        log_in, member = found
        if now - log_in.used_at >= NOTED_WITHIN:
            await self._store.touch_log_in(log_in.secret_hash, now)
        return LoggedIn(member, log_in)

    async def end(self, secret: str) -> None:
        """Log out."""
        await self._store.end_log_in(hash_secret(secret))

    async def change_password(self, me: LoggedIn, current: str, password: str) -> None:
        """Set a new password; all other log-ins of the member end. Raises InvalidRequestError, RateLimitedError."""
        lock, name, now_s = self._by_pair, ("password of", me.member.id), self._clock.monotonic()
        lock.check(name, now_s)
        require_good_password(password, me.member.email, me.member.name)
        lock.note_wrong(name, now_s)
        if not await self.passwords.fits(me.member.password_hash, current):
            raise InvalidRequestError("The current password is wrong.", fields={"current": "is wrong"})
        lock.forgive(name)
        await self._store.change_member(me.member.id, password_hash=await self.passwords.hash(password))
        await self._store.end_log_ins(me.member.id, but=me.log_in.secret_hash)
