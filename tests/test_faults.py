"""A disk that fails, or a process that dies, at any operation of a command: nothing is lost.

The normal run tries some moments of each kind; ``make soak`` tries every one.
"""

from __future__ import annotations

import os
import posixpath
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests import faults
from tests.archive_folder import ArchiveFolder

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(sys.platform == "win32", reason="has no fork, no file size limit"),
]
SOAK = int(os.environ.get("ARCHIVE_SOAK", "0"))
"""Percent of all moments that are tried; 0: ``_SOME`` of them."""
_SOME = 3


def some(moments: int) -> Iterator[int]:
    """The first and last operations and some between; all of them in a long run."""
    step = max(1, 100 // SOAK if SOAK else moments // _SOME)
    yield from sorted({*range(0, moments, step), moments - 1})


def write_articles(archive: ArchiveFolder) -> None:
    archive.article("2015/10/ferry.md", date="2015-10-07", tags="[Boats]", source="Post")
    archive.article("2015/10/quay.md", date="2015-10-08", tags="[Boats, Docks]")
    archive.article("undated/letter.md", body="Nothing to see.")


def edit(archive: ArchiveFolder) -> None:
    archive.article("2015/10/quay.md", date="2015-10-09", tags="[Docks]", body="Mended.")
    archive.article("2016/new.md", date="2016-01-01", tags="[Boats]")
    archive.delete("undated/letter.md")


@pytest.fixture(scope="module")
def cold(tmp_path_factory: pytest.TempPathFactory) -> ArchiveFolder:
    """Never built; its templates are compiled, which is most of the work, but in a long run."""
    archive = ArchiveFolder(tmp_path_factory.mktemp("cold") / "site")
    write_articles(archive)
    if not SOAK:
        compiling = copy(archive, archive.path.with_name("compiling"))
        assert build(compiling).status == 0
        shutil.copytree(compiling.path / ".archive/templates", archive.path / ".archive/templates")
    return archive


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> ArchiveFolder:
    """Built, then edited."""
    archive = ArchiveFolder(tmp_path_factory.mktemp("warm") / "site")
    write_articles(archive)
    archive.build()
    edit(archive)
    return archive


def copy(archive: ArchiveFolder, path: Path) -> ArchiveFolder:
    shutil.copytree(archive.path, path)
    twin = ArchiveFolder.__new__(ArchiveFolder)
    twin.path = path
    return twin


def build(archive: ArchiveFolder, fault: faults.Fault | None = None) -> faults.Outcome:
    call = ["build", "--jobs", "1", "--site", str(archive.path)]
    return faults.run(call, fault or faults.Fault(archive.path))


def content(archive: ArchiveFolder) -> dict[str, bytes]:
    files = (path for path in (archive.path / "content").rglob("*") if path.is_file())
    return {path.relative_to(archive.path).as_posix(): path.read_bytes() for path in files}


def assert_told(outcome: faults.Outcome, place: str) -> None:
    assert outcome.output.strip(), place
    assert_no_fault_of_ours(outcome, place)


def assert_no_fault_of_ours(outcome: faults.Outcome, place: str) -> None:
    told = [words for words in ("Traceback", "the program failed") if words in outcome.output]
    assert not told, (place, outcome.output)


def dead_ends(site: dict[str, bytes]) -> list[tuple[str, str]]:
    """Links that lead nowhere, on the pages that a reader can get to from the home page."""
    found, seen, todo = [], {"index.html"}, ["index.html"]
    while todo:
        page = todo.pop()
        for address in re.findall(r'(?:href|src)="?([^"\s>#?]+)', site[page].decode()):
            target = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(address)))
            if ":" not in address and target not in site:
                found.append((page, target))
            elif target.endswith(".html") and target in site and target not in seen:
                seen.add(target)
                todo.append(target)
    return found


