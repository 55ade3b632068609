"""PDFs: the text of their pages is the article."""

from __future__ import annotations

import io
import textwrap
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive_gen.article import Article, RawDocument
from archive_gen.cli import group
from archive_gen.importers import pdf as importer
from archive_gen.importers import read
from archive_gen.importers.pdf_pages.lines import Line as Piece
from archive_gen.importers.pdf_pages.lines import lines_of
from archive_gen.importers.pdf_pages.paragraphs import text_of
from archive_gen.intake.stated import clean_document
from archive_gen.problems import Problem
from tests.pdf_files import Line, column, packed, pdf
from tests.test_press_databases import NEXIS

TITLE = "Board votes to rebuild the north quay after eleven years and two attempts"
VOTED = (
    "The harbour board voted on Tuesday to rebuild the north quay, eleven years after a storm tore "
    "its outer wall away and left the fishing fleet without a berth in winter."
)
WORK = (
    "Work will begin in March and take two summers, said Ida Marsh, who chairs the board. The cost "
    "has risen from twelve million crowns to fourteen since last autumn."
)
WAITED = (
    "“We have waited long enough, and every year that we wait costs us another two metres of the "
    "quay,” she said. “Boats that go to San Telmo in winter may stay there for good.”"
)
STORY = [VOTED, WORK, WAITED]
WIDTH = 60


def headed(*lines: Line) -> list[Line]:
    """A page with a headline in two lines, a byline and a date above its lines."""
    title = column(*textwrap.wrap(TITLE, 45), top=760, down=26, size=22)
    return [*title, *column("By Tom Hale", "4 May 2021", top=715), *lines]


def paragraphs(*texts: str, width: int = WIDTH) -> list[str]:
    """Their lines, with an empty one behind each."""
    return [line for text in texts for line in (*textwrap.wrap(text, width), "")]


def article(folder: Path, data: bytes) -> Article:
    file = folder / "story.pdf"
    file.write_bytes(data)
    (found,) = read(file)
    assert isinstance(found, RawDocument)
    return clean_document(found).article


def told(folder: Path, data: bytes) -> Problem:
    file = folder / "story.pdf"
    file.write_bytes(data)
    (problem,) = read(file)
    assert isinstance(problem, Problem)
    return problem


@pytest.mark.parametrize("turned", [False, True])
def test_the_text_of_a_page_is_an_article(tmp_path: Path, turned: bool) -> None:
    page = headed(*column(*paragraphs(*STORY), top=670))
    found = article(tmp_path, pdf(page, turned=turned))
    assert (found.title, found.authors) == (TITLE, ("Tom Hale",))
    assert found.date is not None
    assert found.date.text == "2021-05-04"
    assert found.body.split("\n\n") == STORY


def test_columns_follow_each_other_as_they_were_written(tmp_path: Path) -> None:
    lines = paragraphs(*STORY, width=45)
    half = lines.index("") + 2  # within a sentence
    left = column(*lines[:half], along=50, top=670)
    right = column(*lines[half:], along=300, top=670)
    assert article(tmp_path, pdf(headed(*left, *right))).body.split("\n\n") == STORY


def test_first_lines_that_stand_out_begin_paragraphs(tmp_path: Path) -> None:
    lines: list[Line] = []
    for text in STORY:
        first, *more = textwrap.wrap(text, 45)
        top = 670 - 12 * len(lines)
        lines += [Line(first, 62, top), *column(*more, top=top - 12)]
    assert article(tmp_path, pdf(headed(*lines))).body.split("\n\n") == STORY


def test_a_line_apart_is_a_paragraph_where_most_are_of_one_line(tmp_path: Path) -> None:
    short = [f"Berth {name} is let to the pilots until the spring." for name in "ABCDEFGH"]
    lines = [line for one in short for line in (one, "")]
    found = article(tmp_path, pdf(headed(*column(*paragraphs(*STORY), *lines, top=670))))
    assert found.body.split("\n\n") == [*STORY, *short]


