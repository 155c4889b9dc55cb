"""Leases of nodes and homes of visitors in PostgreSQL; see `ports.nodes.NodeStore`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, Select, and_, bindparam, delete, func, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from twinpane.ports.nodes import Home, Node, Renewal, Taken, VisitorPlace
from twinpane.store.database import Database
from twinpane.store.tables import homes, lookup_codes, nodes, sessions, visitors

_NOW: Final = func.extract("epoch", func.clock_timestamp())
_FORGOTTEN_AFTER_S: Final = 86_400.0
_OFFLINE_AT_ONCE: Final = 1_000
_IS_IN_SESSION: Final = (
    select(sessions.c.id)
    .where(
        sessions.c.team_id == homes.c.team_id, sessions.c.short_id == homes.c.short_id, sessions.c.ended_at.is_(None)
    )
    .exists()
)
_HOME_OF_VISITOR: Final = select(homes.c.node_id).where(
    homes.c.team_id == visitors.c.team_id, homes.c.short_id == visitors.c.short_id
)


class Nodes:
    """The part of the SQL store that many nodes share. PostgreSQL only: nodes share no file."""

    _database: Database

    async def join(self, node: Node, lease_s: float) -> int:
        """Begin to be a node; returns its epoch."""
        begun = {"address": node.address, "process": node.process, "since": _NOW, "lease_until": _NOW + lease_s}
        own = insert(nodes).values(id=node.id, epoch=1, **begun)
        again = own.on_conflict_do_update(index_elements=["id"], set_={**begun, "epoch": nodes.c.epoch + 1})
        unheld = select(sessions.c.team_id, sessions.c.short_id, bindparam("me", node.id), bindparam("first", 1))
        open_ones = unheld.where(sessions.c.ended_at.is_(None)).distinct()
        adopt = insert(homes).from_select(["team_id", "short_id", "node_id", "epoch"], open_ones)
        mine = homes.c.node_id == node.id
        others = select(nodes.c.id).where(nodes.c.lease_until > _NOW, nodes.c.id != node.id)
        async with self._database.writing() as connection:
            epoch: int = (await connection.execute(again.returning(nodes.c.epoch))).scalar_one()
            await connection.execute(update(homes).where(mine).values(epoch=homes.c.epoch + 1, told=None))
            await connection.execute(adopt.on_conflict_do_nothing())
            await _set_offline(connection, _HOME_OF_VISITOR.where(mine).exists())
            await connection.execute(delete(homes).where(mine, ~_IS_IN_SESSION))
            if (await connection.execute(others)).first() is None:
                await _set_offline(connection, ~_HOME_OF_VISITOR.exists())
            return epoch

    async def renew(self, node_id: str, epoch: int, lease_s: float) -> Renewal:
        """Let the lease run on from now."""
        me = (nodes.c.id == node_id) & (nodes.c.epoch == epoch)
        async with self._database.writing() as connection:
            before = (await connection.execute(select(nodes.c.lease_until, _NOW).where(me).with_for_update())).first()
            if before is None:
                return "lost"
            has_lapsed = before[0] < before[1]
            begun = {"since": _NOW} if has_lapsed else {}
            await connection.execute(update(nodes).where(me).values(lease_until=_NOW + lease_s, **begun))
            return "lapsed" if has_lapsed else "held"

    async def leave(self, node_id: str, epoch: int) -> None:
        """End the lease now."""
        me = (nodes.c.id == node_id) & (nodes.c.epoch == epoch)
        async with self._database.writing() as connection:
            await connection.execute(update(nodes).where(me).values(lease_until=_NOW - 1))

    async def living_nodes(self) -> list[Node]:
        """The nodes whose lease holds."""
        rows = await self._database.rows(select(nodes).where(nodes.c.lease_until > _NOW).order_by(nodes.c.id))
        return [_node_of(row) for row in rows]

    async def claim(self, node_id: str, places: Iterable[VisitorPlace]) -> dict[VisitorPlace, Home]:
        """Be the home of visitors who have none or are at this node; returns who is, after this."""
        # In one order everywhere, so that two nodes never wait for each other.
        rows = [{"team_id": place[0], "short_id": place[1], "node_id": node_id, "epoch": 1} for place in sorted(places)]
        claimed = insert(homes).on_conflict_do_update(
            index_elements=["team_id", "short_id"],
            set_={"epoch": homes.c.epoch + 1},
            where=homes.c.node_id == node_id,
        )
        async with self._database.writing() as connection:
            await connection.execute(claimed, rows)
            found = await connection.execute(_found().where(_among(places)))
            return {(row.team_id, row.short_id): _home_of(row) for row in found}

    async def release(self, node_id: str, places: Mapping[VisitorPlace, int]) -> None:
        """Be no longer the home of these, unless they were claimed anew."""
        triples = tuple_(homes.c.team_id, homes.c.short_id, homes.c.epoch)
        gone = triples.in_([(*place, epoch) for place, epoch in places.items()])
        async with self._database.writing() as connection:
            await connection.execute(delete(homes).where(homes.c.node_id == node_id, gone))

    async def tell(self, node_id: str, told: Mapping[VisitorPlace, dict[str, Any]]) -> None:
        """Keep what others are to know of visitors whose home is this node."""
        one = and_(homes.c.team_id == bindparam("team"), homes.c.short_id == bindparam("visitor"))
        changed = update(homes).where(one, homes.c.node_id == node_id).values(told=bindparam("said"))
        rows = [{"team": place[0], "visitor": place[1], "said": said} for place, said in sorted(told.items())]
        async with self._database.writing() as connection:
            await connection.execute(changed, rows)

    async def homes(self, team_id: int, short_ids: Iterable[str]) -> dict[str, Home]:
        """The homes of those visitors who have one."""
        wanted = _found().where(homes.c.team_id == team_id, homes.c.short_id.in_(list(short_ids)))
        return {row.short_id: _home_of(row) for row in await self._database.rows(wanted)}

    async def home_of_session(self, session_id: str) -> tuple[VisitorPlace, Home] | None:
        """Whose session this is and who holds it; None if it has ended or nobody does."""
        is_theirs = and_(sessions.c.team_id == homes.c.team_id, sessions.c.short_id == homes.c.short_id)
        wanted = _found().join(sessions, is_theirs).where(sessions.c.id == session_id, sessions.c.ended_at.is_(None))
        rows = await self._database.rows(wanted)
        return ((rows[0].team_id, rows[0].short_id), _home_of(rows[0])) if rows else None

    async def homes_of_team(self, team_id: int) -> list[str]:
        """The visitors of a team whom any node holds."""
        rows = await self._database.rows(select(homes.c.short_id).where(homes.c.team_id == team_id))
        return [row.short_id for row in rows]

    async def held_by(self, node_id: str) -> dict[VisitorPlace, int]:
        """Whose home a node is, and the epoch of each."""
        rows = await self._database.rows(select(homes).where(homes.c.node_id == node_id))
        return {(row.team_id, row.short_id): row.epoch for row in rows}

    async def take_over(self, node_id: str, lease_s: float, limit: int) -> Taken:
        """Take up visitors in sessions at nodes whose lease ran out, at most so many; all there become offline."""
        me = select(nodes.c.id).where(nodes.c.id == node_id, nodes.c.lease_until > _NOW, nodes.c.since < _NOW - lease_s)
        dead = select(nodes.c.id).where(nodes.c.lease_until < _NOW, nodes.c.id != node_id, me.exists())
        theirs = homes.c.node_id.in_(dead.scalar_subquery())
        if not await self._database.rows(select(homes.c.node_id).where(theirs).limit(1)):
            return Taken(in_session={}, gone=[])
        some = select(homes.c.team_id, homes.c.short_id).where(theirs, _IS_IN_SESSION).limit(limit)
        place = tuple_(homes.c.team_id, homes.c.short_id)
        taken = (
            update(homes)
            .where(theirs, place.in_(some.with_for_update(skip_locked=True, of=homes)))
            .values(node_id=node_id, epoch=homes.c.epoch + 1, told=None)
        )
        forgotten = delete(nodes).where(nodes.c.lease_until < _NOW - _FORGOTTEN_AFTER_S)
        async with self._database.writing() as connection:
            rows = await connection.execute(taken.returning(homes.c.team_id, homes.c.short_id, homes.c.epoch))
            in_session = {(row.team_id, row.short_id): row.epoch for row in rows}
            left = delete(homes).where(theirs, ~_IS_IN_SESSION).returning(homes.c.team_id, homes.c.short_id)
            gone = [(row.team_id, row.short_id) for row in await connection.execute(left)]
            places = [*in_session, *gone]
            for start in range(0, len(places), _OFFLINE_AT_ONCE):
                some_of = places[start : start + _OFFLINE_AT_ONCE]
                await _set_offline(connection, tuple_(visitors.c.team_id, visitors.c.short_id).in_(some_of))
            await connection.execute(forgotten)
            return Taken(in_session=in_session, gone=gone)

    async def visitor_by_code(self, team_id: int, digits: str, now: datetime) -> str | None:
        """The visitor with a lookup code that holds (S6)."""
        mine = (lookup_codes.c.team_id == team_id) & (lookup_codes.c.digits == digits)
        rows = await self._database.rows(select(lookup_codes.c.short_id).where(mine, lookup_codes.c.expires_at > now))
        return rows[0].short_id if len(rows) == 1 else None


def _found() -> Select[Any]:
    return select(homes, nodes, (nodes.c.lease_until > _NOW).label("is_alive"), homes.c.epoch.label("home_epoch")).join(
        nodes, nodes.c.id == homes.c.node_id
    )


def _among(places: Iterable[VisitorPlace]) -> Any:
    return tuple_(homes.c.team_id, homes.c.short_id).in_(list(places))


def _node_of(row: Row[Any]) -> Node:
    return Node(id=row.id, address=row.address, process=row.process)


def _home_of(row: Row[Any]) -> Home:
    return Home(node=_node_of(row), epoch=row.home_epoch, is_alive=row.is_alive, told=row.told)


async def _set_offline(connection: AsyncConnection, who: Any) -> None:
    gone = update(visitors).where(visitors.c.is_online, who)
    await connection.execute(gone.values(is_online=False, is_in_session=False))
