"""Each system call that writes fails in turn: also those of SQLite and of other libraries.

``test_faults.py`` does so by the interpreter's own events, which tell nothing of these; here the
system's tracer lets a call fail. The normal run tries a few moments, ``make soak`` every one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.archive_folder import ArchiveFolder
from tests.test_faults import (
    SOAK,
    bring_in,
    content,
    copy,
    dead_ends,
    edit,
    imported,
    write_articles,
)
from tests.test_faults import build as build_whole

_CALLS = (
    *("write", "writev", "pwrite64", "fsync", "fdatasync", "ftruncate", "fallocate", "mkdir"),
    *("mkdirat", "rename", "renameat", "renameat2", "link", "linkat", "symlink", "symlinkat"),
    *("unlink", "unlinkat", "rmdir", "chmod", "fchmod", "fchmodat", "utimensat", "sendfile"),
    "copy_file_range",
)
_TRACE = ("strace", "-f", "--seccomp-bpf", "-qq")
_FAILURES = {"full": "ENOSPC", "broken": "EIO", "interrupted": "EINTR", "full for good": "ENOSPC"}
_DUMPS = Path(__file__).resolve().parent / "fixtures/dumps"
_PATIENCE = 60


def can_trace() -> bool:
    if not shutil.which(_TRACE[0]):
        return False
    tried = subprocess.run([*_TRACE, "-o", os.devnull, "true"], capture_output=True, check=False)
    return tried.returncode == 0


pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(not can_trace(), reason="needs strace, and the right to trace"),
]


@dataclass(frozen=True)
class Failure:
    """What becomes of one system call, from 1, of those with a name."""

    call: str
    moment: int
    kind: str

    @property
    def option(self) -> str:
        after = "+" if self.kind.endswith("for good") else ""
        return f"inject={self.call}:error={_FAILURES[self.kind]}:when={self.moment}{after}"


@dataclass(frozen=True)
class Outcome:
    status: int
    told: str


def traced(log: Path, options: list[str], arguments: list[str]) -> Outcome:
    """``archive ARGUMENTS``, watched by the tracer."""
    command = [*_TRACE, "-o", str(log), *options, sys.executable, "-m", "archive_gen", *arguments]
    done = subprocess.run(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
        timeout=_PATIENCE,
        check=False,
    )
    return Outcome(done.returncode, done.stdout)


def failures(folder: Path, arguments: list[str]) -> Iterator[Failure]:
    """What may go wrong with a command: each of its calls, in each way."""
    log = folder / "log"
    done = traced(log, ["-e", f"trace={','.join(f'?{call}' for call in _CALLS)}"], arguments)
    assert done.status == 0, done.told
    lines = [line.split(maxsplit=1) for line in log.read_text("utf-8", "replace").splitlines()]
    # The tracer counts for each process of its own.
    counts = Counter((process, event.partition("(")[0]) for process, event in lines)
    for call in _CALLS:
        last = max((count for (_, name), count in counts.items() if name == call), default=0)
        moments = range(1, last + 1, max(1, 100 // SOAK)) if SOAK else (last // 2 + 1,)
        for kind in _FAILURES if SOAK else ("full for good",):
            yield from (Failure(call, moment, kind) for moment in moments if last)


def struck(
    archive: ArchiveFolder, folder: Path, arguments: Callable[[ArchiveFolder], list[str]]
) -> Iterator[tuple[ArchiveFolder, str, bool]]:
    """Copies of ``archive`` in which a call failed, which it was, and whether it did no harm."""
    for number, failure in enumerate(failures(folder, arguments(copy(archive, folder / "count")))):
        there = copy(archive, folder / str(number))
        options = ["-e", f"trace={failure.call}", "-e", failure.option]
        outcome = traced(folder / "log", options, arguments(there))
        place = f"{failure}: {outcome}"
        # Standard output is written to, too.
        assert outcome.status in ((0, 1, 120) if failure.call == "write" else (0, 1)), place
        assert "Traceback" not in outcome.told, place
        assert outcome.told.strip() or failure.call == "write", place
        yield there, place, outcome.status == 0
        shutil.rmtree(there.path)


def building(archive: ArchiveFolder) -> list[str]:
    return ["build", "--jobs", "1", "--site", str(archive.path)]


def importing(archive: ArchiveFolder) -> list[str]:
    return ["import", str(_DUMPS), "--jobs", "1", "--site", str(archive.path)]


@pytest.mark.parametrize("start", ["cold", "warm"])
def test_a_build_whose_calls_fail(tmp_path: Path, start: str) -> None:
    archive = ArchiveFolder(tmp_path / "site")
    write_articles(archive)
    if start == "warm":
        archive.build()
        edit(archive)
    whole = copy(archive, tmp_path / "whole")
    assert build_whole(whole).status == 0
    before, wanted, articles = archive.output(), whole.output(), content(archive)
    for there, place, harmless in struck(archive, tmp_path, building):
        assert content(there) == articles, place
        found = there.output()
        if harmless:
            assert found == wanted, place
        assert found in (before, wanted) or dead_ends(found) == [], place
        again = build_whole(there)
        assert again.status == 0, (place, again.output)
        assert there.output() == wanted, place


def test_an_import_whose_calls_fail(tmp_path: Path) -> None:
    archive = ArchiveFolder(tmp_path / "site")
    archive.article("mine.md", body="Not to be touched.")
    mine = content(archive)
    whole = copy(archive, tmp_path / "whole")
    assert bring_in(whole).status == 0
    wanted = imported(whole)
    for there, place, harmless in struck(archive, tmp_path, importing):
        found = imported(there)
        assert mine.items() <= found.items(), place
        if harmless:
            assert found == wanted, place
        assert set(found) <= {*wanted, "content/_sources/.uncounted"}, place
        again = bring_in(there)
        assert again.status == 0, (place, again.output)
        assert imported(there) == wanted, place


def test_a_disk_on_which_no_memory_is_shared_is_as_good(tmp_path: Path) -> None:
    """Network shares and folders that virtual machines share; and it may move to and fro."""
    archive = ArchiveFolder(tmp_path / "site")
    write_articles(archive)
    whole = copy(archive, tmp_path / "whole")
    assert build_whole(whole).status == 0
    shared = archive.path / ".archive/build.sqlite-shm"
    options = ["-e", "trace=mmap", "-e", "inject=mmap:error=EINVAL", "-P", str(shared)]
    first = traced(tmp_path / "log", options, building(archive))
    assert (first.status, archive.output()) == (0, whole.output()), first.told
    assert "EINVAL" in (tmp_path / "log").read_text("utf-8", "replace")
    edit(archive)
    edit(whole)
    assert build_whole(whole).status == 0
    again = traced(tmp_path / "log", options, building(archive))
    assert (again.status, archive.output()) == (0, whole.output()), again.told
    assert build_whole(archive).status == 0
    last = traced(tmp_path / "log", options, [*building(archive), "--verify"])
    assert (last.status, archive.output()) == (0, whole.output()), last.told


def test_no_other_file_of_an_archive_asks_for_shared_memory(tmp_path: Path) -> None:
    """Some disks that a program serves, as pools of disks are, refuse it."""
    archive = ArchiveFolder(tmp_path / "site")
    write_articles(archive)
    options = ["-y", "-e", "trace=mmap"]
    mapped = []
    for command in (building(archive), ["search", "--site", str(archive.path), "words"]):
        assert traced(tmp_path / "log", options, command).status == 0
        log = (tmp_path / "log").read_text("utf-8", "replace")
        mapped += [line for line in log.splitlines() if f"<{archive.path}/" in line]
    assert any(".archive/search/" in line for line in mapped)
    assert [
        line for line in mapped if "MAP_SHARED" in line and "build.sqlite-shm" not in line
    ] == []


@pytest.mark.parametrize("error", ["ENOLCK", "EOPNOTSUPP", "ENOSYS"])
def test_a_disk_without_locks_is_told_and_can_be_read(tmp_path: Path, error: str) -> None:
    archive = ArchiveFolder(tmp_path / "site")
    write_articles(archive)
    archive.build()
    before = archive.output()
    edit(archive)
    options = ["-e", "trace=flock", "-e", f"inject=flock:error={error}"]
    for command in (building(archive), importing(archive)):
        refused = traced(tmp_path / "log", options, command)
        assert (refused.status, refused.told.count("\n")) == (1, 1), refused.told
        assert refused.told.startswith(".archive: the disk has no locks")
    assert archive.output() == before
    found = traced(tmp_path / "log", options, ["search", "--site", str(archive.path), "words"])
    assert (found.status, "2 articles" in found.told) == (0, True), found.told
    found = traced(tmp_path / "log", options, ["review", "--list", "--site", str(archive.path)])
    assert (found.status, "No article is doubtful" in found.told) == (0, True), found.told


def test_the_file_that_another_program_has_open_is_named(tmp_path: Path) -> None:
    """Windows and its network drives then refuse that another takes its place."""
    archive = ArchiveFolder(tmp_path / "site")
    write_articles(archive)
    before = content(archive)
    options = ["-e", "trace=?rename,?renameat", "-e", "inject=?rename,?renameat:error=EACCES"]
    command = ["tags", "rename", "--site", str(archive.path), "Docks", "Piers"]
    refused = traced(tmp_path / "log", options, command)
    assert refused.status == 1
    assert refused.told.startswith(f"{archive.path}/content/2015/10/quay.md: Permission denied")
    assert content(archive) == before
