from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests.archive_folder import ArchiveFolder

# How long an example takes says more of the machine than of us. The normal run tries the same
# examples every time; a long one looks for others, and says how to try what failed again.
_SOAK = bool(os.environ.get("ARCHIVE_SOAK"))
settings.register_profile("untimed", deadline=None, derandomize=not _SOAK, print_blob=True)
settings.load_profile("untimed")

_CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture
def archive(tmp_path: Path) -> ArchiveFolder:
    """An empty archive in a folder of its own, built with the shipped theme."""
    return ArchiveFolder(tmp_path / "archive")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A real browser: Playwright's own, or one of the system."""
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as engine:
        path = os.environ.get("ARCHIVE_CHROMIUM")
        if not path and not Path(engine.chromium.executable_path).exists():
            path = next(filter(None, map(shutil.which, _CHROMIUMS)), None)
            if not path:
                pytest.skip("no Chromium on this machine")
        started = engine.chromium.launch(executable_path=path)
        yield started
        started.close()
