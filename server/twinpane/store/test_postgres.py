"""What is special about a store in PostgreSQL: many processes, failures, its index, its migrations."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine

from tools.postgres import Postgres, running, why_not
from twinpane.access.search import SearchQuery, parse_search
from twinpane.actions.read_audit import verify_audit
from twinpane.errors import ConflictError, UnavailableError
from twinpane.ports.audit import Deed
from twinpane.ports.members import Member
from twinpane.ports.records import VisitorChange
from twinpane.store.conftest import NOW, begin_older, found, note
from twinpane.store.database import Database
from twinpane.store.postgres import postgres_url
from twinpane.store.search import Bounds, Search
from twinpane.store.sql import SqlStore
from twinpane.store.words import asked


@pytest.mark.parametrize("written", ["sqlite:///a.db", "postgresql://host", "postgresql+psycopg://host/name", "x", ""])
def test_only_addresses_of_postgresql_are_taken(written: str) -> None:
    with pytest.raises(ValueError, match="postgresql://user:password@host/name"):
        postgres_url(written)


def test_address_is_written_as_for_its_own_tools() -> None:
    url = postgres_url("postgres://app:p%40ss@db.example:6432/twinpane?sslmode=verify-full")
    assert (url.drivername, url.password, dict(url.query)) == ("postgresql+asyncpg", "p@ss", {"ssl": "verify-full"})


async def test_r22_chain_stays_whole_when_many_processes_write_at_once(postgres_database: str) -> None:
    stores = [SqlStore(postgres_url(postgres_database)) for _ in range(4)]
    for store in stores:
        await store.connect()
    team = await stores[0].add_team("Acme", "abcdef1234")
    deeds = [Deed(team_id=team.id, at=NOW, who="key 1", did=f"deed {number}", address=None) for number in range(40)]
    await asyncio.gather(*(stores[number % 4].add_deed(deed) for number, deed in enumerate(deeds)))
    verified = await verify_audit(stores[0])
    assert (verified.entries, verified.broken_at) == (40, None)
    for store in stores:
        await store.close()


async def test_two_owners_who_remove_each_other_at_once_leave_one(postgres_database: str) -> None:
    stores = [SqlStore(postgres_url(postgres_database)) for _ in range(2)]
    for store in stores:
        await store.connect()
    team = await stores[0].add_team("Acme", "abcdef1234")
    owners = [
        await stores[0].add_member(Member(id=0, team_id=team.id, email=name, name=name, role="owner", added_at=NOW))
        for name in ("zoe@shop.example", "bo@shop.example")
    ]
    done = await asyncio.gather(
        *(store.remove_member(team.id, owner.id) for store, owner in zip(stores, owners, strict=True)),
        return_exceptions=True,
    )
    assert len(await stores[0].members(team.id)) == 1
    assert [each for each in done if each is not True and not isinstance(each, ConflictError)] == []
    for store in stores:
        await store.close()


async def test_schema_is_made_once_however_many_start_at_once(postgres: Postgres) -> None:
    stores = [SqlStore(postgres_url(await postgres.create("raced")))]
    stores += [SqlStore(postgres_url(postgres.url("raced"))) for _ in range(2)]
    await asyncio.gather(*(store.connect() for store in stores))
    assert await stores[0].teams() == []
    for store in stores:
        await store.close()


async def test_nul_stands_as_a_mark_for_what_cannot_be_shown(postgres_database: str) -> None:
    store = SqlStore(postgres_url(postgres_database))
    await store.open()
    team = await store.add_team("Ac\x00me", "abcdef1234")
    assert team.name == "Ac\ufffdme"
    note(store, team, "AAAA2222", call_name="Z\x00", metadata={"plan": "a\x00b"})
    visitor = await store.visitor(team.id, "AAAA2222")
    assert visitor is not None
    await store.flush()
    kept = await store.visitor(team.id, "AAAA2222")
    assert kept is not None
    assert (kept.call_name, kept.metadata) == ("Z\ufffd", {"plan": "a\x00b"})
    assert await store.visitor(team.id, "\x00") is None
    await store.close()


# ---- failures ----


@pytest.fixture
def mortal() -> Iterator[Postgres]:
    if reason := why_not():
        pytest.skip(reason)
    with running() as server:
        yield server


async def test_database_that_is_down_is_told_and_what_was_noted_is_written_when_it_is_back(mortal: Postgres) -> None:
    store = SqlStore(postgres_url(mortal.url("postgres")))
    await store.open()
    team = await store.add_team("Acme", "abcdef1234")
    assert await store.search_visitors(team.id, SearchQuery(), 5, None)
    mortal.stop()
    note(store, team, "AAAA2222", identities=["Zoë"])
    for work in (store.teams(), store.flush(), store.add_team("B", "bbbbbb1234"), store.visitor(team.id, "AAAA2222")):
        with pytest.raises(UnavailableError):
            await work
    mortal.start()
    assert await found(store, team, "zoe") == ["AAAA2222"]
    await store.flush()
    assert [each.short_id for each in await store.visitors_among(team.id, ["AAAA2222"])] == ["AAAA2222"]
    await store.close()


async def test_nobody_there_and_a_wrong_name_are_unavailable(postgres: Postgres) -> None:
    for url in (postgres.url("nothing"), "postgresql://a:b@127.0.0.1:1/c"):
        with pytest.raises(UnavailableError):
            await SqlStore(postgres_url(url)).open()
        with pytest.raises(UnavailableError):
            await Database(postgres_url(url)).versions()


async def test_statement_that_is_wrong_is_not_taken_for_a_failure_and_tells_no_values(postgres_database: str) -> None:
    database = Database(postgres_url(postgres_database))
    await database.open()
    with pytest.raises(DBAPIError) as caught:
        await database.rows(text("SELECT * FROM nothing WHERE x = :x").bindparams(x="very-private"))
    assert "very-private" not in str(caught.value)
    await database.close()


# ---- searches ----


async def fill(store: SqlStore) -> int:
    """A hundred and twenty visitors of a team, whose number is given."""
    chance = random.Random(7)
    await store.open()
    team = await store.add_team("Acme", "abcdef1234")
    for number in range(120):
        columns = {
            "identities": [" ".join(chance.sample(["zoe", "grey", "ada", "brown", "li"], 2))],
            "tags": chance.sample(["vip", "trial", "old"], 1),
            "is_online": chance.random() < 0.3,
        }
        at = NOW + timedelta(minutes=chance.randrange(60), seconds=chance.randrange(3))
        store.record_visitor(VisitorChange(team_id=team.id, short_id=f"AAAA{number:04}", at=at, set=columns))
    await store.close()
    return team.id


def plan(connection: Connection, team_id: int) -> str:
    connection.execute(text("SET enable_seqscan = off"))
    wanted = Search(team_id, parse_search("zoe l"), 5)
    asking = wanted.by_vector(asked(team_id, wanted.query)).compile(dialect=connection.dialect)
    given = tuple(asking.params[name] for name in asking.positiontup or ())
    return "\n".join(connection.exec_driver_sql(f"EXPLAIN {asking}", given).scalars())


async def test_r40_the_same_is_found_on_every_way_and_by_an_index(postgres_database: str) -> None:
    team_id = await fill(SqlStore(postgres_url(postgres_database)))
    place = (NOW + timedelta(minutes=30), "AAAA0050")

    def compare(connection: Connection) -> None:
        for typed in ("zoe", "grey ada", "li", "l", "zoe online", "brown -online", "#vip", "#vip grey online", "none"):
            for limit, after, newest in ((5, None, 5), (5, None, 100), (200, None, 10), (7, place, 10)):
                wanted = Search(team_id, parse_search(typed), limit, after, Bounds(newest=newest))
                listed = connection.execute(wanted.listed("postgresql")).all()
                assert wanted.rows(connection) == listed, typed
                by_index = connection.execute(wanted.by_vector(asked(team_id, wanted.query)))
                assert by_index.all() == listed, typed

    engine = create_async_engine(postgres_url(postgres_database))
    async with engine.connect() as connection:
        await connection.run_sync(compare)
        assert "Bitmap Index Scan on visitor_index_grams" in await connection.run_sync(plan, team_id)
    await engine.dispose()


async def test_r13_what_is_erased_is_out_of_the_index_too(postgres_database: str) -> None:
    store = SqlStore(postgres_url(postgres_database))
    await store.open()
    team = await store.add_team("Acme", "abcdef1234")
    for short_id, name in (("AAAA2222", "Zoë"), ("AAAA2223", "Ada")):
        note(store, team, short_id, identities=[name])
    await store.erase_visitors(team.id, ["AAAA2222"])
    await store.scrub()
    database = Database(postgres_url(postgres_database))
    await database.open()
    grams = [row.grams for row in await database.rows(text("SELECT grams::text AS grams FROM visitor_index"))]
    assert (len(grams), "'zoe'" in grams[0], "'ada'" in grams[0]) == (1, False, True)
    await database.close()
    await store.close()


async def test_r40_visitors_of_an_older_database_are_indexed_as_it_is_opened(postgres: Postgres) -> None:
    url = await postgres.create("older")
    engine = create_async_engine(postgres_url(url))
    async with engine.begin() as connection:
        await connection.run_sync(begin_older)
    await engine.dispose()
    store = SqlStore(postgres_url(url))
    await store.open()
    for typed in ("zo", "ip:10.1.1.1 -online", "id:u1"):
        [visitor] = (await store.search_visitors(1, parse_search(typed), 5, None)).visitors
        assert visitor.identities == ["Zoë"]
    await store.close()
