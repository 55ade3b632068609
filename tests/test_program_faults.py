"""A document on which the program itself fails costs one line, and never the rest."""

from __future__ import annotations

import importlib
import json
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from archive_gen.cleaning.lines.blocks import split_paragraphs
from archive_gen.cli import group, main
from archive_gen.problems import OperationError
from archive_gen.rendering.theme_files import shipped
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


@pytest.fixture
def small(tmp_path: Path) -> ArchiveFolder:
    archive = ArchiveFolder(tmp_path / "small", "title: Test\nlist_files: false\n")
    archive.article("2015/10/strike.md", date="2015-10-07")
    archive.article("2015/10/fatal.md", date="2015-10-08", body="Not yet.")
    return archive


PAGE = "2015/10/08/fatal/index.html"


def cold_output(archive: ArchiveFolder, path: Path) -> dict[str, bytes]:
    """What a build from nothing makes of the same content."""
    shutil.copytree(archive.path / "content", path / "content")
    cold = ArchiveFolder(path, (archive.path / "site.yaml").read_text())
    cold.build()
    return cold.output()


def test_a_build_goes_on_without_a_page_that_it_fails_on(
    small: ArchiveFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small.build()
    assert PAGE in small.output()
    break_(monkeypatch, "archive_gen.rendering.render", "with_own_links")
    small.article("2015/10/fatal.md", date="2015-10-08", body=FATAL)
    (problem,) = small.build().problems
    assert problem.path == "content/2015/10/fatal.md"
    assert problem.message.startswith("the program failed on it: IndexError in render.py")
    # What it said before may be what is not to be read any more.
    assert PAGE not in small.output()
    assert small.output() == cold_output(small, tmp_path / "cold")
    # The next build tries again: this page, and nothing else.
    report = small.build()
    assert (report.problems, report.rendered) == ([problem], 0)
    small.article("2015/10/ballot.md", date="2015-10-09")
    assert small.build().problems == [problem]
    monkeypatch.undo()
    report = small.build()
    assert (report.problems, report.rendered) == ([], 1)
    assert FATAL in small.page(PAGE)
    assert small.output() == cold_output(small, tmp_path / "mended")


def test_a_page_of_no_article_is_told_by_its_file(
    small: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_(monkeypatch, "archive_gen.rendering.render", "asdict")
    small.article("2015/10/fatal.md", date="2015-10-08", tags=FATAL)
    told = {problem.path for problem in small.build().problems}
    assert {"public/tags/zzyzx/index.html", "public/feed.xml"} <= told
    assert "content/2015/10/strike.md" not in told
    assert "2015/10/07/strike/index.html" in small.output()


def test_a_strict_build_publishes_nothing_then(
    small: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    small.build()
    before = small.output()
    break_(monkeypatch, "archive_gen.rendering.render", "with_own_links")
    small.article("2015/10/fatal.md", date="2015-10-08", body=FATAL)
    result = archive(small.path, "build", "--strict", "--jobs", "1")
    assert result.exit_code == 1
    assert result.stderr.count("failed on it") == 1
    assert small.output() == before


def test_a_check_names_the_page_and_the_links_to_it(
    small: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_(monkeypatch, "archive_gen.rendering.render", "with_own_links")
    small.article("2015/10/fatal.md", date="2015-10-08", body=FATAL)
    small.build()
    result = archive(small.path, "check", "--json", "--jobs", "1")
    found = [json.loads(line) for line in result.stdout.splitlines()]
    (failed,) = (one for one in found if one["code"] == "program-failed")
    assert (failed["path"], failed["fixable"]) == ("content/2015/10/fatal.md", False)
    assert "failed on it: IndexError in render.py" in failed["message"]
    dead = {one["path"] for one in found if one is not failed}
    assert {"public/index.html", "public/2015/10/08/index.html"} <= dead
    assert {one["code"] for one in found if one is not failed} == {"broken-link"}


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("archive_gen.building.run", "plan_touched"),
        ("archive_gen.building.run", "entry_changes"),
        ("archive_gen.search.whoosh.index", "fields_of"),
        ("archive_gen.building.workers", "document_of"),
        ("archive_gen.search.page.update", "PageUpdate"),
    ],
)
def test_what_is_no_page_ends_a_build_and_leaves_the_site(
    small: ArchiveFolder,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    module: str,
    name: str,
) -> None:
    small.build()
    before = small.output()
    small.article("2015/10/fatal.md", date="2015-10-08", body=FATAL)
    monkeypatch.setattr(importlib.import_module(module), name, lambda *_, **__: {}[FATAL])
    build = ["build", "--jobs", "1", "--site", str(small.path)]
    with pytest.raises(SystemExit, match="1"):
        main(build)
    told = capsys.readouterr().err
    assert told.startswith("archive: the program failed: KeyError in ")
    assert (told.count("\n"), "ARCHIVE_TRACEBACK" in told) == (1, True)
    assert small.output() == before
    monkeypatch.setenv("ARCHIVE_TRACEBACK", "1")
    with pytest.raises(KeyError):
        main(build)
    monkeypatch.undo()
    assert small.build().problems == []
    assert FATAL in small.page(PAGE)


def test_a_template_of_the_archives_own_is_told_as_such(
    small: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    small.template("feed.json", "{{ site.title }} {{ title_of|default('Zzyzx')|tojson }}")
    break_(monkeypatch, "archive_gen.rendering.render", "plain_json")
    with pytest.raises(OperationError, match=r"templates/feed.json:1: list index out of range"):
        small.build()


def test_a_fault_of_the_program_in_a_template_of_the_theme_is_told_as_such(
    small: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where a template of the archive's own is around it."""
    small.template("base.html", shipped("base.html").decode())
    small.article("2015/10/fatal.md", date="2015-10-08", title=FATAL)
    break_(monkeypatch, "archive_gen.rendering.template_filters", "_citations")
    problems = small.build().problems
    assert {problem.path for problem in problems} == {"content/2015/10/fatal.md"}
    assert "2015/10/07/strike/index.html" in small.output()


def test_so_it_does_without_a_page_that_is_no_article(
    small: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    small.article("_pages/about.md")
    small.article("_pages/imprint.md", body=FATAL)
    break_(monkeypatch, "archive_gen.markup", "to_html")
    (problem,) = small.build().problems
    assert problem.path == "content/_pages/imprint.md"
    assert problem.message.startswith("the program failed on it: IndexError in own_pages.py")
    assert "about/index.html" in small.output()
