"""The first load of a page in Chromium: bytes on the wire, and when it answers to a person."""

from __future__ import annotations

import shutil
import statistics
from typing import Any

from web_home import Made

_FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
          "--disable-background-networking", "--disable-component-update", "--disable-sync"]  # fmt: skip
_BYTES, _MS = 300_000, 1500.0
_TIMES = 5
# When every script has run, so that each button answers; and when the last picture is there.
_WHEN = """() => {
  const told = performance.getEntriesByType('navigation')[0];
  return [told.domContentLoadedEventEnd, told.loadEventEnd, told.responseStart];
}"""


def first_load(port: int, made: Made) -> bool:
    """Open scorecards in fresh windows with empty caches; True when the limits are kept."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        print("first load: not measured, Chromium is missing")
        return False
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=program, args=_FLAGS)
        runs = [_open(browser, port, made, number) for number in range(_TIMES)]
        browser.close()
    size = max(r[0] for r in runs)
    ready, loaded, first = (statistics.median(r[i] for r in runs) for i in (1, 2, 3))
    print(f"\nfirst load of a scorecard, empty cache, {_TIMES} windows: {size / 1000:.0f} KB on the "
          f"wire (limit {_BYTES / 1000:.0f}), first byte {first:.0f} ms, interactive {ready:.0f} ms "
          f"(limit {_MS:.0f}), loaded {loaded:.0f} ms; worst interactive "
          f"{max(r[1] for r in runs):.0f} ms")  # fmt: skip
    return size <= _BYTES and ready <= _MS


def _open(browser: Any, port: int, made: Made, number: int) -> tuple[int, float, float, float]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    base = f"http://127.0.0.1:{port}"
    cookie = made.cookies[number % len(made.cookies)]
    context.add_cookies([{"name": "tolok_session", "value": cookie, "url": base}])
    page = context.new_page()
    wire = context.new_cdp_session(page)
    sizes: list[int] = []
    wire.send("Network.enable")
    wire.on("Network.loadingFinished", lambda told: sizes.append(told["encodedDataLength"]))
    page.goto(f"{base}/b/{made.brands[number * 7 % len(made.brands)]}/insights/", wait_until="load")
    ready, loaded, first = page.evaluate(_WHEN)
    page.wait_for_timeout(300)
    context.close()
    return sum(sizes), ready, loaded, first
