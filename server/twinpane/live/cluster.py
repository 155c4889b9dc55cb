"""One node among many: whose home it is, its lease, and what the others ask of it (N1 to N5)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, Protocol

import msgspec
from twinpane_protocol.shared import EndReason
from twinpane_protocol.visitor import LastWords

from twinpane.errors import UnavailableError
from twinpane.live.credentials import Seal
from twinpane.live.homes import Homes
from twinpane.live.leases import Lease
from twinpane.live.neighbours import (
    Answer,
    Changed,
    End,
    Forget,
    ForgetAssets,
    Message,
    Neighbours,
    Requested,
    Said,
    Start,
    TakeSeats,
    TeamChanged,
)
from twinpane.live.presence import VisitorKey
from twinpane.live.visitor_now import VisitorNow
from twinpane.live.world import World
from twinpane.ports.nodes import Among, Node
from twinpane.ports.outbox import News
from twinpane.ports.records import Seat, SessionRecord, Team

_AT_ONCE: Final = 2_000
"""Visitors in one message: some 50 KB."""


class Here(Protocol):
    """What this node itself does, as `live.registry.Live`."""

    def now_here(self, key: VisitorKey) -> VisitorNow | None:
        """What is of a visitor at this node."""

    def give_up(self, key: VisitorKey) -> None:
        """Send a visitor and their agents to the node that holds them now."""

    async def take_up_here(self, is_mine: Callable[[VisitorKey], bool]) -> None:
        """Go on with the sessions of these."""

    def start_here(self, team: Team, short_id: str, seat: Seat, record: SessionRecord) -> SessionRecord:
        """Give an agent a seat. Raises ConflictError."""

    def end_here(self, key: VisitorKey, reason: EndReason) -> bool:
        """End the visitor's session; False if there is none."""

    def announce_here(self, session_id: str, agent_id: str, agent_name: str) -> bool:
        """Tell that an agent asked for a session; False if it does not run here."""

    def take_seats_here(self, team_id: int, agent_id: str) -> None:
        """Take an agent out of the sessions of a team."""

    async def forget_here(self, key: VisitorKey) -> None:
        """End the session of a visitor who is erased, and forget them."""

    async def forget_assets_here(self, team_id: int, short_ids: list[str]) -> None:
        """Delete what is kept of erased visitors' images."""

    async def team_changed_here(self, team_id: int) -> None:
        """Tell open pages what their team has set by now."""

    def last_words_here(self, words: LastWords) -> bool:
        """Take what a page said as it went; False if it is not one of this node's."""

    def let_nobody_in(self) -> None:
        """Send whoever comes to another node."""

    def heard(self, visitors: Iterable[VisitorKey]) -> None:
        """Show consoles what changed at other nodes."""

    def read_again(self) -> None:
        """Show consoles what may have changed unheard."""


