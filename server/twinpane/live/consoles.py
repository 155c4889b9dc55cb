"""The consoles that are open on this node: who may be here, and the live lists of their teams."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

from twinpane_protocol.console import ConsoleHello, ConsoleWelcome
from twinpane_protocol.shared import RefusalCode

from twinpane.access.keys import hash_secret
from twinpane.access.log_ins import log_in_holds
from twinpane.live.admission import Caller, best_protocol
from twinpane.live.console_feed import NowOf, TeamFeed
from twinpane.live.console_peer import ConsolePeer
from twinpane.live.refusals import refusal
from twinpane.live.world import World
from twinpane.ports.members import Member

LOOK_EVERY_S: Final = 30.0
"""How soon a log-in that ended elsewhere, as at the command line, ends its sockets."""


class Consoles:
    """One feed a team, while a console of the team is open; one timer that looks whether the log-ins still hold."""

    def __init__(
        self,
        world: World,
        now_of: NowOf,
        everyone: Callable[[int], Awaitable[list[str]]],
    ) -> None:
        """Take the ports, what is now of visitors, and who of a team is online or in a session."""
        self._world = world
        self._now_of = now_of
        self._everyone = everyone
        self._feeds: dict[int, TeamFeed] = {}
        self._stop_looking: Callable[[], None] | None = None

    async def admit(self, hello: ConsoleHello, caller: Caller) -> ConsolePeer | RefusalCode:
        """Let a console in whose browser is logged in, or say why not."""
        protocol = best_protocol(hello.protocols)
        if protocol is None:
            return "unsupported_protocol"
        secret_hash = hash_secret(caller.log_in) if caller.log_in else None
        member = await self._member(secret_hash) if secret_hash is not None else None
        if member is None or secret_hash is None:
            return "bad_credentials"
        feed = await self._feed(member.team_id)
        peer = ConsolePeer(feed, secret_hash, member.role)
        peer.link.wire = caller.wire
        peer.link.say(ConsoleWelcome(protocol=protocol))
        feed.joined(peer)
        if self._stop_looking is None:
            self._stop_looking = self._world.clock.call_later(LOOK_EVERY_S, self._look_again)
        return peer

    def look(self) -> None:
        """Look now whether everybody who is here may still be: somebody logged out, or was given another role."""
        self._world.errands.run("console log-ins", self._end_others())

    def read_again(self) -> None:
        """Read again who is there: some changes may not have been heard of."""
        for team_id, feed in self._feeds.items():
            self._world.errands.run("console lists", self._read_all(team_id, feed))

    def stop(self) -> None:
        """Tell all consoles to come again."""
        for feed in self._feeds.values():
            for peer in list(feed.peers):
                peer.link.say(refusal("server_restarting"))
                peer.link.close(1012, "server restarting")
            feed.stop()
        self._feeds = {}
        if self._stop_looking is not None:
            self._stop_looking()

    async def _feed(self, team_id: int) -> TeamFeed:
        feed = self._feeds.get(team_id)
        if feed is None:
            feed = self._feeds[team_id] = TeamFeed(team_id, self._world, self._now_of)
            try:
                await self._read_all(team_id, feed)
            except Exception:
                feed.stop()
                del self._feeds[team_id]
                raise
        return feed

    async def _read_all(self, team_id: int, feed: TeamFeed) -> None:
        feed.read(await self._everyone(team_id))

    async def _member(self, secret_hash: bytes) -> Member | None:
        found = await self._world.store.log_in(secret_hash)
        if found is None or not log_in_holds(found[0].used_at, found[0].expires_at, self._world.clock.now()):
            return None
        return found[1]

    def _look_again(self) -> None:
        self._stop_looking = None
        for team_id, feed in list(self._feeds.items()):
            if not feed.peers:
                feed.stop()
                del self._feeds[team_id]
        if self._feeds:
            self._stop_looking = self._world.clock.call_later(LOOK_EVERY_S, self._look_again)
            self.look()

    async def _end_others(self) -> None:
        for feed in list(self._feeds.values()):
            for peer in list(feed.peers):
                member = await self._member(peer.secret_hash)
                if member is None or member.role != peer.role:
                    feed.left(peer)
                    peer.link.say(refusal("bad_credentials"))
                    peer.link.close(1008, "bad_credentials")
