"""The search page in a real browser, opened as a file, with articles that mean harm."""

from __future__ import annotations

import contextlib
import re
import shutil
import threading
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from archive_gen.config import load_config
from archive_gen.search.page import best as page_best
from archive_gen.search.page import cuts as page_cuts
from archive_gen.search.version import FORMAT
from archive_gen.serving.server import SiteServer
from tests.archive_folder import ArchiveFolder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.browser
BOX = "form.search input[name=q]"
HARM = "<img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    archive = ArchiveFolder(tmp_path_factory.mktemp("built") / "archive")
    for number in range(30):
        archive.article(f"q{number}.md", "Quiet harbour.", date=f"20{number % 3 + 10}-01-02")
    archive.article(
        "x.md", f"Words `{HARM}` hurricane.", title=f"'Storm {HARM}'", tags=f"['a \"b\" {HARM}']"
    )
    with pytest.MonkeyPatch.context() as patch:
        cut_lists(patch)
        archive.build()
    return archive.path


def cut_lists(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(page_cuts, "MOST", 8)  # so that a word of thirty articles is a common one
    patch.setattr(page_best, "LEAST", 20)


@pytest.fixture
def page(
    archive: ArchiveFolder, built: Path, chromium: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Any]:
    cut_lists(monkeypatch)
    shutil.copytree(built, archive.path, dirs_exist_ok=True)
    page = chromium.new_page()
    page.faults = []
    page.on("console", lambda message: page.faults.append(message.text))
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("dialog", lambda dialog: page.faults.append(dialog.message))
    page.goto((archive.path / "public/search/index.html").as_uri())
    yield page
    assert page.faults == []
    page.close()


def ask(page: Any, query: str) -> None:
    """With the key alone: on a busy machine what is typed is answered before the key comes."""
    page.eval_on_selector(BOX, "(box, query) => { box.focus(); box.value = query; }", query)
    page.press(BOX, "Enter")


def test_hits_come_while_typing_and_more_on_demand(page: Any) -> None:
    page.fill(BOX, "harb")  # at once: what is found for "har" would go while one asks for more
    page.locator("#search-status", has_text="30").wait_for()
    page.wait_for_selector(".hit mark")
    assert page.locator(".hit").count() == 20
    page.click("#search-more")
    page.locator(".hit").nth(29).wait_for()
    assert page.locator("#search-more").count() == 0
    assert page.url.endswith("?q=harb")


def test_a_hit_shows_the_passage_that_matches_once_nobody_types(
    archive: ArchiveFolder, chromium: Any
) -> None:
    begins = "It begins with the tide. " * 12
    for number in range(9):
        archive.article(f"{number}.md", f"{begins}\n\nThen `{HARM}` and a hurricane {number} came.")
    archive.build()
    page = chromium.new_page()
    page.add_init_script(
        """window.framesMade = 0;
        const isFrame = ({ tagName }) => tagName === "IFRAME";
        new MutationObserver((changes) => {
            const made = changes.flatMap(({ addedNodes }) => [...addedNodes]);
            framesMade += made.filter(isFrame).length;
        }).observe(document, { childList: true, subtree: true });"""
    )
    page.clock.install()
    page.goto((archive.path / "public/search/index.html").as_uri())
    page.clock.pause_at(page.evaluate("Date.now()") + 1_000)
    page.fill(BOX, "hurr")
    page.clock.run_for(100)
    page.locator(".hit-snippet", has_text="It begins").first.wait_for()
    page.eval_on_selector(".hit", "(hit) => { hit.id = 'before'; }")
    page.fill(BOX, "hurrican")
    page.clock.run_for(100)
    page.locator("#before").wait_for(state="detached")
    page.locator(".hit-snippet", has_text="It begins").first.wait_for()
    page.clock.resume()
    page.locator(".hit-snippet mark", has_text="hurricane").first.wait_for()
    assert HARM in page.locator(".hit-snippet").first.inner_text()
    assert page.evaluate("framesMade") <= 9
    assert page.locator("iframe").count() == 0
    page.close()


def test_a_hit_whose_page_does_not_tell_its_text_shows_how_the_article_begins(
    archive: ArchiveFolder, chromium: Any
) -> None:
    archive.template("article.html", "<!doctype html><title>x</title>{{ body|safe }}")
    archive.article("a.md", "It begins with the tide. " * 12 + "\n\nThen a hurricane came.")
    archive.build()
    page = chromium.new_page()
    page.goto((archive.path / "public/search/index.html").as_uri() + "?q=hurricane")
    page.locator(".hit-snippet", has_text="It begins").wait_for()
    found = page.evaluate(
        """async () => {
            const answer = await archiveIndex.indexOf("../", "relevance").ask("hurricane");
            const [hit] = await answer.hits(0, 1);
            return hit.better();
        }"""
    )
    assert found is None
    page.close()


def test_from_a_server_no_page_tells_its_text_to_one_that_shows_it(
    plain: str, chromium: Any
) -> None:
    page = chromium.new_page()
    page.goto(plain + "search/index.html")
    heard = page.evaluate(
        """async () => {
            const heard = [];
            addEventListener("message", ({ data }) => heard.push(data));
            const frame = Object.assign(document.createElement("iframe"), { name: "archive-text" });
            frame.src = "../2016/03/02/council-saves-two-of-three-harbour-cranes/index.html";
            const loaded = new Promise((resolve) => { frame.onload = resolve; });
            document.body.append(frame);
            await loaded;
            await new Promise((resolve) => setTimeout(resolve, 300));
            return [heard, Boolean(frame.contentDocument.querySelector(".article-body"))];
        }"""
    )
    assert heard == [[], True]
    page.close()


def test_numbers_are_written_in_the_language_of_the_page(
    archive: ArchiveFolder, chromium: Any
) -> None:
    archive.settings("title: Archiv\nlanguage: de\n")
    for number in range(1_001):
        archive.article(f"{number}.md", "Ein Hafen.", tags="[Hafen]")
    archive.build()
    page = chromium.new_page(locale="en-GB")
    page.goto((archive.path / "public/search/index.html").as_uri())
    page.type(BOX, "hafen")
    page.locator("#search-status", has_text="1.001").wait_for()
    page.locator("#search-facets small", has_text="1.001").first.wait_for()
    page.close()


@pytest.mark.parametrize("language", ["fa", "th", "ar-EG", "de"])
def test_a_hit_has_the_day_and_the_year_that_other_pages_have(
    archive: ArchiveFolder, chromium: Any, language: str
) -> None:
    archive.settings(f"title: T\nlanguage: {language}\n")
    archive.article("a.md", "Harbour.", date="2015-10-07")
    archive.build()
    page = chromium.new_page()
    page.goto((archive.path / "public/2015/10/07/a/index.html").as_uri())
    shown = page.inner_text("article time")
    page.goto((archive.path / "public/search/index.html").as_uri())
    page.type(BOX, "harbour")
    found = page.locator(".hit time").inner_text()
    assert re.findall(r"\d+", found) == re.findall(r"\d+", shown) == ["7", "2015"]
    page.close()


@pytest.mark.parametrize("tag", ["zh-min-nan", "en_x"])  # Intl takes no extension of one, no other
def test_a_language_that_the_browser_does_not_know_is_one_all_the_same(
    page: Any, archive: ArchiveFolder, tag: str
) -> None:
    opened = archive.path / "public/search/index.html"
    html = opened.read_text("utf-8")
    assert '<html lang="en"' in html
    opened.write_text(html.replace('<html lang="en"', f'<html lang="{tag}"'), "utf-8")
    page.reload()
    ask(page, "harbour")
    page.locator("#search-status", has_text="30").wait_for()
    page.locator("#search-facets small", has_text="10").first.wait_for()
    assert "2012" in page.locator(".hit-meta time").first.inner_text()


def test_two_letters_begin_a_word_where_few_words_do(page: Any) -> None:
    page.type(BOX, "quiet ha")
    page.locator("#search-status", has_text="30").wait_for()
    page.evaluate("archiveSearch.limits.completed = 0")
    page.fill(BOX, "quiet h")
    page.locator("#search-status", has_text="No article has h").wait_for()
    page.type(BOX, "ar")
    page.locator("#search-status", has_text="30").wait_for()


def test_hits_that_are_shown_before_they_are_counted_stay(page: Any) -> None:
    page.evaluate("""() => {
        window.rows = 0;
        const count = (all) => { for (const { addedNodes } of all) rows += addedNodes.length; };
        const list = document.getElementById("search-results");
        new MutationObserver(count).observe(list, { childList: true });
    }""")
    ask(page, "harbour")
    page.locator("#search-status", has_text="30").wait_for()
    page.wait_for_selector("#search-facets a")
    assert page.locator(".hit").count() == page.evaluate("rows") == 20
    assert page.locator("#search-more").count() == 1


def test_where_the_best_hits_are_lost_all_are_found(archive: ArchiveFolder, page: Any) -> None:
    (archive.path / "public/search/best/en-w-harbour.js").unlink()
    ask(page, "harbour")
    page.locator("#search-status", has_text="30").wait_for()
    assert page.locator(".hit").count() == 20
    assert all("ERR_FILE_NOT_FOUND" in fault for fault in page.faults)  # the browser's own
    page.faults.clear()


def test_where_the_best_hits_are_lost_nothing_else_is_loaded_anew(
    archive: ArchiveFolder, page: Any
) -> None:
    (archive.path / "public/search/best/en-w-harbour.js").unlink()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/search/")[2]))
    ask(page, "harbour")
    page.wait_for_selector("#search-facets a")
    files = [name.partition("?")[0] for name in asked]
    assert files.count("best/en-w-harbour.js") == 2  # once more, past any cache
    others = [name for name in files if not name.startswith(("best/", "file:"))]
    assert sorted(others) == sorted(set(others))
    page.faults.clear()


def test_a_page_that_stays_open_knows_the_articles_of_later_builds(
    archive: ArchiveFolder, page: Any
) -> None:
    ask(page, "hurricane")
    page.locator("#search-status", has_text="1").wait_for()
    for number in range(30, 50):
        archive.article(f"q{number}.md", "Quiet harbour.", date="2010-01-02")
    archive.build()
    page.evaluate("dispatchEvent(new Event('focus'))")
    ask(page, "quiet harbour")
    page.locator("#search-status", has_text="50").wait_for()
    assert page.locator(".hit").count() == 20
    page.wait_for_selector("#search-facets a")
    for number in range(10):
        (archive.path / f"content/q{number}.md").unlink()
    archive.build()
    page.evaluate("dispatchEvent(new Event('focus'))")
    page.click("#search-more")
    page.locator("#search-status", has_text="40").wait_for()
    assert page.locator(".hit").count() == 40
    assert page.locator("#search-more").count() == 0


def test_a_page_of_another_version_than_the_index_is_to_be_loaded_anew(
    archive: ArchiveFolder, page: Any
) -> None:
    ask(page, "hurricane")
    page.wait_for_selector(".hit")
    manifest = archive.path / "public/search/manifest.js"
    manifest.write_text(manifest.read_text("utf-8").replace(f'"format":{FORMAT}', '"format":0'))
    page.reload()
    page.locator("#search-status", has_text="load the page anew").wait_for()
    assert page.locator(".hit").count() == 0


def test_a_facet_narrows_and_a_hit_leads_to_its_article(page: Any) -> None:
    ask(page, "harbour")
    page.click("#search-facets a >> text=2011")
    page.locator("#search-status", has_text="10").wait_for()
    assert page.locator(".hit").count() == 10
    assert page.input_value(BOX) == "harbour date:2011"
    page.click(".hit a")
    page.wait_for_url("**/2011/01/02/*/index.html")


def test_a_facet_that_was_chosen_leads_back(page: Any) -> None:
    ask(page, "harbour OR mill")
    page.click("#search-facets a >> text=2011")
    chosen = page.locator("#search-facets a[aria-current]")
    chosen.wait_for()
    assert chosen.inner_text() == "2011"
    assert page.input_value(BOX) == "harbour OR mill date:2011"
    chosen.click()
    page.wait_for_function("() => !document.querySelector('#search-facets a[aria-current]')")
    assert page.input_value(BOX) == "harbour OR mill"
    ask(page, "harbour OR mill date:2011 date:2010..2012")
    chosen.click()
    page.wait_for_function("() => !document.querySelector('#search-facets a[aria-current]')")
    assert page.input_value(BOX) == "harbour OR mill date:2010..2012"


@pytest.mark.parametrize(
    "query",
    ['"quiet harbour', "harbour OR", "harbour NOT", "hurricane OR date:2010..2011", "-(nothing"],
)
def test_a_year_narrows_a_query_whatever_was_left_open_in_it(page: Any, query: str) -> None:
    for year in ("#search-facets a >> text=2011", "#search-years a[aria-label^='2011']"):
        ask(page, query)
        page.locator(year).wait_for()
        page.locator(year).dispatch_event("click")
        page.locator("#search-status", has_text="Articles found: 10").wait_for()
        assert page.input_value(BOX).endswith(" date:2011")


def test_words_that_no_article_has_are_searched_as_others_which_are_offered(page: Any) -> None:
    ask(page, "QUIETER -hurricaned (Harbours)")
    page.locator("#search-status a", has_text="quiet -hurricane (harbour)").click()
    page.wait_for_url("**?q=quiet+-hurricane+%28harbour%29")
    page.locator("#search-status a").wait_for(state="detached")
    page.locator("#search-status", has_text="30").wait_for()


def test_another_word_is_offered_without_changing_what_a_field_has(page: Any) -> None:
    ask(page, "harbours -tag:harbours")
    page.locator("#search-status a", has_text="harbour -tag:harbours").wait_for()


def test_back_leads_to_what_was_narrowed(page: Any) -> None:
    ask(page, "harbour")
    page.click("#search-facets a >> text=2011")
    page.locator("#search-status", has_text="10").wait_for()
    page.go_back()
    page.locator("#search-status", has_text="30").wait_for()
    assert page.input_value(BOX) == "harbour"
    page.go_forward()
    page.locator("#search-status", has_text="10").wait_for()
    assert page.input_value(BOX) == "harbour date:2011"


def test_back_from_an_article_leads_to_where_one_was(page: Any) -> None:
    ask(page, "harbour")
    page.click("#search-more")
    hit = page.locator(".hit a").nth(27)
    hit.scroll_into_view_if_needed()
    down, address = page.evaluate("scrollY"), hit.evaluate("(link) => link.href")
    hit.click()
    page.wait_for_url("**/01/02/*/index.html")
    page.go_back()
    page.locator(".hit").nth(29).wait_for()
    page.wait_for_function("(href) => document.activeElement.href === href", arg=address)
    assert page.evaluate("scrollY") == down
    page.fill(BOX, "quiet")  # another query begins at its beginning
    page.locator(".hit").nth(20).wait_for(state="detached")
    assert page.locator(".hit").count() == 20


def wait_until_asked(page: Any, query: str) -> None:
    """The box holds it, and the page has answered."""
    page.wait_for_function(
        "([box, query]) => document.querySelector(box).value === query", arg=[BOX, query]
    )
    page.locator("#search-status", has_text="Articles found").wait_for()


def test_back_leads_from_a_query_to_the_one_before(page: Any) -> None:
    page.goto(page.url + "?q=hurricane")
    before = page.evaluate("history.length")
    ask(page, "quiet")
    page.wait_for_url("**?q=quiet")
    page.type(BOX, " harbour", delay=150)
    page.press(BOX, "Tab")
    page.wait_for_url("**?q=quiet+harbour")
    assert page.evaluate("history.length") == before + 2
    for query in ("quiet", "hurricane"):
        page.go_back()
        page.wait_for_url(f"**?q={query}")
        wait_until_asked(page, query)
    page.go_forward()
    page.wait_for_url("**?q=quiet")
    wait_until_asked(page, "quiet")


def test_letters_and_an_empty_box_are_no_queries_to_come_back_to(page: Any) -> None:
    before = page.evaluate("history.length")
    page.type(BOX, "quiet", delay=150)
    page.wait_for_url("**?q=quiet")
    page.fill(BOX, "")
    page.wait_for_url("**/index.html")
    page.type(BOX, "hurricane", delay=150)
    page.wait_for_url("**?q=hurricane")
    assert page.evaluate("history.length") == before


def test_who_leaves_the_box_at_once_comes_back_to_what_he_typed(page: Any) -> None:
    page.fill(BOX, "quiet")
    page.press(BOX, "Tab")  # before it is asked for
    page.wait_for_url("**?q=quiet")
    ask(page, "hurricane")
    page.wait_for_url("**?q=hurricane")
    page.go_back()
    page.wait_for_url("**?q=quiet")
    wait_until_asked(page, "quiet")


def test_where_facets_come_after_the_results_a_link_leads_there(page: Any) -> None:
    link = page.locator(".to-facets a")
    page.set_viewport_size({"width": 375, "height": 700})
    assert not link.is_visible()  # nothing to narrow yet
    ask(page, "harbour")
    page.locator("#search-facets li").first.wait_for()  # before, the page is not long enough
    link.click()
    page.wait_for_function(
        "() => document.querySelector('#search-facets').getBoundingClientRect().top < 99"
    )
    page.set_viewport_size({"width": 1280, "height": 700})
    assert not link.is_visible()


def test_the_hits_of_one_year_are_narrowed_by_days(page: Any) -> None:
    ask(page, "harbour date:2011")
    page.fill(".date-range [name=from]", "2011-01-03")
    page.click(".date-range button")
    page.locator("#search-status", has_text="0").wait_for()
    ask(page, "hurricane")
    page.locator(".date-range").wait_for(state="detached")


def test_in_a_large_archive_tags_are_counted_when_asked_for(page: Any) -> None:
    page.evaluate("archiveSearch.limits.counted = 10")
    ask(page, "hurricane")
    page.wait_for_selector("#search-facets summary")
    assert page.locator("#search-facets a").count() == 0
    assert page.locator("#search-facets summary").all_inner_texts() == ["Tags"]  # none has a source
    page.click("#search-facets section:last-child summary")
    page.click("#search-facets details a")
    assert "tag:" in page.input_value(BOX)
    page.locator("#search-status", has_text="1").wait_for()
    assert page.locator(".hit").count() == 1


_LATE = """() => {  // from now on manifests come when they are released
    const append = document.head.append.bind(document.head);
    const released = new Promise((resolve) => { window.release = resolve; });
    document.head.append = (script) => {
        if (script.src.includes("manifest")) released.then(() => append(script));
        else append(script);
    };
    dispatchEvent(new Event("focus"));
}"""
_FOCUSED = "document.activeElement.href"


def test_who_is_at_a_hit_stays_there_until_he_goes(archive: ArchiveFolder, page: Any) -> None:
    ask(page, "quiet")
    page.wait_for_selector("#search-facets a")
    archive.article("new.md", "Quiet harbour.", date="2019-01-02")
    archive.build()
    page.evaluate(_LATE)
    page.evaluate("document.getElementById('search-facets').replaceChildren()")
    ask(page, "quiet")
    page.wait_for_selector("#search-facets a")
    page.locator(".hit a").nth(4).focus()
    address = page.evaluate(_FOCUSED)
    page.evaluate("release()")
    page.evaluate("archiveSearch.isLatest('')")
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(_FOCUSED) == address
    assert "30" in page.inner_text("#search-status")
    page.focus(BOX)
    page.locator("#search-status", has_text="31").wait_for()


def test_who_is_at_a_first_hit_stays_there_where_another_build_counts(
    archive: ArchiveFolder, page: Any
) -> None:
    ask(page, "hurricane")
    page.wait_for_selector("#search-facets a")
    manifest = archive.path / "public/search/manifest.js"
    manifest.write_text(manifest.read_text("utf-8").replace('"build":"', '"build":"0'), "utf-8")
    page.evaluate(_LATE)
    page.evaluate("""() => {  // so do lists, without which the first hits are known
        const append = document.head.append.bind(document.head);
        const counted = new Promise((resolve) => { window.count = resolve; });
        document.head.append = (script) => {
            if (/common/.test(script.src)) counted.then(() => append(script));
            else append(script);
        };
    }""")
    ask(page, "harbour")
    page.locator(".hit a").nth(4).focus()
    address = page.evaluate(_FOCUSED)
    page.evaluate("document.activeElement.id = 'before'")
    page.evaluate("release()")
    page.evaluate("archiveSearch.isLatest('')")
    page.evaluate("count()")
    page.locator("#search-status", has_text="30").wait_for()
    assert page.locator("#before").count() == 0
    assert page.evaluate(_FOCUSED) == address


_LOST = "can't be loaded"


def test_who_asks_for_more_of_what_is_lost_may_ask_again(archive: ArchiveFolder, page: Any) -> None:
    ask(page, "harbour")
    page.wait_for_selector("#search-facets a")
    files, away = archive.path / "public/search/documents", archive.path / "away"
    files.rename(away)
    page.click("#search-more")
    page.locator("#search-status", has_text=_LOST).wait_for()
    assert page.locator(".hit").count() == 20
    away.rename(files)
    page.click("#search-more")
    page.locator(".hit").nth(29).wait_for()
    assert _LOST not in page.inner_text("#search-status")
    page.faults.clear()


def test_who_asks_for_more_of_another_version_is_told(archive: ArchiveFolder, page: Any) -> None:
    ask(page, "harbour")
    page.wait_for_selector("#search-facets a")
    manifest = archive.path / "public/search/manifest.js"
    old, new = f'"format":{FORMAT}', f'"format":{FORMAT + 1}'
    manifest.write_text(
        manifest.read_text("utf-8").replace(old, new).replace('"build":"', '"build":"0')
    )
    page.evaluate("dispatchEvent(new Event('focus'))")
    page.click("#search-more")
    page.locator("#search-status", has_text="load the page anew").wait_for()
    assert page.locator("#search-more[aria-disabled=true]").count() == 0


def test_tags_that_are_lost_are_counted_when_asked_for_again(
    archive: ArchiveFolder, page: Any
) -> None:
    page.evaluate("archiveSearch.limits.counted = 10")
    ask(page, "hurricane")
    summary = page.locator("#search-facets section:last-child summary")
    summary.wait_for()
    files, away = archive.path / "public/search/tag", archive.path / "away"
    files.rename(away)
    summary.click()
    page.locator("#search-status", has_text=_LOST).wait_for()
    away.rename(files)
    summary.click()
    page.wait_for_selector("#search-facets details a")
    page.faults.clear()


def test_hits_stay_where_tags_are_lost(archive: ArchiveFolder, page: Any) -> None:
    (archive.path / "public/search/tag").rename(archive.path / "away")
    ask(page, "harbour")
    page.locator("#search-status", has_text=_LOST).wait_for()
    assert "30" in page.inner_text("#search-status")
    assert page.locator(".hit").count() == 20
    page.click("#search-more")
    page.locator(".hit").nth(29).wait_for()
    page.faults.clear()


def test_harmful_text_stays_text(page: Any) -> None:
    ask(page, "hurricane")
    page.wait_for_selector(".hit")
    assert HARM in page.inner_text(".hit-title")
    assert page.locator("#search-app img").count() == 0
    page.click("#search-facets a >> text=a ")
    page.wait_for_selector(".hit")
    assert page.locator(".hit").count() == 1


def test_a_mistake_is_explained(page: Any) -> None:
    ask(page, "date:2015-13")
    page.locator("#search-status", has_text="2015").wait_for()
    assert "is not a date" in page.inner_text("#search-status")
    ask(page, "harbours")
    page.wait_for_selector(".hit")


def test_a_mistake_is_explained_in_the_language_of_the_site(
    archive: ArchiveFolder, chromium: Any
) -> None:
    archive.settings("title: Archiv\nlanguage: de\n")
    archive.article("a.md", "Ein Hafen.")
    archive.build()
    said = "„$&2015-13“ ist kein Datum; schreiben Sie 2015, 2015-10 oder 2015-10-07."
    page = chromium.new_page()
    page.goto((archive.path / "public/search/index.html").as_uri())
    ask(page, "date:$&2015-13")
    page.locator("#search-status", has_text=said).wait_for()
    with _served(archive) as address:
        page.goto(f"{address}search/?q=hafen")
        ask(page, "date:$&2015-13")
        page.locator("#search-status", has_text=said).wait_for()
    page.close()
    without_script = chromium.new_page(java_script_enabled=False)
    with _served(archive) as address:
        without_script.goto(f"{address}search/?q=date:$%262015-13")
        assert without_script.inner_text("#search-status") == said
        without_script.goto(f"{address}search/?q=hafen&page=9000")
        told = "Seiten zählen ab 1 und enden nach 100000 Treffern."
        assert without_script.inner_text("#search-status") == told
        without_script.goto(f"{address}search/?q=hafen&page=0")
        assert without_script.inner_text("#search-status") == "„page“ ist eine Zahl ab 1."
    without_script.close()


def test_the_address_asks(page: Any) -> None:
    page.goto(page.url.partition("?")[0] + "?q=hurricane&sort=oldest")
    page.wait_for_selector(".hit")
    assert page.input_value(BOX) == "hurricane"


@pytest.mark.parametrize("where", ["file", "served"])
def test_the_order_is_chosen_in_place(page: Any, served_page: str, where: str) -> None:
    if where == "served":
        page.goto(served_page + "?q=harbour")  # the server's own answer
    else:
        ask(page, "harbour")
    page.locator("#search-order [aria-current]", has_text="Best match").wait_for()
    page.evaluate("window.isSame = true")
    for name, year in (("Newest first", "2012"), ("Oldest first", "2010")):
        page.click(f"#search-order a >> text={name}")
        page.locator("#search-order [aria-current]", has_text=name).wait_for()
        assert year in page.locator(".hit-meta").first.inner_text()
        assert page.evaluate("document.activeElement.id") == "search-status"
    page.click("#search-years a >> nth=1")
    page.locator("#search-status", has_text="10").wait_for()
    assert page.url.endswith("?q=harbour+date%3A2011&sort=oldest")
    page.go_back()
    page.locator("#search-status", has_text="30").wait_for()
    assert "2010" in page.locator(".hit-meta").first.inner_text()
    page.go_back()
    page.locator("#search-order [aria-current]", has_text="Newest first").wait_for()
    assert page.evaluate("window.isSame"), "loaded anew"


@pytest.mark.parametrize("meant", ["港口", "항구"])
def test_letters_that_become_others_are_not_searched_for(
    page: Any, archive: ArchiveFolder, meant: str
) -> None:
    archive.article("han.md", "港口很安静。 항구 는", language="zh")
    archive.build()
    page.reload()
    page.focus(BOX)
    keys = page.context.new_cdp_session(page)

    def compose(text: str) -> None:
        ends = {"selectionStart": len(text), "selectionEnd": len(text)}
        keys.send("Input.imeSetComposition", {"text": text, **ends})

    compose("harb")
    page.wait_for_timeout(400)
    assert page.input_value(BOX) == "harb"
    assert page.locator(".hit").count() == 0
    compose(meant)
    if meant == "港口":  # Korean letters are those meant all along
        page.wait_for_timeout(400)
        assert page.locator(".hit").count() == 0
        keys.send("Input.insertText", {"text": meant})
    page.locator("#search-status", has_text="Articles found: 1").wait_for()


def test_years_to_narrow_by_are_in_their_order(page: Any, archive: ArchiveFolder) -> None:
    archive.article("more.md", "Quiet harbour.", date="2011-03-04")
    archive.build()
    page.reload()
    ask(page, "harbour")
    years = page.locator("#search-facets section").first.locator("li")
    years.first.wait_for()
    assert [text.split() for text in years.all_inner_texts()] == [
        *(["2012", "10"], ["2011", "11"], ["2010", "10"])
    ]


@pytest.fixture
def many_years(archive: ArchiveFolder) -> list[str]:
    """The archive has articles of many years, most of 2015, and tags that are numbers; what is to
    stand beside an answer."""
    years, tags = Counter([*range(1960, 2024), 2015, 2015]), Counter[str]()
    for number, year in enumerate(years.elements()):
        tag = str(year % 15)
        tags.update(["harbour", tag])
        archive.article(f"{number}.md", "Quiet flood.", date=str(year), tags=f"[harbour, '{tag}']")
    archive.build()
    commonest = sorted(tags, key=lambda tag: (-tags[tag], tag))[:12]
    assert commonest[:2] == ["harbour", "5"]
    return [
        *(f"{year} {years[year]}" for year in sorted(years, reverse=True)),
        *(f"{tag} {tags[tag]}" for tag in commonest),
    ]


@pytest.mark.parametrize("who", ["page", "script of a served page", "server"])
def test_all_years_and_the_commonest_tags_narrow(
    archive: ArchiveFolder, many_years: list[str], chromium: Any, who: str
) -> None:
    page = chromium.new_page(java_script_enabled=who != "server")
    with _served(archive) as address:
        if who == "server":
            page.goto(f"{address}search/?q=flood")
        else:
            folder = (archive.path / "public").as_uri() + "/"
            page.goto(f"{folder if who == 'page' else address}search/index.html")
            ask(page, "flood")
        page.wait_for_selector("#search-facets a")
        shown = page.locator("#search-facets li").all_inner_texts()
    assert [" ".join(text.split()) for text in shown] == many_years
    page.close()


@pytest.mark.usefixtures("many_years")
def test_keys_reach_every_year(archive: ArchiveFolder, chromium: Any) -> None:
    page = chromium.new_page()
    page.goto((archive.path / "public/search/index.html").as_uri())
    ask(page, "flood")
    page.wait_for_selector("#search-facets a")
    page.locator(".date-range button").focus()
    for _ in range(64):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "1960"
    page.keyboard.press("Enter")
    page.locator("#search-status", has_text="Articles found: 1").wait_for()
    assert page.input_value(BOX) == "flood date:1960"
    page.close()


def test_two_days_narrow_in_either_order(page: Any) -> None:
    ask(page, "harbour")
    page.fill(".date-range [name=from]", "2012-01-01")
    page.fill(".date-range [name=to]", "2011-01-01")
    page.click(".date-range button")
    page.locator("#search-status", has_text="10").wait_for()
    assert page.input_value(BOX) == "harbour date:2011-01-01..2012-01-01"


def test_a_query_has_a_direction_of_its_own(archive: ArchiveFolder, chromium: Any) -> None:
    archive.settings("title: T\nlanguage: ar\n")
    archive.article("a.md")
    archive.build()
    page = chromium.new_page()
    page.goto((archive.path / "public/search/index.html").as_uri())
    assert page.eval_on_selector(BOX, "(box) => getComputedStyle(box).unicodeBidi") == "plaintext"
    assert set(page.eval_on_selector_all("code", "(all) => all.map((one) => one.dir)")) == {"ltr"}
    page.close()


def test_the_bars_tell_their_first_and_last_year(page: Any) -> None:
    ask(page, "harbour")
    page.wait_for_selector("#search-years svg")
    assert page.inner_text(".chart-ends").split() == ["2010", "2012"]
    ends, bars = (page.locator(css).bounding_box() for css in (".chart-ends", "#search-years svg"))
    assert (ends["x"], ends["width"]) == (bars["x"], bars["width"])
    assert (
        page.eval_on_selector_all("#search-years a", "(all) => all.map((a) => a.tabIndex)")
        == [-1] * 3
    )  # no key stops on the way to the hits


@pytest.mark.parametrize("width", [1280, 390])
def test_what_is_found_pushes_nothing_aside(archive: ArchiveFolder, page: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.add_init_script(
        """window.moved = 0;
        new PerformanceObserver((list) => {
            for (const { value } of list.getEntries()) moved += value;
        }).observe({ type: "layout-shift", buffered: true });"""
    )
    address = (archive.path / "public/search/index.html").as_uri()
    page.goto(address + "?q=harbour")
    page.locator(".facets li").first.wait_for(state="attached")
    page.locator(".hit mark").first.wait_for()
    page.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)))")
    assert page.locator("#search-years svg").is_visible()
    assert page.evaluate("moved") < 0.05
    page.goto(address + "?q=zzzzzzzzz")  # then how to ask stands below it at once
    page.wait_for_function("() => !document.documentElement.classList.contains('asked')")
    assert page.locator(".search-help dl").bounding_box()["y"] < 800


