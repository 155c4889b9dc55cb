"""What the page supplies of itself (F12)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.journey

SUPPLY = """async (url) => {
  const before = mirror.frames.length;
  const done = await mirror.capture.supplyAsset(url);
  const frame = mirror.frames.slice(before).find((frame) => (frame[0] & 15) === 2);
  if (!done) return null;
  const head = new DataView(frame.buffer).getUint32(12);
  const text = new TextDecoder("latin1").decode(frame);
  return [JSON.parse(text.slice(16, 16 + head)).type, text.slice(16 + head)];
}"""


def supplied(page: Page, url: str) -> Any:
    return page.evaluate(SUPPLY, url)


def test_f12_a_picture_whose_address_was_revoked_is_supplied_as_it_is_shown(visit: Callable[..., Page]) -> None:
    page = visit("<!doctype html><img id=i><img id=masked class=no-upscope>")
    urls = page.evaluate(
        """async () => {
          const canvas = new OffscreenCanvas(3, 2);
          canvas.getContext("2d").fillRect(0, 0, 3, 2);
          const urls = [];
          for (const image of [i, masked]) {
            image.src = URL.createObjectURL(await canvas.convertToBlob());
            await image.decode();
            URL.revokeObjectURL(image.src);
            urls.push(image.src);
          }
          mirror.start();
          await mirror.settle();
          return urls;
        }"""
    )
    kind, body = supplied(page, urls[0])
    assert kind == "image/png"
    assert body[1:4] == "PNG"
    assert supplied(page, urls[1]) is None


def test_f12_a_sheet_that_its_site_has_no_more_is_supplied_as_it_was_read(visit: Callable[..., Page]) -> None:
    files = {"/a.css": ("text/css", "p { color: red; background: url('b.png') }")}
    page = visit("<!doctype html><link rel=stylesheet href=/a.css><p>p</p>", files=files)
    page.evaluate("mirror.start(); mirror.settle()")
    page.unroute("**/*")
    page.route("**/*", lambda route: route.fulfill(status=404, body="gone"))
    assert supplied(page, "http://page.test/b.css") is None
    kind, body = supplied(page, "http://page.test/a.css")
    assert kind.startswith("text/css")
    assert "color: red" in body
