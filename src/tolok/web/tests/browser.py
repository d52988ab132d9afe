"""A real browser for tests: Debian's Chromium, driven by playwright, with axe for accessibility."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tolok.web.accounts.models import User

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 360, "height": 740}
_AXE = Path(__file__).parent / "vendor" / "axe.min.js"
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def find_chromium() -> str | None:
    """Return the path of Chromium; None where it is not installed."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


@contextmanager
def open_browser() -> Iterator[Browser]:
    """A running Chromium."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def visit(
    browser: Browser,
    base: str,
    *,
    user: User | None = None,
    language: str = "en",
    theme: str = "light",
    size: dict[str, int] = WIDE,
) -> Iterator[Page]:
    """A fresh window as one person sees it; fails at the end when the console showed an error."""
    context = browser.new_context(
        base_url=base,
        viewport=size,  # type: ignore[arg-type]
        color_scheme=theme,  # type: ignore[arg-type]
        locale="id-ID" if language == "id" else "en-GB",
        reduced_motion="reduce",
    )
    context.set_default_timeout(10_000)
    if user is not None:
        sign_in(context, base, user)
        User.objects.filter(pk=user.pk).update(language=language)
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    # A page that is an error on purpose is no fault of the page.
    wrong = [fault for fault in faults if "the server responded with a status of" not in fault]
    assert wrong == [], wrong


def sign_in(context: BrowserContext, base: str, user: User) -> None:
    """Give the window a session of the person, without the sign-in page."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": base}
    context.add_cookies([cookie])  # type: ignore[list-item]


def find_barriers(page: Page) -> list[str]:
    """Return what axe finds on the page, one line each; empty is what we want.

    The policy of our pages forbids foreign scripts, and playwright's own evaluation is exempt.
    """
    page.evaluate(_AXE.read_text())
    found: dict[str, Any] = page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", _RULES
    )
    return [
        f"{one['id']}: {one['help']}: {node['html'][:160]} {node['failureSummary'][:300]}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


def is_too_wide(page: Page) -> bool:
    """True when the page must be scrolled sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


def shoot(page: Page, name: str) -> None:
    """Keep a picture in the folder TOLOK_SHOTS, where it is set."""
    if folder := os.environ.get("TOLOK_SHOTS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
