"""A PDF or a document of Word is kept beside the article that is its text, and goes with it."""

from __future__ import annotations

import io
import itertools
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive_gen.article import Article
from archive_gen.cli import group
from archive_gen.content import frontmatter, store
from archive_gen.importers import text
from archive_gen.importers.base import Found
from archive_gen.intake import provenance
from tests import word_files
from tests.archive_folder import ArchiveFolder
from tests.pdf_files import column, pdf
from tests.test_import_pdf import STORY, TITLE, VOTED, headed, paragraphs

SCAN = pdf(headed(*column(*paragraphs(*STORY), top=670)))
MEMO = word_files.packed("".join(map(word_files.line, [TITLE, *STORY])))
NAME = "Ida Marsh"


def run(archive: ArchiveFolder, *arguments: str, given: bytes | None = None) -> Result:
    return CliRunner().invoke(group, [*arguments, "--site", str(archive.path)], input=given)


def imported(archive: ArchiveFolder) -> list[tuple[Path, Article]]:
    """Each article's file, and what it says."""
    found = []
    for file in sorted((archive.path / "content").rglob("*.md")):
        article = frontmatter.parse_bytes(file.read_bytes(), file.name)[0]
        assert article is not None
        found.append((file, article))
    return found


def copies(archive: ArchiveFolder) -> list[Path]:
    return sorted(
        file for ending in ("pdf", "docx") for file in archive.path.rglob(f"content/**/*.{ending}")
    )


@pytest.fixture
def archive(tmp_path: Path) -> ArchiveFolder:
    return ArchiveFolder(tmp_path / "site")


@pytest.fixture
def scanned(archive: ArchiveFolder, tmp_path: Path) -> ArchiveFolder:
    """An archive of one article, and the site of it; its PDF lies in ``scans/``."""
    folder = tmp_path / "scans"
    folder.mkdir()
    (folder / "Quay board.pdf").write_bytes(SCAN)
    assert run(archive, "import", str(folder)).exit_code == 0
    archive.build()
    return archive


