"""Pages that a program turned into Markdown, as text files, notes and fields of records."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from archive_gen.article import ARTICLE, MARKDOWN, PLAIN, RawDocument
from archive_gen.cleaning import clean
from archive_gen.importers import read
from archive_gen.importers.texts.marked import is_page, unmarked

HEADLINE = "Ferry crews at Lorne Harbour end their longest strike"
STORY = """\
Ferry crews at Lorne Harbour went back to work on Monday after a strike of nineteen days, and all \
of the morning boats left the quay on time, said the [port
office](https://lorne.example/port-
office "The office \\(in town\\)").

The harbour office agreed to **shorter shifts**, and the crews gave up their demand for a _bonus_, \
which nobody in the town had thought they would.

“We are tired and we are glad,” said Odile Marrant, who speaks for the crews of all the ferries.
"""
CLEAN = """\
Ferry crews at Lorne Harbour went back to work on Monday after a strike of nineteen days, and all \
of the morning boats left the quay on time, said the port office.

The harbour office agreed to shorter shifts, and the crews gave up their demand for a bonus, which \
nobody in the town had thought they would.

“We are tired and we are glad,” said Odile Marrant, who speaks for the crews of all the ferries."""


def menu(*, of: str) -> str:
    return "\n".join(f"  * [{of} {number}](/{of.lower()}/{number})" for number in range(1, 13))


PAGE = f"""\
[ ![Lorne Post](/logo-
large.png) ](/)

{menu(of="Section")}

# {HEADLINE}

By [Hanna Quell](/people/quell)

19 December 2018

* * *

{STORY}
* * *

### Read more

{menu(of="Teaser")}
"""


def found_in(folder: Path, name: str, text: str) -> list[RawDocument]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return [found for found in read(path) if isinstance(found, RawDocument)]


@pytest.mark.parametrize("name", ["page.txt", "page.md"])
def test_a_page_in_markdown_is_cleaned_as_a_page(tmp_path: Path, name: str) -> None:
    (found,) = found_in(tmp_path, name, PAGE)
    article = clean(found).article
    assert (article.title, article.authors) == (HEADLINE, ("Hanna Quell",))
    assert article.body == CLEAN
    assert found.data == PAGE.encode()


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("[![A](a.png)\n\n##### A teaser\n\nwith text](/t)", "A teaser\n\nwith text"),
        ("Two words\n=========\n\nA part\n------", "Two words\n\n\nA part\n"),
        ("1. One\n2. Two\n\n+ Three\n- Four", "1. One\n2. Two\n\nThree\nFour"),
        ("A line that was bro-\nken  \nand one more", "A line that was bro-ken\nand one more"),
        ("> A quote that\n> goes on", "A quote that goes on"),
        ("| Ada | 12 |\n| --- | --- |\n| Bo | 9 |", "Ada  12\n\nBo  9"),
        (r"\[1\] 5 \* 3 and snake\_case and *this*", "[1] 5 * 3 and snake_case and this"),
        ("5 * 3, f***, snake_case and 2_000", "5 * 3, f***, snake_case and 2_000"),
        ('[Ada](/a "Posts (all) by Ada")\n[Bo](/b_(bo))', "Ada\nBo"),
        ("He saw [the boat][1].\n\n[1]: https://a.example/boat", "He saw the boat.\n\n"),
        ('::: {.lead id="a"}\nThe [port]{.place}\n:::', "\nThe port\n"),
    ],
)
def test_marks_of_markdown(written: str, seen: str) -> None:
    links = "\n\n".join(f"[{number}](/{number})" for number in range(8))
    text = unmarked(f"{links}\n\n{written}")
    assert text.split("7\n\n", 1)[1].strip("\n") == seen.strip("\n")


@pytest.mark.parametrize(
    "text",
    [
        "# 1 in the list\n\n* not ** a ** list\n----\n#hashtag [1] and [2]: see *below*",
        "\n".join(f"Write [text](https://a.example/{number})" for number in range(7)),
    ],
)
def test_a_text_with_such_signs_is_no_markdown(text: str) -> None:
    assert unmarked(text) is text


ITEMS = "\n".join(f"- [Story {number}](https://a.example/{number})" for number in range(30))
INTRO = (
    "These are the stories that I read in this week, and I liked them all, though some of them "
    "were long and one was not true, as it turned out when I asked.\n"
)


@pytest.mark.parametrize("text", [f"# Links\n\n{INTRO}\n{ITEMS}", f"# Links\n\n{ITEMS}\n\n{INTRO}"])
def test_a_list_of_links_that_a_person_wrote_stays(tmp_path: Path, text: str) -> None:
    assert not is_page(text)
    (found,) = found_in(tmp_path, "links.md", text)
    assert found.media_type == MARKDOWN + ARTICLE
    assert "[Story 7](https://a.example/7)" in clean(found).article.body


def test_front_matter_says_that_somebody_wrote_it(tmp_path: Path) -> None:
    (found,) = found_in(tmp_path, "page.md", f"---\ntitle: A page\n---\n\n{PAGE}")
    assert found.media_type == MARKDOWN + ARTICLE


def test_line_ends_of_windows(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes(PAGE.replace("\n", "\r\n").encode())
    (found,) = read(path)
    assert isinstance(found, RawDocument)
    assert clean(found).article.body == CLEAN


@pytest.mark.parametrize("name", ["page.txt", "page.md"])
def test_fields_above_a_page_in_markdown(tmp_path: Path, name: str) -> None:
    head = (
        f"Title: {HEADLINE} - Lorne Post\n\nURL Source: https://lorne.example/ferry\n\n"
        "Published Time: 2018-12-19T06:30:00Z\n\nMarkdown Content:\n"
    )
    (found,) = found_in(tmp_path, name, f"{head}# {HEADLINE}\n\n{STORY}")
    article = clean(found).article
    assert article.title == HEADLINE
    assert article.url == "https://lorne.example/ferry"
    assert article.date is not None
    assert article.date.text == "2018-12-19T06:30:00Z"
    assert article.body == CLEAN


@pytest.mark.parametrize("as_text", [lambda text: text, lambda text: {"raw_markdown": text}])
def test_a_record_with_markdown_and_what_its_page_says(tmp_path: Path, as_text: object) -> None:
    told = {
        "title": HEADLINE,
        "sourceURL": "https://lorne.example/ferry",
        "publishedTime": "2018-12-19T06:30:00Z",
        "ogSiteName": "Lorne Post",
    }
    record = {"markdown": as_text(PAGE), "metadata": told}  # type: ignore[operator]
    (found,) = found_in(tmp_path, "a.json", json.dumps({"success": True, "data": record}))
    assert found.media_type == PLAIN
    article = clean(found).article
    assert (article.title, article.source) == (HEADLINE, "Lorne Post")
    assert article.url == "https://lorne.example/ferry"
    assert article.date is not None
    assert article.date.text == "2018-12-19T06:30:00Z"
    assert article.body == CLEAN
