"""Rewrite the samples with our rewriter and pywb's in turn, and print CPU milliseconds. Runs in pywb's environment.

python -m bench.proxy.pywb_side ROUNDS
"""

import json
import statistics
import sys

from pywb.rewrite.html_rewriter import HTMLRewriter  # type: ignore[import-not-found]
from pywb.rewrite.regex_rewriters import CSSRewriter, JSWombatProxyRewriter  # type: ignore[import-not-found]
from pywb.rewrite.url_rewriter import UrlRewriter  # type: ignore[import-not-found]

from bench.proxy import samples
from bench.proxy.rewrite import Job, cpu_ms, ours


def pywbs() -> dict[str, Job]:
    """Return what to time, by sample."""
    urls = UrlRewriter("20260101/https://www.shop.example/x/", "http://localhost:8080/live/")
    page, sheet, plain, scripts = samples.page(), samples.sheet(), samples.plain_sheet(), samples.scripts().values()

    def whole_page() -> None:
        rewriter = HTMLRewriter(urls, head_insert="<script></script>", js_rewriter_class=JSWombatProxyRewriter)
        rewriter.rewrite(page)
        rewriter.final_read()

    return {
        "page": whole_page,
        "sheet": lambda: CSSRewriter(urls).rewrite(sheet),
        "scripts": lambda: [JSWombatProxyRewriter(urls).rewrite(text) for text in scripts],
        "plain sheet": lambda: CSSRewriter(urls).rewrite(plain),
    }


def row(our_job: Job, pywb_job: Job, rounds: int) -> dict[str, float]:
    """Return the best round of each, and the median of the rounds' ratios."""
    pairs = [(cpu_ms(our_job), cpu_ms(pywb_job)) for _ in range(rounds)]
    return {
        "ms": min(mine for mine, _ in pairs),
        "pywb_ms": min(theirs for _, theirs in pairs),
        "times": statistics.median(theirs / mine for mine, theirs in pairs),
    }


def main() -> None:
    rounds = int(sys.argv[1])
    theirs = pywbs()
    print(json.dumps({name: row(job, theirs[name], rounds) for name, job in ours().items()}))


if __name__ == "__main__":
    main()
