"""Pages of print that a machine has read: hOCR, ALTO, and their text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from archive_gen.article import RawDocument
from archive_gen.cleaning import clean
from archive_gen.cli import group
from archive_gen.importers import read
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from archive_gen.article import Article

HEAD = "THE HARLOW MERCURY, SATURDAY, OCTOBER 9, 1897."
TITLE = "FERRY FARES RAISED."
COLUMN = [
    "The harbour board agreed on Tuesday",
    "to raise the fares of the Cray ferry",
    "in spite of a petition of the mer-",
    "chants of Pier Street, who had asked",
    "for cheaper ones.",
]
MORE = [
    "Mr. Ferris, of the board, said that",
    "the boats were old, and that the quay",
    "had to be mended before the winter,",
    "for which there was no money left in",
    "the chest of the town.",
]
BLOCKS = [[HEAD], [TITLE], COLUMN, MORE]
JOINED = "in spite of a petition of the merchants of Pier Street, who had asked for cheaper ones."


def hocr(blocks: list[list[str]] = BLOCKS) -> str:
    def line(text: str) -> str:
        words = " ".join(f"<span class='ocrx_word'>{word}</span>" for word in text.split())
        return f"<span class='ocr_line' title='bbox 1 2 3 4'>{words}</span>"

    blocks = "".join(
        f"<div class='ocr_carea'><p class='ocr_par'>{' '.join(map(line, lines))}</p></div>"
        for lines in blocks
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head>'
        "<title></title><meta name='ocr-system' content='tesseract 5.3.0'/></head><body>"
        f"<div class='ocr_page' title='image \"p.tif\"'>{blocks}</div></body></html>"
    )


def alto(blocks: list[list[str]]) -> str:
    def line(text: str) -> str:
        hyphen = '<HYP CONTENT="-"/>' if text.endswith("-") else ""
        words = (f'<String CONTENT="{word}"/>' for word in text.removesuffix("-").split())
        return f"<TextLine>{'<SP/>'.join(words)}{hyphen}</TextLine>"

    inner = "".join(f"<TextBlock>{''.join(map(line, lines))}</TextBlock>" for lines in blocks)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<alto xmlns="http://www.loc.gov/standards/alto/ns-v3#"><Layout><Page><PrintSpace>'
        f"{inner}</PrintSpace></Page></Layout></alto>"
    )


def article(path: Path, text: str) -> Article:
    path.write_text(text, "utf-8")
    (raw,) = read(path)
    assert isinstance(raw, RawDocument), raw
    assert raw.data == text.encode()
    return clean(raw).article


@pytest.mark.parametrize("name", ["page.hocr", "page.html", "page.xml"])
def test_print_that_was_read_by_machine_is_a_text_of_columns(tmp_path: Path, name: str) -> None:
    text = alto(BLOCKS) if name.endswith(".xml") else hocr()
    found = article(tmp_path / name, text)
    assert found.title == TITLE
    assert (str(found.date and found.date.text), found.source) == (
        "1897-10-09",
        "The Harlow Mercury",
    )
    first, second = found.body.split("\n\n")
    assert first.endswith(JOINED)
    assert second.startswith("Mr. Ferris, of the board, said that the boats were old")


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<p class=ocr_par>{a} {b}</p>{c}", "one two\nthree\n\nfour"),
        ("{a}<p class=ocr_par>{b}</p>{c}", "one two\n\nthree\n\nfour"),
        ("<span class='ocr_caption'>{a}{b}</span>", "one two\nthree"),
        ("<div class='ocr_carea x'><p class='ocr_par'>{b}</p></div><hr>{c}", "three\n\nfour"),
        ("<p class=ocr_par>one\n two<br>three</p>", "one two\nthree"),
        ("<span class=ocrx_word>one</span><span class=ocrx_word>two</span>", "one two"),
        ("{a}<!-- hidden --> <script>hidden</script><style>hidden</style>", "one two"),
        ("<div>" * 300 + "{a}", "one two"),
    ],
)
def test_all_that_a_machine_read_is_kept_once_and_in_its_order(
    tmp_path: Path, inside: str, text: str
) -> None:
    a, b, c = (f"<span class='ocr_line'>{line}</span>" for line in ("one two", "three", "four"))
    page = (
        f"<title>No print</title><div id=x class='p ocr_page'>{inside.format(a=a, b=b, c=c)}</div>"
    )
    (tmp_path / "page.hocr").write_text(page)
    (raw,) = read(tmp_path / "page.hocr")
    assert isinstance(raw, RawDocument)
    assert raw.text == text


@pytest.mark.parametrize(
    "page",
    [
        '<!-- <div class="ocr_page"> --><p>The board agreed.</p>',
        '<p>It writes <code>&lt;div class="ocr_page"&gt;</code> for each page.</p>',
    ],
)
def test_a_web_page_that_names_the_format_is_a_web_page(tmp_path: Path, page: str) -> None:
    (tmp_path / "page.html").write_text(page)
    (raw,) = read(tmp_path / "page.html")
    assert isinstance(raw, RawDocument)
    assert raw.text == page


@pytest.mark.parametrize("end", ["", "-", "\xad"])
def test_a_hyphen_that_stands_in_the_word_too_is_one(tmp_path: Path, end: str) -> None:
    text = alto(BLOCKS).replace('"mer"', f'"mer{end}"')
    assert JOINED in article(tmp_path / "page.xml", text).body


@pytest.mark.parametrize(
    ("name", "text"), [("blank.xml", alto([])), ("blank.hocr", "<div class='ocr_page'></div>")]
)
def test_a_page_on_which_a_machine_read_nothing_is_told(
    tmp_path: Path, name: str, text: str
) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    (problem,) = read(tmp_path / name)
    assert isinstance(problem, Problem)
    assert problem.message == "holds no text"


def test_a_page_that_breaks_off_before_its_text_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "page.xml").write_text(alto(BLOCKS).partition("<TextBlock")[0])
    (problem,) = read(tmp_path / "page.xml")
    assert isinstance(problem, Problem)
    assert problem.message.startswith("can't be read further")


def test_a_word_without_letters_is_none(tmp_path: Path) -> None:
    text = alto(BLOCKS).replace('<String CONTENT="boats"/>', '<String/><String CONTENT="boats"/>')
    assert "the boats were old" in article(tmp_path / "page.xml", text).body


@pytest.mark.parametrize("text", [alto(BLOCKS).replace("alto", "contralto"), "alto"])
def test_xml_that_speaks_of_altos_is_no_print(tmp_path: Path, text: str) -> None:
    (tmp_path / "page.xml").write_text(text, "utf-8")
    (problem,) = read(tmp_path / "page.xml")
    assert isinstance(problem, Problem)
    assert problem.message == "is no feed"


def test_the_name_of_a_newspaper_above_a_day_of_its_week_is_no_headline(tmp_path: Path) -> None:
    head = "THE HARLOW MERCURY.\n\nTuesday, the 4th inst., 1897\n\nTHE COUNCIL AND THE FERRY.\n\n"
    text = head + "\n".join(COLUMN) + "\n\n" + "\n".join(MORE) + "\n"
    found = article(tmp_path / "page.txt", text)
    assert (found.title, found.source) == ("THE COUNCIL AND THE FERRY.", "The Harlow Mercury")


@pytest.mark.parametrize(
    "head",
    [
        "THE HARLOW MERCURY  Tuesday 4 May 2021  Page 3",
        "Page 12 THE HARLOW MERCURY TUESDAY, MAY 4, 2021",
        "B4 THE HARLOW MERCURY, TUESDAY, MAY 4, 2021",
        "4 | The Harlow Mercury | Tuesday, May 4, 2021",
        "The Harlow Mercury • Tuesday, May 4, 2021 • B7",
    ],
)
def test_the_head_of_a_page_names_the_newspaper(tmp_path: Path, head: str) -> None:
    text = f"{head}\n\nTHE COUNCIL AND THE FERRY.\n\n" + "\n".join([*COLUMN, "", *MORE]) + "\n"
    found = article(tmp_path / "page.txt", text)
    assert (found.title, found.source) == ("THE COUNCIL AND THE FERRY.", "The Harlow Mercury")
    assert found.date is not None
    assert found.date.text == "2021-05-04"


def test_the_head_of_an_issue_dates_each_of_its_pages(tmp_path: Path) -> None:
    """It stands on all of them, as what a site repeats does."""
    (tmp_path / "site.yaml").write_text("title: Test\n")
    for number, word in enumerate(("quay", "mill", "school", "bridge")):
        lines = [line.replace("ferry", word).replace("boats", f"{word}s") for line in COLUMN + MORE]
        text = f"{HEAD}\n\nNEWS OF THE {word.upper()}.\n\n" + "\n".join(lines) + "\n"
        (tmp_path / f"p{number}.txt").write_text(text)
    pages = [str(path) for path in sorted(tmp_path.glob("p*.txt"))]
    result = CliRunner().invoke(group, ["import", "--site", str(tmp_path), *pages])
    assert result.exit_code == 0, result.output
    assert len(list(tmp_path.glob("content/1897/10/*.md"))) == len(pages)


@pytest.mark.parametrize(("name", "form"), [("page.hocr", hocr), ("page.xml", alto)])
def test_words_of_chinese_are_read_without_blanks(
    tmp_path: Path, name: str, form: Callable[[list[list[str]]], str]
) -> None:
    said = "港口 委员会 决定 重建 北 码头 。 一 场 风暴 毁坏 了 外墙 。 The board voted ."
    page = tmp_path / name
    page.write_text(form([["北 码头"], [said]]), "utf-8")
    (raw,) = read(page)
    assert isinstance(raw, RawDocument)
    assert raw.text == "北码头\n\n港口委员会决定重建北码头。一场风暴毁坏了外墙。The board voted ."
