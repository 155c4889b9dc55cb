"""A Gradio application: a chat that streams, a file, a table, a clock."""

import os
from collections.abc import Iterator
from pathlib import Path

import gradio as gr


def answer(words: str, told: list[dict[str, str]]) -> Iterator[str]:
    for end in range(1, 4):
        yield " ".join(["tide"] * end) + f" for {words}"


def describe(path: str) -> str:
    return f"{len(Path(path).read_text().splitlines())} lines"


def tide(place: str, hours: float, spring: bool) -> str:
    return f"{place}: {hours * (2 if spring else 1):g} h"


with gr.Blocks(title="Tide tables") as page:
    gr.Markdown("# Tide tables")
    with gr.Tab("Ask"):
        place = gr.Textbox(label="Place")
        hours = gr.Slider(0, 12, value=3, step=1, label="Hours")
        spring = gr.Checkbox(label="Spring tide")
        said = gr.Textbox(label="Answer", elem_id="answer")
        gr.Button("Ask", elem_id="ask").click(tide, [place, hours, spring], said)
    with gr.Tab("Files"):
        file = gr.File(label="Table", type="filepath")
        lines = gr.Textbox(label="Lines", elem_id="lines")
        file.upload(describe, file, lines)
    with gr.Tab("Talk"):
        gr.ChatInterface(answer)
    clock = gr.Number(label="Seconds", elem_id="clock", value=0)
    timer = gr.Timer(0.5)
    timer.tick(lambda now: (now + 1, gr.Timer(active=now < 2)), clock, [clock, timer])

page.launch(
    server_name="127.0.0.1", server_port=int(os.environ["PORT"]), auth=("ada", "correct horse"), quiet=True, share=False
)