class Cluster:
    """This node's part in it."""

    def __init__(self, world: World, among: Among, seal: Seal, process: str, here: Here) -> None:
        self._world = world
        self._here = here
        self._store = among.store
        self.node_id = among.node_id
        self._neighbours = Neighbours(among.store, among.bus, seal, among.node_id, self._obey)
        self._homes = Homes(world, among.store, among.node_id, here.now_here, here.give_up)
        self._homes.tell = self._tell
        node = Node(id=among.node_id, address=among.address, process=process)
        self._lease = Lease(world, among.store, node, self._homes, self._take_up, self._lost, self._gone)
        world.changes.tell_others = self._homes.changed

    async def open(self) -> None:
        """Connect, and go on with what is this node's own. Raises UnavailableError."""
        await self._neighbours.open(self._here.read_again)
        await self._lease.begin()

    async def close(self) -> None:
        """Be no node any more; nothing that happens after this is told."""
        self._homes.stop()
        await self._lease.end()
        await self._neighbours.close()

    # ---- who is where --------------------------------------------------------------------------------

    async def other_home(self, key: VisitorKey) -> Node | None:
        """The other node that holds a visitor; None: this one, from now on. Raises UnavailableError."""
        return await self._homes.other_home(key)

    async def other_home_of_session(self, session_id: str) -> Node | None:
        """The other node that runs a session; None if there is none. Raises UnavailableError while that one is gone."""
        found = await self._store.home_of_session(session_id)
        if found is None or found[1].node.id == self.node_id:
            return None
        if not found[1].is_alive:
            raise UnavailableError("The node of this session is gone; another takes over in a moment.")
        return found[1].node

    async def now(self, team_id: int, short_ids: Iterable[str]) -> dict[str, VisitorNow]:
        """What the nodes tell of these visitors; who is nowhere is left out."""
        homes = await self._store.homes(team_id, short_ids)
        told = {short_id: home.told for short_id, home in homes.items() if home.is_alive and home.told is not None}
        return {short_id: msgspec.convert(each, VisitorNow) for short_id, each in told.items()}

    async def everyone(self, team_id: int) -> list[str]:
        """The visitors of a team whom any node holds."""
        return await self._store.homes_of_team(team_id)

    async def by_code(self, team_id: int, digits: str) -> str | None:
        """The visitor with a lookup code, who is online at any node (S6)."""
        now = self._world.clock.now()
        short_id = await self._store.visitor_by_code(team_id, digits, now)
        if short_id is None:
            return None
        found = (await self.now(team_id, [short_id])).get(short_id)
        return short_id if found is not None and found.code_at(now) == digits else None

    # ---- asking others -------------------------------------------------------------------------------

    async def start(self, node: Node, team: Team, short_id: str, seat: Seat, record: SessionRecord) -> SessionRecord:
        """Have a node give an agent a seat. Raises ConflictError, UnavailableError."""
        answer = await self._neighbours.ask(node, Start(team, short_id, seat, record))
        if answer.record is None:
            raise UnavailableError("The visitor moves to another node; ask again.")
        # The one that was given is looked at by whoever gave it.
        return record if answer.record.id == record.id else answer.record

    async def end(self, node: Node, key: VisitorKey, reason: EndReason) -> bool:
        """Have a node end a visitor's session; False if there is none. Raises UnavailableError."""
        return (await self._neighbours.ask(node, End(*key, reason))).is_done

    async def announce(self, session_id: str, agent_id: str, agent_name: str) -> None:
        """Have the session's node tell that an agent asked for it."""
        if (node := await self.other_home_of_session(session_id)) is not None:
            await self._neighbours.ask(node, Requested(session_id, agent_id, agent_name))

    async def take_seats(self, team_id: int, agent_id: str) -> None:
        """Have all nodes take an agent out of their sessions. Raises UnavailableError."""
        await self._neighbours.ask_all(TakeSeats(team_id, agent_id))

    async def forget(self, node: Node, key: VisitorKey) -> None:
        """Have a node forget a visitor. Raises UnavailableError."""
        await self._neighbours.ask(node, Forget(*key))

    async def forget_assets(self, team_id: int, short_ids: list[str]) -> None:
        """Have all nodes delete what they keep of visitors' images. Raises UnavailableError."""
        await self._neighbours.ask_all(ForgetAssets(team_id, short_ids))

    async def team_changed(self, team_id: int) -> None:
        """Have all nodes tell pages what their team has set. Raises UnavailableError."""
        await self._neighbours.ask_all(TeamChanged(team_id))

    async def last_words(self, words: LastWords) -> None:
        """Pass on what a page of another node said as it went."""
        await self._neighbours.ask_process(words.resume.partition(".")[0], Said(words))

    # ---- what others ask -----------------------------------------------------------------------------

    async def _obey(self, message: Message) -> Answer:
        here = self._here
        match message:
            case Start(team, short_id, seat, record):
                if await self._homes.other_home((team.id, short_id)) is not None:
                    return Answer()
                return Answer(record=here.start_here(team, short_id, seat, record), is_done=True)
            case End(team_id, short_id, reason):
                return Answer(is_done=here.end_here((team_id, short_id), reason))
            case Requested(session_id, agent_id, agent_name):
                return Answer(is_done=here.announce_here(session_id, agent_id, agent_name))
            case TakeSeats(team_id, agent_id):
                here.take_seats_here(team_id, agent_id)
            case Forget(team_id, short_id):
                await here.forget_here((team_id, short_id))
            case ForgetAssets(team_id, short_ids):
                await here.forget_assets_here(team_id, short_ids)
            case TeamChanged(team_id):
                await here.team_changed_here(team_id)
            case Said(words):
                return Answer(is_done=here.last_words_here(words))
            case Changed(visitors):
                here.heard(visitors)
        return Answer(is_done=True)

    # ---- the node itself -----------------------------------------------------------------------------

    def _tell(self, changed: list[VisitorKey]) -> None:
        for start in range(0, len(changed), _AT_ONCE):
            part = changed[start : start + _AT_ONCE]
            self._world.errands.run("tell changes", self._neighbours.tell_changed(part))

    async def _take_up(self, keys: set[VisitorKey]) -> None:
        await self._here.take_up_here(lambda key: key in keys)

    def _lost(self) -> None:
        self._homes.keep_only({})
        self._here.let_nobody_in()

    def _gone(self, visitors: list[VisitorKey]) -> None:
        """Tell of visitors who were idle at a node that died."""
        if visitors:
            self._here.heard(visitors)
            self._tell(visitors)
            now = self._world.clock.now()
            for team_id, short_id in visitors:
                self._world.tell(News(team_id=team_id, type="visitor.offline", short_id=short_id, at=now))
