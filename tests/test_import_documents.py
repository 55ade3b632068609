"""HTML that word processors and Google Docs make of a document: all of it is the article."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive_gen.article import Article, RawDocument
from archive_gen.importers import read
from archive_gen.intake.stated import clean_document

VOTED = "The harbour board voted on Tuesday to rebuild the north quay, eleven years after a storm."
GENERATORS = {
    "LibreOffice": '<meta name="generator" content="LibreOffice 7.4.7.2 (Linux)"/>',
    "Word": '<meta name=Generator content="Microsoft Word 15 (filtered)">',
    "Google Docs": '<style type="text/css">'
    "@import url(https://themes.googleusercontent.com/fonts/css?kit=x);</style>",
}
MARK = '<sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup>'
REMARK = '<div class="c9"><p><a href="#cmnt_ref1" id="cmnt1">[a]</a> Are we sure?</p></div>'


@pytest.mark.parametrize("maker", GENERATORS)
def test_all_of_a_document_is_the_article(tmp_path: Path, maker: str) -> None:
    is_shared = maker == "Google Docs"
    file = tmp_path / "story.html"
    file.write_text(
        f"<html><head>{GENERATORS[maker]}</head><body><p class='title'>Board votes</p>"
        f"<p>By Tom Hale</p><p>4 May 2021</p><p>{VOTED}{MARK if is_shared else ''}</p>"
        "<h2>Next</h2><ul><li><p>Forty berths</p></li><li>A crane</li></ul><p>Sign up here</p>"
        f"{REMARK if is_shared else ''}</body></html>"
    )
    (found,) = read(file)
    assert isinstance(found, RawDocument)
    article = clean_document(found).article
    assert (article.title, article.authors) == ("Board votes", ("Tom Hale",))
    assert article.date is not None
    assert article.date.text == "2021-05-04"
    assert article.body.split("\n\n") == [
        VOTED,
        "## Next",
        "- Forty berths\n- A crane",
        "Sign up here",
    ]


def article_of(tmp_path: Path, page: str) -> Article:
    file = tmp_path / "story.html"
    file.write_text(page)
    (found,) = read(file)
    assert isinstance(found, RawDocument)
    return clean_document(found).article


HEAD = """<head><meta name="generator" content="pandoc"><title>Board votes - Port Post</title>
<meta name="author" content="Tom Hale"><meta name="dcterms.date" content="2021-05-04"></head>"""


@pytest.mark.parametrize("frame", ["<nav>{}</nav>", "<div class='site-menu'>{}</div>"])
def test_a_page_of_a_site_is_no_document(tmp_path: Path, frame: str) -> None:
    menu = frame.format("<ul><li><a href='/'>Home</a></li><li><a href='/a'>About us</a></li></ul>")
    story = f"<h1>Board votes</h1><p>{VOTED}</p><p>{VOTED} It will take two summers.</p>"
    article = article_of(tmp_path, f"<!doctype html><html>{HEAD}<body>{menu}{story}</body></html>")
    assert (article.title, article.authors) == ("Board votes", ("Tom Hale",))
    assert article.date is not None
    assert "Home" not in article.body


def test_the_head_of_a_document_states_what_its_lines_do_not(tmp_path: Path) -> None:
    story = f"<h1>Board votes</h1><p>{VOTED}</p><p>It will take two summers.</p>"
    article = article_of(tmp_path, f"<html>{HEAD}<body>{story}</body></html>")
    assert (article.title, article.authors) == ("Board votes", ("Tom Hale",))
    assert article.date is not None
    assert article.date.text == "2021-05-04"
    assert article.body == f"{VOTED}\n\nIt will take two summers."


def test_a_list_begins_at_its_number(tmp_path: Path) -> None:
    items = "<ol start=' 4'><li>Forty berths</li><li>A crane</li></ol><p>And:</p>"
    items += "<ol start='-1'><li>A shed</li></ol>"
    page = f"<html>{HEAD}<body><h1>Board votes</h1><p>{VOTED}</p>{items}</body></html>"
    assert article_of(tmp_path, page).body.split("\n\n")[1:] == [
        "4. Forty berths\n5. A crane",
        "And:",
        "1. A shed",
    ]


def test_a_document_without_a_headline_has_that_of_its_head(tmp_path: Path) -> None:
    article = article_of(tmp_path, f"<html>{HEAD}<body><p>{VOTED}</p><p>{VOTED}</p></body></html>")
    assert article.title.startswith("Board votes")
    assert article.body == f"{VOTED}\n\n{VOTED}"