def test_a_story_above_more_small_print_is_no_heading(tmp_path: Path) -> None:
    story = column(*paragraphs(*STORY), top=670, down=16, size=14)
    terms = "Quotes may be late. No part of this may be sold, lent or hired to anybody else."
    small = column(*paragraphs(*[f"{n}. {terms}" for n in range(12)]), top=300, down=7, size=6)
    found = article(tmp_path, pdf([*headed(*story), *small]))
    assert found.body.split("\n\n")[:3] == STORY


def test_marks_of_chinese_stand_beside_its_letters(tmp_path: Path) -> None:
    pieces = [
        ("黑尔说： ", 50),
        ("“ ", 90),
        ("我们等得够久了。 ", 100),
        ("” ", 180),
        ("李 明", 190),
    ]
    (line,) = lines_of([*(Piece(words, along, 700, 10) for words, along in pieces)])
    assert line.words == "黑尔说：“我们等得够久了。”李 明"
    head = [Piece("港口委员会决定", 50, 700, 20), Piece("重建北码头", 50, 676, 20)]
    body = [Piece(one, 50, 640 - 14 * at, 10) for at, one in enumerate(["黑尔说话。"] * 9)]
    assert text_of([[*head, *body]]).startswith("港口委员会决定重建北码头\n\n")


HEBREW = "המעבורת חוזרת לנמל (ביום 4 במאי 2021), אמרה Ida Marsh."


@pytest.mark.parametrize("is_mirrored", [False, True])
def test_a_line_that_is_read_from_the_right_is_put_together_from_there(is_mirrored: bool) -> None:
    # As the library tells of the pieces of two programs: those without letters as they look.
    told = [
        (300, "המעבורת חוזרת לנמל"),
        (290, ") " if is_mirrored else "( "),
        (250, "ביום "),
        (245, "4"),
        (200, " במאי "),
        (180, "2021"),
        (150, "(, אמרה " if is_mirrored else "), אמרה "),
        (100, "Ida Marsh"),
        (95, "."),
    ]
    pieces = [Piece(words, along, 700, 10) for along, words in sorted(told)]
    (line,) = lines_of([*pieces, Piece("\n", 0, 0, 10), Piece(" ", 95, 690, 10)])
    assert line.words == HEBREW


def test_letters_in_the_form_of_their_place_become_plain() -> None:
    pieces = [Piece("\ufe91\ufee0\ufeaa", 20, 700, 10), Piece(" .", 0, 700, 10)]
    assert [line.words for line in lines_of(pieces)] == ["\u0628\u0644\u062f."]


def test_what_pages_have_in_common_goes(tmp_path: Path) -> None:
    pages = [
        [Line("THE ORME COURIER", 50, 790, 8), *lines, Line(str(number), 300, 30)]
        for number, lines in enumerate(
            [headed(), *(column(*paragraphs(text)) for text in STORY)], start=1
        )
    ]
    assert article(tmp_path, pdf(*pages)).body.split("\n\n") == STORY


def test_markup_in_a_page_is_text(tmp_path: Path) -> None:
    lines = column(*paragraphs(VOTED, f"<script>x</script> *{WORK}"), top=670)
    assert article(tmp_path, pdf(headed(*lines))).body.endswith(
        f"&lt;script>x&lt;/script> \\*{WORK}"
    )


def test_the_text_is_kept_as_the_original(tmp_path: Path) -> None:
    file = tmp_path / "story.pdf"
    file.write_bytes(pdf(headed(*column(*paragraphs(*STORY), top=670))))
    (found,) = read(file)
    assert isinstance(found, RawDocument)
    assert found.data.decode("utf-8").startswith(
        f"{TITLE}\n\nBy Tom Hale\n4 May 2021\n\nThe harbour"
    )


def test_what_a_press_database_wrote_is_many_articles(tmp_path: Path) -> None:
    file = tmp_path / "download.pdf"
    file.write_bytes(pdf(column(*NEXIS.split("\n"), top=790)))
    assert len(list(read(file))) == 2


AES = "<</CFM/AESV2/AuthEvent/DocOpen/Length 16>>"


