"""Let peers in: hello, credentials, resume, welcome (W2, W8, L2, L4)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from twinpane_protocol import PROTOCOL_VERSIONS
from twinpane_protocol.agent import AgentHello, AgentWelcome, Branding
from twinpane_protocol.link import Bye
from twinpane_protocol.shared import RefusalCode
from twinpane_protocol.visitor import Hello, SettingsChanged, Welcome

from twinpane.live.agent_peer import AgentPeer
from twinpane.live.credentials import VisitorProof
from twinpane.live.identity import changed_columns, needs_current, visitor_info
from twinpane.live.link import Wire
from twinpane.live.links import Links
from twinpane.live.origins import visitor_origin_allowed
from twinpane.live.presence import OnlineVisitor, Presence
from twinpane.live.runner import Runner
from twinpane.live.tab_peer import TabPeer
from twinpane.live.teams import Teams
from twinpane.live.world import World
from twinpane.ports.records import Seat, Team, Visitor
from twinpane.session import events as on


@dataclass(frozen=True, slots=True)
class Caller:
    """What the door knows of a connection."""

    wire: Wire
    origin: str | None
    ip_address: str | None
    user_agent: str | None
    log_in: str | None = None
    """The secret of the browser's log-in to the console."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Addresses that visitors are told: of this server, and of the SDK's bundles."""

    public_url: str
    core_url: str
    surface_url: str


def best_protocol(offered: Iterable[int]) -> int | None:
    """Pick our best version that the other side speaks (W2)."""
    spoken = set(offered)
    return next((version for version in PROTOCOL_VERSIONS if version in spoken), None)


class Admission:
    """Answers hellos. `runner_of` finds the session of a visitor, `runner_by_id` one by its id.

    `is_proxied` tells whether an origin is that of a site in one of the team's own proxy sessions.
    """

    def __init__(
        self,
        world: World,
        presence: Presence,
        links: Links,
        proof: VisitorProof,
        addresses: Addresses,
        runner_of: Callable[[tuple[int, str]], Runner | None],
        runner_by_id: Callable[[str], Runner | None],
        is_proxied: Callable[[int, str | None], bool],
    ) -> None:
        self._world = world
        self._presence = presence
        self._links = links
        self._proof = proof
        self._addresses = addresses
        self._teams = Teams(world.store, world.clock)
        self._runner_of = runner_of
        self._runner_by_id = runner_by_id
        self._is_proxied = is_proxied

    # ---- visitors ------------------------------------------------------------------------------------

    async def visitor(self, hello: Hello, caller: Caller) -> TabPeer | RefusalCode:
        """Let a tab in, or say why not."""
        protocol = best_protocol(hello.protocols)
        if protocol is None:
            return "unsupported_protocol"
        team = await self._teams.by_public_key(hello.key)
        if team is None:
            return "unknown_key"
        allowed = visitor_origin_allowed(caller.origin, team.allowed_domains)
        if not allowed and not self._is_proxied(team.id, caller.origin):
            return "origin_not_allowed"
        shown = hello.visitor
        known = shown is not None and self._proof.is_true(team.id, shown)
        short_id = shown.short_id if shown is not None and known else self._world.chance.short_id()
        tab = self._resumed_tab(hello, (team.id, short_id))
        resumed = tab is not None
        carried = False
        visitor = self._presence.arrive(team, short_id)
        if tab is None:
            tab, carried = self._fresh_tab(hello, visitor)
        else:
            tab.link.close(1000, "replaced")
            tab.page = hello.page
            self._world.counters.resumes += 1
        tab.limit(own=hello.ceiling, account=team.settings)
        visitor.attend(self._runner_of(visitor.key))
        self._record(visitor, hello, caller)
        self._welcome_tab(tab, visitor, hello, caller.wire, protocol, resumed, team, carried)
        return tab

    async def visitor_key(self, hello: Hello) -> tuple[int, str] | None:
        """Whom a tab proves to be; None if nobody that is known."""
        team, shown = await self._teams.by_public_key(hello.key), hello.visitor
        if team is None or shown is None or not self._proof.is_true(team.id, shown):
            return None
        return team.id, shown.short_id

    async def seat_of(self, hello: AgentHello) -> Seat | None:
        """The seat whose grant a window shows."""
        return await self._world.store.seat_by_grant(hashlib.sha256(hello.grant.encode()).digest())

    def team_changed(self, team: Team) -> None:
        """Tell all tabs of a team its settings as they are now (S5)."""
        self._teams.changed(team)
        for visitor in self._presence.all():
            if visitor.key[0] == team.id:
                for tab in visitor.tabs.values():
                    tab.limit(account=team.settings)
                    tab.link.send(SettingsChanged(settings=team.settings))

    def _resumed_tab(self, hello: Hello, key: tuple[int, str]) -> TabPeer | None:
        tab = self._links.find(hello.resume) if hello.resume else None
        if not isinstance(tab, TabPeer) or not isinstance(tab.owner, OnlineVisitor):
            return None
        fits = tab.owner.key == key and tab.id == hello.tab and tab.link.can_go_on_from(hello.received)
        return tab if fits else None

    def _fresh_tab(self, hello: Hello, visitor: OnlineVisitor) -> tuple[TabPeer, bool]:
        """A new peer, and whether its link goes on where another process held it (K2)."""
        if (old := visitor.tabs.get(hello.tab)) is not None:
            self._links.forget(old)
            old.link.say(Bye())  # A duplicated tab has the same id: without it the two would take turns.
            old.link.close(1000, "replaced")
        tab = visitor.tabs[hello.tab] = TabPeer(hello, visitor)
        runner = self._runner_of(visitor.key)
        carried = runner is not None and self._carry_on(tab, hello)
        if runner is not None and carried:
            runner.note_taken(tab.wishes)
        return tab, carried

    def _carry_on(self, peer: TabPeer | AgentPeer, hello: Hello | AgentHello) -> bool:
        """Let the link of another process go on by the peer's numbers, if it was given to this peer (K2)."""
        acknowledged = hello.acknowledged
        if acknowledged is None or not self._links.is_of_another_process(hello.resume or "", peer.place):
            return False
        peer.link.carry_on(sent=hello.received, received=acknowledged)
        self._world.counters.resumes += 1
        return True

    def _welcome_tab(
        self,
        tab: TabPeer,
        visitor: OnlineVisitor,
        hello: Hello,
        wire: Wire,
        protocol: int,
        resumed: bool,
        team: Team,
        carried: bool,
    ) -> None:
        runner = visitor.runner
        commands = runner.session.handle(tab.opened(resumed)) if runner is not None else []
        code = self._presence.codes.of(*visitor.key, self._world.clock.now())
        welcome = Welcome(
            protocol=protocol,
            connection=self._world.chance.token()[:22],
            resume=self._links.new_token(tab, hello.resume),
            resumed=resumed or carried,
            received=tab.link.received,
            visitor=self._proof.credentials(*visitor.key),
            lookup_code=code.digits if code is not None else None,
            watch_link=f"{self._addresses.public_url}/w/{visitor.key[1]}",
            core=self._addresses.core_url,
            surface=self._addresses.surface_url,
            session=runner.session.state_for(None) if runner is not None else None,
            agent_requested=visitor.wants_agent,
            settings=team.settings,
        )
        tab.link.open(wire, welcome, hello.received if welcome.resumed else 0)
        if runner is not None:
            runner.carry_out(commands)

    def _record(self, visitor: OnlineVisitor, hello: Hello, caller: Caller) -> None:
        place = self._world.locate(caller.ip_address)
        columns: dict[str, Any] = {
            "is_online": True,
            "last_url": hello.page.url,
            "last_title": hello.page.title,
            "user_agent": caller.user_agent,
            "ip_address": caller.ip_address,
            "location_city": place.city,
            "location_country": place.country,
            "location_country_name": place.country_name,
        }
        identity = hello.identity
        if identity is not None and not needs_current(identity):
            columns |= changed_columns(identity, None)
        self._presence.record(visitor, columns)
        if identity is not None and needs_current(identity):
            self._presence.identify(visitor, identity)

    # ---- agents --------------------------------------------------------------------------------------

    async def agent(self, hello: AgentHello, caller: Caller) -> AgentPeer | RefusalCode:
        """Let an agent's window in, or say why not."""
        protocol = best_protocol(hello.protocols)
        if protocol is None:
            return "unsupported_protocol"
        seat = await self.seat_of(hello)
        if seat is None:
            return "bad_credentials"
        resumed = self._resumed_agent(hello, seat)
        runner = resumed.runner if resumed is not None else self._runner_by_id(seat.session_id)
        if runner is None or (resumed is None and not runner.session.has_seat(seat.id)):
            return "session_over"
        if resumed is None and hello.resume:
            await runner.page_is_back.wait()
        record = runner.record
        visitor = await self._world.store.visitor(record.team_id, record.short_id)
        resumed = self._resumed_agent(hello, seat)  # Time has passed since: look again.
        if resumed is None and (runner.session.phase == "ended" or not runner.session.has_seat(seat.id)):
            return "session_over"
        peer = resumed or self._fresh_agent(seat, runner, hello)
        self._welcome_agent(peer, seat, visitor, hello, caller.wire, protocol, resumed is not None)
        return peer

    def _resumed_agent(self, hello: AgentHello, seat: Seat) -> AgentPeer | None:
        peer = self._links.find(hello.resume) if hello.resume else None
        if isinstance(peer, AgentPeer) and peer.seat == seat.id and peer.link.can_go_on_from(hello.received):
            return peer
        return None

    def _fresh_agent(self, seat: Seat, runner: Runner, hello: AgentHello) -> AgentPeer:
        if (old := runner.agents.get(seat.id)) is not None:
            self._links.forget(old)
            old.dismiss(1000, "opened in another window")
        peer = AgentPeer(seat.id, runner, self._links)
        peer.comes_from_before = self._carry_on(peer, hello)
        return peer

    def _welcome_agent(
        self,
        peer: AgentPeer,
        seat: Seat,
        visitor: Visitor | None,
        hello: AgentHello,
        wire: Wire,
        protocol: int,
        resumed: bool,
    ) -> None:
        runner = peer.runner
        peer.link.close(1000, "replaced")
        joined = on.AgentJoined(at_s=runner.now_s, seat=seat.id, resumed=resumed, window=hello.window)
        commands = runner.session.handle(joined)
        welcome = AgentWelcome(
            protocol=protocol,
            me=seat.id,
            resume=self._links.new_token(peer, hello.resume),
            resumed=resumed or peer.comes_from_before,
            received=peer.link.received,
            assets=runner.assets_path,
            visitor=visitor_info(None if seat.permissions.hide_private_details else visitor, runner.record.short_id),
            branding=branding_of(seat.branding),
            session=runner.session.state_for(seat.id),
        )
        self._world.counters.resumes += resumed
        peer.link.open(wire, welcome, hello.received if welcome.resumed else 0)
        if runner.session.phase == "ended":
            peer.dismiss(1000, "session over")
            return
        runner.agents[seat.id] = peer
        runner.carry_out(commands)
        peer.outbox.pump()


def branding_of(given: dict[str, Any]) -> Branding:
    """Read a seat's branding as stored: `naked` is false, true or "page_only" (R15)."""
    kinds: dict[Any, Literal["true", "page_only"]] = {True: "true", "true": "true", "page_only": "page_only"}
    texts = {name: given.get(name) for name in ("retry_url", "on_end_url", "logo_url", "color")}
    return Branding(naked=kinds.get(given.get("naked"), "false"), **texts)
