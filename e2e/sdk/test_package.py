"""The npm packages as a consumer has them: packed, installed, type-checked, bundled, run (S1)."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from e2e import flow
from e2e.conftest import node_packages
from e2e.flow import ROOT, Server, short_id, until
from e2e.sdk.conftest import opened_site
from e2e.sdk.door import KEY, Door

CONSUMER = """import { type Identity, load, type Observer, type Options } from "@twinpane/sdk";

const upscope = load({ host: location.origin, key: "KEY" });
const options: Options = { maskedElements: ".private", onSessionRequest: (answer, name) => answer(name !== "") };
upscope("init", options);
const identity: Identity = { uniqueId: "case-42", metadata: { seats: 3, plan: null } };
upscope("updateConnection", identity);
const stop: () => void = upscope("on", "newObserver", (id: string, data: Observer) => void data.hasFocus);
const code: string = await upscope("getLookupCode");
const link: string = await upscope("getPublicLink", { agentId: "7", agentName: "Zoe" });
document.title = `${code} ${link.split("/").pop()}`;
stop();
// @ts-expect-error there is no such function
upscope("nothing");
// @ts-expect-error an option of the wrong type
upscope("init", { maskAll: "yes" });
// @ts-expect-error there is no such event
upscope("on", "nothing", () => undefined);
"""
SETTINGS = """{ "compilerOptions": { "target": "ES2022", "module": "nodenext", "moduleResolution": "nodenext",
  "strict": true, "exactOptionalPropertyTypes": true, "lib": ["ES2023", "DOM"], "types": [], "noEmit": true },
  "files": ["main.ts"] }"""


def run(*command: str | Path, cwd: Path = ROOT) -> None:
    done = subprocess.run([*map(str, command)], cwd=cwd, check=False, capture_output=True, text=True)
    assert done.returncode == 0, f"{command}: {done.stdout}\n{done.stderr}"


def check_types(folder: Path) -> None:
    run("node", ROOT / "node_modules/typescript/bin/tsc", "-p", folder)


def bundle(entry: Path, *options: str) -> bytes:
    target = entry.with_name("out.js")
    run(ROOT / "node_modules/.bin/esbuild", entry, "--bundle", f"--outfile={target}", "--log-level=error", *options)
    made = target.read_bytes()
    target.unlink()
    return made


def unpack(archive: Path, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    run("tar", "-xzf", archive, "--strip-components=1", "-C", target)


@pytest.fixture(scope="session")
def packed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The packages as they would be published."""
    folder = tmp_path_factory.mktemp("packed")
    run("node", "tools/build.mjs", "--package")
    for name in ("sdk/package", "sdk/react", "console/viewer"):
        run("npm", "pack", f"./{name}", "--pack-destination", folder, "--loglevel=error")
    return {path.name.split("-")[1]: path for path in folder.glob("*.tgz")}


@pytest.mark.parametrize(
    "policy", ["", "require-trusted-types-for 'script'; trusted-types twinpane; script-src 'self'"]
)
def test_s1_a_typescript_consumer_installs_checks_and_runs_the_package(
    packed: dict[str, Path], visit: Callable[..., Page], door: Door, tmp_path: Path, policy: str
) -> None:
    door.policy = policy
    (tmp_path / "package.json").write_text('{ "name": "consumer", "private": true, "type": "module" }')
    (tmp_path / "tsconfig.json").write_text(SETTINGS)
    (tmp_path / "main.ts").write_text(CONSUMER.replace("KEY", KEY))
    run("npm", "install", "--offline", "--no-audit", "--no-fund", packed["sdk"], cwd=tmp_path)
    check_types(tmp_path)
    door.files["/main.js"] = ("text/javascript", bundle(tmp_path / "main.ts", "--format=esm", "--target=es2022"))
    door.files["/consumer"] = ("text/html", b"<!DOCTYPE html><script type=module src=/main.js></script>")
    tab = visit("/consumer")
    expect(tab).to_have_title("1234 Zoe")
    until(lambda: door.peer.messages, what="what the page told", page=tab)


