"""An agent reads the console after a yes, without what is masked, and takes notes. (SPEC C, E.)"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from e2e import flow
from e2e.flow import Server

pytestmark = pytest.mark.journey
SECRET = "hunter2-kettle"
SAY = """() => {
  console.log("cart of %s", "Ada", { total: 3, password: "in an object" });
  console.warn("sent " + document.querySelector("#pin").value, document.querySelector("#pin"));
  document.querySelector("#pin").value = "";
  setTimeout(() => { throw new TypeError("no such kettle"); });
  Promise.reject(new Error("sold out"));
}"""


@pytest.fixture(params=["chromium", "firefox"])
def browser(request: pytest.FixtureRequest) -> Browser:
    found: Browser = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def visitor(browser: Browser, integrator: str) -> Iterator[Page]:
    context = flow.visitor_context(browser)
    page = context.new_page()
    page.goto(f"{integrator}/visitor?id=console")
    page.wait_for_function("() => window.Upscope && !window.Upscope.q")
    page.evaluate(
        """(secret) => {
          window.before = ["debug", "log", "info", "warn", "error"].map((level) => console[level]);
          document.body.insertAdjacentHTML("beforeend", '<input type="password" id="pin">');
          document.querySelector("#pin").value = secret;
          Upscope("init", { allowRemoteConsole: true });
        }""",
        SECRET,
    )
    yield page
    context.close()


@pytest.fixture
def agent(server: Server, browser: Browser, visitor: Page) -> Iterator[Page]:
    url = flow.watch_url(server, flow.short_id(visitor), permissions={"allow_console": True})
    page = flow.watch(browser, url)
    flow.press_card(visitor, "Allow")
    page.get_by_text("You see").wait_for(state="attached")
    yield page
    page.context.close()


def ask(agent: Page) -> None:
    agent.keyboard.press("o")
    agent.get_by_role("button", name="show the console").click()
    agent.get_by_text("to allow the console").wait_for()


def test_c1_c2_c3_the_console_is_read_after_a_yes_of_its_own_and_until_it_is_taken_back(
    visitor: Page, agent: Page
) -> None:
    own: list[str] = []
    visitor.on("console", lambda message: own.append(message.text))
    visitor.evaluate("console.log('before the yes')")
    ask(agent)
    flow.until(lambda: "see this page's console?" in flow.card_words(visitor), what="the question", page=visitor)
    flow.press_card(visitor, "Allow")
    flow.until(lambda: "can see this page's console" in flow.card_words(visitor), what="the pill", page=visitor)
    visitor.wait_for_function("() => console.log !== before[1]")
    visitor.evaluate(SAY)
    lines = agent.locator(".line pre")
    expect(lines).to_have_count(4)
    texts = lines.all_inner_texts()
    assert texts[0] == "cart of Ada {total: 3, password: ***}"
    assert texts[1] == "sent *** <input>"
    assert sorted(text.split("\n")[0] for text in texts[2:]) == ["Error: sold out", "TypeError: no such kettle"]
    assert agent.locator(".line.error em").count() == 2, "neither was caught"
    assert any(SECRET in text for text in own), "the page's own console has all of it"
    assert SECRET not in agent.content()
    flow.press_card(visitor, "Stop that")
    agent.get_by_text("You no longer read").wait_for()
    visitor.wait_for_function(
        "() => before.every((call, at) => call === console[['debug', 'log', 'info', 'warn', 'error'][at]])"
    )
    visitor.evaluate("console.log('after the end')")
    assert "can see this page's console" not in flow.card_words(visitor)
    assert agent.locator(".line").count() == 4


def test_c1_without_a_yes_the_pages_console_is_left_alone(visitor: Page, agent: Page) -> None:
    ask(agent)
    flow.press_card(visitor, "Deny")
    agent.get_by_text("did not let you read the console").wait_for()
    assert visitor.evaluate("console.log === before[1]")
    agent.get_by_role("button", name="show the console").wait_for()


@pytest.mark.parametrize("browser", ["chromium"], indirect=True)
def test_e1_a_note_is_kept_and_comes_back_with_the_watch_page(agent: Page) -> None:
    agent.keyboard.press("n")
    agent.get_by_text("No notes yet").wait_for()
    agent.keyboard.type("Wants the blue one.")
    agent.keyboard.press("Control+Enter")
    expect(agent.locator(".note-text")).to_have_text(["Wants the blue one."])
    agent.reload()
    agent.get_by_role("button", name="Notes", exact=True).click()
    expect(agent.locator(".note-text")).to_have_text(["Wants the blue one."])
