"""What moves by itself: a page that goes on while the agent looks, so that a test waits for what is shown."""

from __future__ import annotations

from typing import Any

from e2e.flow import until

from .both import SHOW, Both
from .conftest import Agent


class Lively(Both):
    """A page with its mirror; `begin` runs in the page before the mirror starts."""

    def __init__(self, agent: Agent, scripts: list[str], html: str, begin: str = "", config: str = "{}") -> None:
        super().__init__(agent, scripts)
        self.visitor.evaluate("html => { document.body.innerHTML = html }", html)
        self.act(begin)
        self.visitor.evaluate(f"() => mirror.start({config})")

    def act(self, what: str) -> Any:
        """Run statements in the visitor's page."""
        return self.visitor.evaluate(f"async () => {{ {what} }}")

    def until(self, expression: str) -> None:
        """Wait until it is true at the agent's; `get` finds an element of the stage by its id."""
        look = f"""async () => {{
          await ({SHOW})();
          const broken = harness.log.find(([what]) => what === "broken");
          if (broken) throw new Error(broken[1]);
          const {{ doc, node, player, log }} = harness;
          const get = (id) => doc.getElementById(id);
          const view = doc.defaultView;
          return Boolean({expression});
        }}"""
        page = self.agent.page
        until(lambda: page.evaluate(look), what=expression, page=page, wait_s=60)

    def facts(self, name: str) -> list[Any]:
        """The facts of one kind that left the page."""
        return list(self.visitor.evaluate("name => mirror.all(name)", name))
