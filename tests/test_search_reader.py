"""The search page as readers use it: history, keys, reading out, paper, a network that fails."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.held import Held

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.browser
BOX = "main form.search input[name=q]"
STATUS = "#search-status"
HEARD = "#search-app [role=status]"


@pytest.fixture(params=["file", "served"])
def page(request: Any, sample: Path, chromium: Any) -> Iterator[Any]:
    """The sample's search page, from a folder and from the local server."""
    folder = (sample / "public").as_uri() + "/"
    base = folder if request.param == "file" else request.getfixturevalue("served")
    made = chromium.new_page(base_url=base)
    made.goto("search/index.html")
    yield made
    made.close()


@pytest.fixture
def on_plain(plain: str, chromium: Any) -> Iterator[Any]:
    """The same from any web server."""
    made = chromium.new_page(base_url=plain)
    made.goto("search/index.html")
    yield made
    made.close()


def ask(page: Any, query: str) -> None:
    page.fill(BOX, query)
    page.press(BOX, "Enter")
    page.locator(STATUS, has_text="found").wait_for()


def focus(page: Any) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.name"))


def test_the_title_names_what_is_asked(page: Any) -> None:
    plain = page.title()
    ask(page, "flood")
    assert page.title() == f"flood – {plain}"
    page.reload()
    page.wait_for_function("() => document.title.startsWith('flood – ')")
    assert page.title() == f"flood – {plain}"
    ask(page, "bridge")
    assert page.title() == f"bridge – {plain}"
    page.go_back()
    page.wait_for_function("() => document.title.startsWith('flood – ')")
    page.fill(BOX, "")
    page.wait_for_function("() => !document.title.includes('flood')")
    assert page.title() == plain


def test_escape_leaves_the_box_and_what_was_asked_in_it(page: Any) -> None:
    ask(page, "flood")
    page.press(BOX, "Escape")
    assert page.input_value(BOX) == "flood"
    assert focus(page) != "q"
    page.keyboard.press("/")
    assert focus(page) == "q"


def test_an_order_that_is_none_is_the_best_first(page: Any) -> None:
    page.goto("search/index.html?q=flood&sort=nonsense&page=0")
    page.locator("#search-order [aria-current]", has_text="Best match").wait_for()
    assert page.locator(".hit").count() > 1
    assert page.locator(f"{STATUS}.failed").count() == 0


def test_of_two_queries_in_an_address_the_first_is_asked(page: Any) -> None:
    page.goto("search/index.html?q=flood&q=bridge")
    page.wait_for_selector(".hit mark")
    assert page.input_value(BOX) == "flood"
    assert page.locator(".hit mark").first.inner_text().lower() == "flood"


def test_back_leads_to_all_rows_that_were_there(page: Any) -> None:
    ask(page, "*")
    page.click("#search-more")
    page.locator(".hit").nth(30).wait_for()
    every = page.locator(".hit").count()
    page.locator("#search-facets .facet-date a").first.dispatch_event("click")
    page.locator(".hit").nth(30).wait_for(state="detached")
    page.go_back()
    page.locator(".hit").nth(every - 1).wait_for()
    page.locator(".hit a").nth(30).click()
    page.wait_for_selector("article")
    page.go_back()
    page.locator(".hit").nth(every - 1).wait_for()
    page.wait_for_function("() => scrollY > 500")


def test_who_narrows_goes_on_at_the_number_of_hits(page: Any) -> None:
    ask(page, "the")
    page.locator("#search-facets .facet-tag a").first.click()
    page.wait_for_url("**tag%3A**")
    assert focus(page) == "search-status"  # a box would open the keys of a phone
    page.locator("#search-facets .facet-tag [aria-current]").wait_for()  # the dates are new then
    page.fill(".date-range [name=from]", "2010-01-01")
    page.press(".date-range [name=from]", "Enter")
    page.wait_for_url("**date%3A**")
    assert focus(page) == "search-status"


def test_a_phone_puts_its_keys_away_when_asked(sample: Path, chromium: Any) -> None:
    phone = chromium.new_page(is_mobile=True, has_touch=True)
    phone.goto((sample / "public/search/index.html").as_uri())
    ask(phone, "flood")
    assert focus(phone) != "q"
    phone.close()