@pytest.mark.parametrize("kind", faults.KINDS)
@pytest.mark.parametrize("start", ["cold", "warm"])
def test_a_build_that_is_cut_short(
    kind: faults.Kind, start: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    archive: ArchiveFolder = request.getfixturevalue(start)
    twin = copy(archive, tmp_path / "whole")
    before = twin.output()
    counted = build(twin)
    assert counted.status == 0
    wanted = twin.output()
    for moment in some(counted.moments):
        place = f"{kind} at {moment} of {counted.moments}"
        struck = copy(archive, tmp_path / str(moment))
        articles = content(struck)
        outcome = build(struck, faults.Fault(struck.path, kind, moment))
        there = struck.output()
        assert content(struck) == articles, place
        if kind == "kill":
            assert outcome.status == -9, place
        elif outcome.status == 0:
            assert there == wanted, place
        else:
            assert outcome.status == 1, (place, outcome.output)
            assert_told(outcome, place)
            assert kind != "full" or not (struck.path / ".public.staging").exists(), place
        assert there in (before, wanted) or dead_ends(there) == [], place
        again = build(struck)
        assert again.status == 0, (place, again.output)
        assert struck.output() == wanted, place
        shutil.rmtree(struck.path)


@pytest.mark.parametrize("kind", ["kill", "full for good"])
def test_settings_put_back_after_a_build_that_was_cut_short(
    kind: faults.Kind, tmp_path: Path
) -> None:
    archive = ArchiveFolder(tmp_path / "site")
    write_articles(archive)
    archive.build()
    before, settings = archive.output(), (archive.path / "site.yaml").read_text("utf-8")
    archive.settings(f"{settings}language: de\n")
    archive.template("article.html", "{{ body }}")
    counted = build(copy(archive, tmp_path / "whole"))
    assert counted.status == 0
    for moment in some(counted.moments):
        place = f"{kind} at {moment} of {counted.moments}"
        struck = copy(archive, tmp_path / str(moment))
        build(struck, faults.Fault(struck.path, kind, moment))
        struck.settings(settings)
        (struck.path / "templates/article.html").unlink()
        again = build(struck)
        assert again.status == 0, (place, again.output)
        assert struck.output() == before, place
        shutil.rmtree(struck.path)


@pytest.mark.parametrize("start", ["cold", "warm"])
def test_writes_that_fail_half_way(
    start: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """No file may grow beyond a limit: a write fails in its middle, SQLite's too."""
    archive: ArchiveFolder = request.getfixturevalue(start)
    twin = copy(archive, tmp_path / "whole")
    assert build(twin).status == 0
    wanted = twin.output()
    for limit in (0, 100, 4096, 9000, 40_000):
        struck = copy(archive, tmp_path / str(limit))
        articles = content(struck)
        outcome = build(struck, faults.Fault(struck.path, largest=limit))
        assert content(struck) == articles
        if outcome.status == 0:
            assert struck.output() == wanted, limit
        else:
            assert outcome.status == 1, (limit, outcome.output)
            assert_no_fault_of_ours(outcome, str(limit))
        again = build(struck)
        assert again.status == 0, (limit, again.output)
        assert struck.output() == wanted


_DUMPS = Path(__file__).resolve().parent / "fixtures/dumps"


def bring_in(
    archive: ArchiveFolder, fault: faults.Fault | None = None, inputs: Path = _DUMPS
) -> faults.Outcome:
    call = ["import", str(inputs), "--jobs", "1", "--site", str(archive.path)]
    return faults.run(call, fault or faults.Fault(archive.path))


def imported(archive: ArchiveFolder) -> dict[str, bytes]:
    """All of ``content/`` but what a process that died had not finished."""
    return {path: data for path, data in content(archive).items() if "/." not in path}


@pytest.mark.parametrize("kind", faults.KINDS)
def test_an_import_that_is_cut_short(kind: faults.Kind, tmp_path: Path) -> None:
    archive = ArchiveFolder(tmp_path / "site")
    twin = copy(archive, tmp_path / "whole")
    counted = bring_in(twin)
    assert counted.status == 0
    wanted = imported(twin)
    for moment in some(counted.moments):
        place = f"{kind} at {moment} of {counted.moments}"
        struck = copy(archive, tmp_path / str(moment))
        outcome = bring_in(struck, faults.Fault(struck.path, kind, moment))
        if kind != "kill" and outcome.status == 0:
            # Making a folder that is there already may fail without any harm.
            assert imported(struck) == wanted, (place, outcome.output)
        else:
            assert outcome.status == (-9 if kind == "kill" else 1), (place, outcome.output)
        assert_no_fault_of_ours(outcome, place)
        assert set(imported(struck)) <= {*wanted, "content/_sources/.uncounted"}, place
        again = bring_in(struck)
        assert again.status == 0, (place, again.output)
        assert imported(struck) == wanted, place
        shutil.rmtree(struck.path)


NAME = "Ilse Varden of Tallow Lane"


def redact(archive: ArchiveFolder, more: list[str], fault: faults.Fault) -> faults.Outcome:
    call = ["redact", "content/2015/10/ferry.md", "--reason", "Privacy", "--yes", *more]
    return faults.run([*call, "--site", str(archive.path)], fault)


def holding(archive: ArchiveFolder, words: str) -> list[str]:
    """The files in which the words stand."""
    files = sorted(path for path in archive.path.rglob("*") if path.is_file())
    found = (path for path in files if words.encode() in path.read_bytes())
    return [path.relative_to(archive.path).as_posix() for path in found]


@pytest.mark.parametrize("kind", ["kill", "full for good"])
@pytest.mark.parametrize("more", [[], ["--passage", NAME]], ids=["article", "passage"])
def test_a_redaction_that_is_cut_short(kind: faults.Kind, more: list[str], tmp_path: Path) -> None:
    """The same command again, or the next build, ends it, or tells where the words still are."""
    archive = ArchiveFolder(tmp_path / "site")
    write_articles(archive)
    dump = tmp_path / "dump.txt"
    dump.write_text(f"Captain named\n\n7 October 2015\n\nShe is {NAME}, said the harbour master.\n")
    bring_in(archive, inputs=dump)
    (path,) = (archive.path / "content/2015/10").glob("captain*.md")
    path.rename(path.with_name("ferry.md"))
    archive.build()
    whole = copy(archive, tmp_path / "whole")
    below = "content" if kind == "kill" else ""  # the rest is made from it
    counted = redact(whole, more, faults.Fault(whole.path / below))
    assert counted.status == 0, counted.output
    assert (bool(holding(archive, NAME)), holding(whole, NAME)) == (True, [])
    for moment in some(counted.moments):
        place = f"{kind} at {moment} of {counted.moments}"
        struck = copy(archive, tmp_path / str(moment))
        outcome = redact(struck, more, faults.Fault(struck.path / below, kind, moment))
        assert_no_fault_of_ours(outcome, place)
        again = redact(struck, more, faults.Fault(struck.path))
        if again.status == 2:  # the article had nothing left to take out
            assert build(struck).status == 0, place
        told = re.findall(r"^(\S+): still holds", again.output, re.MULTILINE)
        assert bool(told) == (again.status == 1), (place, again.output)
        assert holding(struck, NAME) == told, (place, outcome.output, again.output)
        shutil.rmtree(struck.path)