def zipped(**members: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as packed:
        for name, member in members.items():
            packed.writestr(name.replace("_", "/", 1) + ".pdf", member)
    return data.getvalue()


def test_the_file_lies_beside_the_article_that_names_it(scanned: ArchiveFolder) -> None:
    ((file, article),) = imported(scanned)
    assert article.document.startswith("quay-board-")
    assert (file.parent / article.document).read_bytes() == SCAN
    again = run(scanned, "import", str(scanned.path.parent / "scans"))
    assert again.stderr == "Imported: 1 unchanged.\n"
    shown = run(scanned, "show", file.stem, "--origins").stdout
    assert f"document: {article.document}  (the file that was imported)" in shown


def test_its_page_leads_to_the_file(scanned: ArchiveFolder) -> None:
    page = "2021/05/04/" + imported(scanned)[0][0].stem
    (published,) = (scanned.path / "public" / page).glob("*.pdf")
    assert published.read_bytes() == SCAN
    assert f'<a href="{published.name}">The original document</a>' in scanned.page(
        f"{page}/index.html"
    )


def test_who_collects_its_page_gets_the_file_with_it(scanned: ArchiveFolder) -> None:
    page = f"2021/05/04/{imported(scanned)[0][0].stem}/"
    assert "citation_pdf_url" not in scanned.page(f"{page}index.html")  # no address is known
    scanned.settings("title: Test archive\nbase_url: https://quay.example/archive/\n")
    scanned.build()
    (published,) = (scanned.path / "public" / page).glob("*.pdf")
    told = f"https://quay.example/archive/{page}{published.name}"
    assert f'<meta name="citation_pdf_url" content="{told}">' in scanned.page(f"{page}index.html")


def test_a_document_of_word_is_kept_too(archive: ArchiveFolder, tmp_path: Path) -> None:
    (tmp_path / "memo.docx").write_bytes(MEMO)
    assert run(archive, "import", str(tmp_path / "memo.docx")).exit_code == 0
    archive.build()
    ((file, article),) = imported(archive)
    assert (file.parent / article.document).read_bytes() == MEMO
    assert [path.suffix for path in (archive.path / "public").rglob("memo*")] == [".docx"]


def test_of_archives_and_standard_input_it_is_kept_too(
    archive: ArchiveFolder, tmp_path: Path
) -> None:
    other = pdf(headed(*column(*paragraphs("Another story of the quay.", *STORY[::-1]), top=670)))
    (tmp_path / "all.zip").write_bytes(zipped(a_page=SCAN, b_page=other))
    assert run(archive, "import", str(tmp_path / "all.zip")).exit_code == 0
    assert sorted(file.read_bytes() for file in copies(archive)) == sorted([SCAN, other])
    assert len({article.document for _, article in imported(archive)}) == 2
    elsewhere = ArchiveFolder(tmp_path / "elsewhere")
    assert run(elsewhere, "import", "-", given=SCAN).exit_code == 0
    assert [file.read_bytes() for file in copies(elsewhere)] == [SCAN]


def test_an_article_of_the_same_words_gets_the_file(archive: ArchiveFolder, tmp_path: Path) -> None:
    (tmp_path / "typed.txt").write_text("\n\n".join([TITLE, "4 May 2021", *STORY]))
    assert run(archive, "import", str(tmp_path / "typed.txt")).exit_code == 0
    assert copies(archive) == []
    (tmp_path / "scan.pdf").write_bytes(SCAN)
    assert run(archive, "import", str(tmp_path / "scan.pdf")).exit_code == 0
    ((file, article),) = imported(archive)
    assert (file.parent / article.document).read_bytes() == SCAN
    assert run(archive, "check", "originals").exit_code == 0
    told = f"document: {article.document}  (a copy of it, {tmp_path.name}/scan.pdf)"
    assert told in run(archive, "show", file.stem, "--origins").stdout
    assert run(archive, "clean", "--again").exit_code == 0
    assert told in run(archive, "show", file.stem, "--origins").stdout


def test_cleaning_again_leaves_it(scanned: ArchiveFolder) -> None:
    before = imported(scanned)
    assert run(scanned, "clean", "--again").exit_code == 0
    assert imported(scanned) == before
    file, article = before[0]
    file.write_text(file.read_text().replace(f"document: {article.document}\n", ""))
    assert run(scanned, "clean", "--again").exit_code == 0
    assert imported(scanned)[0][1].document == ""  # as a person decided


def test_an_article_of_another_archive_brings_its_file(
    scanned: ArchiveFolder, tmp_path: Path
) -> None:
    new = ArchiveFolder(tmp_path / "new")
    assert run(new, "import", str(scanned.path / "content/2021")).exit_code == 0
    ((file, article),) = imported(new)
    assert (file.parent / article.document).read_bytes() == SCAN


def test_a_file_that_is_gone_when_it_is_to_be_copied_is_one_line(
    archive: ArchiveFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "scan.pdf"
    file.write_bytes(SCAN)
    dump = provenance.dump

    def vanished(record: provenance.Record) -> bytes:
        file.unlink(missing_ok=True)
        return dump(record)

    monkeypatch.setattr(provenance, "dump", vanished)
    result = run(archive, "import", str(file), "--jobs", "1")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[0].startswith(f"{file}: can't be read: No such file")
    assert imported(archive) == []
    file.write_bytes(SCAN)
    monkeypatch.undo()
    assert run(archive, "import", str(file)).exit_code == 0
    assert [copy.read_bytes() for copy in copies(archive)] == [SCAN]


@pytest.mark.parametrize(("reading", "is_redacted"), [(1, True), (2, False), (2, True)])
def test_a_file_that_is_gone_when_it_is_cleaned_is_one_line(
    archive: ArchiveFolder,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    reading: int,
    is_redacted: bool,
) -> None:
    file = tmp_path / "scan.pdf"
    file.write_bytes(SCAN)
    if is_redacted:  # then the file is looked at sooner, and twice
        store.note_redacted(archive.path / "content", [store.checksum(b"another")])
    articles = text.articles
    readings = itertools.count(1)

    def vanished(name: str, data: str) -> Iterator[Found]:
        if next(readings) == reading:
            file.unlink()
        return articles(name, data)

    monkeypatch.setattr(text, "articles", vanished)
    result = run(archive, "import", str(file), "--jobs", "1")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[0].startswith(f"{file}: can't be read: No such file")
    assert imported(archive) == []


def test_the_check_compares_it_with_what_was_imported(scanned: ArchiveFolder) -> None:
    assert run(scanned, "check").exit_code == 0
    (copy,) = copies(scanned)
    copy.write_bytes(SCAN + b"% more")
    told = run(scanned, "check", "originals")
    assert told.exit_code == 1
    assert "is not the file that was imported" in told.stdout
    assert "[document-damaged]" in told.stdout
    copy.unlink()
    assert "[lost-picture]" in run(scanned, "check", "articles").stdout


@pytest.mark.parametrize("passages", [(), ("--passage", NAME)])
def test_a_redaction_takes_it_out(scanned: ArchiveFolder, passages: tuple[str, ...]) -> None:
    ((file, article),) = imported(scanned)
    named = file.relative_to(scanned.path).as_posix()
    result = run(scanned, "redact", named, *passages, "--reason", "Privacy", "--yes", "--json")
    assert result.exit_code == 0
    told = json.loads(result.stdout)
    assert told["document"] == f"2021/05/{article.document}"
    assert list(scanned.path.rglob("*.pdf")) == []
    assert imported(scanned)[0][1].document == ""
    assert "original document" not in scanned.page(f"2021/05/04/{file.stem}/index.html")
    assert store.checksum(SCAN) in store.redacted(scanned.path / "content")
    again = run(scanned, "import", str(scanned.path.parent / "scans"))
    assert "taken out 1" in again.stderr
    assert run(scanned, "clean", "--again").exit_code == 0
    assert imported(scanned)[0][1].document == ""
    scanned.build()
    assert run(scanned, "check").exit_code == 0


def test_a_file_deleted_by_hand_is_not_brought_back_after_a_redaction(
    scanned: ArchiveFolder,
) -> None:
    (copy,) = copies(scanned)
    copy.unlink()
    named = imported(scanned)[0][0].relative_to(scanned.path).as_posix()
    assert run(scanned, "redact", named, "--reason", "Privacy", "--yes").exit_code == 0
    assert store.checksum(SCAN) in store.redacted(scanned.path / "content")
    copy.write_bytes(SCAN)
    file = imported(scanned)[0][0]
    file.write_text(file.read_text().replace("---\n", f"---\ndocument: {copy.name}\n", 1))
    assert "[redacted-original]" in run(scanned, "check", "originals").stdout


def test_another_text_of_a_file_that_was_taken_out_stays_out(
    scanned: ArchiveFolder, tmp_path: Path
) -> None:
    # As if the program drew other lines of it: what is noted is the file itself.
    named = imported(scanned)[0][0].relative_to(scanned.path).as_posix()
    assert run(scanned, "redact", named, "--reason", "Privacy", "--yes").exit_code == 0
    noted = scanned.path / "content/_redacted.txt"
    lines = noted.read_text().splitlines(keepends=True)
    noted.write_text("".join(line for line in lines if store.checksum(SCAN) in line))
    again = run(scanned, "import", str(tmp_path / "scans"))
    assert "taken out 1" in again.stderr
    (tmp_path / "scans.zip").write_bytes(zipped(page=SCAN))
    assert "taken out 1" in run(scanned, "import", str(tmp_path / "scans.zip")).stderr
    assert len(imported(scanned)) == 1


@pytest.mark.parametrize("wrong", ["https://example.org/a.pdf", "../../../a.pdf", "a.html", "[a]"])
def test_what_is_no_document_is_told(archive: ArchiveFolder, wrong: str) -> None:
    archive.article("a.md", body=VOTED, document=wrong)
    report = archive.build()
    (problem,) = report.problems
    assert "content/a.md" in problem.path
