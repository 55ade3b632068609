"""A document on which the program itself fails costs one line, and never the rest."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from archive_gen.cleaning.blocks import split_paragraphs
from archive_gen.cli import group
from tests.archive_folder import ArchiveFolder

FATAL = "Zzyzx"
"""What no program of this test can bear."""
STORY = """\
{name} at Lorne Harbour

October 7, 2015

Ferry crews at Lorne Harbour went back to work on Monday after a strike of nineteen days in {name}.

The harbour office agreed to shorter shifts, and the crews gave up their demand for a bonus.
"""


def fails(function: Any) -> Any:
    """``function``, with a fault in it."""

    def broken(*arguments: Any, **options: Any) -> Any:
        if FATAL in repr(arguments):
            raise IndexError("list index out of range")
        return function(*arguments, **options)

    return broken


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "site.yaml").write_text("title: Test\n")
    raw = tmp_path / "raw"
    raw.mkdir()
    for number, name in enumerate(("Strike", FATAL, "Ballot")):
        (raw / f"{number}.txt").write_text(STORY.format(name=name))
    return tmp_path


def archive(site: Path, *arguments: str | Path) -> Result:
    return CliRunner().invoke(group, [*map(str, arguments), "--site", str(site)])


def titles(site: Path) -> list[str]:
    return sorted(path.stem for path in site.glob("content/2015/10/*.md"))


def break_(monkeypatch: pytest.MonkeyPatch, module: str, name: str) -> None:
    """Put a fault into a function, as ``module`` knows it."""
    where = importlib.import_module(module)
    monkeypatch.setattr(where, name, fails(getattr(where, name)))


def test_an_import_goes_on(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    break_(monkeypatch, "archive_gen.intake.stated", "clean")
    result = archive(site, "import", "--jobs", "1", site / "raw")
    assert result.exit_code == 1
    assert titles(site) == ["ballot-at-lorne-harbour", "strike-at-lorne-harbour"]
    assert "raw/1.txt: the program failed on it: IndexError in stated.py, line" in result.stderr
    assert "raw/0.txt: the program" not in result.stderr
    monkeypatch.undo()
    assert archive(site, "import", "--jobs", "1", site / "raw").exit_code == 0
    assert len(titles(site)) == 3


def test_nothing_is_learned_from_what_cannot_be_read(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The module has the name of a function of its folder.
    module = sys.modules["archive_gen.cleaning.observe"]
    monkeypatch.setattr(module, "split_paragraphs", fails(split_paragraphs))
    assert archive(site, "import", "--jobs", "1", site / "raw").exit_code == 0
    assert len(titles(site)) == 3


def test_so_does_a_file_that_an_importer_fails_on(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_(monkeypatch, "archive_gen.importers.text", "decode")
    result = archive(site, "import", "--jobs", "1", site / "raw")
    assert result.exit_code == 1
    assert "raw/1.txt: the program failed on it: IndexError in text.py, line" in result.stderr
    assert len(titles(site)) == 2


def test_an_explanation_goes_on(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    break_(monkeypatch, "archive_gen.intake.ingest", "clean_document")
    result = archive(site, "import", "--explain", site / "raw")
    assert result.exit_code == 1
    assert "Ballot at Lorne Harbour" in result.stdout
    assert result.stderr.count("failed on it") == 1


def test_cleaning_again_leaves_the_article(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive(site, "import", site / "raw")
    before = {path: path.read_bytes() for path in site.glob("content/2015/10/*.md")}
    break_(monkeypatch, "archive_gen.intake.stated", "clean")
    result = archive(site, "clean", "--again", "--jobs", "1")
    assert result.exit_code == 1
    assert "zzyzx-at-lorne-harbour.md: the program failed on it" in result.stderr
    assert {path: path.read_bytes() for path in before} == before


def test_extract_tells_it_in_its_record(monkeypatch: pytest.MonkeyPatch) -> None:
    break_(monkeypatch, "archive_gen.intake.extract", "clean")
    lines = [
        json.dumps({"id": name, "text": STORY.format(name=name)}) for name in ("Strike", FATAL)
    ]
    result = CliRunner().invoke(group, ["extract"], input="\n".join(lines))
    assert result.exit_code == 1
    strike, fatal = map(json.loads, result.stdout.splitlines())
    assert strike["title"] == "Strike at Lorne Harbour"
    assert fatal["problem"].startswith("the program failed on it: IndexError in extract.py, line")


def test_a_build_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = ArchiveFolder(tmp_path)
    archive.article("2015/10/strike.md", date="2015-10-07")
    archive.article("2015/10/fatal.md", date="2015-10-08", body=FATAL)
    break_(monkeypatch, "archive_gen.markup", "to_html")
    report = archive.build()
    assert "2015/10/07/strike/index.html" in archive.output()
    (problem,) = report.problems
    assert problem.path == "content/2015/10/fatal.md"
    assert problem.message.startswith("the program failed on it: IndexError in load.py")
    monkeypatch.undo()
    archive.article("2015/10/fatal.md", date="2015-10-08", body=FATAL)
    report = archive.build()
    assert (report.articles, report.problems) == (2, [])
