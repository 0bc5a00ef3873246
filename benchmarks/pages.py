"""How soon the first page is there, and every other page after it, in a real browser.

    python benchmarks/pages.py [--chromium PATH]

Starts `kefu serve` on a new data folder and goes through the pages as the first admin, twice: the
first time a browser has nothing of the page yet, the second time it has its scripts. A page is
there when its heading, or what its component shows first, is seen.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

PASSWORD = "烂了一半的草莓-100"
PAGES = {
    "/": "main h1",
    "/zh/practice/shelf": ".kf-card",
    "/zh/practice/shift": "[data-before] button",
    "/zh/practice/moments": ".kf-moments button",
    "/zh/studio/scenario?name=rotten-fruit": "[data-below] *",
    "/zh/quality/desk": ".gradio-container button",
    "/progress": "main h1",
    "/teach": "main h1",
    "/people": "main h1",
    "/audit": "main h1",
}
"""What is shown once a page is there."""


def goes(page: Any, address: str, shown: str) -> float:
    """Seconds until a page shows this. Raises AssertionError for a page that is refused."""
    began = time.perf_counter()
    answer = page.goto(address, wait_until="commit")
    assert answer.status == 200, f"{address}: {answer.status}"
    page.locator(shown).locator("visible=true").first.wait_for()
    return time.perf_counter() - began


def main() -> None:
    """Print the seconds of each."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--chromium", default=shutil.which("chromium"))
    chosen = given.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chosen.chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1280, "height": 720}, locale="zh-CN")
        command = [sys.executable, "-m", "kefu", "serve", "--port", "0", "--data"]
        began = time.perf_counter()
        with subprocess.Popen(
            [*command, str(Path(folder) / "data")], stdout=subprocess.PIPE, text=True
        ) as child:
            assert child.stdout is not None
            lines = [child.stdout.readline() for _ in range(2)]
            base, link = (re.search(r"http://\S+", line) for line in lines)
            assert base is not None
            assert link is not None
            goes(page, base[0], "h1")
            print(f"first page, from the command: {time.perf_counter() - began:.1f} s (< 4)")
            page.goto(link[0])
            page.get_by_label("密码", exact=True).fill(PASSWORD)
            page.get_by_role("button", name="保存并登录").click()
            page.get_by_role("heading", name="admin，你好").wait_for()
            until = time.perf_counter() - began
            page.goto(base[0] + "/zh/practice/shelf")  # opens by itself once the area is there
            page.locator(".gradio-container").wait_for()
            print(
                f"shelf of a server just started: {time.perf_counter() - began - until:.1f} s, "
                f"{time.perf_counter() - began:.1f} s from the command"
            )
            time.sleep(10)
            for name, shown in PAGES.items():
                first, second = (goes(page, base[0] + name, shown) for _ in range(2))
                print(f"{name:38} {first:5.2f} s, again {second:5.2f} s (< 1)")
            child.terminate()
        browser.close()


if __name__ == "__main__":
    main()