def test_how_to_ask_stands_there_until_somebody_asks(page: Any) -> None:
    assert page.locator(".search-help dl").is_visible()


@pytest.fixture
def served_page(archive: ArchiveFolder, page: Any) -> Iterator[str]:
    """The address of the same archive on the local server."""
    with _served(archive) as address:
        yield f"{address}search/"


@contextlib.contextmanager
def _served(archive: ArchiveFolder) -> Iterator[str]:
    server = SiteServer(archive.path, load_config(archive.path), "127.0.0.1", 0)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.url
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_the_servers_answer_is_narrowed_by_days(page: Any, served_page: str) -> None:
    page.goto(served_page + "?q=harbour")
    page.fill(".date-range [name=from]", "2011-01-01")
    page.click(".date-range button")
    page.locator("#search-status", has_text="20").wait_for()
    assert "date:2011-01-01.." in page.input_value(BOX)
    page.goto(served_page + "?q=hurricane")
    assert page.locator(".date-range").count() == 0


def test_a_last_word_that_is_a_beginning_is_one_in_the_servers_answer_too(
    page: Any, served_page: str
) -> None:
    page.goto(served_page + "?q=quiet+harbo")
    page.locator("#search-meant").wait_for(state="detached")
    page.locator("#search-status", has_text="Articles found: 30").wait_for()
    assert page.locator(".search-said").count() == 0


