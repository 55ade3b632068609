"""Tables of an article: in boxes that readers can scroll, which no text can make itself."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_gen.markup import plain_text, to_html
from archive_gen.rendering.wide_tables import boxed
from tests.archive_folder import ArchiveFolder

TABLE = "| Year | Boats |\n|---|---|\n| 1925 | 12 |"
BOX = re.compile(r'<div class="wide" role="region" tabindex="0" aria-label="([^"]*)"([^>]*)>')
PIECES = [
    *("<table>", "<tr><td>", "</td></tr>", "</table>", "\n\n" + TABLE + "\n\n", "x < y", "<b"),
    *(
        '<p title="<table>">',
        "</p>",
        '<table title="a>b">',
        "<tables>",
        "`<table>`",
        "</div>",
        "\n",
    ),
]


def brackets(number: int, table: str) -> str:
    return f"[{number}:{table}]"


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_a_box_holds_a_whole_table_and_changes_nothing(text: str) -> None:
    body = to_html(text)
    found: list[str] = []
    boxed(body, lambda _, table: found.append(table) or "")  # type: ignore[func-returns-value]
    assert boxed(body, lambda _, table: table) == body
    for table in found:
        assert table.startswith("<table")
        assert table.endswith("</table>")
        assert plain_text(to_html(table)) == plain_text(table)
    outside = boxed(body, lambda _, __: "")
    assert "<table" not in re.sub(r'"[^"]*"', "", outside)


def test_a_table_in_a_table_has_no_box_of_its_own() -> None:
    body = to_html(
        "<table><tr><td><table><tr><td>a</td></tr></table></td></tr></table>\n\n" + TABLE
    )
    made = boxed(body, brackets)
    assert re.findall(r"\[(\d):<table>", made) == ["1", "2"]


@pytest.mark.parametrize(
    ("site", "article", "label", "told", "inside"),
    [
        ("en", "en", "Table 1", "", "\n<table>"),
        ("de", "de", "Tabelle 1", "", "\n<table>"),
        ("de", "en", "Tabelle 1", ' lang="de"', '\n<div lang="en">\n<table>'),
        ("en", "ar", "Table 1", ' lang="en" dir="ltr"', '\n<div lang="ar" dir="rtl">\n<table>'),
    ],
)
def test_the_box_is_named_in_the_readers_language(
    archive: ArchiveFolder, site: str, article: str, label: str, told: str, inside: str
) -> None:
    archive.settings(f"title: Test\nlanguage: {site}\n")
    archive.article("a.md", f"{TABLE}\n\nWords.\n\n{TABLE}", date="2015-10-07", language=article)
    archive.article("b.md", "No table.", date="2015-10-08", language=article)
    archive.build()
    html = archive.page("2015/10/07/a/index.html")
    first, second = BOX.finditer(html)
    assert (first[1], first[2]) == (label, told)
    assert html[first.end() :].startswith(inside)
    assert second[1] == label.replace("1", "2")
    assert not BOX.search(archive.page("2015/10/08/b/index.html"))


def test_a_text_makes_no_box_itself(archive: ArchiveFolder) -> None:
    text = '<div class="wide" role="region" tabindex="0" aria-label="x">a</div>'
    archive.article("a.md", text, date="2015-10-07")
    archive.build()
    html = archive.page("2015/10/07/a/index.html")
    assert "wide" not in html
    assert 'tabindex="0"' not in html


def test_another_box_makes_articles_anew(archive: ArchiveFolder) -> None:
    archive.article("a.md", TABLE, date="2015-10-07")
    archive.build()
    archive.template("_table.html", "<div class='mine'>{{ number }}{{ table|safe }}</div>")
    assert archive.build().rendered == 1
    assert "<div class='mine'>1<table>" in archive.page("2015/10/07/a/index.html")


@pytest.mark.browser
def test_the_keys_scroll_a_wide_table(archive: ArchiveFolder, chromium: Any) -> None:
    word = "Dampfschifffahrtsgesellschaft" * 3
    wide = f"| {word} | {word} |\n|---|---|\n| 1925 | 12 |"
    for day in (6, 7, 8):
        archive.article(f"day-{day}.md", f"Before.\n\n{wide}\n\nAfter.", date=f"2015-10-0{day}")
    archive.build()
    page = chromium.new_page(viewport={"width": 390, "height": 800})
    address = (archive.path / "public/2015/10/07/day-7/index.html").as_uri()
    page.goto(address)
    box = page.locator(".wide")
    assert box.evaluate("box => box.scrollWidth > box.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for _ in range(60):
        page.keyboard.press("Tab")
        if box.evaluate("box => box === document.activeElement"):
            break
    page.keyboard.press("ArrowRight")
    while not box.evaluate("box => box.scrollLeft"):
        page.wait_for_timeout(20)
    assert page.url == address
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowRight")
    page.wait_for_url(lambda url: url != address)
    page.goto(address)
    page.set_viewport_size({"width": 680, "height": 900})
    page.emulate_media(media="print")
    assert box.evaluate("box => box.scrollWidth <= box.clientWidth")
    page.close()