def test_s1_on_a_server_the_package_does_nothing(packed: dict[str, Path], tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text('{ "name": "consumer", "private": true, "type": "module" }')
    run("npm", "install", "--offline", "--no-audit", "--no-fund", packed["sdk"], cwd=tmp_path)
    script = (
        'import { load } from "@twinpane/sdk"; const call = load({ host: "https://a.test", key: "k" }); call("init");'
    )
    (tmp_path / "main.mjs").write_text(script)
    run("node", "main.mjs", cwd=tmp_path)


def test_s1_the_react_example_is_helped(packed: dict[str, Path], server: Server, chromium: Browser) -> None:
    """Provider, hook, `<Masked>` and `<NoRemoteControl>` in a page that an agent sees and uses."""
    example = ROOT / "examples/react"
    installed = node_packages(example)
    for name in ("sdk", "react"):
        unpack(packed[name], installed / "@twinpane" / name)
    check_types(example)
    html = (example / "index.html").read_text()
    html = html.replace("http://localhost:8080", server.url).replace("Example001", server.public_key)
    script = bundle(example / "main.tsx", "--jsx=automatic", '--define:process.env.NODE_ENV="production"')
    with opened_site({"/": ("text/html", html.encode()), "/main.js": ("text/javascript", script)}) as site:
        context = flow.visitor_context(chromium)
        tab = context.new_page()
        tab.goto(site.url)
        expect(tab.locator("#standing")).to_have_text("Ready to be helped")
        short = short_id(tab)
        until(lambda: rest(server, short)["unique_id"] == "case-42", what="the identity", page=tab)
        tab.click("#code")
        until(lambda: tab.inner_text("#code").isdigit(), what="the code", page=tab)
        agent = flow.watch(chromium, flow.watch_url(server, short))
        until(lambda: "May Zoë look into your basket?" in flow.card_words(tab), what="the page's title", page=tab)
        flow.press_card(tab, "Allow")
        flow.until_same(tab, agent)
        expect(tab.locator("#standing")).to_have_text("1 with you")
        assert "St James" not in agent.evaluate("() => document.querySelector('iframe').contentDocument.body.outerHTML")
        tab.evaluate("() => { window.paid = 0; document.querySelector('#pay').onclick = () => { paid += 1 } }")
        flow.take_control(agent)
        flow.click(tab, agent, "#pay")
        flow.click(tab, agent, "#more")
        flow.until_value(tab, "#pieces", "2")
        assert tab.evaluate("() => paid") == 0
        tab.click("#log-out")
        until(lambda: rest(server, short)["unique_id"] is None, what="the identity gone", page=tab)
        flow.press_card(tab, "End session")
        expect(tab.locator("#standing")).to_have_text("Ready to be helped")
        context.close()


def rest(server: Server, short: str) -> dict[str, object]:
    status, answer = server.rest("GET", f"visitors/{short}")
    found: dict[str, object] = answer["visitor"] if status == 200 else {"unique_id": ""}
    return found


@pytest.fixture(scope="module")
def helpdesk(packed: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The viewer's example, built with stock Vite and TypeScript; gives what Vite made."""
    example = ROOT / "examples/viewer"
    unpack(packed["viewer"], node_packages(example) / "@twinpane/viewer")
    out = tmp_path_factory.mktemp("helpdesk")
    run("node", example / "node_modules/typescript/bin/tsc", "-p", example)
    run("node", example / "node_modules/vite/bin/vite.js", "build", "--outDir", out, "--emptyOutDir", cwd=example)
    return out


def site_of(folder: Path, session: dict[str, str]) -> dict[str, tuple[str, bytes]]:
    kinds = {".html": "text/html", ".js": "text/javascript", ".css": "text/css"}
    files = {
        f"/{path.relative_to(folder).as_posix()}": (kinds[path.suffix], path.read_bytes())
        for path in folder.rglob("*.*")
    }
    return files | {"/session.json": ("application/json", json.dumps(session).encode())}


def test_a4_the_viewer_example_shows_the_page_and_drives_it(
    helpdesk: Path, server: Server, integrator: str, chromium: Browser
) -> None:
    """`<twinpane-viewer>` and React's `<Viewer>`: the toolbar is the integrator's, by methods and events alone."""
    context = flow.visitor_context(chromium)
    visitor = context.new_page()
    visitor.goto(f"{integrator}/visitor?id=viewer")
    body = {"viewer": {"id": "7", "name": "Zoë"}, "branding": {"naked": "page_only"}}
    for page_name in ("index.html", "react.html"):
        status, session = server.rest("POST", f"visitors/{short_id(visitor)}/viewer_token", body)
        assert status == 200, session
        with opened_site(site_of(helpdesk, session)) as site:
            desk = chromium.new_context(viewport={"width": 1000, "height": 800}).new_page()
            desk.goto(f"{site.url}/{page_name}")
            flow.press_card(visitor, "Allow")
            expect(desk.locator("#visitor")).not_to_have_text("Connecting")
            expect(desk.locator("#said")).to_contain_text("Live")
            stage = desk.locator("twinpane-viewer iframe").content_frame.locator("iframe").content_frame
            expect(stage.locator("#search")).to_be_visible()
            desk.get_by_role("button", name="Laser").click()
            expect(desk.get_by_role("button", name="Laser")).to_have_attribute("aria-pressed", "true")
            if page_name == "index.html":
                desk.get_by_role("button", name="Take control").click()
                expect(desk.get_by_role("button", name="Release control")).to_be_visible()
            desk.get_by_role("button", name="End").click()
            expect(desk.locator("#said")).to_have_text("Over: agent_stopped")
            flow.press_card(visitor, "OK")
            desk.context.close()
    context.close()