def test_the_servers_answer_goes_on_while_one_types(page: Any, served_page: str) -> None:
    page.goto(served_page + "?q=harbour&sort=oldest")
    assert "2010" in page.locator(".hit-meta").first.inner_text()
    assert page.inner_text(".search-order [aria-current]") == "Oldest first"
    assert page.locator("#search-pager a").get_attribute("href") == "?q=harbour&sort=oldest&page=2"
    page.fill("form.search input", "hurri")
    page.locator("#search-status", has_text="Articles found: 1").wait_for()
    assert page.locator(".hit-title mark, .hit-snippet mark").all_inner_texts() == ["hurricane"]
    assert page.locator("#search-pager, #search-order, #search-meant").count() == 0
    assert page.url.endswith("?q=hurri&sort=oldest")
    page.fill("form.search input", "harbo")
    page.locator("#search-status", has_text="30").wait_for()
    assert page.locator("#search-order").count() == 1
    page.click("#search-more")
    page.locator(".hit").nth(29).wait_for()
    page.goto(served_page + "?q=hurricanes+quietly+harbour+zebra")
    said = page.locator("#search-status")
    said.filter(has_text="No article has zebra. Searched instead:").wait_for()
    said.filter(has_text="No article has all of these words.").wait_for()
    page.fill("form.search input", "hurricane")
    page.locator("#search-status", has_text="Articles found: 1").wait_for()
    assert page.locator("#search-meant, #search-least, .search-said").count() == 0