def test_the_number_of_hits_is_read_out_once(page: Any) -> None:
    page.evaluate(
        """([heard, status]) => {
        window.said = [];
        window.answered = 0;
        const note = ([{ target }]) => { if (target.textContent) said.push(target.textContent); };
        const observe = (path, told) =>
            new MutationObserver(told).observe(document.querySelector(path), { childList: true });
        observe(heard, note);
        observe(status, () => { answered += 1; });
    }""",
        [HEARD, STATUS],
    )
    page.clock.install()
    page.clock.pause_at(page.evaluate("Date.now()") + 1_000)
    for number, typed in enumerate(("har", "harb", "harbo", "harbou", "harbour"), 1):
        page.fill(BOX, typed)
        page.clock.run_for(150)
        page.wait_for_function("(number) => answered === number", arg=number)
    assert page.evaluate("said") == []
    page.clock.run_for(1_000)
    assert page.evaluate("said") == [page.locator(STATUS).text_content()]
    assert "Articles found" in page.evaluate("said[0]")
    assert page.locator("[role=status], [aria-live]").count() == 1


def test_paper_names_what_was_asked_and_has_no_buttons(page: Any) -> None:
    ask(page, "the")
    page.wait_for_selector("#search-facets a")
    page.emulate_media(media="print")
    assert page.locator(BOX).is_visible()
    for part in (f"{BOX} + button", "#search-facets", "#search-order a:not([aria-current])"):
        assert not page.locator(part).first.is_visible(), part
    ask(page, "*")
    assert not page.locator("#search-more").is_visible()


def test_bars_are_seen_in_forced_colours(page: Any) -> None:
    page.emulate_media(forced_colors="active", color_scheme="dark")
    ask(page, "flood")
    bars = page.locator("#search-years rect:not(.bar-room)")
    bars.first.wait_for()
    link = page.locator(".site-nav a").first.evaluate("(link) => getComputedStyle(link).color")
    assert bars.first.evaluate("(bar) => getComputedStyle(bar).fill") == link
    room = page.locator("#search-years .bar-room").first
    assert room.evaluate("(room) => getComputedStyle(room).fill") == "none"


_WIDE = " ".join(f"*{letter}*" for letter in "abcdefghijk")


@pytest.mark.parametrize(
    ("query", "told"),
    [
        (_WIDE, "At most 10 words may have * or ?"),
        (f"flood NOT ({_WIDE})", "At most 10 words may have * or ?"),
        (" OR ".join(f"word{number}~" for number in range(21)), "At most 20 words may end in ~."),
    ],
)
def test_what_looks_through_all_words_is_bounded(page: Any, query: str, told: str) -> None:
    page.fill(BOX, query)
    page.press(BOX, "Enter")
    page.locator(STATUS, has_text=told).wait_for()
    assert page.locator(f"{STATUS} button").count() == 0


@pytest.mark.parametrize("query", [_WIDE[:-4], "river " + " ".join(["flo*"] * 40)])
def test_what_looks_through_less_is_answered(page: Any, query: str) -> None:
    ask(page, query)
    assert page.locator(".hit").count() > 1


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("*ood", "This would look through too much of the index: type more letters."),
        ("flood~", "This would look through too much of the index: type more letters."),
        ("bridge flood~2", "Too many words are spelt almost like this: search for flood~."),
    ],
)
def test_who_asks_for_too_many_words_is_told_what_asks_for_fewer(
    on_plain: Any, query: str, told: str
) -> None:
    on_plain.evaluate("archiveSearch.limits.scattered = 0")
    on_plain.fill(BOX, query)
    on_plain.press(BOX, "Enter")
    on_plain.locator(STATUS, has_text=told).wait_for()
    ask(on_plain, "flo*")


def test_who_is_told_that_something_is_lost_asks_again(on_plain: Any) -> None:
    on_plain.route("**/search/terms/**", lambda route: route.abort())
    on_plain.fill(BOX, "flood")
    again = on_plain.locator(f"{STATUS} button", has_text="Try again")
    again.wait_for()
    on_plain.unroute("**/search/terms/**")
    again.click()
    on_plain.wait_for_selector(".hit")
    assert again.count() == 0
    assert focus(on_plain) == "search-status"


