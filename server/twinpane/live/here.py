"""What this node itself does: visitors who are online here, sessions that run here, and their end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from twinpane_protocol.agent import AgentHello
from twinpane_protocol.console import ConsoleHello
from twinpane_protocol.shared import EndReason, Phase, RefusalCode
from twinpane_protocol.visitor import Hello, LastWords

from twinpane.errors import ConflictError, NotFoundError
from twinpane.live.admission import Addresses, Admission, Caller
from twinpane.live.agent_peer import AgentPeer
from twinpane.live.assets import Asset, owner_name
from twinpane.live.browsing import BrowsingLimits, Browsings
from twinpane.live.browsing_places import asset_way, is_proxied_for
from twinpane.live.cluster import Cluster
from twinpane.live.console_peer import ConsolePeer
from twinpane.live.consoles import Consoles
from twinpane.live.counters import Metrics
from twinpane.live.credentials import Seal, VisitorProof
from twinpane.live.keeping import Keeper, take_up_all, take_up_codes
from twinpane.live.link import PeerLink
from twinpane.live.links import Links
from twinpane.live.presence import Presence, PublicLinkTold, VisitorKey
from twinpane.live.public_links import VALID_FOR, Invitation, PublicLinks
from twinpane.live.refusals import refusal
from twinpane.live.replays import Replays
from twinpane.live.runner import Runner
from twinpane.live.tab_peer import TabPeer
from twinpane.live.visitor_now import VisitorNow, visitor_now
from twinpane.live.world import World
from twinpane.ports.records import Seat, SessionRecord, Team
from twinpane.session import events as on

BACK_IN_SESSION_S: Final = (0.5, 1.5)
BACK_IDLE_S: Final = (1.0, 15.0)


class NodeHere:
    """Everything live on this node."""

    def __init__(
        self, world: World, secret: bytes, addresses: Addresses, browsing_limits: BrowsingLimits | None = None
    ) -> None:
        """Take the ports, the secret that proves visitors' short IDs, and the addresses they are told."""
        self._world = world
        self._proof = VisitorProof(secret)
        self.browsings = Browsings(world.clock, world.chance, browsing_limits)
        """The proxy sessions."""
        self._seal = Seal(secret)
        self.replays = Replays(self._seal)
        """Links to recorded sessions (R20)."""
        self.recordings = world.recordings
        self._links = Links(world.clock, world.chance, self._seal)
        self._public_links = PublicLinks(secret)
        self._public_url = addresses.public_url
        self._presence = Presence(world, self._links, self._public_link)
        self._by_visitor: dict[VisitorKey, Runner] = {}
        self._by_id: dict[str, Runner] = {}
        self._by_asset_token: dict[str, Runner] = {}
        self._keeper = Keeper(world, lambda: list(self._by_id.values()))
        self._is_draining = False
        self._cluster: Cluster | None = None
        """The other nodes; None: this one is alone."""
        if world.among is not None:
            self._cluster = Cluster(world, world.among, self._seal, self._links.process, self)
        self.consoles = Consoles(world, self.now, self._everyone)
        """The team consoles that are open."""
        self._admission = Admission(
            world,
            self._presence,
            self._links,
            self._proof,
            addresses,
            self._by_visitor.get,
            self._by_id.get,
            lambda team_id, origin: is_proxied_for(world.proxy_base, self.browsings, team_id, origin),
        )

    # ---- for the socket door -------------------------------------------------------------------------

    @property
    def clock_s(self) -> float:
        """Seconds that never go back."""
        return self._world.clock.monotonic()

    async def hello_visitor(self, hello: Hello, caller: Caller) -> TabPeer | RefusalCode:
        """Let a visitor's tab in, or say why not (W2, W8)."""
        if self._is_draining:
            return "server_restarting"
        return await self._admission.visitor(hello, caller)

    async def hello_agent(self, hello: AgentHello, caller: Caller) -> AgentPeer | RefusalCode:
        """Let an agent's window in, or say why not (W2)."""
        if self._is_draining:
            return "server_restarting"
        return await self._admission.agent(hello, caller)

    async def hello_console(self, hello: ConsoleHello, caller: Caller) -> ConsolePeer | RefusalCode:
        """Let a team's console in, or say why not."""
        if self._is_draining:
            return "server_restarting"
        return await self.consoles.admit(hello, caller)

    def count_refusal(self, code: RefusalCode) -> None:
        """Count a refusal that the door itself gave."""
        self._world.counters.refusals[code] += 1

    # ---- for the asset door --------------------------------------------------------------------------

    def session_id_by_asset_token(self, token: str) -> str | None:
        """The session whose agents were given this asset door."""
        runner = self._by_asset_token.get(token)
        return runner.record.id if runner is not None else None

    async def asset(self, session_id: str, url: str) -> Asset:
        """Return an asset of a session's page (F11).

        Raises NotFoundError: no live session, or nobody has it; FetchFailedError: nobody answered in time.
        """
        runner = self._by_id.get(session_id)
        if runner is None or runner.session.phase not in ("live", "paused"):
            raise NotFoundError("There is no live session.")
        return await runner.assets.get(url)

    async def recorded_asset(self, token: str, url: str) -> Asset:
        """Return what a replay shows (R20). Raises NotFoundError: the token does not hold, or nobody had it."""
        replay = self.replays.read("replay assets", token)
        if replay is None or self._world.clock.now() >= replay.expires_at:
            raise NotFoundError("There is no such session.")
        owner = owner_name(replay.team_id, replay.short_id)
        found = await self.recordings.asset(owner, replay.session_id, url)
        if found is None:
            raise NotFoundError("The recording has no such asset.")
        return Asset(found.body, found.content_type, found.final_url)

    # ---- what the API asks, of visitors who are here ---------------------------------------------------

    def now_here(self, key: VisitorKey) -> VisitorNow | None:
        """What is of a visitor at this node; None if nothing."""
        return visitor_now(self._presence.get(key), self._by_visitor.get(key))

    async def now(self, team_id: int, short_ids: Iterable[str]) -> dict[str, VisitorNow]:
        """What is now of these visitors, at whichever node; who is nowhere is left out. Raises UnavailableError."""
        wanted = list(short_ids)
        found = {short_id: now for short_id in wanted if (now := self.now_here((team_id, short_id))) is not None}
        elsewhere = [short_id for short_id in wanted if short_id not in found]
        if self._cluster is not None and elsewhere:
            found |= await self._cluster.now(team_id, elsewhere)
        return found

    def start_here(self, team: Team, short_id: str, seat: Seat, record: SessionRecord) -> SessionRecord:
        """Give an agent a seat in the visitor's running session, or in a new one that `record` describes (R15).

        Returns the record of the session really used. Raises ConflictError when it has 20 agents (R15c).
        """
        key = (team.id, short_id)
        runner = self._by_visitor.get(key)
        if runner is None:
            runner = self._begin(record)
            self._meet(runner)
        elif runner.session.is_full:
            raise ConflictError("too many agents")
        if (visitor := self._presence.get(key)) is not None:
            visitor.agent_came()
        given = on.SeatGiven(
            at_s=runner.now_s,
            seat=seat.id,
            name=seat.agent_name,
            permissions=seat.permissions,
            agent_id=seat.agent_id,
        )
        runner.happen(given)
        return runner.record

    def take_seats_here(self, team_id: int, agent_id: str) -> None:
        """Take an agent out of every session of a team here: those who watch, and those who have not come yet."""
        for runner in [runner for key, runner in self._by_visitor.items() if key[0] == team_id]:
            for seat in runner.session.seats_of(agent_id):
                if (peer := runner.agents.get(seat)) is not None:
                    peer.turn_out()
                else:
                    runner.happen(on.AgentLeft(at_s=runner.now_s, seat=seat))

    def announce_here(self, session_id: str, agent_id: str, agent_name: str) -> bool:
        """Tell that an agent asked for a session (R21); False if it does not run here."""
        if (runner := self._by_id.get(session_id)) is None:
            return False
        runner.announce("session.requested", self._world.clock.now(), agent={"id": agent_id, "name": agent_name})
        return True

    def end_here(self, key: VisitorKey, reason: EndReason) -> bool:
        """End the visitor's session; False if there is none (R16)."""
        runner = self._by_visitor.get(key)
        if runner is None:
            return False
        runner.happen(on.EndOrdered(at_s=runner.now_s, reason=reason))
        return True

    async def forget_here(self, key: VisitorKey) -> None:
        """End the visitor's session and drop their tabs; nothing is recorded of them after this returns (R13)."""
        self.end_here(key, "erased")
        self._presence.forget(key)
        await self._world.errands.finish()

    async def forget_assets_here(self, team_id: int, short_ids: Sequence[str]) -> None:
        """Delete what the pages of erased visitors supplied of images, fonts and style sheets, and recordings (R13)."""
        owners = [owner_name(team_id, short_id) for short_id in short_ids]
        await self._world.blobs.forget(owners)
        await self.recordings.forget(owners)

    async def team_changed_here(self, team_id: int) -> None:
        """Tell open pages what their team has set by now (R23)."""
        if (team := await self._world.store.team(team_id)) is not None:
            self._admission.team_changed(team)

    def last_words_here(self, words: LastWords) -> bool:
        """Take what a page said as it went, if it is known by its secret (X13)."""
        tab = self._links.find_leaving(words.resume)
        if isinstance(tab, TabPeer):
            tab.last_words(words)
        return isinstance(tab, TabPeer)

    # ---- among many nodes --------------------------------------------------------------------------------

    def give_up(self, key: VisitorKey) -> None:
        """Send a visitor and their agents to the node that holds them now; nothing is written of it (N4)."""
        if (runner := self._by_visitor.get(key)) is not None:
            self._let_go(runner)
            runner.abandon()
            for agent in runner.agents.values():
                self._links.forget(agent)
                self._send_away(agent.link, is_in_session=True)
        self._presence.forget(key)

    def let_nobody_in(self) -> None:
        """Send whoever comes to another node."""
        self._is_draining = True

    def heard(self, visitors: Iterable[VisitorKey]) -> None:
        """Show consoles what changed at other nodes."""
        for team_id, short_id in visitors:
            self._world.changes.heard(team_id, short_id)

    def read_again(self) -> None:
        """Show consoles what may have changed unheard."""
        self.consoles.read_again()

    async def take_up_here(self, is_mine: Callable[[VisitorKey], bool]) -> None:
        """Go on with the sessions of these visitors, which another process ran (K1)."""
        await take_up_codes(self._world, self._presence, is_mine)
        await take_up_all(self._world, self._begin, self._meet, is_mine)

    # ---- the node itself -----------------------------------------------------------------------------

    async def open(self) -> None:
        """Begin to let peers in."""
        self._is_draining = False
        self._keeper.is_open = True

    async def take_up(self) -> None:
        """Go on with the sessions that another process ran, before the first peer comes (K1)."""
        if self._cluster is not None:
            await self._cluster.open()
        else:
            await self.take_up_here(lambda _: True)

    async def drain(self) -> None:
        """Keep all sessions, tell all peers to come again, and finish what waits to be recorded (K4)."""
        self._is_draining = True
        self.browsings.end_all()
        self._keeper.close()
        for runner in self._by_id.values():
            for agent in runner.agents.values():
                self._send_away(agent.link, is_in_session=True)
        for visitor in self._presence.all():
            for tab in visitor.tabs.values():
                self._send_away(tab.link, is_in_session=visitor.runner is not None)
        self.consoles.stop()
        self._presence.set_offline()
        self._links.stop()
        await self._world.errands.finish()
        if self._cluster is not None:
            await self._cluster.close()

    def _send_away(self, link: PeerLink, is_in_session: bool) -> None:
        """Say when to come again: those in a session soon, the others spread, so that not all come at once."""
        first_s, last_s = BACK_IN_SESSION_S if is_in_session else BACK_IDLE_S
        retry_in_ms = round(first_s * 1000 + (last_s - first_s) * int(self._world.chance.digits(3)))
        link.say(refusal("server_restarting", retry_in_ms=retry_in_ms))
        link.close(1012, "server restarting")

    def metrics(self) -> Metrics:
        """Read what this node counts."""
        runners = list(self._by_id.values())
        agents = [agent for runner in runners for agent in runner.agents.values()]
        phases: Counter[Phase] = Counter(runner.session.phase for runner in runners)
        counters = self._world.counters
        return Metrics(
            visitors_online=self._presence.total_online,
            agents_connected=sum(agent.link.wire is not None for agent in agents),
            agents_lagging=sum(agent.outbox.is_lagging for agent in agents),
            sessions_by_phase=dict(phases),
            journal_bytes=sum(runner.journal.byte_count for runner in runners),
            frames_relayed=counters.frames_relayed,
            bytes_relayed=counters.bytes_relayed,
            frames_stale=counters.frames_stale,
            resumes=counters.resumes,
            pictures_differed=counters.pictures_differed,
            visitors_expired=counters.visitors_expired,
            refusals_by_code=dict(counters.refusals),
        )

    def _public_link(self, invitation: Invitation) -> PublicLinkTold:
        expires_at = self._world.clock.now() + VALID_FOR
        return f"{self._public_url}/join/{self._public_links.token(invitation, expires_at)}", expires_at

    async def _everyone(self, team_id: int) -> list[str]:
        """The visitors of a team who are online or in a session."""
        in_session = [key[1] for key in self._by_visitor if key[0] == team_id]
        elsewhere = await self._cluster.everyone(team_id) if self._cluster is not None else []
        return [*self._presence.online_short_ids(team_id), *in_session, *elsewhere]

    def _begin(self, record: SessionRecord) -> Runner:
        key = (record.team_id, record.short_id)
        way = asset_way(self._world, self.browsings, *key)
        token = f"{record.id}.{self._seal.sign('assets', record.id)}"
        runner = Runner(record, self._world, self._ended, self._keeper.changed, token, way)
        self._by_visitor[key] = self._by_id[record.id] = runner
        self._by_asset_token[runner.asset_token] = runner
        self._world.changes.note(*key)
        self._keeper.changed()
        return runner

    def _meet(self, runner: Runner) -> None:
        """Bring a session together with the pages that were here before it."""
        visitor = self._presence.get((runner.record.team_id, runner.record.short_id))
        if visitor is None:
            return
        visitor.attend(runner)
        for tab in visitor.tabs.values():
            if tab.link.wire is not None:
                runner.note_taken(tab.wishes)
                runner.happen(tab.opened(resumed=False))

    def _let_go(self, runner: Runner) -> None:
        key = (runner.record.team_id, runner.record.short_id)
        del self._by_visitor[key], self._by_id[runner.record.id], self._by_asset_token[runner.asset_token]

    def _ended(self, runner: Runner) -> None:
        key = (runner.record.team_id, runner.record.short_id)
        self._let_go(runner)
        self._world.changes.note(*key)
        if (visitor := self._presence.get(key)) is not None:
            visitor.attend(None)
