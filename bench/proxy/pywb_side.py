"""Rewrite the samples with pywb and print the CPU milliseconds. Runs in pywb's own environment."""

import json
import sys
import time

from pywb.rewrite.html_rewriter import HTMLRewriter  # type: ignore[import-not-found]
from pywb.rewrite.regex_rewriters import CSSRewriter, JSWombatProxyRewriter  # type: ignore[import-not-found]
from pywb.rewrite.url_rewriter import UrlRewriter  # type: ignore[import-not-found]


def main() -> None:
    given = json.load(sys.stdin)
    urls = UrlRewriter("20260101/https://www.shop.example/x/", "http://localhost:8080/live/")

    def page() -> None:
        rewriter = HTMLRewriter(urls, head_insert="<script></script>", js_rewriter_class=JSWombatProxyRewriter)
        rewriter.rewrite(given["page"])
        rewriter.final_read()

    jobs = {
        "page": page,
        "sheet": lambda: CSSRewriter(urls).rewrite(given["sheet"]),
        "scripts": lambda: [JSWombatProxyRewriter(urls).rewrite(text) for text in given["scripts"]],
    }
    print(json.dumps({name: best_ms(job, given["rounds"]) for name, job in jobs.items()}))


def best_ms(job: object, rounds: int) -> float:
    times = []
    for _ in range(rounds):
        start = time.process_time()
        job()  # type: ignore[operator]
        times.append((time.process_time() - start) * 1000)
    return min(times)


if __name__ == "__main__":
    main()
