"""Keywords that a page lists for its readers."""

from __future__ import annotations

import pytest

from archive_gen.article import RawDocument
from archive_gen.cleaning import clean
from tests.html_pages import HEADLINE, STORY, cleaned

DUMP = "\n".join((HEADLINE, "Nora Quill", "May 4, 2016", *STORY))


def tags_of(below: str) -> tuple[tuple[str, ...], str]:
    """The keywords of a dump with some lines below its story, and the last line of its body."""
    article = clean(RawDocument("a.txt", b"", f"{DUMP}\n{below}\n")).article
    return article.tags, article.body.strip().split("\n")[-1]


@pytest.mark.parametrize(
    ("below", "tags"),
    [
        ("TAGS\nferry\nMarrow Bay\n\nMost read\nA whale in the bay", ("ferry", "Marrow Bay")),
        ("Tags:\n\nferry\nMarrow Bay\nShare", ("ferry", "Marrow Bay")),
        ("Filed under:\nFerries,\nMarrow Bay\n12 comments", ("Ferries", "Marrow Bay")),
        ("Schlagwörter\nFähren\nHafen\nÜber den Autor:", ("Fähren", "Hafen")),
        ("الكلمات المفتاحية\nالعبارات\nالميناء", ("العبارات", "الميناء")),
        ("Tags\nferry, harbour, Marrow Bay\nSports", ("ferry", "harbour", "Marrow Bay")),
        ("Tags\nferry\nNora Quill\nNora Quill writes about the sea for the Courier.", ("ferry",)),
        ("Tags\nThe harbour office has said that no boat will leave before noon", ()),
        ("Tags\n" + "\n".join(f"Word {letter}" for letter in "abcdefghijklmnopqrstuvwx"), ()),
        ("Topics\nWorld\nPolitics\nSports", ()),
    ],
)
def test_keywords_may_stand_in_lines_of_their_own(below: str, tags: tuple[str, ...]) -> None:
    assert tags_of(below) == (tags, STORY[-1])


def page(below: str, head: str = "") -> str:
    story = "".join(f"<p>{paragraph}</p>" for paragraph in STORY)
    return f"<html><head>{head}</head><body><h1>{HEADLINE}</h1>{story}{below}</body></html>"


def test_so_they_may_on_web_pages() -> None:
    found = cleaned(page("<p>Tags:</p><ul><li>ferry</li><li>Marrow Bay</li></ul>"))
    assert found.article.tags == ("ferry", "Marrow Bay")
    assert found.article.body.strip().endswith(STORY[-1])
    assert cleaned(page("<p>Tags: ferry, harbour</p>")).article.tags == ("ferry", "harbour")


def test_links_to_the_pages_of_keywords_are_keywords_where_none_are_stated() -> None:
    links = '<p>Filed under <a rel="category tag" href="/c/1">Ferries</a>, <a rel="tag">Bay</a>, '
    links += '<a rel="category tag" href="/c/0">Uncategorized</a></p>'
    cloud = '<a rel="tag" class="tag-link-5">cloudy</a>'
    many = "".join(f'<a rel="tag">Word {number}</a>' for number in range(30))
    assert cleaned(page(links + cloud)).article.tags == ("Ferries", "Bay")
    assert cleaned(page(many)).article.tags == ()
    stated = cleaned(page(links, '<meta name="keywords" content="harbour">'))
    assert stated.article.tags == ("harbour",)
    assert stated.origins["tags"] == "meta keywords"
