"""Thousands of visitors of a server, without browsers.

`python -m bench.console.people_online URL COUNT CHANGES_A_SECOND` prints `ready URL` once all are there; from then on
somebody turns a page, comes or goes, so many times a second.
"""

from __future__ import annotations

import asyncio
import random
import sys
from typing import Any

from bench.relay.peers import Visitor, connect
from bench.server_process import PUBLIC_KEY
from e2e.console import people

CONNECTING_AT_ONCE = 50


class Person(Visitor):
    """A tab of somebody who has a name and looks at a page."""

    def on_open(self) -> None:
        row = people.row(self.number)
        identity = {"unique_id": f"case-{self.number}", "identities": [row.name], "tags": row.tags}
        hello = {"type": "hello", "role": "visitor", "protocols": [1], "key": self.key, "tab": f"tab{self.number}"}
        self.send({**hello, "page": page(row.title, row.url), "identity": {**identity, "set_fields": [*identity]}})

    def turn(self, title: str, path: str) -> None:
        """Look at another page."""
        self.send({"type": "page_changed", "page": page(title, f"{people.SITE}/{path}")})


def page(title: str | None, url: str | None) -> dict[str, Any]:
    """What a tab shows."""
    return {"url": url, "title": title, "focused": True, "visible": True}


async def run(url: str, count: int, changes_a_second: float) -> None:
    """Connect all, then change until ended."""
    host, chance = url.removeprefix("http://"), random.Random(7)
    gate = asyncio.Semaphore(CONNECTING_AT_ONCE)

    async def join(number: int) -> Person:
        async with gate:
            person: Person = await connect(url, lambda: Person(host, PUBLIC_KEY, number))
            await person.welcomed
            return person

    online = await asyncio.gather(*(join(number) for number in range(count)))
    print(f"ready {url}", flush=True)
    loop, coming = asyncio.get_running_loop(), count
    due = loop.time()
    while True:
        due += 1 / changes_a_second
        await asyncio.sleep(due - loop.time())
        kind, at = chance.random(), chance.randrange(len(online))
        if kind < 0.5:
            online[at].turn(*chance.choice(people.PAGES))
        elif kind < 0.75:
            online.append(await join(coming))
            coming += 1
        else:
            online[at].transport.close()
            online[at] = online[-1]
            online.pop()


if __name__ == "__main__":
    asyncio.run(run(sys.argv[1], int(sys.argv[2]), float(sys.argv[3])))
