"""The live room: what the doors and the API ask of it, whichever node a visitor is at."""

from __future__ import annotations

import hmac
from collections.abc import Coroutine, Sequence
from typing import Any

from twinpane_protocol.agent import AgentHello
from twinpane_protocol.console import ConsoleHello
from twinpane_protocol.shared import EndReason
from twinpane_protocol.visitor import Credentials, Hello, LastWords

from twinpane.live.here import NodeHere
from twinpane.live.public_links import Invitation
from twinpane.ports.nodes import Node
from twinpane.ports.records import Seat, SessionRecord, Team, VisitorChange


class Live(NodeHere):
    """Everything live. Make it, `take_up` what was left, `open` it, and at the end `drain` it.

    Among many nodes, whatever is asked of a visitor whose home is another node is asked there; then everything raises
    UnavailableError while that node or the store does not answer.
    """

    # ---- for the doors -------------------------------------------------------------------------------

    async def other_home(self, hello: Hello | AgentHello | ConsoleHello) -> Node | None:
        """The other node that a peer belongs to; None: this one (N2). Raises UnavailableError."""
        if self._cluster is None or self._is_draining or isinstance(hello, ConsoleHello):
            return None
        if isinstance(hello, Hello):
            key = await self._admission.visitor_key(hello)
            return await self._cluster.other_home(key) if key is not None else None
        seat = await self._admission.seat_of(hello)
        if seat is None or seat.session_id in self._by_id:
            return None
        return await self._cluster.other_home_of_session(seat.session_id)

    async def asset_home(self, token: str) -> Node | None:
        """The other node whose agents have this asset door; None: this one, or nobody. Raises UnavailableError."""
        session_id, _, seal = token.rpartition(".")
        if self._cluster is None or token in self._by_asset_token:
            return None
        if not hmac.compare_digest(seal.encode(), self._seal.sign("assets", session_id).encode()):
            return None
        return await self._cluster.other_home_of_session(session_id)

    def sealing(self, purpose: str) -> str:
        """A secret for a purpose of the doors: the same at every node, 43 characters of Base64."""
        return self._seal.sign("sealing", purpose)

    def hop_seal(self, node_id: str, *words: str) -> str:
        """What proves to a node that another one carries a connection to it (N3)."""
        return self._seal.sign("hop", node_id, *words)

    def is_true_hop(self, seal: str, *words: str) -> bool:
        """Whether another node carries this connection to us (N3)."""
        node_id = self._cluster.node_id if self._cluster is not None else ""
        return bool(node_id) and hmac.compare_digest(seal.encode(), self.hop_seal(node_id, *words).encode())

    def take_last_words(self, words: LastWords) -> None:
        """Take what a page said as it went, at whichever node (X13)."""
        if not self.last_words_here(words) and self._cluster is not None:
            self._world.errands.run("last words", self._cluster.last_words(words))

    # ---- for the API ---------------------------------------------------------------------------------

    async def start_session(self, team: Team, short_id: str, seat: Seat, record: SessionRecord) -> SessionRecord:
        """Give an agent a seat in the visitor's running session, or in a new one that `record` describes (R15).

        Returns the record of the session really used. Raises ConflictError when it has 20 agents (R15c).
        """
        if self._cluster is not None and (node := await self._cluster.other_home((team.id, short_id))) is not None:
            return await self._cluster.start(node, team, short_id, seat, record)
        return self.start_here(team, short_id, seat, record)

    def take_seats(self, team_id: int, agent_id: str) -> None:
        """Take an agent out of every session of a team: those who watch, and those who have not come yet."""
        self.take_seats_here(team_id, agent_id)
        if self._cluster is not None:
            self.run_errand("take seats", self._cluster.take_seats(team_id, agent_id))

    def announce_request(self, session_id: str, agent_id: str, agent_name: str) -> None:
        """Tell that an agent asked for a session (R21)."""
        if not self.announce_here(session_id, agent_id, agent_name) and self._cluster is not None:
            self.run_errand("tell of a request", self._cluster.announce(session_id, agent_id, agent_name))

    async def end_session(self, team_id: int, short_id: str, reason: EndReason) -> bool:
        """End the visitor's session; False if there is none (R16)."""
        key = (team_id, short_id)
        if self._cluster is not None and (node := await self._cluster.other_home(key)) is not None:
            return await self._cluster.end(node, key, reason)
        return self.end_here(key, reason)

    async def forget_visitor(self, team_id: int, short_id: str) -> None:
        """End the visitor's session and drop their tabs; nothing is recorded of them after this returns (R13)."""
        key = (team_id, short_id)
        if self._cluster is not None and (node := await self._cluster.other_home(key)) is not None:
            await self._cluster.forget(node, key)
        else:
            await self.forget_here(key)
        await self.forget_assets(team_id, [short_id])

    async def forget_assets(self, team_id: int, short_ids: Sequence[str]) -> None:
        """Delete what the pages of erased visitors supplied of images, fonts and style sheets (R13)."""
        await self.forget_assets_here(team_id, short_ids)
        if self._cluster is not None and short_ids:
            await self._cluster.forget_assets(team_id, list(short_ids))

    async def expire_visitors(self, team_id: int, short_ids: Sequence[str]) -> int:
        """Erase those of these who have not come meanwhile; returns how many (settings, `retention_days`)."""
        here = await self.now(team_id, short_ids)
        gone = [short_id for short_id in short_ids if short_id not in here]
        await self._world.store.erase_visitors(team_id, gone)
        await self.forget_assets(team_id, gone)
        self._world.counters.visitors_expired += len(gone)
        return len(gone)

    def team_changed(self, team: Team) -> None:
        """Tell open pages what their team has set by now (R23)."""
        self._admission.team_changed(team)
        if self._cluster is not None:
            self.run_errand("tell of settings", self._cluster.team_changed(team.id))

    def run_errand(self, name: str, errand: Coroutine[Any, Any, None]) -> None:
        """Do something on the side; it is finished before the node stops."""
        self._world.errands.run(name, errand)

    def introduce_visitor(self, team: Team, columns: dict[str, Any]) -> Credentials:
        """Record a visitor who has not come yet; returns what their browser will show (P1)."""
        short_id = self._world.chance.short_id()
        change = VisitorChange(team_id=team.id, short_id=short_id, at=self._world.clock.now(), set=columns)
        self._world.store.record_visitor(change)
        return self._proof.credentials(team.id, short_id)

    def counts(self, team_id: int) -> tuple[int, int] | None:
        """How many visitors of a team are online, and how many of its sessions run; None: only the store knows."""
        if self._cluster is not None:
            return None
        return self.online_count(team_id), self.session_count(team_id)

    async def short_id_by_code(self, team_id: int, code: str) -> str | None:
        """The visitor with a lookup code (S6)."""
        found = self._presence.codes.find(team_id, code, self._world.clock.now())
        return await self._cluster.by_code(team_id, code) if found is None and self._cluster is not None else found

    # ---- of this node ----------------------------------------------------------------------------------

    def is_online(self, team_id: int, short_id: str) -> bool:
        """Whether the visitor has a tab here, or had a moment ago."""
        visitor = self._presence.get((team_id, short_id))
        return visitor is not None and visitor.is_online

    def session_id_of(self, team_id: int, short_id: str) -> str | None:
        """The visitor's running session."""
        runner = self._by_visitor.get((team_id, short_id))
        return runner.record.id if runner is not None else None

    def waits_for_agent(self, team_id: int, short_id: str) -> bool:
        """Whether the visitor asked for an agent and waits for one (S2, `requestAgent`)."""
        visitor = self._presence.get((team_id, short_id))
        return visitor is not None and visitor.wants_agent

    def invitation(self, token: str) -> Invitation | None:
        """Who is invited to watch whom by a public link; None if it is not ours or holds no more."""
        return self._public_links.read(token, self._world.clock.now())

    def lookup_code_of(self, team_id: int, short_id: str) -> str | None:
        """The visitor's lookup code, if it has one that still holds (S6)."""
        code = self._presence.codes.of(team_id, short_id, self._world.clock.now())
        return code.digits if code is not None else None

    def online_count(self, team_id: int) -> int:
        """How many visitors of a team are online."""
        return self._presence.online_count(team_id)

    def session_count(self, team_id: int) -> int:
        """How many sessions of a team run."""
        return sum(key[0] == team_id for key in self._by_visitor)
