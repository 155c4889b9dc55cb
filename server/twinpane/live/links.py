"""All links of this node: who may resume, who is away, who is owed an acknowledgement (L2, L3)."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from typing import Final, Protocol

from twinpane.live.credentials import Seal
from twinpane.live.link import PeerLink
from twinpane.ports.world import Chance, Clock

ACK_WITHIN_S: Final = 0.5
AWAY_S: Final = 60.0
"""How long a dropped peer can be resumed."""
SWEEP_S: Final = 1.0
LAST_WORDS_S: Final = 5.0
"""How long a peer that left is known by its secret: what it said as it went may come by another way, and later."""


class Resumable(Protocol):
    """A peer that can come back."""

    @property
    def link(self) -> PeerLink:
        """Its link."""

    @property
    def place(self) -> str:
        """What it is the peer of, the same in every process: a tab of a visitor, or a seat."""

    def expire(self) -> None:
        """It stayed away too long: forget it."""


class Links:
    """Resume tokens, absent peers and acknowledgements, with one timer each for all peers."""

    def __init__(self, clock: Clock, chance: Chance, seal: Seal) -> None:
        self._clock = clock
        self._chance = chance
        self._seal = seal
        self.process = chance.token()[:8]
        """What the resume secrets that are given out here begin with."""
        self._by_token: dict[str, Resumable] = {}
        self._tokens_of: dict[Resumable, list[str]] = {}
        """The newest last; before it the one that was shown for it, in case its welcome is lost on the way."""
        self._away_since_s: dict[Resumable, float] = {}
        self._left: dict[str, tuple[Resumable, float]] = {}
        self._owed: set[PeerLink] = set()
        self._stop_acks: Callable[[], None] | None = None
        self._stop_sweep: Callable[[], None] | None = None

    def new_token(self, peer: Resumable, shown: str | None = None) -> str:
        """Return a fresh resume secret for a peer; all before die but the one just `shown` (L2)."""
        for token in self._tokens_of.pop(peer, ()):
            if token != shown:
                del self._by_token[token]
        chance = self._chance.token()[:22]
        token = f"{self.process}.{chance}.{self._seal.sign('resume', self.process, chance, peer.place)}"
        self._tokens_of[peer] = [shown, token] if shown is not None and self.find(shown) is peer else [token]
        self._by_token[token] = peer
        self._away_since_s.pop(peer, None)
        return token

    def find(self, token: str) -> Resumable | None:
        """The peer that was given this resume secret."""
        return self._by_token.get(token)

    def is_of_another_process(self, token: str, place: str) -> bool:
        """Whether this secret was given out for a place, and not by this process, which would know its peer (K2)."""
        process, _, rest = token.partition(".")
        chance, _, signature = rest.partition(".")
        right = self._seal.sign("resume", process, chance, place)
        return process != self.process and hmac.compare_digest(right.encode(), signature.encode())

    def find_leaving(self, token: str) -> Resumable | None:
        """The peer that was given this resume secret, also if it left a moment ago."""
        return self.find(token) or self._left.get(token, (None, 0.0))[0]

    def left(self, peer: Resumable) -> None:
        """Note that a peer said good-bye: it never resumes, and what it said as it went is still heard."""
        for token in self._tokens_of.get(peer, ()):
            self._left[token] = (peer, self._clock.monotonic())
            self._keep_sweeping()
        self.forget(peer)

    def away(self, peer: Resumable) -> None:
        """Note that a peer's wire is gone; it can be resumed for 60 s."""
        self._away_since_s[peer] = self._clock.monotonic()
        self._keep_sweeping()

    def forget(self, peer: Resumable) -> None:
        """Let a peer never resume."""
        for token in self._tokens_of.pop(peer, ()):
            del self._by_token[token]
        self._away_since_s.pop(peer, None)
        self._owed.discard(peer.link)
        peer.link.is_over = True

    def owes_ack(self, link: PeerLink) -> None:
        """See that a link gets an acknowledgement within a second (L3)."""
        self._owed.add(link)
        if self._stop_acks is None:
            self._stop_acks = self._clock.call_later(ACK_WITHIN_S, self._acknowledge)

    def stop(self) -> None:
        """End the timers."""
        for stop in (self._stop_acks, self._stop_sweep):
            if stop is not None:
                stop()

    def _acknowledge(self) -> None:
        owed, self._owed, self._stop_acks = self._owed, set(), None
        for link in owed:
            link.acknowledge()

    def _sweep(self) -> None:
        self._stop_sweep = None
        now_s = self._clock.monotonic()
        self._left = {token: left for token, left in self._left.items() if now_s - left[1] < LAST_WORDS_S}
        gone_before_s = now_s - AWAY_S
        for peer in [peer for peer, since_s in self._away_since_s.items() if since_s <= gone_before_s]:
            self.forget(peer)
            peer.expire()
        if self._away_since_s or self._left:
            self._keep_sweeping()

    def _keep_sweeping(self) -> None:
        if self._stop_sweep is None:
            self._stop_sweep = self._clock.call_later(SWEEP_S, self._sweep)
