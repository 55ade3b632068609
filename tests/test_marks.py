"""Who opens a hit sees where its words stand, in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from tests.axe import broken_rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.archive_folder import ArchiveFolder

pytestmark = pytest.mark.browser

BAR = ".marks"
COUNT = ".marks [role=status]"
HIT = ".hit-title a"
MARKED = "[...CSS.highlights.get('words') || []].map(String)"
NOW = "[...CSS.highlights.get('word-now') || []].map(String)"
ARTICLE = "2013/11/07/forty-one-boats-wrecked-at-brannock-quay/index.html"
LONG = "\n\n".join(["Nothing of it.", *(f"Line {n} of many." for n in range(80)), "A ferry came."])
HARM = "<img src=x onerror=alert(1)>"


@pytest.fixture(params=["file", "plain", "served"])
def page(request: Any, sample: Path, chromium: Any) -> Iterator[Any]:
    """The sample from a folder, from any web server, and from the local server."""
    where = request.param
    folder = (sample / "public").as_uri() + "/"
    base = folder if where == "file" else request.getfixturevalue(where)
    yield from opened(chromium, base)


def opened(chromium: Any, base: str) -> Iterator[Any]:
    made = chromium.new_context(base_url=base).new_page()
    faults: list[str] = []
    made.on("console", lambda message: faults.append(message.text))
    made.on("pageerror", lambda error: faults.append(str(error)))
    made.on("dialog", lambda dialog: faults.append(dialog.message))
    yield made
    assert faults == []
    made.context.close()


@pytest.fixture
def build(archive: ArchiveFolder, chromium: Any) -> Iterator[Callable[..., Any]]:
    """Builds an archive of these texts; a page of a browser at its folder."""
    pages = []

    def built(**texts: str) -> Any:
        for name, text in texts.items():
            archive.article(f"{name}.md", text, title=name)
        archive.build()
        visit = opened(chromium, (archive.path / "public").as_uri() + "/")
        pages.append(visit)
        return next(visit)

    yield built
    for visit in pages:
        next(visit, None)


def asked(page: Any, query: str) -> None:
    page.goto("search/index.html?q=" + quote(query))
    page.wait_for_selector(HIT)
    page.wait_for_function(
        "document.title.startsWith(decodeURIComponent(location.search.slice(3)))"
    )


def opened_hit(page: Any, query: str, title: str) -> list[str]:
    """What is marked on the page of a hit."""
    asked(page, query)
    page.get_by_role("link", name=title, exact=True).click()
    page.wait_for_selector(BAR)
    found: list[str] = page.evaluate(MARKED)
    return found


def test_a_hit_leads_to_its_words(page: Any) -> None:
    asked(page, "engine -ferry")
    link = page.locator(HIT).first
    address = link.get_attribute("href")
    link.click()
    page.wait_for_selector(BAR)
    marked = page.evaluate(MARKED)
    assert marked
    assert {word.lower() for word in marked} <= {"engine", "engines"}
    assert page.inner_text(COUNT) == f"1 of {len(marked)}"
    # The address is the article's own, and so was that of the link before and after the click.
    assert "#" not in page.url
    assert "#" not in address
    page.go_back()
    page.wait_for_selector(HIT)
    assert page.locator(HIT).first.get_attribute("href") == address


def test_an_option_of_the_search_box_leads_to_its_words_too(page: Any) -> None:
    page.goto(ARTICLE)
    page.keyboard.press("/")
    page.wait_for_selector("input[role=combobox]")
    page.keyboard.type("engin")
    page.wait_for_selector(".suggestion-title mark")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_selector(BAR)
    assert {word.lower() for word in page.evaluate(MARKED)} <= {"engine", "engines"}
    assert "#" not in page.url


def test_a_hit_of_this_very_page_is_marked_in_it(page: Any) -> None:
    page.goto(ARTICLE)
    page.keyboard.press("/")
    page.wait_for_selector("input[role=combobox]")
    page.keyboard.type("title:forty title:wrecked")
    page.locator(".suggestion-title", has_text="Forty-one boats wrecked").first.click()
    page.wait_for_selector(BAR)
    assert page.evaluate(MARKED)[:2] == ["Forty", "wrecked"]
    assert "#" not in page.url


def test_a_page_without_a_query_loads_nothing_of_it(page: Any) -> None:
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    for fragment in ("", "#main"):
        page.goto("about:blank")
        page.goto(ARTICLE + fragment)
        page.wait_for_load_state("networkidle")
    assert [url for url in loaded if "search" in url or "marks" in url] == []


def test_marks_change_nothing_of_the_text_and_are_not_printed(page: Any) -> None:
    page.goto(ARTICLE)
    text = page.inner_html("article.article")
    page.goto("about:blank")
    page.goto(ARTICLE + "#q=boats")
    page.wait_for_selector(BAR)
    assert page.inner_html("article.article") == text
    body = "document.querySelector('.article-body')"
    colour = f"getComputedStyle({body}, '::highlight(words)').backgroundColor"
    assert page.evaluate(colour) != "rgba(0, 0, 0, 0)"
    page.emulate_media(media="print")
    assert not page.is_visible(BAR)
    assert page.evaluate("getComputedStyle(document.body).paddingBlockEnd") == "0px"
    assert page.evaluate(colour) == "rgba(0, 0, 0, 0)"


def test_one_goes_along_the_words_and_takes_the_marks_away(page: Any) -> None:
    page.goto(ARTICLE + "#q=boats")
    page.wait_for_selector(BAR)
    total = len(page.evaluate(MARKED))
    assert total > 2
    seen = []
    for name in ("Next", "Next", "Previous", "Previous", "Previous", "Next"):
        page.click(f"{BAR} button[aria-label^={name}]")
        seen.append(page.inner_text(COUNT))
    places = [2, 3, 2, 1, total, 1]
    assert seen == [f"{place} of {total}" for place in places]
    assert len(page.evaluate(NOW)) == 1
    page.click(f"{BAR} button[aria-label^=Remove]")
    assert page.locator(BAR).count() == 0
    assert page.evaluate(MARKED) == page.evaluate(NOW) == []
    assert page.evaluate("document.activeElement.id") == "main"
    page.reload()
    page.wait_for_load_state("networkidle")
    assert page.locator(BAR).count() == 0


def test_escape_takes_the_marks_away_but_not_out_of_the_search_box(page: Any) -> None:
    page.goto(ARTICLE + "#q=boats")
    page.wait_for_selector(BAR)
    page.focus(".site-header input[name=q]")
    page.keyboard.press("Escape")
    assert page.locator(BAR).count() == 1
    page.keyboard.press("Escape")
    assert page.locator(BAR).count() == 0
    page.goto("about:blank")
    page.goto(ARTICLE + "#q=boats")
    page.focus(f"{BAR} button")
    page.keyboard.press("Escape")
    assert page.locator(BAR).count() == 0
    assert page.evaluate("document.activeElement.id") == "main"


def test_who_comes_back_finds_the_marks_and_his_place(
    archive: ArchiveFolder, build: Callable[..., Any]
) -> None:
    archive.article("other.md", "Something else.", title="other", date="2015-10-08")
    archive.article("long.md", LONG, title="long", date="2015-10-07")
    page = build()
    page.goto("2015/10/07/long/index.html#q=ferry")
    page.wait_for_selector(BAR)
    assert page.evaluate("scrollY") > 1000
    page.evaluate("scrollTo(0, 300)")
    page.keyboard.press("ArrowRight")
    page.wait_for_selector("h1:has-text('other')")
    assert page.locator(BAR).count() == 0
    page.go_back()
    page.wait_for_selector(BAR)
    assert page.evaluate(MARKED) == ["ferry"]
    assert page.evaluate("scrollY") == 300


def test_a_new_tab_has_marks_as_well(page: Any) -> None:
    asked(page, "engine")
    for button, keys in (("middle", []), ("left", ["ControlOrMeta"])):
        with page.context.expect_page() as other:
            page.locator(HIT).first.click(button=button, modifiers=keys)
        other.value.wait_for_selector(BAR)
        other.value.close()
    assert "#" not in page.locator(HIT).first.get_attribute("href")


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("flood", ["flood", "floods", "flooding", "flood", "flood"]),
        ('"the flood"', ["The flood", "the\nflood"]),
        ("flood -barrier", None),
        ("flood NOT bridge", ["flood", "floods", "flooding", "flood", "flood"]),
        ("munchen OR cafe", ["München", "café"]),
        ("river*", ["river", "riverside"]),
        ("barier", ["barrier", "barrier"]),  # no article has it: another is looked for
        ("flod~", ["flood", "flood", "flood"]),
        ("flood zeppelin", ["flood", "floods", "flooding", "flood", "flood"]),
        ("town's", ["town's"]),
        ("state-of-the-art", ["state-of-the-art"]),
        ("title:river-article café", ["river-article", "café"]),
        ("港口", ["港口", "港口"]),
        ("港口经济", ["港口经济"]),
        ("مكتبه", ["مكتبة"]),
    ],
)  # fmt: skip
def test_what_is_marked_is_what_the_search_looks_for(
    build: Callable[..., Any], query: str, marked: list[str] | None
) -> None:
    text = """A flood, *flo*ods and flooding. The flood of the town's **barrier**, and the
