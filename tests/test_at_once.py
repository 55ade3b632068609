"""Commands that run at the same time: one waits or refuses, and readers see the old or the new."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path
from unittest.mock import ANY

import pytest

from archive_gen.config import load_config
from archive_gen.search.searcher import Searcher
from archive_gen.serving.server import SiteServer
from tests.archive_folder import ArchiveFolder

pytestmark = pytest.mark.soak
_SOAK = bool(os.environ.get("ARCHIVE_SOAK"))
PAIRS = 50 if _SOAK else 2
_SEARCHES = 1_000 if _SOAK else 100
_STEADY = "2015/10/07/steady/index.html"


@pytest.fixture
def crowd(tmp_path: Path) -> ArchiveFolder:
    archive = ArchiveFolder(tmp_path / "site")
    archive.article("steady.md", body="A steady harbour, edition 0.", date="2015-10-07")
    for number in range(60):
        archive.article(
            f"{number}.md", body=f"Harbour {number}.", date=f"2015-10-{number % 28 + 1:02}"
        )
    archive.build()
    return archive


def edit(archive: ArchiveFolder, edition: int) -> None:
    """One more article, and another text of an old one."""
    archive.article("steady.md", f"A steady harbour, edition {edition}.", date="2015-10-07")
    archive.article(f"new/{edition}.md", body="Harbour, new.", date="2016-01-01")


def build(archive: ArchiveFolder) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "archive_gen", "build", "--jobs", "1"]
    command += ["--site", str(archive.path)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    output, errors = process.communicate(timeout=120)
    return process.returncode, output + errors


def test_two_builds(crowd: ArchiveFolder) -> None:
    for edition in range(1, PAIRS + 1):
        edit(crowd, edition)
        both = [build(crowd), build(crowd)]
        outcomes = [ended(process) for process in both]
        assert 0 in [status for status, _ in outcomes], outcomes
        for status, told in outcomes:
            assert status == 0 or "is running" in told, told
            assert "Traceback" not in told
    assert_as_cold(crowd)


def test_a_killed_build_leaves_no_lock(crowd: ArchiveFolder) -> None:
    chance = random.Random(7)  # noqa: S311
    for edition in range(1, PAIRS + 1):
        edit(crowd, edition)
        process = build(crowd)
        while process.poll() is None and not (crowd.path / ".archive/kept").exists():
            time.sleep(0.001)  # until it is at work, and holds its locks
        time.sleep(chance.uniform(0, 0.1))
        process.kill()
        process.communicate()
        assert ended(build(crowd)) == (0, ANY)
    assert_as_cold(crowd)


def test_a_build_and_a_thousand_searches(crowd: ArchiveFolder) -> None:
    for edition in range(1, PAIRS + 1):
        old = 60 + edition
        edit(crowd, edition)
        process = build(crowd)
        found = set()
        for _ in range(_SEARCHES):
            searcher = Searcher(crowd.path / ".archive/search")
            try:
                found.add(searcher.search("harbour").total)
            finally:
                searcher.close()
        assert ended(process) == (0, ANY)
        assert found <= {old, old + 1}


def test_a_build_and_a_server(crowd: ArchiveFolder) -> None:
    server = SiteServer(crowd.path, load_config(crowd.path), "127.0.0.1", 0)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}"
    pages, totals = set(), set()
    try:
        for edition in range(1, PAIRS + 1):
            edit(crowd, edition)
            process = build(crowd)
            while process.poll() is None:
                pages.add(fetch(f"{address}/{_STEADY}"))
                totals.add(fetch(f"{address}/api/search?q=new&limit=1"))
            assert ended(process) == (0, ANY)
            assert f"edition {edition}." in fetch(f"{address}/{_STEADY}")
            assert f'"total": {edition}' in fetch(f"{address}/api/search?q=new&limit=1")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert len(pages) <= PAIRS + 1
    assert all(page.endswith("</html>\n") or "</html>" in page[-20:] for page in pages)
    assert len(totals) <= PAIRS + 1


def fetch(address: str) -> str:
    with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310
        assert answer.status == 200
        return str(answer.read().decode())


def assert_as_cold(archive: ArchiveFolder) -> None:
    there = archive.output()
    archive.forget()
    archive.build()
    assert archive.output() == there
