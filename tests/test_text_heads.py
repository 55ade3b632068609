"""What scrapers and mail programs write above a text is known of the article, and no part of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from archive_gen.article import Article
from tests.imported import imported

HEADLINE = "Villagers evacuated as Marl dam overflows"
URL = "http://www.tollandpost.example/news/2009/11/dam.html"
STORY = (
    "More than 400 people spent the night in a sports hall after water began to pour over the dam.",
    "Police went from door to door in Lower Marl, asking residents to take what they could carry.",
    "“We were given ten minutes,” said Edith Carver, 81. “I took the cat and the medals.”",
)


def read(folder: Path, *head: str, story: tuple[str, ...] = STORY) -> Article:
    return imported(folder, "\n".join([*head, *story]))


def day(article: Article) -> str:
    return article.date.text if article.date else ""


def test_fields_of_a_scraper(tmp_path: Path) -> None:
    head = (f"URL: {URL}", f"Title: {HEADLINE}", "Author: Simon Fell", "Date: 2009-11-20")
    article = read(tmp_path, *head, "Tags: dams, floods", "Section: Local", "")
    assert (article.title, article.url, article.authors) == (HEADLINE, URL, ("Simon Fell",))
    assert (day(article), article.tags) == ("2009-11-20", ("dams", "floods"))
    assert article.source == "tollandpost.example"
    assert tuple(article.body.split("\n\n")) == STORY


def test_fields_of_another_language_without_a_blank_line_below(tmp_path: Path) -> None:
    article = read(tmp_path, f"TITEL: {HEADLINE}", "Autor : Simon Fell", "Datum: 20.11.2009")
    assert (article.title, article.authors) == (HEADLINE, ("Simon Fell",))
    assert day(article) == "2009-11-20"
    assert tuple(article.body.split("\n\n")) == STORY


def test_fields_between_two_lines_that_are_no_yaml(tmp_path: Path) -> None:
    """As trafilatura has them: a colon within a value is not quoted."""
    headline = f"Marl: {HEADLINE}"
    head = ("---", f"title: {headline}", "author: Simon Fell; Ada Quill", f"url: {URL}")
    more = ("hostname: tollandpost.example", "sitename: Tolland Post", "date: 2009-11-20")
    article = read(tmp_path, *head, *more, "tags: ['dams', 'floods']", "fingerprint: 8d", "---")
    assert (article.title, article.url) == (headline, URL)
    assert (article.authors, article.tags) == (("Simon Fell", "Ada Quill"), ("dams", "floods"))
    assert (day(article), article.source) == ("2009-11-20", "Tolland Post")
    assert tuple(article.body.split("\n\n")) == STORY


def test_fields_between_two_lines_whose_values_are_quoted(tmp_path: Path) -> None:
    """As newer versions of trafilatura have them where YAML asks for it, and the name of the site
    behind the headline as the page has it."""
    headline = f'Marl: "{HEADLINE}"'
    quoted = json.dumps(f"{headline} | Tolland Post", ensure_ascii=False)
    head = ("---", f"title: {quoted}", f"url: {URL}", "sitename: Tolland Post")
    article = read(tmp_path, *head, 'date: "2009-11-20"', 'fingerprint: "3d81"', "---")
    assert (article.title, day(article)) == (headline, "2009-11-20")
    assert tuple(article.body.split("\n\n")) == STORY


def test_a_rule_above_a_text_is_none_of_its_fields(tmp_path: Path) -> None:
    article = read(tmp_path, "---", HEADLINE, "By Simon Fell, November 20, 2009", "", "---", "")
    assert (article.title, day(article)) == (HEADLINE, "2009-11-20")


def test_an_address_above_all(tmp_path: Path) -> None:
    article = read(tmp_path, URL, "", HEADLINE, "By Simon Fell, November 20, 2009", "")
    assert (article.title, article.url) == (HEADLINE, URL)
    assert (article.source, day(article)) == ("tollandpost.example", "2009-11-20")


@pytest.mark.parametrize(
    "head",
    [
        (
            "From: Tolland Post <news@tollandpost.example>",
            "To: reader@example.org",
            f"Subject: {HEADLINE}",
            "Date: Fri, 20 Nov 2009 08:15:00 +0000",
        ),
        (
            "Von:\tTolland Post <news@tollandpost.example>",
            "Gesendet:\tFreitag, 20. November 2009 08:15",
            "An:\treader@example.org",
            f"Betreff:\t{HEADLINE}",
        ),
    ],
)
def test_a_mail_that_was_saved_as_text(tmp_path: Path, head: tuple[str, ...]) -> None:
    article = read(tmp_path, *head, "")
    assert (article.title, article.source) == (HEADLINE, "Tolland Post")
    assert day(article).startswith("2009-11-20")
    assert tuple(article.body.split("\n\n")) == STORY


def test_a_story_right_below_that_begins_like_a_field_is_whole(tmp_path: Path) -> None:
    story = (f"NEW DELHI: {STORY[0]}", *STORY[1:])
    article = read(tmp_path, f"URL: {URL}", f"Title: {HEADLINE}", story=story)
    assert tuple(article.body.split("\n\n")) == story


@pytest.mark.parametrize(
    "head",
    [
        ("Interview: the keeper of the dam",),
        ("Name: Edith Carver", "Place: Lower Marl", "Date: 2009-11-20"),
        ("Author: Simon Fell", "Date: 2009-11-20"),
    ],
)
def test_lines_that_texts_begin_with_are_no_such_fields(
    tmp_path: Path, head: tuple[str, ...]
) -> None:
    article = read(tmp_path, *head, "", HEADLINE, "")
    assert article.title != "Edith Carver"
    assert (article.url, article.source) == ("", "")
    assert STORY[0] in article.body


@pytest.mark.parametrize(
    "above",
    [
        "",
        "<!DOCTYPE html>\n<html><head><title>x</title></head><body>"
        "<ul><li><a href='/'>Home</a></li></ul>",
    ],
)
def test_html_below_the_fields(tmp_path: Path, above: str) -> None:
    head = (f"URL: {URL}", f"Title: {HEADLINE}", "Fetched: 2009-11-22", "")
    article = read(tmp_path, *head, above, story=tuple(f"<p>{line}</p>" for line in STORY))
    assert (article.title, article.url) == (HEADLINE, URL)
    assert tuple(article.body.split("\n\n")) == STORY
