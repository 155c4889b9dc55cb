"""How many nodes a number of people takes: costs in docs/benchmarks.md, multiplied. `--write`: docs/capacity.md."""

from __future__ import annotations

import argparse
import math
import re
from dataclasses import dataclass, replace
from pathlib import Path

DOCS = Path(__file__).parent.parent / "docs"


@dataclass(frozen=True)
class Costs:
    """What one of each takes, as measured."""

    connection_kb: float
    connection_core: float
    """Part of a core that an idle connection keeps busy."""
    connect_us: float
    frame_us: float
    hop_us: float
    write_us: float
    database_us: float
    request_us: float


@dataclass(frozen=True)
class Load:
    """How many people do what. What is assumed of them stands in the page."""

    name: str
    visitors: int
    sessions: int
    page_s: float = 30
    """Each visitor turns a page so often."""
    frames_a_second: float = 20
    agents: float = 1
    requests_a_session: float = 6
    session_s: float = 600
    nodes_share: float = 0.5
    """How much of its core a node is to use: the rest is for the death of others and for the storm after it."""
    is_sticky: bool = False
    """Whether the load balancer keeps a browser at one node: then only agents are carried."""


@dataclass(frozen=True)
class Need:
    """What that takes: cores by what for, and the rest."""

    cores: dict[str, float]
    nodes: int
    memory_gb: float
    database_cores: float
    writes_a_second: float
    database_connections: int
    storm_s: float
    """CPU seconds that each node needs to take the visitors of a dead one."""


def row(text: str, heading: str, name: str) -> list[float]:
    """The numbers of a table's row below a heading. Raises LookupError if it has gone: the model must not guess."""
    part = re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#+ |\Z)", text, re.DOTALL | re.MULTILINE)
    found = re.search(rf"^\| {re.escape(name)} \|(.*)\|$", part[1], re.MULTILINE) if part else None
    if found is None:
        raise LookupError(f"docs/benchmarks.md has no {name!r} under {heading!r}")
    return [float(each.replace(",", "")) for each in re.findall(r"[\d,]+(?:\.\d+)?", found[1])]


def costs_of(text: str) -> Costs:
    """Read what was measured."""
    idle = "Idle visitors"
    return Costs(
        connection_kb=row(text, idle, "KB a connection")[0],
        connection_core=row(text, idle, "idle CPU, % of a core")[0] / 100 / 5_000,
        connect_us=row(text, idle, "CPU µs a connect")[0],
        frame_us=row(text, "Relaying a page frame", "scattered")[0],
        hop_us=row(text, "One hop", "CPU µs of the carrying node a frame, its idling included")[0],
        write_us=row(text, "Writing visitors to PostgreSQL", "again")[0],
        database_us=row(text, "Writing visitors to PostgreSQL", "again")[1],
        request_us=row(text, "The REST API", "`GET list`")[2],
    )


def need_of(load: Load, costs: Costs) -> Need:
    """Multiply. Of n nodes behind a load balancer without stickiness, n - 1 of n peers land elsewhere than at home."""
    turned = load.visitors / load.page_s
    frames = load.sessions * load.frames_a_second
    requests = load.sessions / load.session_s * load.requests_a_session
    nodes = 1
    while True:
        agents_carried = (nodes - 1) / nodes
        carried = 0 if load.is_sticky else agents_carried
        hops = frames * (carried + load.agents * agents_carried)
        cores = {
            "visitors who are connected": load.visitors * costs.connection_core * (1 + carried),
            "pages turned: connecting": turned * costs.connect_us / 1e6 * (1 + carried),
            "pages turned: telling the database": turned * costs.write_us / 1e6,
            "frames to agents": frames * load.agents * costs.frame_us / 1e6,
            "frames carried to and from other nodes": hops * costs.hop_us / 1e6,
            "requests of the API": requests * costs.request_us / 1e6,
        }
        wanted = max(1, math.ceil(sum(cores.values()) / load.nodes_share))
        if wanted <= nodes:
            break
        nodes = wanted
    moved = load.visitors / nodes / max(nodes - 1, 1)
    return Need(
        cores=cores,
        nodes=nodes,
        memory_gb=load.visitors * costs.connection_kb * (1 + carried) / 1e6,
        database_cores=turned * costs.database_us / 1e6,
        writes_a_second=turned,
        database_connections=10 * nodes,
        storm_s=moved * (costs.connect_us + costs.write_us) / 1e6 if nodes > 1 else 0,
    )


LOADS = [
    Load("a shop", 2_000, 20),
    Load("a large shop", 50_000, 500),
    Load("a bank", 200_000, 2_000),
    Load("a million", 1_000_000, 10_000),
]


