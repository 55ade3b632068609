"""The search page in a real browser, opened as a file, with articles that mean harm."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.archive_folder import ArchiveFolder

pytestmark = pytest.mark.browser
HARM = "<img src=x onerror=alert(1)>"


@pytest.fixture
def page(archive: ArchiveFolder, chromium: Any) -> Iterator[Any]:
    for number in range(30):
        archive.article(f"q{number}.md", "Quiet harbour.", date=f"20{number % 3 + 10}-01-02")
    archive.article(
        "x.md", f"Words `{HARM}` hurricane.", title=f"'Storm {HARM}'", tags=f"['a \"b\" {HARM}']"
    )
    archive.build()
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
    page.fill("form.search input[name=q]", query)
    page.press("form.search input[name=q]", "Enter")


def test_hits_come_while_typing_and_more_on_demand(page: Any) -> None:
    page.type("form.search input[name=q]", "harb")
    page.wait_for_selector(".hit mark")
    assert page.locator(".hit").count() == 20
    assert "30" in page.inner_text("#search-status")
    page.click("#search-more")
    page.locator(".hit").nth(29).wait_for()
    assert page.locator("#search-more").count() == 0
    assert page.url.endswith("?q=harb")


def test_a_facet_narrows_and_a_hit_leads_to_its_article(page: Any) -> None:
    ask(page, "harbour")
    page.click("#search-facets a >> text=2011")
    page.locator("#search-status", has_text="10").wait_for()
    assert page.locator(".hit").count() == 10
    assert page.input_value("form.search input[name=q]") == "harbour date:2011"
    page.click(".hit a")
    page.wait_for_url("**/2011/01/02/*/index.html")


def test_in_a_large_archive_tags_are_counted_when_asked_for(page: Any) -> None:
    page.evaluate("archiveSearch.limits.counted = 10")
    ask(page, "hurricane")
    page.wait_for_selector("#search-facets summary")
    assert page.locator("#search-facets a").count() == 0
    page.click("#search-facets section:last-child summary")
    page.click("#search-facets details a")
    assert "tag:" in page.input_value("form.search input[name=q]")
    page.locator("#search-status", has_text="1").wait_for()
    assert page.locator(".hit").count() == 1


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


def test_the_address_asks(page: Any) -> None:
    page.goto(page.url.partition("?")[0] + "?q=hurricane&sort=oldest")
    page.wait_for_selector(".hit")
    assert page.input_value("form.search input[name=q]") == "hurricane"
