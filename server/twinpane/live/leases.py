"""This node's lease, and the sessions of nodes whose lease ran out (N1, N4)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

import structlog

from twinpane.errors import UnavailableError
from twinpane.live.homes import Homes
from twinpane.live.presence import VisitorKey
from twinpane.live.world import World
from twinpane.ports.nodes import Node, NodeStore

LEASE_S: Final = 6.0
LOOK_EVERY_S: Final = 1.0
_TAKEN_AT_ONCE: Final = 200

_log = structlog.get_logger(__name__)


class Lease:
    """Renewed each second. `take_up` goes on with the sessions of visitors who became this node's.

    `gone` hears of visitors who were idle at a node that died, `lost` when another process is this node.
    """

    def __init__(
        self,
        world: World,
        store: NodeStore,
        node: Node,
        homes: Homes,
        take_up: Callable[[set[VisitorKey]], Awaitable[None]],
        lost: Callable[[], None],
        gone: Callable[[list[VisitorKey]], None],
    ) -> None:
        self._world = world
        self._store = store
        self._node = node
        self._homes = homes
        self._take_up = take_up
        self._lost = lost
        self._gone = gone
        self._epoch = 0
        self._stop_timer: Callable[[], None] | None = None
        self._is_over = False

    async def begin(self) -> None:
        """Be a node, and go on with what is its own."""
        self._epoch = await self._store.join(self._node, LEASE_S)
        held = await self._store.held_by(self._node.id)
        self._homes.took(held)
        await self._take_up(set(held))
        self._look_soon()

    async def end(self) -> None:
        """Let others take over at once what is still here."""
        self._is_over = True
        if self._stop_timer is not None:
            self._stop_timer()
        try:
            await self._store.leave(self._node.id, self._epoch)
        except UnavailableError:
            _log.warning("lease_not_ended", hint="others wait until it has run out")

    def _look_soon(self) -> None:
        if not self._is_over:
            self._stop_timer = self._world.clock.call_later(LOOK_EVERY_S, self._look)

    def _look(self) -> None:
        self._world.errands.run("lease", self._renew())

    async def _renew(self) -> None:
        if self._is_over:
            return
        try:
            renewal = await self._store.renew(self._node.id, self._epoch, LEASE_S)
            if self._is_over:
                return
            if renewal == "lost":
                _log.error("node_lost", hint="another process runs as this node: with the same data folder")
                self._lost()
                return
            if renewal == "lapsed":
                _log.warning("lease_lapsed")
                self._homes.keep_only(await self._store.held_by(self._node.id))
            await self._take_over()
        except UnavailableError:
            _log.warning("lease_not_renewed")
        self._look_soon()

    async def _take_over(self) -> None:
        taken = await self._store.take_over(self._node.id, LEASE_S, _TAKEN_AT_ONCE)
        self._gone(taken.gone)
        if taken.in_session and not self._is_over:
            _log.info("sessions_taken_over", sessions=len(taken.in_session))
            self._homes.took(taken.in_session)
            await self._take_up(set(taken.in_session))
