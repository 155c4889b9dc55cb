"""Draw as an agent, and read where drawings are: at the visitor's and in agents' windows."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page

from e2e import flow

LINES = """(svgs) => svgs.flatMap((svg) => [...svg.querySelectorAll("path[stroke]:not([stroke='#fff'])")])
  .filter((line) => line.getAttribute("d"))
  .map((line) => {
    const { left, top, width, height } = line.getBoundingClientRect();
    return { color: line.getAttribute("stroke"), box: [left, top, width, height] };
  })"""
LAYERS = """(window.__roots ?? []).filter((root) => root.host.isConnected && root.mode === "closed")
  .flatMap((root) => [...root.querySelectorAll(".root > svg")])"""
AT_VISITOR = f"() => ({LINES})({LAYERS})"
AT_AGENT = f"""() => ({LINES})([...document.querySelectorAll(".pointers > svg")])"""
DOTS = """(svgs) => svgs.flatMap((svg) => [...svg.querySelectorAll("g[transform]")]).map((dot) => {
  const { left, top, width, height } = dot.querySelector("circle").getBoundingClientRect();
  return [left + width / 2, top + height / 2, dot.textContent];
})"""
DOTS_AT_VISITOR = AT_VISITOR.replace(LINES, DOTS)
DOTS_AT_AGENT = AT_AGENT.replace(LINES, DOTS)
BOX_AT_VISITOR = """(selector) => {
  const { left, top, width, height } = document.querySelector(selector).getBoundingClientRect();
  return [left, top, width, height];
}"""


@dataclass(frozen=True)
class Seen:
    """A drawing and the element it should be on, as one side sees them; pixels of that side's window."""

    color: str
    drawn: tuple[float, float, float, float]
    element: tuple[float, float, float, float]

    def parts(self) -> tuple[float, ...]:
        """Where the drawing is and how large, in parts of the element's box."""
        (left, top, width, height), (x, y, w, h) = self.drawn, self.element
        return (left - x) / w, (top - y) / h, width / w, height / h


def box_at_agent(agent: Page, selector: str) -> tuple[float, float, float, float]:
    left, top = flow.place(agent, selector, 0, 0)
    right, bottom = flow.place(agent, selector, 1, 1)
    return left, top, right - left, bottom - top


def at_visitor(visitor: Page, selector: str) -> list[Seen]:
    box = tuple(visitor.evaluate(BOX_AT_VISITOR, selector))
    return [Seen(one["color"], tuple(one["box"]), box) for one in visitor.evaluate(AT_VISITOR)]


def at_agent(agent: Page, selector: str) -> list[Seen]:
    box = box_at_agent(agent, selector)
    return [Seen(one["color"], tuple(one["box"]), box) for one in agent.evaluate(AT_AGENT)]


def take_tool(agent: Page, name: str) -> None:
    """Take one of the tools of the pill; shapes other than freehand by their keys."""
    keys = {"Arrow": "a", "Rectangle": "r"}
    if name in keys:
        agent.keyboard.press(keys[name])
    else:
        agent.get_by_role("button", name=name, exact=True).click()
    agent.keyboard.press("Escape") if agent.get_by_role("group", name="Shapes").count() else None
    agent.wait_for_function("(tool) => document.querySelector('.surface').dataset.tool === tool", arg=TOOLS[name])


TOOLS = {"Draw": "line", "Arrow": "arrow", "Rectangle": "rectangle", "Highlight": "outline", "Laser pointer": "laser"}


def drag(agent: Page, *way: tuple[float, float]) -> None:
    """Draw through points of the agent's window."""
    agent.mouse.move(*way[0])
    agent.mouse.down()
    for point in way[1:]:
        agent.mouse.move(*point, steps=6)
    agent.mouse.up()


def draw_on(agent: Page, tool: str, selector: str) -> None:
    """Draw something about an element: around it, to it, along it."""
    take_tool(agent, tool)
    x, y, w, h = box_at_agent(agent, selector)
    if tool == "Highlight":
        agent.mouse.click(x + w / 2, y + h / 2)
        # Else the pointer goes on showing what a click would highlight.
        agent.keyboard.press("v")
    elif tool == "Arrow":
        drag(agent, (x + w + 90, y + h + 40), (x + w / 2, y + h / 2))
    elif tool == "Rectangle":
        drag(agent, (x - 8, y - 6), (x + w + 8, y + h + 6))
    else:
        around = [(x - 8, y - 6), (x + w + 8, y - 6), (x + w + 8, y + h + 6), (x - 8, y + h + 6), (x - 8, y - 6)]
        drag(agent, *around)


def until_drawn(page: Page, read: str, count: int) -> None:
    """Wait until so many drawings are to be seen."""
    flow.until(lambda: len(page.evaluate(read)) == count, what=f"{count} drawings", page=page)