flood in München.

> A café by the riverside: state-of-the-art.

- The barrier
- 港口经济 and 港口

مكتبة
"""
    page = build(**{"river-article": text, "another": "Nothing of it, but a bridge."})
    if marked is None:
        page.goto("undated/river-article/index.html#q=" + quote(query))
        page.wait_for_selector(BAR)
        assert "barrier" not in page.evaluate(MARKED)
    else:
        assert opened_hit(page, query, "river-article") == marked


@pytest.mark.parametrize(
    "query", ["%", "%E0%A4%A", "a" * 2000, "(" * 30, "date:no", "tag:Flood", "zzzz", "*"]
)
def test_a_query_that_marks_nothing_leaves_the_page_as_it_is(page: Any, query: str) -> None:
    page.goto(ARTICLE + "#q=" + (query if "%" in query else quote(query)))
    page.wait_for_function("location.hash === ''")
    page.wait_for_load_state("networkidle")
    assert page.locator(BAR).count() == 0
    assert page.evaluate(MARKED) == []


def test_the_bar_shows_a_query_as_text(build: Callable[..., Any]) -> None:
    page = build(img="An img and a src.")
    page.goto("undated/img/index.html#q=" + quote(HARM))
    page.wait_for_selector(BAR)
    assert page.inner_text(f"{BAR} b") == HARM


def test_the_bar_is_for_everybody(plain: str, chromium: Any) -> None:
    page = chromium.new_context(base_url=plain).new_page()
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(ARTICLE + "#q=" + quote("boats OR harbour OR quay OR flood OR barrier"))
    page.wait_for_selector(BAR)
    assert list(broken_rules(page)) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    for button in page.locator(f"{BAR} button").all():
        box = button.bounding_box()
        assert min(box["width"], box["height"]) >= 44
    page.context.close()
