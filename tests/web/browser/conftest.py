"""A real server in a process of its own, and a real browser on it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
SWITCHES = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
PATIENCE = 60_000
"""Milliseconds that an expectation waits at most: a busy machine is no fault of the page."""


@dataclass
class Site:
    """A server that runs: its address, and the first admin's link."""

    address: str
    link: str
    process: subprocess.Popen[str] = field(repr=False)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """`kefu serve` on a new data folder; it must end by itself when told to."""
    command = [sys.executable, "-m", "kefu", "serve", "--port", "0", "--data", str(tmp_path / "d")]
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env=surroundings, cwd=tmp_path
    ) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(2)]
        address = re.search(r"http://\S+", lines[0])
        link = re.search(r"/link/\S+", lines[1])
        assert address is not None
        assert link is not None
        yield Site(address[0], link[0], process)
        process.send_signal(signal.SIGTERM)
        until = time.monotonic() + 30
        while process.poll() is None and time.monotonic() < until:
            time.sleep(0.05)
        assert process.poll() == 0


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The browser. Without one the tests are left out, and fail where everything must run."""
    if CHROMIUM is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no Chromium on this machine: install the package chromium")
        pytest.skip("no Chromium: install it to run the browser tests")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(SWITCHES))
        yield browser
        browser.close()


@dataclass
class Watched:
    """What went wrong in a page without anybody seeing it."""

    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@pytest.fixture
def watched() -> Iterator[Watched]:
    """Holds for every test: no request leaves the machine, no script breaks."""
    found = Watched()
    yield found
    assert found.outside == []
    assert found.errors == []


@pytest.fixture
def visitor(chromium: Any, site: Site, watched: Watched) -> Iterator[Any]:
    """Opens a page of somebody's own browser, of a width, in a language."""
    opened = []

    def visit(width: int = 1280, locale: str = "zh-CN") -> Any:
        height = 844 if width < 640 else 720
        context = chromium.new_context(viewport={"width": width, "height": height}, locale=locale)
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        page = context.new_page()
        page.on("request", lambda one: _note(watched, site, one.url))
        page.on("pageerror", lambda error: watched.errors.append(str(error)))
        return page

    yield visit
    for context in opened:
        context.close()


def _note(watched: Watched, site: Site, url: str) -> None:
    if not url.startswith((site.address, "data:", "blob:")):
        watched.outside.append(url)