def locked(how: str) -> bytes:
    """A document that somebody locked, which says so of itself."""
    proof = "x" * 32
    return packed(
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Count 0/Kids[]>>",
        f"<</Filter/Standard{how}/P -4/O({proof})/U({proof})>>",
        trailer="/Encrypt 3 0 R/ID[(a)(a)]",
    )


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "can't be read further"),
        (b"%PDF-1.4 and no more", "can't be read further"),
        (b"<!doctype html><p>Not found", "can't be read further"),
        (pdf([Line(" ", 0, 0)]), "only pictures"),
        (pdf(*[[]] * 2001), "more than 2,000 pages"),
        (locked("/V 1/R 2"), "is locked"),
        (locked(f"/V 4/R 4/Length 128/CF<</StdCF{AES}>>/StmF/StdCF/StrF/StdCF"), "is locked"),
    ],
    ids=["nothing", "a beginning", "a page", "pictures", "endless", "locked", "locked by AES"],
)
def test_a_document_that_can_not_be_read_costs_a_line(
    tmp_path: Path, data: bytes, words: str
) -> None:
    assert words in told(tmp_path, data).message


def test_pages_that_draw_without_end_are_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importer, "_MOST_STEPS", 500)
    assert "letters and strokes" in told(tmp_path, pdf(*[headed()] * 9)).message
    assert "letters and strokes" in told(tmp_path, pdf([Line(" " * 9999, 0, 0)])).message
    monkeypatch.undo()
    assert article(tmp_path, pdf(headed(*column(*paragraphs(*STORY), top=670)))).title == TITLE


# --- which PDFs are articles ------------------------------------------------------------------


@pytest.fixture
def clippings(tmp_path: Path) -> Path:
    folder = tmp_path / "clippings"
    folder.mkdir()
    for at, text in enumerate(STORY):
        lines = column(f"Story {at} of the quay", "", *paragraphs(text, *STORY))
        (folder / f"{at}.pdf").write_bytes(pdf(lines))
    return folder


def zipped(folder: Path) -> Path:
    made = folder.with_suffix(".zip")
    with zipfile.ZipFile(made, "w") as archive:
        for file in sorted(folder.iterdir()):
            archive.write(file, file.name)
    return made


def articles(folder: Path, *inputs: Path) -> tuple[list[str], str]:
    """What lies in an archive after an import, and what the import told."""
    site = folder / "site"
    site.mkdir(exist_ok=True)
    (site / "site.yaml").write_text("title: Harbour\n", "utf-8")
    run = CliRunner().invoke(group, ["import", "--site", str(site), *map(str, inputs)])
    assert run.exit_code == 0, run.output
    content = site / "content"
    paths = sorted(path.relative_to(content).as_posix() for path in content.rglob("*.md"))
    return paths, run.output


@pytest.mark.parametrize("is_packed", [False, True])
def test_a_folder_of_pdfs_is_imported(tmp_path: Path, clippings: Path, is_packed: bool) -> None:
    found, _ = articles(tmp_path, zipped(clippings) if is_packed else clippings)
    assert len(found) == 3


@pytest.mark.parametrize("is_packed", [False, True])
def test_beside_pages_a_pdf_is_one_to_which_they_lead(
    tmp_path: Path, clippings: Path, is_packed: bool
) -> None:
    text = "".join(f"<p>{text}</p>" for text in STORY)
    page = f"<html><body><h1>{TITLE}</h1>{text}</body></html>"
    (clippings / "page.html").write_text(page, "utf-8")
    found, output = articles(tmp_path, zipped(clippings) if is_packed else clippings)
    assert len(found) == 1
    assert ".pdf: pages may lead to those" in output
    found, _ = articles(tmp_path, clippings / "*.pdf")
    assert len(found) == 4


def test_a_table_tells_of_pdfs(tmp_path: Path, clippings: Path) -> None:
    rows = "filename,title,date\n0.pdf,The quay at last,2021-05-04\n"
    (clippings / "metadata.csv").write_text(rows, "utf-8")
    found, _ = articles(tmp_path, clippings)
    assert "2021/05/the-quay-at-last.md" in found


def test_standard_input_may_be_a_pdf(
    tmp_path: Path, clippings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (clippings / "0.pdf").open("rb") as stream:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(stream))
        (found,) = read(Path("-"))
    assert isinstance(found, RawDocument)
    assert found.text.startswith("Story 0 of the quay")


