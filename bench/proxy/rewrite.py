"""Measure how long rewriting takes: a page, a style sheet, real scripts; beside pywb if its Python is named.

python -m bench.proxy.rewrite [--rounds 5] [--pywb-python ENV/bin/python]
"""

from __future__ import annotations

import argparse
import json
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


def best_ms(job: Callable[[], object], rounds: int) -> float:
    """Return CPU milliseconds of the fastest round: what else runs here must not count."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        job()
        times.append((time.process_time() - start) * 1000)
    return min(times)


def ours(page: str, sheet: str, scripts: list[str], rounds: int) -> dict[str, float]:
    """Return milliseconds by sample."""
    site = Site("https", "www.shop.example", 443)
    base = ProxyBase("http", "px.localhost", 8080)
    aliases: dict[str, Site] = {}
    encode = partial(encode_url, base, "abcdefgh2345", aliases=aliases, within=site)

    def stream() -> str:
        rewriter = HtmlRewriter(encode, "<script></script>")
        chunks = [rewriter.feed(page[at : at + CHUNK_CHARS]) for at in range(0, len(page), CHUNK_CHARS)]
        return "".join(chunks) + rewriter.finish()

    return {
        "page": best_ms(stream, rounds),
        "sheet": best_ms(lambda: proxied_css_text(sheet, encode), rounds),
        "scripts": best_ms(lambda: [rewrite_js(text, encode) for text in scripts], rounds),
    }


def pywb(python: str, page: str, sheet: str, scripts: list[str], rounds: int) -> dict[str, float]:
    """Return pywb's milliseconds by sample."""
    given = json.dumps({"page": page, "sheet": sheet, "scripts": scripts, "rounds": rounds})
    side = Path(__file__).with_name("pywb_side.py")
    done = subprocess.run([python, str(side)], input=given, capture_output=True, text=True, check=True)
    result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return result


def environment_of_pywb() -> str:
    """Return a Python that has pywb, in an environment of its own; made at the first time."""
    folder = Path(__file__).parent.parent / "out/pywb"
    python = folder / "bin/python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        wanted = str(Path(__file__).with_name("requirements.txt"))
        subprocess.run([str(python), "-m", "pip", "install", "-q", "-r", wanted], check=True)
    return str(python)


def run(rounds: int, pywb_python: str) -> dict[str, dict[str, float]]:
    """Return kB and CPU milliseconds by sample: ours, and pywb's if its Python is named."""
    page, sheet, scripts = samples.page(), samples.sheet(), list(samples.scripts().values())
    plain = samples.plain_sheet()
    mine, plainly = ours(page, sheet, scripts, rounds), ours("", plain, [], rounds)
    other = pywb(pywb_python, page, sheet, scripts, rounds) if pywb_python else {}
    other_plainly = pywb(pywb_python, "", plain, [], rounds) if pywb_python else {}
    sizes = {"page": len(page), "sheet": len(sheet), "scripts": sum(map(len, scripts))}
    rows = {
        name: {"kb": size / 1000, "ms": mine[name], "pywb_ms": other.get(name, 0.0)} for name, size in sizes.items()
    }
    rows["plain sheet"] = {"kb": len(plain) / 1000, "ms": plainly["sheet"], "pywb_ms": other_plainly.get("sheet", 0.0)}
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--pywb-python", default="")
    options = parser.parse_args()
    for name, row in run(options.rounds, options.pywb_python).items():
        print(f"{name} of {row['kb']:.0f} kB: {row['ms']:.1f} ms, {row['kb'] / row['ms']:.1f} MB/s; ", end="")
        print(f"pywb {row['pywb_ms']:.1f} ms, {row['pywb_ms'] / row['ms']:.1f} times as long")


if __name__ == "__main__":
    main()
