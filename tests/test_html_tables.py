"""Tables within the story of a web page: those of data stay, layouts and menus are none."""

from __future__ import annotations

import pytest

from archive_gen.article import ARTICLE, HTML, RawDocument
from archive_gen.cleaning import clean
from archive_gen.markup import to_html
from tests.html_pages import HEADLINE, STORY, cleaned, paragraphs

VOTES = (
    "<table><tr><th>Ward</th><th>Yes</th><th>No</th></tr>"
    "<tr><td>Quay|Mole</td><td>1,204</td><td></td></tr>"
    "<tr><td><b>Old</b> Town</td><td>980</td><td>911*</td></tr></table>"
)
WRITTEN = "\n".join(
    (
        "| Ward | Yes | No |",
        "| --- | --- | --- |",
        "| Quay\\|Mole | 1,204 |  |",
        "| Old Town | 980 | 911\\* |",
    )
)


def page(between: str) -> str:
    first, *rest = (f"<p>{each}</p>" for each in STORY)
    return (
        f"<!doctype html><html lang='en'><head><title>{HEADLINE}</title></head><body><article>"
        f"<h1>{HEADLINE}</h1>{first}{between}{''.join(rest)}</article></body></html>"
    )


def test_a_table_of_data_stays_where_it_stands() -> None:
    found = cleaned(page(VOTES))
    assert paragraphs(found) == [STORY[0], WRITTEN, *STORY[1:]]
    assert to_html(found.article.body).count("<td>") == 6


def test_two_tables_are_two() -> None:
    found = paragraphs(cleaned(page(VOTES + VOTES.replace("Old", "New"))))
    assert found[1:3] == [WRITTEN, WRITTEN.replace("Old", "New")]


@pytest.mark.parametrize(
    "table",
    [
        "<table><tr><td><a href='/1'>Home 1</a></td><td><a href='/2'>News 2</a></td></tr>"
        "<tr><td><a href='/3'>Sport 3</a></td><td><a href='/4'>Shop 4</a></td></tr></table>",
        "<table><tr><td>Share</td><td>Print</td></tr><tr><td>Mail</td><td>Save</td></tr></table>",
        "<table><tr><td>1911</td></tr><tr><td>2019</td></tr></table>",
        f"<table class='related-stories'>{VOTES.removeprefix('<table>')}",
    ],
    ids=["links", "buttons", "one column", "other stories"],
)
def test_others_do_not(table: str) -> None:
    assert "| --- |" not in cleaned(page(table)).article.body


def test_a_layout_is_no_table() -> None:
    story = "".join(f"<p>{each}</p>" for each in STORY)
    layout = (
        f"<html><head><title>{HEADLINE}</title></head><body><table><tr><td>1</td><td><table><tr>"
        f"<td><h1>{HEADLINE}</h1>{story}</td></tr></table></td></tr><tr><td>2</td><td>3</td></tr>"
        "</table></body></html>"
    )
    assert paragraphs(cleaned(layout)) == STORY


def test_a_table_of_a_feed_stays() -> None:
    text = f"<p>{STORY[0]}</p>{VOTES}"
    body = clean(RawDocument("a", text.encode(), text, HTML + ARTICLE)).article.body
    assert body == f"{STORY[0]}\n\n{WRITTEN}"


def test_markup_in_a_cell_is_text() -> None:
    hostile = VOTES.replace("980", "980 &lt;script&gt;alert(1)&lt;/script&gt; [x](javascript:y)")
    html = to_html(cleaned(page(hostile)).article.body)
    assert "<script" not in html
    assert "href" not in html
