"""Measure how long rewriting takes: a page, a style sheet, real scripts; beside pywb if its Python is named.

python -m bench.proxy.rewrite [--rounds 5] [--pywb-python ENV/bin/python]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import time
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--pywb-python", default="")
    options = parser.parse_args()
    page, sheet, scripts = samples.page(), samples.sheet(), samples.scripts()
    wanted = [text for text in scripts.values() if rewrite_js(text, str) != text]
    sizes = {"page": len(page), "sheet": len(sheet), "scripts": sum(map(len, scripts.values()))}
    measured = {"Twinpane": ours(page, sheet, list(scripts.values()), options.rounds)}
    measured["Twinpane, scripts that change"] = {"scripts": ours("", "", wanted, options.rounds)["scripts"]}
    if options.pywb_python:
        measured["pywb 2.9"] = pywb(options.pywb_python, page, sheet, list(scripts.values()), options.rounds)
    for name, times in measured.items():
        for sample, took_ms in times.items():
            size = sum(map(len, wanted)) if "change" in name else sizes[sample]
            print(f"{name}: {sample} of {size / 1000:.0f} kB in {took_ms:.1f} ms, {size / took_ms / 1000:.1f} MB/s")


if __name__ == "__main__":
    main()
