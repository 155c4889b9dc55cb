"""Editors: rich text, Markdown, JSON."""

from __future__ import annotations

from playwright.sync_api import Page

from e2e import flow
from e2e.pages.stories.story import Story

TYPED = "Written by the agent"


def write(page: Page) -> None:
    """Type, select, make bold, break lines."""
    page.locator("[contenteditable=true]").first.click()
    page.keyboard.press("Control+Home")
    page.keyboard.type("A new beginning. ")
    page.keyboard.press("Shift+Home")
    page.locator(".medium-editor-action-bold").first.click()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.type("And a second line")


def write_anew(visitor: Page, agent: Page) -> None:
    flow.click(visitor, agent, "[contenteditable=true] p", fx=0.4, fy=0.15)
    agent.keyboard.press("Control+a")
    agent.keyboard.type(TYPED)
    agent.keyboard.press("Enter")
    agent.keyboard.type("in two lines")
    visitor.wait_for_function(
        "() => /^Written by the agent\\s+in two lines$/.test("
        "document.querySelector('[contenteditable=true]').innerText.trim())"
    )


def format_in_quill(page: Page) -> None:
    page.locator(".ql-editor").click()
    page.keyboard.type("Tides")
    page.locator(".ql-picker.ql-header").click()
    page.locator(".ql-picker-item[data-value='1']").click()
    page.keyboard.press("Enter")
    page.locator(".ql-list[value=bullet]").click()
    page.keyboard.type("high")
    page.keyboard.press("Enter")
    page.keyboard.type("low")
    page.keyboard.press("Shift+Home")
    page.locator(".ql-bold").click()
    page.locator(".ql-editor strong", has_text="low").wait_for()


def type_in_quill(visitor: Page, agent: Page) -> None:
    flow.click(visitor, agent, ".ql-editor h1", fx=0.95)
    agent.keyboard.press("End")
    agent.keyboard.type(" by the agent")
    visitor.locator(".ql-editor h1", has_text="Tides by the agent").wait_for()
    flow.until_same(visitor, agent)
    flow.click(visitor, agent, ".ql-italic")
    visitor.wait_for_selector(".ql-italic.ql-active")


def write_in_tinymce(page: Page) -> None:
    body = page.frame_locator(".tox-edit-area__iframe").locator("body")
    body.click()
    page.keyboard.type("Tides of the week")
    page.keyboard.press("Control+a")
    page.get_by_role("button", name="Bold").click()
    body.locator("strong").wait_for()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.type("high and low")


def press_in_tinymce(visitor: Page, agent: Page) -> None:
    flow.click(visitor, agent, "[data-mce-name=italic], [aria-label=Italic]")
    visitor.wait_for_selector("[aria-label=Italic][aria-pressed=true]")


def edit_json(page: Page) -> None:
    """A tree of fields that are edited in place, then the same as code."""
    page.locator(".jsoneditor-expand-all").click()
    page.locator(".jsoneditor-value.jsoneditor-string", has_text="Hello World").fill("Hello tides")
    page.locator(".jsoneditor-value.jsoneditor-string", has_text="d").first.wait_for()
    page.locator(".jsoneditor-modes button").click()
    page.locator(".jsoneditor-type-modes .jsoneditor-text", has_text="Code").first.click()
    page.locator(".ace_line", has_text="Hello tides").wait_for()
    page.locator(".ace_content").click()
    page.keyboard.press("Control+End")


def compact_json(visitor: Page, agent: Page) -> None:
    flow.click(visitor, agent, "button.jsoneditor-compact")
    visitor.locator(".ace_line", has_text='{"array":[1,2,3]').wait_for()
    flow.until_same(visitor, agent)
    flow.click(visitor, agent, "button.jsoneditor-format")
    visitor.locator(".ace_line", has_text='"Hello tides"').wait_for()


def write_markdown(page: Page) -> None:
    """CodeMirror on the left, what it means on the right."""
    page.locator(".editormd-preview-container h4").first.wait_for()
    page.locator(".CodeMirror-lines").click()
    page.keyboard.press("Control+Home")
    page.keyboard.type("# Tides\n\n* high\n* low\n\n")
    page.locator(".editormd-preview-container h1", has_text="Tides").wait_for()


def type_markdown(visitor: Page, agent: Page) -> None:
    flow.click(visitor, agent, ".CodeMirror-code pre", fx=0.5)
    agent.keyboard.press("Control+Home")
    agent.keyboard.type("Agent ")
    visitor.locator(".editormd-preview-container", has_text="Agent").wait_for()
    flow.until_same(visitor, agent)
    flow.click(visitor, agent, ".editormd-menu .fa-eye-slash")
    visitor.wait_for_selector(".editormd-menu .fa-eye")


STORIES = [
    Story("medium-editor", "medium-editor/demo/index.html", write, write_anew),
    Story("quill", "hosts/quill.html", format_in_quill, type_in_quill),
    Story("tinymce", "hosts/tinymce.html", write_in_tinymce, press_in_tinymce),
    Story(
        "jsoneditor",
        "jsoneditor/examples/03_switch_mode.html",
        edit_json,
        compact_json,
        # It notes a value some time after it was typed, also when its mode has been changed meanwhile.
        own_error="this.editor.getDomSelection is not a function ",
    ),
    Story("editor-md", "editor.md/examples/simple.html", write_markdown, type_markdown),
]
