"""A reader's ways through the sample archive, in a browser: keys, calendar, citations; without
scripts; and what says which language a text is in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import html5lib
import pytest

from tests.archive_folder import ArchiveFolder

LIST = "tags/flood/index.html"
ARTICLE = "2013/11/07/forty-one-boats-wrecked-at-brannock-quay/index.html"
FOCUSED = "document.activeElement.textContent.trim()"


@pytest.fixture(params=["file", "served"])
def page(request: Any, sample: Path, served: str, chromium: Any) -> Iterator[Any]:
    """A page of a browser; it goes to paths of the sample from a folder, or from a server."""
    base = served if request.param == "served" else (sample / "public").as_uri() + "/"
    context = chromium.new_context(base_url=base)
    made = context.new_page()
    made.here = request.param
    yield made
    context.close()


@pytest.mark.browser
def test_j_and_k_lead_along_a_list(page: Any) -> None:
    page.goto(LIST)
    titles = [text.strip() for text in page.locator(".row-title a").all_text_contents()]
    seen = []
    for key in "jjjk":
        page.keyboard.press(key)
        seen.append(page.evaluate(FOCUSED))
    assert seen == [titles[0], titles[1], titles[2], titles[1]]
    page.keyboard.press("Enter")
    page.wait_for_selector("article h1")
    assert page.inner_text("article h1") == titles[1]


@pytest.mark.browser
def test_keys_can_be_turned_off(page: Any) -> None:
    page.goto(LIST)
    page.locator("#keys").uncheck()
    page.evaluate("document.activeElement.blur()")
    for key in ("j", "/", "ArrowLeft"):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    if page.here == "served":  # a page from a folder may have no memory
        page.reload()
        assert not page.locator("#keys").is_checked()


@pytest.mark.browser
def test_the_first_key_stop_skips_to_the_content(page: Any) -> None:
    page.goto(LIST)
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "Skip to the content"
    assert page.locator(".skip").bounding_box()["height"] > 20
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("Boolean(document.activeElement.closest('main'))")


@pytest.mark.browser
@pytest.mark.parametrize(("path", "name"), [("", "Latest articles"), ("2013/", "Articles")])
def test_the_second_skips_to_the_articles(page: Any, path: str, name: str) -> None:
    page.goto(f"{path}index.html")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == name
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    first = page.locator(":is(.latest, .listing) .row-title a").first
    assert page.evaluate(FOCUSED) == first.text_content().strip()


def test_skip_links_lead_somewhere_in_pages_of_the_archives_own(archive: ArchiveFolder) -> None:
    for name, block in (("home", "latest"), ("year", "listing")):
        own = f'{{% extends "theme/{name}.html" %}}{{% block {block} %}}{{% endblock %}}'
        archive.template(f"{name}.html", own)
    archive.article("a.md", date="2015-01-02")
    archive.build()
    for path in ("index.html", "2015/index.html"):
        html = archive.page(path)
        targets = re.findall(r'class="skip" href="#([^"]+)"', html)
        assert len(targets) == 2
        assert [html.count(f' id="{target}"') for target in targets] == [1, 1]


@pytest.mark.browser
def test_a_calendar_leads_to_its_days(page: Any) -> None:
    page.goto("2013/index.html")
    days = page.locator(".calendar td a")
    assert days.all_text_contents() == ["6", "7", "8", "9"]
    weight = "Number(getComputedStyle(document.querySelector('{}')).fontWeight)"
    assert page.evaluate(weight.format(".calendar td a")) >= 600
    assert page.evaluate(weight.format(".calendar td:not(:has(a)):not(:empty)")) == 400
    days.nth(2).click()
    page.wait_for_selector("body.page-day")
    assert page.inner_text("h1") == "November 8, 2013"
    page.locator(".picker [aria-current=page]").wait_for()
    page.locator(".picker a", has_text="2014").click()
    page.wait_for_selector("body.page-year")
    assert page.inner_text("h1") == "2014"


@pytest.mark.browser
def test_days_without_articles_are_named(page: Any) -> None:
    page.goto("2013/11/09/index.html")
    assert "No articles from November 10, 2013 to January 20, 2014." in page.inner_text(".gaps")


@pytest.mark.browser
def test_a_citation_is_copied(page: Any) -> None:
    if page.here == "served":
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(ARTICLE)
    page.locator(".cite summary").click()
    shown = page.locator(".cite pre").all_text_contents()
    assert [text[:6] for text in shown] == ["Leila ", "@artic", "TY  - ", "[\n {\n "]
    if page.here == "served":
        button = page.locator(".cite button").nth(1)
        button.click()
        button.and_(page.get_by_text("Copied")).wait_for()
        assert page.evaluate("navigator.clipboard.readText()") == shown[1]


@pytest.mark.browser
def test_all_but_search_works_without_scripts(sample: Path, chromium: Any) -> None:
    base = (sample / "public").as_uri() + "/"
    context = chromium.new_context(base_url=base, java_script_enabled=False)
    page = context.new_page()
    page.goto("index.html")
    page.locator(".run td a", has_text="7").click()
    page.wait_for_selector("body.page-month")
    page.locator(".calendar a").first.click()
    page.wait_for_selector("body.page-day")
    page.locator(".row-title a").first.click()
    page.wait_for_selector("body.page-article")
    page.locator(".cite summary").click()
    assert page.locator(".cite pre").first.is_visible()
    page.locator(".steps [rel=next]").click()
    page.wait_for_selector("body.page-article")
    page.locator(".tags a").first.click()
    page.wait_for_selector("body.page-term")
    assert page.locator(".row-title").count() > 3
    context.close()


@pytest.mark.browser
def test_another_name_of_a_tag_leads_a_reader_to_it(archive: ArchiveFolder, chromium: Any) -> None:
    archive.settings("title: T\ntags: {Flood: [Deluge]}\n")
    archive.article("a.md", date="2015", tags="[Flood]")
    archive.build()
    page = chromium.new_page()
    page.goto((archive.path / "public/tags/deluge/index.html").as_uri())
    page.wait_for_url("**/tags/flood/index.html")
    page.close()


@pytest.mark.browser
def test_arrows_follow_the_direction_of_the_page(archive: ArchiveFolder, chromium: Any) -> None:
    archive.settings("title: T\nlanguage: ar\n")
    for day in (1, 2):
        archive.article(f"{day}.md", date=f"2015-01-0{day}")
    archive.build()
    page = chromium.new_page()
    page.goto((archive.path / "public/2015/01/02/index.html").as_uri())
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/2015/01/01/index.html")
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 900])
def test_a_number_of_articles_stands_whole_in_its_month_or_not_at_all(
    sample: Path, chromium: Any, width: int
) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 800})
    page.goto((sample / "public/index.html").as_uri())
    shown = page.eval_on_selector_all(
        ".run td a",
        """(cells) => ["7", "12,345"].map((number) => {
          const cell = cells[0], text = document.createRange();
          cell.textContent = number;
          text.selectNodeContents(cell);
          const box = cell.getBoundingClientRect(), lines = [...text.getClientRects()];
          const isIn = (line) => line.top < box.bottom;
          if (!lines.some(isIn)) return "none";
          const isWhole = (line) => line.left >= box.left && line.right <= box.right;
          return lines.length === 1 && lines.every(isWhole) ? "whole" : "a part";
        })""",
    )
    assert shown == ["whole", "none" if width == 320 else "whole"]
    page.close()


def test_the_list_of_the_undated_says_nothing_of_old_and_new(archive: ArchiveFolder) -> None:
    archive.settings("title: T\npage_size: 5\n")
    for number in range(18):
        archive.article(f"{number:02}.md")
        archive.article(f"dated/{number}.md", date="2015", tags="[Port]")
    archive.build()
    first, last = archive.page("undated/index.html"), archive.page("undated/page-1/index.html")
    assert first.index(">00<") < first.index(">04<") < first.index("Further in the alphabet")
    assert last.index(">17<") < last.index("Back in the alphabet")
    for page in (first, last):
        assert not re.search("[Oo]ldest|Older|Newe", page)
    assert "Newest articles" in archive.page("tags/port/index.html")


@pytest.mark.browser
@pytest.mark.parametrize(("site", "article"), [("en", "ar"), ("ar", "en")])
@pytest.mark.parametrize("width", [320, 800, 1280])
def test_an_article_that_runs_the_other_way_is_in_one_column_with_what_follows_it(
    archive: ArchiveFolder, chromium: Any, site: str, article: str, width: int
) -> None:
    archive.settings(f"title: T\nlanguage: {site}\n")
    archive.article("a.md", "Words. " * 200, date="2015", language=article, tags="[Port]")
    archive.build()
    page = chromium.new_page(viewport={"width": width, "height": 800})
    page.goto((archive.path / "public/2015/a/index.html").as_uri())
    sides = "e => { const { left, right } = e.getBoundingClientRect(); return [left, right]; }"
    body, below = (page.eval_on_selector(of, sides) for of in (".article-body", ".record dd"))
    assert body == pytest.approx(below, abs=1)
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize("language", ["de", "fr"])  # of the theme's, these say it longest
def test_the_search_box_says_whole_what_it_is_for(
    archive: ArchiveFolder, chromium: Any, language: str
) -> None:
    archive.settings(f"title: T\nlanguage: {language}\n")
    archive.build()
    page = chromium.new_page(viewport={"width": 1280, "height": 800})
    for width in (1280, 640, 320):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto((archive.path / "public/index.html").as_uri())
        room, needed = page.eval_on_selector(
            "input[name=q]",
            """(box) => {
              const style = getComputedStyle(box);
              const text = document.createElement("canvas").getContext("2d");
              text.font = style.font;
              const padding = parseFloat(style.paddingLeft) + parseFloat(style.paddingRight);
              return [box.clientWidth - padding, text.measureText(box.placeholder).width];
            }""",
        )
        assert needed <= room, width
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "ar", "zh"])  # in Chinese a year has a sign of its own
def test_years_below_bars_do_not_run_together(
    archive: ArchiveFolder, chromium: Any, language: str
) -> None:
    archive.settings(f"title: T\nlanguage: {language}\n")
    for year in range(2001, 2021):
        archive.article(f"{year}.md", date=str(year))
    archive.build()
    page = chromium.new_page(viewport={"width": 390, "height": 800})
    page.goto((archive.path / "public/index.html").as_uri())
    widths = "(all) => all.map((one) => one.scrollWidth - one.clientWidth)"
    assert page.eval_on_selector_all(".years li a", widths) == [0] * 20
    page.close()


@pytest.mark.browser
def test_two_centuries_are_one_line_on_a_phone(archive: ArchiveFolder, chromium: Any) -> None:
    archive.settings("title: T\nlist_files: false\n")
    for year in range(1820, 2021):
        archive.article(f"{year}.md", date=str(year))
    archive.build()
    page = chromium.new_page(viewport={"width": 375, "height": 800})
    page.goto((archive.path / "public/index.html").as_uri())
    assert page.locator(".years ol").bounding_box()["height"] < 120
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    last = page.locator(".years li a").last
    last.focus()  # keys bring it along
    assert 0 <= last.bounding_box()["x"] <= 375
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 360, 375])
@pytest.mark.parametrize(
    "path",
    ["index.html", "2013/index.html", "2013/11/07/index.html", "search/index.html?q=harbour"],
)
def test_letters_twice_as_large_fit_a_phone(
    sample: Path, chromium: Any, path: str, width: int
) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 800})
    page.goto((sample / "public").as_uri() + "/" + path)
    if "?" in path:
        page.wait_for_selector(".date-range")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    columns = "(links) => new Set(links.map((link) => link.getBoundingClientRect().top)).size"
    links = page.locator(".steps a")
    assert links.evaluate_all(columns) == links.count()  # one below the other, no word broken
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize("language", ["ar", "en"])  # of the text; the site is Arabic
def test_a_summary_that_is_cut_says_so(
    archive: ArchiveFolder, chromium: Any, language: str
) -> None:
    archive.settings("title: T\nlanguage: ar\n")
    word = {"ar": "كلمة ", "en": "word "}[language]
    for name, summary in (("long", word * 200), ("short", word)):
        article = {"language": language, "title": f"{word}{word}", "date": "2015-01-01"}
        archive.article(f"{name}.md", summary=summary, **article)
    archive.build()
    page = chromium.new_page(viewport={"width": 900, "height": 800})
    page.goto((archive.path / "public/2015/01/01/index.html").as_uri())
    long, short = (page.locator(".row-summary", has_text=text) for text in (word * 9, word))
    short = short.filter(has_not_text=word * 9)
    box = long.bounding_box()
    lines = {**box, "height": box["height"] - 6}  # not the edge, below which the text goes on
    marked = page.screenshot(clip=lines)
    long.evaluate("(text) => { text.style.blockSize = text.offsetHeight + 'px'; }")
    long.evaluate("(text) => { text.style.display = 'block'; }")
    assert marked != page.screenshot(clip=lines)  # all the same, but without the dots
    # Title and summary begin at one side, their own; what is short stays at the side of the page.
    title, summary, box = short.evaluate("""(short) => {
      const sides = (part) => {
        const text = document.createRange();
        text.selectNodeContents(part);
        const { left, right } = text.getBoundingClientRect();
        return { left: Math.round(left), right: Math.round(right) };
      };
      const all = short.closest(".row-text");
      return [all.querySelector(".row-title a"), short, all].map(sides);
    }""")
    side = {"ar": "right", "en": "left"}[language]
    assert title[side] == summary[side]
    assert box["right"] == page.evaluate("""() => {
      return Math.round(document.querySelector(".row-text").getBoundingClientRect().right);
    }""")
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_line_of_facts_begins_or_ends_with_a_dot(
    archive: ArchiveFolder, chromium: Any, language: str
) -> None:
    archive.settings(f"title: T\nlanguage: {language}\n")
    facts = {"source": "The Northern Evening Post and Advertiser", "place": "Port"}
    archive.article("a.md", date="2015-10-07", **facts)
    archive.build()
    page = chromium.new_page(viewport={"width": 320, "height": 800})
    page.goto((archive.path / "public/2015/index.html").as_uri())
    starts = page.eval_on_selector(
        ".row-meta",
        """(all) => {
          const rtl = document.dir === "rtl";
          const sides = (one) => one.getBoundingClientRect();
          const edge = sides(document.querySelector(".row-text"));
          const lines = new Map();  // the first fact of each
          for (const fact of [...all.children].reverse()) lines.set(sides(fact).top, fact);
          return [...lines.values()].map((fact) => {
            const dot = parseFloat(getComputedStyle(fact).paddingInlineStart);
            return Math.round(
              rtl ? edge.right - sides(fact).right + dot : sides(fact).left + dot - edge.left);
          });
        }""",
    )
    # The text of each line begins where the title does; its dot lies before, where all is clipped.
    assert len(starts) > 1
    assert set(starts) == {0}
    shown = page.eval_on_selector(".row-meta", "(all) => getComputedStyle(all).clipPath")
    assert shown == {"en": "inset(0px 0px 0px 20px)", "ar": "inset(0px 20px 0px 0px)"}[language]
    page.close()


@pytest.mark.browser
def test_a_number_beside_a_long_name_is_whole(archive: ArchiveFolder, chromium: Any) -> None:
    name = "The Northern Evening Post and Advertiser of the Two Counties"
    for number in range(12):
        archive.article(f"{number}.md", date="2015", source=name)
    archive.build()
    page = chromium.new_page(viewport={"width": 1280, "height": 800})
    page.goto((archive.path / "public/index.html").as_uri())
    page.eval_on_selector(".top small", "(one) => { one.textContent = '1,234,567'; }")
    height = page.eval_on_selector(".top small", "(one) => one.getBoundingClientRect().height")
    assert height < 30  # one line
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1280])
def test_the_letters_of_an_index_stay_in_sight(
    archive: ArchiveFolder, chromium: Any, width: int
) -> None:
    for number in range(100):
        tag = chr(65 + number % 26) + f"{number:03}"
        archive.article(f"{number}.md", date="2015", tags=f"[{tag}]")
    archive.build()
    page = chromium.new_page(viewport={"width": width, "height": 600})
    page.goto((archive.path / "public/tags/index.html").as_uri() + "#letter-20")
    letters = page.locator(".letters").bounding_box()
    assert letters["y"] == 0
    assert letters["height"] < 60
    heading = page.locator("#letter-20").bounding_box()
    assert letters["height"] <= heading["y"] < 600  # not below them
    page.locator(".letters a").last.focus()
    last = page.locator(".letters a").last.bounding_box()
    assert 0 <= last["x"] <= width - last["width"]
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.close()


@pytest.mark.browser
def test_a_phone_shows_the_months_that_have_articles(archive: ArchiveFolder, chromium: Any) -> None:
    archive.article("a.md", date="2015-03-01")
    archive.article("b.md", date="2015-11-07")
    archive.build()
    page = chromium.new_page(viewport={"width": 390, "height": 800})
    page.goto((archive.path / "public/2015/index.html").as_uri())
    shown = page.locator(".calendar caption").filter(visible=True)
    assert shown.all_inner_texts() == ["March", "November"]
    page.set_viewport_size({"width": 1280, "height": 800})
    assert shown.count() == 12
    page.close()


@pytest.mark.browser
def test_what_shades_mean_is_told_in_forced_colours(sample: Path, chromium: Any) -> None:
    page = chromium.new_page(forced_colors="active")
    page.goto((sample / "public/2013/index.html").as_uri())
    colour = "(all) => new Set(all.map((one) => getComputedStyle(one).backgroundColor)).size"
    assert page.eval_on_selector_all(".legend i", colour) == 4
    page.close()


# -- the language of what is quoted

SCRIPTS = {"ARABIC": "ar", "CYRILLIC": "ru"}
# Names have no language; what else stands here is for programs.
NAMELESS = {"bdi", "pre", "title", "script"}


def texts_in(element: Any, language: str, direction: str) -> Iterator[tuple[str, str, str]]:
    """Every text below an element with the language and direction that it is said to have."""
    language = element.attrib.get("lang", language)
    direction = element.attrib.get("dir", direction)
    if not isinstance(element.tag, str) or element.tag in NAMELESS:
        return
    yield element.text or "", language, direction
    for child in element:
        yield from texts_in(child, language, direction)
        yield child.tail or "", language, direction


_LOW = """() => [...document.querySelectorAll('a, button, input, summary')].filter((one) =>
    one.checkVisibility() && !one.closest('.skip, td, th, .prose')
    && one.getBoundingClientRect().height < 44).map((one) => one.outerHTML)"""


@pytest.mark.parametrize(
    "path",
    [
        "index.html",
        "dates/index.html",
        "tags/index.html",
        "tags/flood/index.html",
        "2013/index.html",
        "2013/11/index.html",
        "2013/11/07/forty-one-boats-wrecked-at-brannock-quay/index.html",
        "stories/the-flood-of-2013/index.html",
        "search/index.html?q=flood",
    ],
)
def test_a_finger_meets_each_link(sample: Path, chromium: Any, path: str) -> None:
    """But for days of a year, which its months have as well, and for links amid a text."""
    size = {"width": 390, "height": 780}
    page = chromium.new_page(is_mobile=True, has_touch=True, viewport=size)
    page.goto((sample / "public").as_uri() + "/" + path)
    if "?" in path:
        page.wait_for_selector("#search-results li")
    assert page.evaluate(_LOW) == []
    page.close()


@pytest.mark.parametrize("width", [320, 360, 375, 390])
def test_a_finger_meets_each_day_of_a_month(sample: Path, chromium: Any, width: int) -> None:
    size = {"width": width, "height": 640}
    page = chromium.new_page(is_mobile=True, has_touch=True, viewport=size)
    page.goto((sample / "public/2013/11/index.html").as_uri())
    boxes = [day.bounding_box() for day in page.locator(".calendar td a").all()]
    assert min(min(box["width"], box["height"]) for box in boxes) >= 44
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.close()


def test_every_text_in_another_language_says_which(sample: Path) -> None:
    seen = dict.fromkeys(SCRIPTS.values(), 0)
    for path in sorted((sample / "public").rglob("*.html")):
        tree = html5lib.parse(path.read_text("utf-8"), namespaceHTMLElements=False)
        for text, language, direction in texts_in(tree, "", ""):
            letters = re.sub(r"[\W\d]", "", text)
            script = unicodedata.name(letters[0], "").split()[0] if letters else ""
            if script in SCRIPTS:
                assert language == SCRIPTS[script], (path, text)
                assert direction == ("rtl" if script == "ARABIC" else "ltr"), (path, text)
                seen[language] += 1
    assert min(seen.values()) > 50