def page(text: str) -> str:
    """The page, from what docs/benchmarks.md says."""
    costs = costs_of(text)
    needs = [(load, need_of(load, costs)) for load in LOADS]
    goal_load, goal = needs[-1]
    sticky = need_of(replace(goal_load, is_sticky=True), costs)
    rows = "".join(
        f"| {load.name} | {load.visitors:,} | {load.sessions:,} | {need.nodes} | {need.memory_gb:,.1f} GB "
        f"| {need.database_cores:,.1f} | {need.writes_a_second:,.0f} | {need.database_connections:,} |\n"
        for load, need in needs
    )
    parts = "".join(f"| {name} | {cores:,.1f} |\n" for name, cores in goal.cores.items())
    units = "".join(f"| {name} | {value} |\n" for name, value in _units(costs))
    return _PAGE.format(
        units=units,
        rows=_TITLES + rows,
        parts=parts,
        goal=goal,
        sticky=sticky.nodes,
        storm=f"{goal.storm_s * 1e3:.0f}",
        share=int(goal_load.nodes_share * 100),
        visitors=f"{goal_load.visitors:,}",
        sessions=f"{goal_load.sessions:,}",
        load=goal_load,
        writes=f"{goal.writes_a_second:,.0f}",
        connections=f"{goal.database_connections:,}",
    )


def _units(costs: Costs) -> list[tuple[str, str]]:
    return [
        ("a connected visitor", f"{costs.connection_kb:g} KB, {costs.connection_core * 1e6:.2f} µs CPU a second"),
        ("a page turned: the new connection", f"{costs.connect_us:g} µs CPU"),
        ("a page turned: written", f"{costs.write_us:g} µs of the node, {costs.database_us:g} µs of PostgreSQL"),
        ("a frame to an agent (200 bytes, each a wake-up of its own)", f"{costs.frame_us:g} µs"),
        ("a frame carried by another node", f"{costs.hop_us:g} µs"),
        ("a request of the API (a list of 50)", f"{costs.request_us:,.0f} µs"),
    ]


_TITLES = (
    "| | visitors online | live sessions | nodes | memory for connections | cores of PostgreSQL "
    "| rows written a second | connections to PostgreSQL |\n|---|---|---|---|---|---|---|---|\n"
)

_PAGE = """# Capacity

How many nodes a number of people takes. Written by `python -m bench.capacity --write` from the unit costs in
[benchmarks.md](benchmarks.md); do not edit. This is a model: costs of one of each, measured on small loads,
multiplied.
What a million connections do to a network or a broker, nobody has tried. Costs of several nodes were measured on a
busy machine and are upper bounds.

## Unit costs

| what | cost |
|---|---|
{units}
A node is one process and uses one core. CPU here is that of a shared virtual core; measure yours with `make bench`.

## Formula

    cores = visitors * (idle + connect / {load.page_s:g} s + written / {load.page_s:g} s)
          + sessions * {load.frames_a_second:g} frames a second * (agents * relayed + carried) + requests
    nodes = cores / {share} %

It assumes that a visitor turns a page every {load.page_s:g} s, that a live page changes {load.frames_a_second:g}
times a second (a busy page; most are still most of the time), one agent a session, sessions of ten minutes with six
requests each,
and a load balancer that sends each connection to any node, so that of n nodes (n - 1) / n of all peers are carried.
Nodes are to use {share} % of their core: the rest is for the death of others.

{rows}
Add some 100 MB a node for the process itself, and a journal of up to 8 MB a live session. One server with SQLite
writes 497 to 3,290 visitors a second ([benchmarks.md](benchmarks.md), "The directory").

## {visitors} visitors online, {sessions} live sessions

| cores for | |
|---|---|
{parts}
What breaks first as people become more, in the order that the figures say, and what to add:

1. **PostgreSQL's writes.** {writes} rows a second take {goal.database_cores:.1f} cores for the visitors' rows and
   their search index alone, on one machine, without what its disk takes. Half as many pages turned are half of it.
   Nothing of this waits: a late row is a search that shows a page of some seconds ago. Beyond one machine's writes
   the rows would have to be divided by team: not built.
2. **Connections to PostgreSQL.** Up to {connections}, ten a node: set `max_connections`.
3. **Carrying.** With peers sent to any node most frames pass two nodes. A load balancer that keeps a browser at one
   node (a cookie or the address) leaves only agents to carry: {sticky} nodes instead of {goal.nodes}.
4. **A node's death.** Its visitors come to the others within 22 s, drawn apart; each of these needs {storm} ms of
   CPU for its part. The load balancer, which takes them all at once, is not in the model.
5. **Consoles of one team** with all visitors: each node asks the database four times a second for what changed, as
   long as somebody looks. Not measured with many nodes.
6. **The broker** carries names of changed visitors to nodes that show them, gathered, and no frame. Not measured.

Not in the model: what the database writes to make a visitor at home at a node and to tell others of them (not
measured), proxy sessions (one server only), recordings (bytes to disk are the frames' bytes), assets that agents
load.
"""


def main() -> None:
    """Print the page, or write it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    written = page((DOCS / "benchmarks.md").read_text())
    if parser.parse_args().write:
        (DOCS / "capacity.md").write_text(written)
    else:
        print(written)


if __name__ == "__main__":
    main()