@pytest.mark.parametrize("where", ["file", "served"])
def test_a_query_that_finds_nothing_leads_on(page: Any, served_page: str, where: str) -> None:
    if where == "served":
        page.goto(served_page)
    said = page.locator("#search-status")
    ask(page, "harbour zebra")
    said.filter(has_text="No article has zebra. Searched instead: harbour").wait_for()
    assert "Articles found: 30" in said.inner_text()
    assert page.locator(".hit").count() == 20
    ask(page, "quiet tag:zebra")
    said.filter(has_text="These queries find articles: quiet (30)").wait_for()
    assert said.inner_text().startswith("Nothing found.")
    assert page.locator(".hit").count() == 0
    said.locator("a", has_text="quiet").click()
    said.filter(has_text="Articles found: 30").wait_for()
    assert page.input_value(BOX) == "quiet"
    ask(page, "zebra")
    said.locator("a", has_text="All articles").click()
    said.filter(has_text="Articles found: 31").wait_for()
    ask(page, "harbour <img/src=x/onerror=alert(1)>{query}")
    said.filter(has_text="onerror").wait_for()
    assert page.locator("#search-app img").count() == 0


@pytest.mark.parametrize("where", ["file", "served"])
def test_a_slip_is_told_with_what_was_searched_instead(
    page: Any, served_page: str, where: str
) -> None:
    if where == "served":
        page.goto(served_page)
    said = page.locator("#search-status")
    ask(page, "hrabour")
    said.filter(
        has_text="Hardly any article has just these words. Searched instead: harbour"
    ).wait_for()
    assert said.inner_text().startswith("Articles found: 30")
    assert page.locator(".hit mark").first.inner_text().lower() == "harbour"
    ask(page, "harbour")
    said.filter(has_text="Articles found: 30").filter(has_not_text="instead").wait_for()


