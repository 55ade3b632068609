"""Flipped bits, cut and missing files of ``.archive/``: the site is right, or made again with a
word about it."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive_gen.building.build import build
from archive_gen.building.current import report_if_current
from archive_gen.building.publish import FolderSink
from archive_gen.building.report import BuildReport
from archive_gen.cli import group
from archive_gen.config import load_config
from archive_gen.parallel import SerialMapper
from archive_gen.seals import DamagedStateError, demand_whole, write_sum
from archive_gen.search.searcher import Searcher
from tests.archive_folder import ArchiveFolder
from tests.test_faults import copy

pytestmark = pytest.mark.soak
SOAK = bool(os.environ.get("ARCHIVE_SOAK"))
_FLIPS = 500 if SOAK else 14
_CUTS = 50 if SOAK else 4
_STATE = ".archive/build.sqlite"
_INDEX = ".archive/search"
_MADE_ANEW = "The search index was damaged: it was made from nothing."
_QUERIES = ("words", "boats", "tag:T1", "another", "number 12", "date:2012")


def write_articles(archive: ArchiveFolder) -> None:
    for number in range(40):
        archive.article(
            f"{number % 4}/{number}.md",
            body=f"Words of number {number}, which are its own.",
            title=f"Story {number}",
            date=f"201{number % 5}-{number % 9 + 1:02}-11",
            tags=f"[Boats, T{number % 3}]",
            source="Post",
        )
    archive.article("broken.md", date="2015-13-77")


def edit(archive: ArchiveFolder) -> None:
    archive.article("0/0.md", title="Another title", date="2010-01-11", tags="[Boats]")
    archive.article("new.md", date="2012-02-02", tags="[Docks]")
    archive.delete("1/1.md")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> ArchiveFolder:
    archive = ArchiveFolder(tmp_path_factory.mktemp("built") / "site")
    write_articles(archive)
    archive.build()
    with sqlite3.connect(archive.path / _STATE) as state:
        state.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return archive


@pytest.fixture(scope="module")
def twin(built: ArchiveFolder, tmp_path_factory: pytest.TempPathFactory) -> ArchiveFolder:
    """The site after the edit, made from nothing."""
    twin = copy(built, tmp_path_factory.mktemp("wanted") / "site")
    edit(twin)
    twin.forget()
    twin.build()
    return twin


@pytest.fixture(scope="module")
def wanted(twin: ArchiveFolder) -> dict[str, bytes]:
    return twin.output()


def answers(archive: ArchiveFolder) -> list[list[str]]:
    searcher = Searcher(archive.path / _INDEX)
    try:
        found = [searcher.search(query, limit=50) for query in _QUERIES]
        return [[hit.path for hit in results.hits] for results in found]
    finally:
        searcher.close()


def damaged(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :]


def run(archive: ArchiveFolder) -> BuildReport:
    config = load_config(archive.path)
    sink = FolderSink(archive.path / config.output)
    return build(archive.path, config, mapper=SerialMapper(), sink=sink)


@pytest.mark.parametrize("seed", range(_FLIPS))
def test_a_flipped_bit_makes_no_wrong_page(
    tmp_path: Path, built: ArchiveFolder, wanted: dict[str, bytes], seed: int
) -> None:
    archive = copy(built, tmp_path / "site")
    state = archive.path / _STATE
    state.write_bytes(damaged(state.read_bytes(), random.Random(seed)))  # noqa: S311
    before = archive.output()
    report = report_if_current(archive.path)
    if isinstance(report, BuildReport):
        assert report.articles == 40
        assert [problem.path for problem in report.problems] == ["content/broken.md"]
    edit(archive)
    report = run(archive)
    assert archive.output() == wanted != before
    assert [problem.path for problem in report.problems] == ["content/broken.md"]
    assert report.articles == 40


def test_a_lost_row_leaves_no_page(
    tmp_path: Path, built: ArchiveFolder, wanted: dict[str, bytes]
) -> None:
    """Each row has a checksum; that one is missing, only that of the whole file tells."""
    archive = copy(built, tmp_path / "site")
    with contextlib.closing(sqlite3.connect(archive.path / _STATE)) as state:
        lost = state.execute("DELETE FROM pages WHERE name = '1/1.md'").rowcount
        state.commit()
        assert lost == 1
    edit(archive)
    run(archive)
    assert archive.output() == wanted


@pytest.mark.parametrize("at", [0, 1 << 24, (1 << 25) + 5])
def test_a_flipped_bit_is_found_wherever_it_is_in_a_large_file(tmp_path: Path, at: int) -> None:
    file = tmp_path / "large.sqlite"
    with file.open("wb") as stream:
        stream.truncate((1 << 25) + 6)
    write_sum(file)
    demand_whole(file)
    with file.open("r+b") as stream:
        stream.seek(at)
        stream.write(b"\x10")
    with pytest.raises(DamagedStateError):
        demand_whole(file)


@pytest.mark.parametrize("seed", range(_FLIPS))
def test_a_flipped_bit_of_the_index_makes_no_wrong_answer(
    tmp_path: Path, built: ArchiveFolder, twin: ArchiveFolder, seed: int
) -> None:
    archive = copy(built, tmp_path / "site")
    chance = random.Random(seed)  # noqa: S311
    files = sorted(path for path in (archive.path / _INDEX).iterdir() if path.stat().st_size)
    weights = [path.stat().st_size for path in files]
    (struck,) = chance.choices(files, weights if seed % 2 else None)
    struck.write_bytes(damaged(struck.read_bytes(), chance))
    edit(archive)
    report = run(archive)
    assert archive.output() == twin.output(), struck.name
    assert answers(archive) == answers(twin), struck.name
    if struck.name != "stamp":  # of which nothing tells whether another program wrote it
        told = [] if struck.suffix == ".flat" else [_MADE_ANEW]
        assert report.notes == told, struck.name


@pytest.mark.parametrize("seed", range(_CUTS))  # each strikes all files
def test_a_flipped_bit_of_a_compiled_template_makes_no_wrong_page(
    tmp_path: Path, built: ArchiveFolder, wanted: dict[str, bytes], seed: int
) -> None:
    archive = copy(built, tmp_path / "site")
    chance = random.Random(seed)  # noqa: S311
    compiled = sorted((archive.path / ".archive/templates").iterdir())
    assert len(compiled) > 5
    for struck in compiled:
        struck.write_bytes(damaged(struck.read_bytes(), chance))
    edit(archive)
    run(archive)
    assert archive.output() == wanted


@pytest.mark.parametrize("seed", range(_CUTS))
def test_a_state_that_was_cut_short(
    tmp_path: Path, built: ArchiveFolder, wanted: dict[str, bytes], seed: int
) -> None:
    archive = copy(built, tmp_path / "site")
    state = archive.path / _STATE
    length = random.Random(seed).randrange(state.stat().st_size)  # noqa: S311
    state.write_bytes(state.read_bytes()[:length])
    edit(archive)
    run(archive)
    assert archive.output() == wanted


def test_every_file_missing(tmp_path: Path, built: ArchiveFolder, wanted: dict[str, bytes]) -> None:
    files = sorted(path for path in (built.path / ".archive").rglob("*") if path.is_file())
    assert len(files) > 5
    of_a_kind = {path.suffix: path for path in files}
    for number, path in enumerate(files if SOAK else of_a_kind.values()):
        archive = copy(built, tmp_path / str(number))
        (archive.path / path.relative_to(built.path)).unlink()
        edit(archive)
        run(archive)
        assert archive.output() == wanted, path
        shutil.rmtree(archive.path)


@pytest.mark.parametrize("lost", ["stamp", "*.toc"])
def test_an_index_of_which_a_part_is_gone_is_told(
    tmp_path: Path, built: ArchiveFolder, lost: str
) -> None:
    archive = copy(built, tmp_path / "site")
    expected = answers(archive)
    for path in (archive.path / _INDEX).glob(lost):
        path.unlink()
    assert run(archive).notes == [_MADE_ANEW]
    assert answers(archive) == expected
    assert run(archive).notes == []
    shutil.rmtree(archive.path / _INDEX)  # which somebody may do
    assert run(archive).notes == []


def test_damage_is_told_once(tmp_path: Path, built: ArchiveFolder) -> None:
    archive = copy(built, tmp_path / "site")
    state = archive.path / _STATE
    data = state.read_bytes()
    assert data.count(b"Story 7") >= 1
    state.write_bytes(data.replace(b"Story 7", b"Story 6"))
    archive.article("0/0.md", title="Another title", date="2010-01-11", tags="[Boats, T0, T1]")
    report = run(archive)
    assert [note for note in report.notes if "damaged" in note]
    assert report.rendered == report.pages
    edit(archive)
    assert run(archive).notes == []


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> ArchiveFolder:
    """An archive that knows what was imported into it, and which of that is doubtful."""
    archive = ArchiveFolder(tmp_path_factory.mktemp("imported") / "site")
    inputs = archive.path / "inputs"
    inputs.mkdir()
    for number in range(12):
        text = f"The ferry {number} left at dawn with {number} goats, its captain said.\n"
        (inputs / f"{number}.txt").write_text(f"A tale of {number} goats\n{text * 3}")
    assert command(archive, "import").exit_code == 0
    assert command(archive, "review").stdout
    return archive


def command(archive: ArchiveFolder, name: str) -> Result:
    """Import again all that there is; or list what is doubtful."""
    arguments = {
        "import": ["import", "inputs", "--json"],
        "review": ["review", "--list", "--json", "--below", "1"],
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(archive.path)
        return CliRunner().invoke(group, arguments[name])


@pytest.mark.parametrize("name", ["imports.sqlite", "doubts.sqlite"])
@pytest.mark.parametrize("seed", range(_FLIPS))
def test_a_flipped_bit_of_what_is_known_of_imports_is_told(
    tmp_path: Path, imported: ArchiveFolder, name: str, seed: int
) -> None:
    archive = copy(imported, tmp_path / "site")
    struck = archive.path / ".archive" / name
    struck.write_bytes(damaged(struck.read_bytes(), random.Random(seed)))  # noqa: S311
    whole = copy(imported, tmp_path / "whole")
    for one in (archive, whole):
        # Nearly what is there already: a version of it, as only what is known of texts tells.
        text = (one.path / "inputs/3.txt").read_text()
        (one.path / "inputs/again.txt").write_text(f"{text}It came back at night.\n")
    told = ""
    for asked in ("import", "review", "import"):
        result, expected = command(archive, asked), command(whole, asked)
        assert (result.exit_code, result.stdout) == (0, expected.stdout), asked
        told += result.stderr
    assert told.count(f"{name} was damaged: it was made from nothing.") == 1


@pytest.mark.parametrize(
    ("asked", "name"), [("import", "imports.sqlite"), ("review", "doubts.sqlite")]
)
def test_a_database_that_cannot_be_opened_is_a_line(
    tmp_path: Path, imported: ArchiveFolder, asked: str, name: str
) -> None:
    archive = copy(imported, tmp_path / "site")
    (archive.path / ".archive" / name).unlink()
    (archive.path / ".archive" / name).mkdir()
    result = command(archive, asked)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert result.stderr.startswith(f".archive/{name}: unable to open")


def test_a_folder_in_place_of_a_flat_file_is_taken_away(
    tmp_path: Path, built: ArchiveFolder
) -> None:
    archive = copy(built, tmp_path / "site")
    for flat in (archive.path / _INDEX).glob("*.flat"):
        flat.unlink()
        (flat / "inside").mkdir(parents=True)
    for _ in range(2):
        asked = ["search", "--site", str(archive.path), "boats"]
        result = CliRunner().invoke(group, asked)
        assert (result.exit_code, result.stderr) == (0, "")
    assert all(flat.is_file() for flat in (archive.path / _INDEX).glob("*.flat"))
