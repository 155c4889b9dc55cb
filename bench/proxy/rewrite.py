"""Measure how long rewriting takes: a page, style sheets, real scripts; beside pywb if its Python is named.

python -m bench.proxy.rewrite [--rounds 5] [--pywb-python ENV/bin/python]

Both take turns in one process, that of pywb's Python: what else the machine does meets both alike.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import time
import venv
from collections.abc import Callable
from functools import partial
from pathlib import Path

from twinpane.rewrite.address import ProxyBase, Site, encode_url
from twinpane.rewrite.css import proxied_css_text
from twinpane.rewrite.html import HtmlRewriter
from twinpane.rewrite.js import rewrite_js

from bench.proxy import samples

CHUNK_CHARS = 16_384
Job = Callable[[], object]


def ours() -> dict[str, Job]:
    """Return what to time, by sample."""
    site = Site("https", "www.shop.example", 443)
    base = ProxyBase("http", "px.localhost", 8080)
    aliases: dict[str, Site] = {}
    encode = partial(encode_url, base, "abcdefgh2345", aliases=aliases, within=site)
    page, sheet, plain, scripts = samples.page(), samples.sheet(), samples.plain_sheet(), samples.scripts().values()

    def stream() -> str:
        rewriter = HtmlRewriter(encode, "<script></script>")
        chunks = [rewriter.feed(page[at : at + CHUNK_CHARS]) for at in range(0, len(page), CHUNK_CHARS)]
        return "".join(chunks) + rewriter.finish()

    return {
        "page": stream,
        "sheet": lambda: proxied_css_text(sheet, encode),
        "scripts": lambda: [rewrite_js(text, encode) for text in scripts],
        "plain sheet": lambda: proxied_css_text(plain, encode),
    }


def cpu_ms(job: Job) -> float:
    """Return the CPU milliseconds of one round: what else runs here must not count."""
    start = time.process_time()
    job()
    return (time.process_time() - start) * 1000


def beside_pywb(python: str, rounds: int) -> dict[str, dict[str, float]]:
    """Return milliseconds by sample, ours and pywb's, and how many times as long that is."""
    root = Path(__file__).parent.parent.parent
    environment = os.environ | {"PYTHONPATH": f"{root}:{root / 'server'}"}
    command = [python, "-m", "bench.proxy.pywb_side", str(rounds)]
    done = subprocess.run(command, env=environment, cwd=root, capture_output=True, text=True, check=True)
    rows: dict[str, dict[str, float]] = json.loads(done.stdout.splitlines()[-1])
    return rows


def environment_of_pywb() -> str:
    """Return a Python that has pywb, in an environment of its own; made when what it needs is new."""
    folder = Path(__file__).parent.parent / "out/pywb"
    python, has, wanted = folder / "bin/python", folder / "has.txt", Path(__file__).with_name("requirements.txt")
    if not has.exists() or has.read_text() != wanted.read_text():
        venv.create(folder, with_pip=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", "-r", str(wanted)], check=True)
        has.write_text(wanted.read_text())
    return str(python)


def run(rounds: int, pywb_python: str) -> dict[str, dict[str, float]]:
    """Return kB and CPU milliseconds by sample: ours, and pywb's if its Python is named."""
    if pywb_python:
        rows = beside_pywb(pywb_python, rounds)
    else:
        rows = {name: {"ms": min(cpu_ms(job) for _ in range(rounds))} for name, job in ours().items()}
    texts = {
        "page": [samples.page()],
        "sheet": [samples.sheet()],
        "scripts": list(samples.scripts().values()),
        "plain sheet": [samples.plain_sheet()],
    }
    return {name: {"kb": sum(map(len, texts[name])) / 1000, **row} for name, row in rows.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--pywb-python", default="")
    options = parser.parse_args()
    for name, row in run(options.rounds, options.pywb_python).items():
        print(f"{name} of {row['kb']:.0f} kB: {row['ms']:.1f} ms, {row['kb'] / row['ms']:.1f} MB/s", end="")
        print(f"; pywb {row['pywb_ms']:.1f} ms, {row['times']:.1f} times as long" if "times" in row else "")


if __name__ == "__main__":
    main()