_FACETS_ARE_OLD = """() => {
    for (const facet of document.querySelectorAll(".facets li")) facet.classList.add("old");
}"""


@pytest.mark.parametrize("where", ["file", "served"])
def test_a_beginning_is_no_slip(
    archive: ArchiveFolder, page: Any, served_page: str, where: str
) -> None:
    archive.article("harp.md", "A harp.", date="2015-01-01")
    archive.build()
    page.goto(
        served_page if where == "served" else (archive.path / "public/search/index.html").as_uri()
    )
    for query in ("harb", "quiet harbou"):  # all but the end of what may also be its slip
        page.evaluate(_FACETS_ARE_OLD)
        ask(page, query)
        page.locator(".facets li:not(.old)").first.wait_for()  # what comes last
        assert page.inner_text("#search-status") == "Articles found: 30"
    ask(page, "hirp")
    page.locator("#search-status", has_text="Searched instead: harp").wait_for()


@pytest.mark.parametrize("where", ["file", "served"])
def test_a_known_word_at_the_end_is_no_beginning_and_no_slip(
    archive: ArchiveFolder, page: Any, served_page: str, where: str
) -> None:
    archive.article("one.md", "A harboura.", date="2015-01-01")
    archive.article("two.md", "A ferry, harbouralia and a harbour.", date="2015-01-01")
    archive.build()
    page.goto(
        served_page if where == "served" else (archive.path / "public/search/index.html").as_uri()
    )
    ask(page, "ferry harboura")
    said = page.locator("#search-status")
    said.filter(has_text="Did you mean ferry harbour?").wait_for()
    assert "No article has all of these words." in said.inner_text()
    assert page.locator(".hit").count() == 2


