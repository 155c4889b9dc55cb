"""Which visitors are this node's, among many (N2): claimed before they are let in, told of to others, released."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import Any, Final

import msgspec

from twinpane.errors import UnavailableError
from twinpane.live.presence import VisitorKey
from twinpane.live.visitor_now import VisitorNow
from twinpane.live.world import World
from twinpane.ports.nodes import Home, Node, NodeStore

TELL_WITHIN_S: Final = 0.2
AGAIN_S: Final = 1.0
_AT_ONCE: Final = 500

Tell = Callable[[list[VisitorKey]], Any]


class Homes:
    """Claims, and what others are told. `now_of` looks what is here of a visitor, `give_up` sends them elsewhere."""

    def __init__(
        self,
        world: World,
        store: NodeStore,
        node_id: str,
        now_of: Callable[[VisitorKey], VisitorNow | None],
        give_up: Callable[[VisitorKey], None],
    ) -> None:
        self._world = world
        self._store = store
        self._node_id = node_id
        self._now_of = now_of
        self._give_up = give_up
        self.held: dict[VisitorKey, int] = {}
        """Whose home this node is, with the epoch of each claim."""
        self.tell: Callable[[list[VisitorKey]], None] = lambda _: None
        """Is called with those who changed, once the store knows."""
        self._asked: dict[VisitorKey, asyncio.Future[Home]] = {}
        self._dirty: dict[VisitorKey, None] = {}
        self._stop_timer: Callable[[], None] | None = None
        self._is_claiming = self._is_telling = self._is_stopped = False

    async def other_home(self, key: VisitorKey) -> Node | None:
        """The other node that holds a visitor; None: this one does from now on.

        Raises UnavailableError while nobody can say, and while the node that holds the visitor is gone and no other
        has taken over.
        """
        if key in self.held:
            return None
        future = self._asked.get(key)
        if future is None:
            future = self._asked[key] = asyncio.get_running_loop().create_future()
            if not self._is_claiming:
                self._is_claiming = True
                self._world.errands.run("claim visitors", self._claim_asked())
        home = await asyncio.shield(future)
        if home.node.id == self._node_id:
            return None
        if not home.is_alive:
            raise UnavailableError("The node of this visitor is gone; another takes over in a moment.")
        return home.node

    def changed(self, team_id: int, short_id: str) -> None:
        """Note that a visitor, or their session, is not as it was."""
        self._dirty[team_id, short_id] = None
        self._tell_in(TELL_WITHIN_S)

    def took(self, places: dict[VisitorKey, int]) -> None:
        """Note who was taken up from another process."""
        self.held |= places
        for place in places:
            self.changed(*place)

    def keep_only(self, held: dict[VisitorKey, int]) -> None:
        """After a time without a lease: give up whom another node has taken over."""
        for key in [key for key in self.held if key not in held]:
            del self.held[key]
            self._give_up(key)
        self.took(held)  # Of those who have left meanwhile it lets go with the next telling.

    def stop(self) -> None:
        """Tell nothing more."""
        self._is_stopped = True
        if self._stop_timer is not None:
            self._stop_timer()

    async def finish(self) -> None:
        """Tell what is not told yet."""
        await self._tell_changed()

    # ---- claims --------------------------------------------------------------------------------------

    async def _claim_asked(self) -> None:
        """Claim for all who ask meanwhile, one statement after another."""
        try:
            while self._asked:
                asked, self._asked = self._asked, {}
                try:
                    homes = await self._claim(asked)
                except Exception as error:
                    for future in asked.values():
                        future.set_exception(error)
                        future.exception()  # Whoever asked may have gone.
                    continue
                for key, future in asked.items():
                    future.set_result(homes[key])
        finally:
            self._is_claiming = False

    async def _claim(self, keys: Iterable[VisitorKey]) -> dict[VisitorKey, Home]:
        homes = await self._store.claim(self._node_id, keys)
        for key, home in homes.items():
            if home.node.id == self._node_id:
                self.held[key] = home.epoch
        return homes

    # ---- telling -------------------------------------------------------------------------------------

    def _tell_in(self, delay_s: float) -> None:
        if self._stop_timer is None and not self._is_telling and not self._is_stopped:
            self._stop_timer = self._world.clock.call_later(delay_s, self._begin_telling)

    def _begin_telling(self) -> None:
        self._stop_timer = None
        self._world.errands.run("tell other nodes", self._tell_changed())

    async def _tell_changed(self) -> None:
        self._is_telling = True
        again_s = TELL_WITHIN_S
        try:
            while self._dirty:
                changed = dict.fromkeys(list(self._dirty)[:_AT_ONCE])
                for key in changed:
                    del self._dirty[key]
                try:
                    await self._write(changed)
                except UnavailableError:
                    self._dirty = changed | self._dirty
                    again_s = AGAIN_S
                    break
                self.tell(list(changed))
        finally:
            self._is_telling = False
        if self._dirty:
            self._tell_in(again_s)

    async def _write(self, changed: Iterable[VisitorKey]) -> None:
        now = {key: self._now_of(key) for key in changed}
        await self._release([key for key, told in now.items() if told is None])
        unheld = [key for key, told in now.items() if told is not None and key not in self.held]
        for key, home in (await self._claim(unheld)).items() if unheld else ():
            if home.node.id != self._node_id:
                self._give_up(key)
        await self._world.store.flush()
        told = {key: msgspec.to_builtins(each) for key, each in now.items() if each is not None and key in self.held}
        if told:
            await self._store.tell(self._node_id, told)

    async def _release(self, keys: list[VisitorKey]) -> None:
        # Forgotten first: who comes back meanwhile claims anew, which the release of an earlier claim leaves alone.
        gone = {key: self.held.pop(key) for key in keys if key in self.held}
        if not gone:
            return
        try:
            await self._store.release(self._node_id, gone)
        except UnavailableError:
            self.held = gone | self.held
            raise
