"""Charts, maps, timelines and drawings: canvas and SVG."""

from __future__ import annotations

from playwright.sync_api import Page

from e2e import flow
from e2e.pages.stories.story import Story

TILES_LOADED = (
    "() => !document.querySelector('.leaflet-zoom-anim .leaflet-zoom-animated.leaflet-tile-container + *')"
    " && [...document.querySelectorAll('.leaflet-tile')].every((tile) => tile.matches('.leaflet-tile-loaded'))"
)


def look_at_a_dashboard(page: Page) -> None:
    """SB Admin 2 with Chart.js on canvas: point at a value, open a menu."""
    page.wait_for_function("() => Object.values(Chart.instances).length === 2")
    page.locator("#myAreaChart").hover(position={"x": 200, "y": 120})
    page.locator("#alertsDropdown").click()
    page.locator(".dropdown-menu.show").wait_for()


def open_a_menu(visitor: Page, agent: Page) -> None:
    flow.click(visitor, agent, "#userDropdown")
    visitor.wait_for_selector("#userDropdown[aria-expanded=true]")
    visitor.wait_for_function("() => document.querySelectorAll('.dropdown-menu.show').length === 1")


def choose_in_svg(page: Page) -> None:
    """NVD3: take a series out of a stack, point at the rest."""
    page.locator(".nv-series").nth(1).click()
    page.locator(".nv-series").nth(3).click()
    page.mouse.move(420, 400)


def change_the_stack(visitor: Page, agent: Page) -> None:
    visitor.mouse.move(1, 1)
    visitor.evaluate(
        "() => document.querySelectorAll('.nv-controlsWrap .nv-series').forEach((it, i) => { it.id = `way${i}`; })"
    )
    flow.until_same(visitor, agent)
    flow.click(visitor, agent, "#way1 circle")
    visitor.wait_for_function("() => chart.style() === 'stream'")


def walk_a_map(page: Page) -> None:
    """Leaflet: zoom in, drag, point at a cluster."""
    page.locator(".leaflet-marker-icon").first.wait_for()
    page.locator(".leaflet-control-zoom-in").click()
    page.wait_for_function("() => map.getZoom() === 14 && !map._animatingZoom")
    page.mouse.move(300, 250)
    page.mouse.down()
    page.mouse.move(360, 300, steps=5)
    page.mouse.up()
    page.wait_for_function(TILES_LOADED)


def zoom_a_map(visitor: Page, agent: Page) -> None:
    flow.click(visitor, agent, ".leaflet-control-zoom-out")
    visitor.wait_for_function("() => map.getZoom() === 13 && !map._animatingZoom")
    visitor.wait_for_function(TILES_LOADED)
    flow.until_same(visitor, agent)
    flow.click(visitor, agent, ".leaflet-control-zoom-in")
    visitor.wait_for_function("() => map.getZoom() === 14 && !map._animatingZoom")
    visitor.wait_for_function(TILES_LOADED)


def move_in_time(page: Page) -> None:
    """vis timeline: select, drag the window, zoom by the wheel."""
    page.locator(".vis-item", has_text="item 4").click()
    box = page.locator("#visualization").bounding_box()
    assert box
    page.mouse.move(box["x"] + 500, box["y"] + 200)
    page.mouse.down()
    page.mouse.move(box["x"] + 440, box["y"] + 200, steps=5)
    page.mouse.up()
    page.mouse.wheel(0, -200)


def delete_in_time(visitor: Page, agent: Page) -> None:
    flow.click(visitor, agent, ".vis-delete")
    visitor.wait_for_function("() => items.length === 5")


def draw(page: Page) -> None:
    """Snap.svg: a map that is drawn by a script."""
    page.locator("svg path").first.wait_for()


NOT_YET = frozenset({"firefox"})
STORIES = [
    Story("chart-js", "startbootstrap-sb-admin-2/index.html", look_at_a_dashboard, open_a_menu),
    Story("nvd3", "nvd3/examples/stackedAreaChart.html", choose_in_svg, change_the_stack),
    Story("leaflet", "leaflet.markercluster/example/marker-clustering-realworld.388.html", walk_a_map, zoom_a_map),
    Story("vis", "vis/examples/timeline/editing/editingItems.html", move_in_time, delete_in_time, NOT_YET),
]