def test_a_word_that_few_have_is_offered_as_a_commoner_one(
    archive: ArchiveFolder, page: Any, served_page: str
) -> None:
    archive.article("slip.md", "A harbor wall.", date="2015-01-01")
    archive.build()
    for address in ((archive.path / "public/search/index.html").as_uri(), served_page):
        page.goto(address)
        ask(page, "harbor")
        page.locator("#search-status a", has_text="harbour").click()
        page.locator("#search-status", has_text="Articles found: 30").wait_for()
        assert page.input_value(BOX) == "harbour"


def test_a_query_that_finds_nothing_leads_on_without_a_script(
    chromium: Any, served_page: str
) -> None:
    page = chromium.new_page(java_script_enabled=False)
    page.goto(served_page + "?q=harbour+<i>zebra{query}</i>")
    assert "No article has" in page.inner_text("#search-meant")
    assert page.locator("#search-app i").count() == 0
    page.goto(served_page + "?q=quiet+tag:zebra&sort=oldest")
    page.click("#search-alternatives a")
    assert page.url.endswith("?q=quiet&sort=oldest")
    page.locator(".hit").nth(19).wait_for()
    page.goto(served_page + "?q=zebra")
    page.click("#search-alternatives a >> text=All articles")
    page.locator(".hit").nth(19).wait_for()
    page.close()


