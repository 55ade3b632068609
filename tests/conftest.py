from __future__ import annotations

import functools
import http.server
import os
import shutil
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from archive_gen.building.build import build
from archive_gen.building.publish import FolderSink
from archive_gen.config import load_config
from archive_gen.parallel import ProcessMapper
from archive_gen.serving.server import SiteServer
from tests.archive_folder import ArchiveFolder

ROOT = Path(__file__).parent.parent

# How long an example takes says more of the machine than of us. The normal run tries the same
# examples every time; a long one looks for others, and says how to try what failed again.
_SOAK = bool(os.environ.get("ARCHIVE_SOAK"))
settings.register_profile("untimed", deadline=None, derandomize=not _SOAK, print_blob=True)
settings.load_profile("untimed")

# Tests write a quarter of a million small files, which takes a disk half of their time. The long
# run keeps to the disk: there, folders list their files in another order.
_MEMORY, _ROOM = Path("/dev/shm"), 2 << 30  # noqa: S108 (pytest makes a folder of our own there)
if not _SOAK and os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ROOM:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))

# Each command that a test runs is a new interpreter, which would compile the whole program again.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# What a shell starts in the background ignores Ctrl-C, and so would all that tests start.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

_CHROMIUMS = (
    "chromium-headless-shell",  # without windows: opens a page in a quarter of the time
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
)


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


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample archive with its site."""
    site = tmp_path_factory.mktemp("sample") / "archive"
    site.mkdir()
    for name in ("content", "templates"):
        shutil.copytree(ROOT / name, site / name)
    shutil.copy(ROOT / "site.yaml", site)
    config = load_config(site)
    report = build(site, config, mapper=ProcessMapper(2), sink=FolderSink(site / config.output))
    assert report.problems == []
    assert report.articles >= 24
    return site


@pytest.fixture(scope="session")
def served(sample: Path) -> Iterator[str]:
    server = SiteServer(sample, load_config(sample), "127.0.0.1", 0)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.url
    server.shutdown()
    server.server_close()
    thread.join()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="session")
def plain(sample: Path) -> Iterator[str]:
    """The sample on a web server that gives files and nothing else."""
    handler = functools.partial(_Quiet, directory=str(sample / "public"))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()
