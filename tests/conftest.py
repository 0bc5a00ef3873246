"""What every test may lean on, and a loud word about tests that could not run."""

from __future__ import annotations

import os
from importlib.util import find_spec

import pytest
from hypothesis import settings

# No test hangs on how fast the machine is at the moment, or on what it happens to draw today.
settings.register_profile("same", deadline=None, derandomize=True)
settings.load_profile("same")

EXTRA = ("torch", "transformers", "sentence_transformers")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first; without the extra, tests of bigger models are left out.

    Where all are wanted those fail. What takes minutes starts first, one after the other in one
    process, so that no worker is left alone with it at the end.
    """
    items.sort(key=lambda item: item.get_closest_marker("longest") is None)
    missing = [name for name in EXTRA if find_spec(name) is None]
    if not missing or os.environ.get("CI") == "true" or "ALL_TESTS" in os.environ:
        return
    for item in items:
        if item.get_closest_marker("neural") is not None:
            reason = f"without {', '.join(missing)}: ./test full installs them"
            item.add_marker(pytest.mark.skip(reason=reason))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name what was left out, so that a green run is not taken for a whole one."""
    skipped = terminalreporter.stats.get("skipped", [])
    neural = sorted({report.nodeid for report in skipped if "./test full" in str(report.longrepr)})
    if neural:
        terminalreporter.section("LEFT OUT: tests of bigger models (./test full runs them)")
        for name in neural:
            terminalreporter.write_line(name)
    unseen = sorted({one.nodeid for one in skipped if "no Chromium" in str(one.longrepr)})
    if unseen:
        terminalreporter.section("LEFT OUT: browser tests (install the package chromium)")
        for name in unseen:
            terminalreporter.write_line(name)