def test_more_from_the_server_is_of_one_build(
    archive: ArchiveFolder, page: Any, served_page: str
) -> None:
    page.goto(served_page)
    ask(page, "quiet harbour")
    page.wait_for_selector("#search-more")
    page.wait_for_selector("#search-facets a")
    for number in range(10):
        archive.article(f"new{number}.md", "Quiet harbour.", date="2019-01-02")
    archive.build()
    page.click("#search-more")
    page.locator("#search-status", has_text="40").wait_for()
    assert page.locator(".hit").count() == 40
    links = page.locator(".hit-title a").evaluate_all("(all) => all.map((link) => link.href)")
    assert len(set(links)) == 40
    assert "2019" in page.locator(".hit-meta").first.inner_text()


@pytest.mark.parametrize("own", ["extended", "whole"])
def test_a_search_page_of_the_archives_own(archive: ArchiveFolder, chromium: Any, own: str) -> None:
    """One that names search.js and the elements which the script fills, and no more."""
    text = '{% extends "theme/search.html" %}{% block search_help %}Mine{% endblock %}'
    if own == "whole":
        text = (
            '{% extends "base.html" %}{% block title %}Mine{% endblock %}{% block scripts %}'
            "<script src=\"{{ 'search.js'|asset }}\" defer></script>{% endblock %}"
            '{% block main %}<h1>Mine</h1>{{ part("_search_form.html", query=query) }}'
            '<div id="search-app" data-root="{{ root }}"><p id="search-status"></p>'
            '<ol id="search-results"></ol><div id="search-facets"></div></div>{% endblock %}'
        )
    archive.template("search.html", text)
    for number in range(3):
        archive.article(f"{number}.md", "Quiet harbour.", date=f"201{number}")
    archive.build()
    page = chromium.new_page()
    page.goto((archive.path / "public/search/index.html").as_uri())
    ask(page, "harbour")
    page.wait_for_selector(".hit mark")
    assert page.locator(".hit").count() == 3
    assert "Mine" in page.inner_text("main")
    page.close()