def test_what_takes_long_says_so_and_keeps_the_focus(on_plain: Any) -> None:
    ask(on_plain, "*")
    on_plain.wait_for_selector("#search-more")
    documents = Held(on_plain, "**/search/documents/**")
    on_plain.focus("#search-more")
    on_plain.keyboard.press("Enter")
    on_plain.locator("#search-more", has_text="Searching …").wait_for()
    on_plain.keyboard.press("Enter")
    assert focus(on_plain) == "search-more"
    documents.release()
    on_plain.locator(".hit").nth(30).wait_for()
    assert on_plain.evaluate("document.activeElement.matches('.hit:nth-child(21) a')")


def test_a_list_that_is_counted_says_so(on_plain: Any) -> None:
    on_plain.evaluate("archiveSearch.limits.counted = 0")
    tags = Held(on_plain, re.compile("/search/tag/"))
    ask(on_plain, "flood")
    on_plain.locator("#search-facets summary", has_text="Tags").click()
    on_plain.locator("#search-facets details[open] p", has_text="Searching …").wait_for()
    tags.release()
    on_plain.wait_for_selector(".facet-tag a")
    assert on_plain.locator("#search-facets details p").count() == 0


@pytest.mark.parametrize(
    ("query", "late", "told"),
    [
        ("floor", "/search/words/", "Did you mean flood?"),
        ("flood date:2013", "/search/tag/", "Articles found: 7"),
        ("*", "/search/tag/", "Articles found"),
    ],
)
def test_what_comes_after_the_hits_pushes_them_nowhere(
    on_plain: Any, query: str, late: str, told: str
) -> None:
    held = Held(on_plain, re.compile(late))
    on_plain.goto(f"search/index.html?q={query}", wait_until="commit")
    hit = on_plain.locator(".hit").first
    top = hit.bounding_box()["y"]
    held.wait()
    held.release()
    on_plain.locator(STATUS, has_text=told).wait_for()
    on_plain.locator("#search-facets li").first.wait_for()
    assert hit.bounding_box()["y"] == top


def test_a_place_narrows_the_answer(on_plain: Any) -> None:
    ask(on_plain, "flood")
    place = on_plain.locator(".facet-place li", has_text="Wendry")
    place.locator("a").wait_for()
    count = place.locator("small").inner_text()
    place.locator("a").click()
    on_plain.wait_for_selector(".facet-place [aria-current]")
    assert on_plain.input_value(BOX) == "flood place:Wendry"
    on_plain.locator(STATUS, has_text=f"Articles found: {count}").wait_for()


def test_days_that_are_not_sent_yet_outlast_an_answer(on_plain: Any) -> None:
    ask(on_plain, "*")
    documents = Held(on_plain, "**/search/documents/**")
    on_plain.click(".facet-source a >> text=El Noray")
    documents.wait()
    first = on_plain.locator(".date-range [name=from]")
    first.fill("2013-11-01")
    documents.release()
    on_plain.wait_for_selector(".facet-source [aria-current]")
    assert first.input_value() == "2013-11-01"
    assert focus(on_plain) == "from"
    on_plain.keyboard.press("Enter")
    on_plain.wait_for_function("() => location.search.includes('date')")
    assert on_plain.input_value(BOX) == '* source:"El Noray" date:2013-11-01..'
    on_plain.go_back()
    on_plain.go_back()
    on_plain.wait_for_selector(".facet-source a:not([aria-current]) >> text=El Noray")
    assert first.input_value() == ""


def test_the_orders_have_a_name_as_a_group(page: Any) -> None:
    ask(page, "flood")
    orders = page.get_by_role("group", name="Order of the results")
    assert orders.get_by_role("link").all_inner_texts() == [
        "Best match", "Newest first", "Oldest first",
    ]  # fmt: skip


def test_a_late_answer_is_none_to_a_later_query(on_plain: Any) -> None:
    terms = Held(on_plain, re.compile("/search/terms/"))
    on_plain.fill(BOX, "flood")
    terms.wait()
    on_plain.fill(BOX, "date:2016")
    on_plain.locator(STATUS, has_text="found").wait_for()
    shown = on_plain.inner_text("#search-results"), on_plain.title()
    with on_plain.expect_response(re.compile("/search/terms/")):
        terms.release()
    on_plain.wait_for_timeout(200)
    assert (on_plain.inner_text("#search-results"), on_plain.title()) == shown