def row(
    up: float, *cells: str, along: float = 50, apart: float = 160, size: float = 12
) -> list[Line]:
    return [Line(cell, along + at * apart, up, size) for at, cell in enumerate(cells)]


def test_rows_of_a_table_are_no_heading_however_large(tmp_path: Path) -> None:
    story = column(*paragraphs(*STORY, *STORY[::-1]), top=670, size=9)
    rows = [("Party", "Yes", "No"), ("Harbour list", "11", "2"), ("Town list", "4", "9")]
    below = [line for at, cells in enumerate(rows) for line in row(300 - 14 * at, *cells)]
    body = article(tmp_path, pdf(headed(*story, *below))).body
    assert body.endswith(
        "\n\n| Party | Yes | No |\n| --- | --- | --- |\n| Harbour list | 11 | 2 |\n"
        "| Town list | 4 | 9 |"
    )


def test_large_lines_that_stand_far_apart_are_two_headings(tmp_path: Path) -> None:
    story = column(*paragraphs(*STORY), top=670)
    more = [Line("What it costs", 50, 480, 14), Line("Who pays", 50, 420, 14)]
    rest = column(*paragraphs(*STORY[::-1]), top=400)
    body = article(tmp_path, pdf(headed(*story, *more, *rest))).body
    assert "What it costs Who pays" not in body
    assert "## Who pays\n\n" in body


def test_bold_lines_of_the_size_of_the_text_are_headings_and_leads(tmp_path: Path) -> None:
    lead = "The quay that a storm broke eleven years ago will be built anew, if late."
    parts = [
        *(Line(words, 50, 0, is_bold=True) for words in textwrap.wrap(lead, 60)),
        *column(*textwrap.wrap(STORY[0], 60)),
        Line("Two summers", 50, 0, is_bold=True),
        *column(*textwrap.wrap(STORY[1], 60)),
    ]
    lines = [line._replace(up=670 - 12 * at) for at, line in enumerate(parts)]
    body = article(tmp_path, pdf(headed(*lines))).body
    assert body.split("\n\n") == [lead, STORY[0], "## Two summers", STORY[1]]


def test_a_sentence_with_bold_words_is_no_heading(tmp_path: Path) -> None:
    said = (
        "The harbour board had the answer of the ministry in hand by\n"
        "Thursday noon: Not this year, and not for any money of the\n"
        "Town, said the chair of the board, who had hoped for more of\n"
        "it, and she put it back into its envelope before she spoke."
    )
    lines = column(*said.split("\n"), top=400)
    bold = [line._replace(is_bold=at == 1) for at, line in enumerate(lines)]
    story = column(*paragraphs(*STORY), top=670)
    body = article(tmp_path, pdf(headed(*story, *bold))).body
    assert body.split("\n\n")[-1] == said.replace("\n", " ")


def test_cells_that_are_near_but_stand_below_each_other_are_a_table(tmp_path: Path) -> None:
    story = column(*paragraphs(*STORY), top=670)
    rows = [("Year", "Ministry", "Town"), ("2022", "5.0", "1.5"), ("2023", "4.0", "1.5")]
    below = [one for at, cells in enumerate(rows) for one in row(400 - 14 * at, *cells, apart=46)]
    body = article(tmp_path, pdf(headed(*story, *below))).body
    assert body.endswith(
        "| Year | Ministry | Town |\n| --- | --- | --- |\n| 2022 | 5.0 | 1.5 |\n"
        "| 2023 | 4.0 | 1.5 |"
    )


def test_bullets_and_numbers_are_no_column(tmp_path: Path) -> None:
    story = column(*paragraphs(*STORY), "The works:", top=670)
    items = ["A wall of 212 metres", "Forty berths by 2023", "A crane"]
    marked = [
        one
        for at, item in enumerate(items)
        for one in row(300 - 14 * at, f"{at + 1}.", item, along=60, apart=20, size=10)
    ]
    body = article(tmp_path, pdf(headed(*story, *marked))).body
    assert body.endswith("1. A wall of 212 metres\n2. Forty berths by 2023\n3. A crane")
