"""What the search box of every page answers while somebody types, in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.axe import broken_rules
from tests.held import Held

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.archive_folder import ArchiveFolder

pytestmark = pytest.mark.browser

BOX = ".site-header form.search input[name=q]"
OPTION = ".suggestions [role=option]"
PAGES = {
    "home": "index.html",
    "article": "2013/11/07/forty-one-boats-wrecked-at-brannock-quay/index.html",
    "tag": "tags/flood/index.html",
}
SEARCH = "search/index.html"
HARM = "<img src=x onerror=alert(1)>"


class Reader:
    """Somebody at a page of the browser, with what it loaded and what it complained about."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.loaded: list[str] = []
        self.faults: list[str] = []
        page.on("request", lambda request: self.loaded.append(request.url))
        page.on("console", lambda message: self.faults.append(message.text))
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("dialog", lambda dialog: self.faults.append(dialog.message))

    def types(self, text: str) -> None:
        """Into the box of the header, until there is an answer."""
        self.page.focus(BOX)
        self.page.wait_for_selector(f"{BOX}[role=combobox]")
        self.page.keyboard.type(text)
        self.page.locator(f"{OPTION}:last-child", has_text=text).wait_for()

    def options(self) -> list[str]:
        """The texts of the list: title of each hit, and the way to all of them."""
        titles: list[str] = self.page.locator(".suggestion-title").all_inner_texts()
        return [*titles, self.page.locator(OPTION).last.inner_text()]

    def active(self) -> int | None:
        """The number of the option that the box names as the active one."""
        name = self.page.get_attribute(BOX, "aria-activedescendant")
        chosen = [
            each.get_attribute("id")
            for each in self.page.locator(f"{OPTION}[aria-selected=true]").all()
        ]
        assert chosen == ([name] if name else [])
        return int(name.rpartition("-")[2]) if name else None

    def is_open(self) -> bool:
        said = self.page.get_attribute(BOX, "aria-expanded") == "true"
        assert self.page.locator(".suggestions").is_visible() == said
        return said


def reader_of(chromium: Any, base: str, **options: Any) -> Reader:
    return Reader(chromium.new_context(base_url=base, **options).new_page())


@pytest.fixture(params=["file", "plain", "served"])
def reader(request: Any, sample: Path, chromium: Any) -> Iterator[Reader]:
    """The sample from a folder, from any web server, and from the local server."""
    where = request.param
    folder = (sample / "public").as_uri() + "/"
    made = reader_of(chromium, folder if where == "file" else request.getfixturevalue(where))
    made.page.goto(PAGES["article"])
    yield made
    assert made.faults == []
    made.page.context.close()


@pytest.fixture
def at_home(sample: Path, chromium: Any) -> Iterator[Reader]:
    made = reader_of(chromium, (sample / "public").as_uri() + "/")
    made.page.goto(PAGES["home"])
    yield made
    assert made.faults == []
    made.page.context.close()


def searching(urls: list[str]) -> list[str]:
    return [url for url in urls if "/search" in url or "suggestions" in url]


@pytest.mark.parametrize("kind", PAGES)
def test_nothing_is_loaded_before_the_box_is_used(reader: Reader, kind: str) -> None:
    reader.page.goto(PAGES[kind])
    reader.page.wait_for_load_state("networkidle")
    assert searching(reader.loaded) == []
    reader.page.keyboard.press("/")
    reader.page.wait_for_selector(f"{BOX}[role=combobox]")
    assert len(searching(reader.loaded)) >= 2
    assert not reader.is_open()


@pytest.mark.parametrize("query", ["flood", "floo", "the riv", "boats OR engine", "of"])
def test_the_list_is_the_beginning_of_what_the_search_page_lists(
    reader: Reader, query: str
) -> None:
    reader.types(query)
    shown = reader.options()
    assert "All results for " + query in shown[-1]
    reader.page.goto(SEARCH)
    reader.page.fill("main input[name=q]", query)  # at once: no earlier letter is answered
    reader.page.wait_for_selector(".hit-title")
    total = shown[-1].split()[-1]
    assert f"Articles found: {total} " in reader.page.inner_text("#search-status") + " "
    assert shown[:-1] == reader.page.locator(".hit-title").all_inner_texts()[:7]
    assert len(shown) > 1


def test_words_are_marked_and_facts_are_told(reader: Reader) -> None:
    reader.types("spare eng")
    first = reader.page.locator(OPTION).first
    assert first.locator("mark").all_inner_texts() == ["spare", "engine"]
    assert first.evaluate("option => option.textContent").endswith(
        "had not been tested in seven years March 12, 2015 The Halvane Courier "
    )


def test_the_keys_of_a_combobox(reader: Reader) -> None:
    page = reader.page
    reader.types("flood")
    count = page.locator(OPTION).count()
    assert count == 8
    assert reader.active() is None
    seen = []
    for key in (
        "ArrowDown",
        "ArrowDown",
        "ArrowUp",
        "ArrowUp",
        "ArrowUp",
        "ArrowDown",
        "ArrowDown",
    ):
        page.keyboard.press(key)
        seen.append(reader.active())
    assert seen == [0, 1, 0, None, count - 1, None, 0]
    for key in ("Home", "End", "ArrowLeft", "ArrowRight"):
        page.keyboard.press("ArrowDown")
        page.keyboard.press(key)
        assert reader.active() is None
    caret = f"document.querySelector('{BOX}').selectionStart"
    page.keyboard.press("Home")
    assert page.evaluate(caret) == 0
    page.keyboard.press("End")
    assert page.evaluate(caret) == len("flood")
    page.keyboard.press("Alt+ArrowUp")
    assert not reader.is_open()
    page.keyboard.press("ArrowDown")
    page.wait_for_selector(OPTION)
    assert reader.active() is None
    page.keyboard.press("Escape")
    assert not reader.is_open()
    assert page.input_value(BOX) == "flood"
    page.keyboard.press("Escape")
    assert page.input_value(BOX) == ""
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.tagName") == "BODY"


def test_enter_opens_the_active_article(reader: Reader) -> None:
    reader.types("spare engine")
    reader.page.keyboard.press("ArrowDown")
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_url("**/2015/03/12/inquiry-spare-engine*/index.html")
    reader.page.go_back()
    reader.page.wait_for_url(f"**/{PAGES['article']}")
    assert reader.page.locator(OPTION).filter(visible=True).count() == 0


@pytest.mark.parametrize("key", ["Enter", "ArrowUp Enter"])
def test_all_results_are_on_the_search_page(reader: Reader, key: str) -> None:
    reader.types("floo")
    for one in key.split():
        reader.page.keyboard.press(one)
    reader.page.wait_for_url("**/search/index.html?q=floo")
    assert reader.page.locator("main input[name=q]").input_value() == "floo"


def test_tab_and_a_click_outside_close_the_list(reader: Reader) -> None:
    reader.types("flood")
    reader.page.keyboard.press("Tab")
    assert not reader.is_open()
    assert reader.page.evaluate("document.activeElement.tagName") == "BUTTON"
    reader.page.keyboard.press("Shift+Tab")
    reader.page.keyboard.press("ArrowDown")
    reader.page.wait_for_selector(OPTION)
    reader.page.mouse.click(5, 300)
    assert not reader.is_open()


def test_the_mouse_opens_an_article(reader: Reader) -> None:
    reader.types("flood")
    title = reader.options()[1]
    reader.page.locator(OPTION).nth(1).click()
    reader.page.wait_for_selector("article h1")
    reader.page.locator("h1", has_text=title).wait_for()


def test_a_finger_opens_an_article(sample: Path, chromium: Any) -> None:
    base = (sample / "public").as_uri() + "/"
    reader = reader_of(
        chromium, base, has_touch=True, is_mobile=True, viewport={"width": 375, "height": 700}
    )
    page = reader.page
    page.goto(PAGES["article"])
    page.tap(BOX)
    reader.types("flood")
    box = page.locator(".suggestions").bounding_box()
    assert (box["x"], box["width"]) == (0, 375)
    assert page.evaluate("document.documentElement.scrollWidth") == 375
    assert min(each.bounding_box()["height"] for each in page.locator(OPTION).all()) >= 24
    title = reader.options()[2]
    page.locator(OPTION).nth(2).tap()
    page.locator("h1", has_text=title).wait_for()
    assert reader.faults == []
    page.context.close()


@pytest.mark.parametrize("width", [320, 481, 800, 1280])
def test_the_list_stays_inside_the_window(sample: Path, chromium: Any, width: int) -> None:
    base = (sample / "public").as_uri() + "/"
    reader = reader_of(chromium, base, viewport={"width": width, "height": 700})
    for path in PAGES.values():
        reader.page.goto(path)
        reader.types("flood")
        box = reader.page.locator(".suggestions").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert reader.page.evaluate("document.documentElement.scrollWidth") <= width
    reader.page.context.close()


def test_nothing_found_is_said(at_home: Reader) -> None:
    at_home.page.focus(BOX)
    at_home.page.wait_for_selector(f"{BOX}[role=combobox]")
    at_home.page.keyboard.type("zzyzx")
    at_home.page.locator(".suggestions", has_text="No article has zzyzx").wait_for()
    at_home.page.locator("form.search [role=status]", has_text="No article has zzyzx.").wait_for()
    assert at_home.page.get_attribute(BOX, "aria-expanded") == "false"
    at_home.page.keyboard.press("ArrowDown")
    assert at_home.page.get_attribute(BOX, "aria-activedescendant") is None


def test_what_is_found_without_a_word_is_listed_and_the_word_named(reader: Reader) -> None:
    reader.types("flood zzyzx")
    reader.page.locator(".suggestions", has_text="No article has zzyzx").wait_for()
    assert reader.page.locator(OPTION).count() > 1
    note = reader.page.inner_text(".suggestions .nothing")
    assert note == "No article has zzyzx. Searched instead: flood"
    reader.page.keyboard.type("<img src=x onerror=alert(1)>")
    reader.page.locator(".suggestions", has_text="onerror").wait_for()
    assert reader.page.locator(".suggestions img").count() == 0


def test_what_is_listed_with_some_of_the_words_is_told(reader: Reader) -> None:
    reader.types("ferry schools council peaje")
    note = reader.page.locator(".suggestions .nothing")
    assert note.inner_text() == "No article has all of these words. These have some of them."


def test_what_is_listed_for_a_slip_is_told(reader: Reader) -> None:
    reader.types("flod")
    note = reader.page.locator(".suggestions .nothing")
    assert note.inner_text() == "Searched instead: flood"
    first = reader.page.locator(OPTION).first
    assert note.bounding_box()["y"] < first.bounding_box()["y"]  # in sight, however long the list
    reader.page.fill(BOX, "flood")
    note.wait_for(state="hidden")


def test_the_number_of_hits_is_read_out_once_somebody_pauses(at_home: Reader) -> None:
    at_home.page.clock.install()
    at_home.page.goto(PAGES["home"])
    at_home.types("bridg")
    at_home.page.clock.pause_at(at_home.page.evaluate("Date.now()") + 2_000)
    at_home.page.evaluate("""() => {
        window.said = [];
        const status = document.querySelector("form.search [role=status]");
        const note = () => { if (status.textContent) said.push(status.textContent); };
        new MutationObserver(note).observe(status, { childList: true });
    }""")
    for typed in ("bridge", "bridge ", "bridge o", "bridge ov"):
        at_home.page.keyboard.type(typed[-1])
        at_home.page.clock.run_for(120)
        at_home.page.locator(f"{OPTION}:last-child", has_text=typed).wait_for()
    assert at_home.page.evaluate("said") == []
    at_home.page.clock.run_for(1_000)
    status = at_home.page.locator("form.search [role=status]")
    assert at_home.page.evaluate("said") == [status.text_content()]
    assert "Articles found" in status.text_content()


def test_an_answer_that_takes_long_is_awaited_in_sight(served: str, chromium: Any) -> None:
    reader = reader_of(chromium, served)
    answers = Held(reader.page, "**/api/search?q=*")
    reader.page.goto(PAGES["home"])
    reader.page.focus(BOX)
    reader.page.wait_for_selector(f"{BOX}[role=combobox]")
    reader.page.keyboard.type("flood")
    reader.page.locator(".suggestions .nothing", has_text="…").wait_for()
    answers.release()
    reader.page.locator(OPTION).first.wait_for()
    assert not reader.page.locator(".suggestions .nothing").is_visible()
    reader.page.context.close()


def test_a_query_that_is_not_finished_says_nothing(at_home: Reader) -> None:
    at_home.types("flood")
    at_home.page.keyboard.type(" date:20")
    at_home.page.locator(".suggestions").wait_for(state="hidden")
    at_home.page.keyboard.type("13")
    at_home.page.wait_for_selector(OPTION)


def test_an_empty_box_has_no_list(at_home: Reader) -> None:
    at_home.types("flood")
    at_home.page.fill(BOX, "")
    at_home.page.locator(".suggestions").wait_for(state="hidden")
    assert not at_home.is_open()


def test_what_was_typed_before_the_scripts_came_is_answered(served: str, chromium: Any) -> None:
    reader = reader_of(chromium, served)
    scripts = Held(reader.page, "**/assets/search.*.js")
    reader.page.goto(PAGES["home"])
    reader.page.focus(BOX)
    reader.page.keyboard.type("flood")
    scripts.wait()
    scripts.release()
    reader.page.wait_for_selector(OPTION)
    reader.page.context.close()


def test_a_late_answer_changes_nothing(served: str, chromium: Any) -> None:
    reader = reader_of(chromium, served)
    page = reader.page
    flood = Held(page, "**/api/search?q=flood*")
    page.goto(PAGES["home"])
    page.focus(BOX)
    page.wait_for_selector(f"{BOX}[role=combobox]")
    page.keyboard.type("flood")
    flood.wait()
    page.fill(BOX, "engine")
    page.locator(OPTION, has_text="engine").first.wait_for()  # not what was found for "flo"
    shown = reader.options()
    with page.expect_response("**/api/search?q=flood*"):
        assert flood.release() == 1
    page.wait_for_timeout(200)
    assert reader.options() == shown
    bridge = Held(page, "**/api/search?q=bridge*")
    page.fill(BOX, "bridge")
    bridge.wait()
    page.keyboard.press("Escape")
    with page.expect_response("**/api/search?q=bridge*"):
        bridge.release()
    page.wait_for_timeout(200)
    assert not reader.is_open()
    assert reader.faults == []
    page.context.close()


def test_a_choice_stays_where_another_build_answers(archive: ArchiveFolder, chromium: Any) -> None:
    for number in range(9):
        archive.article(f"q{number}.md", "Quiet harbour.", title=f"q{number}", date=f"201{number}")
    archive.build()
    reader = reader_of(chromium, (archive.path / "public").as_uri() + "/")
    reader.page.goto("index.html")
    reader.types("quiet")
    archive.article("new.md", "Quiet harbour.", title="new", date="2019-01-02")
    archive.build()
    reader.page.evaluate("""() => {
        const append = document.head.append.bind(document.head);
        const released = new Promise((resolve) => { window.release = resolve; });
        document.head.append = (script) => {
            if (script.src.includes("manifest")) released.then(() => append(script));
            else append(script);
        };
        dispatchEvent(new Event("focus"));
    }""")
    reader.page.fill(BOX, "")
    reader.types("harbour")
    reader.page.keyboard.press("ArrowDown")
    reader.page.keyboard.press("ArrowDown")
    assert reader.page.inner_text(f"{OPTION}[aria-selected=true] .suggestion-title") == "q7"
    reader.page.evaluate("release()")
    reader.page.locator(".suggestion-title", has_text="new").wait_for()
    assert reader.page.inner_text(f"{OPTION}[aria-selected=true] .suggestion-title") == "q7"
    assert reader.active() == reader.options().index("q7")
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_url("**/2017/**")
    assert reader.faults == []
    reader.page.context.close()


def test_keys_of_an_input_method_are_left_to_it(at_home: Reader) -> None:
    at_home.types("flood")
    at_home.page.keyboard.press("ArrowDown")
    pressed = (
        "([key, more]) => document.querySelector('form.search input').dispatchEvent("
        "new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }))"
    )
    for key in ("Enter", "Escape", "ArrowDown"):
        for more in ({"isComposing": True}, {"keyCode": 229}):
            assert at_home.page.evaluate(pressed, [key, more]), "not prevented"
    assert at_home.is_open()
    assert at_home.active() == 0


def composing(reader: Reader, text: str) -> Any:
    """The keys of somebody in whose box an input method composes a text."""
    reader.page.focus(BOX)
    reader.page.wait_for_selector(f"{BOX}[role=combobox]")
    keys = reader.page.context.new_cdp_session(reader.page)
    ends = {"selectionStart": len(text), "selectionEnd": len(text)}
    keys.send("Input.imeSetComposition", {"text": text, **ends})
    return keys


def test_letters_that_become_others_are_not_searched_for(at_home: Reader) -> None:
    keys = composing(at_home, "flood")
    at_home.page.wait_for_timeout(400)
    assert not at_home.is_open()
    keys.send("Input.insertText", {"text": "flood"})
    at_home.page.locator(OPTION).first.wait_for()


_ANDROID = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/141.0 Mobile Safari/537.36"
_IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1"


@pytest.mark.parametrize(
    ("phone", "text", "is_searched"),
    [
        (_ANDROID, "flood", True),  # its keys compose each word
        (_ANDROID, "ふらっど", False),
        (_ANDROID, "ㄍㄤ", False),
        (_IPHONE, "flood", False),  # of pinyin: it composes nothing that is meant
        (_IPHONE, "홍수", True),
    ],
)
def test_on_a_phone_it_is_searched_for_what_is_composed_unless_it_becomes_other_letters(
    sample: Path, chromium: Any, phone: str, text: str, is_searched: bool
) -> None:
    base = (sample / "public").as_uri() + "/"
    reader = reader_of(chromium, base, is_mobile=True, has_touch=True, user_agent=phone)
    reader.page.goto(PAGES["home"])
    composing(reader, text)
    reader.page.wait_for_timeout(0 if is_searched else 400)
    popup = reader.page.locator(".suggestions")
    if is_searched:
        popup.wait_for()
    assert popup.is_visible() is is_searched
    reader.page.context.close()


def test_the_search_page_has_its_answers_in_the_page(reader: Reader) -> None:
    reader.page.goto(SEARCH)
    reader.page.type("main input[name=q]", "flood")
    reader.page.wait_for_selector(".hit-title")
    assert reader.page.locator(".suggestions").count() == 0
    assert not [url for url in reader.loaded if "suggestions" in url]


def test_the_local_server_is_asked_where_it_gives_the_page(reader: Reader, request: Any) -> None:
    reader.types("flood")
    asked = [url for url in reader.loaded if "/api/search" in url]
    assert bool(asked) == ("served" in request.node.callspec.id)
    assert bool(asked) != any("/search/manifest" in url for url in reader.loaded)


def test_titles_say_their_language(at_home: Reader) -> None:
    at_home.types("lang:ar")
    titles = at_home.page.locator(".suggestion-title")
    assert {each.get_attribute("lang") for each in titles.all()} == {"ar"}
    assert titles.first.evaluate("title => getComputedStyle(title).direction") == "rtl"


@pytest.mark.parametrize("width", [1280, 375])
def test_the_open_list_is_accessible(sample: Path, chromium: Any, width: int) -> None:
    base = (sample / "public").as_uri() + "/"
    reader = reader_of(chromium, base, viewport={"width": width, "height": 800})
    for path in PAGES.values():
        reader.page.goto(path)
        reader.types("flood")
        reader.page.keyboard.press("ArrowDown")
        found = list(broken_rules(reader.page))
        assert reader.is_open()
        assert [fault for fault in found if ".prose" not in str(fault)] == []
    reader.page.context.close()


def test_right_to_left(archive: ArchiveFolder, chromium: Any) -> None:
    archive.settings("title: T\nlanguage: ar\n")
    for day in (1, 2, 3):
        archive.article(f"{day}.md", "Quiet harbour.", date=f"2015-01-0{day}")
    archive.build()
    reader = reader_of(chromium, (archive.path / "public").as_uri() + "/")
    page = reader.page
    page.goto("2015/01/02/index.html")
    reader.types("harbour")
    list_, form = (page.locator(css).bounding_box() for css in (".suggestions", "form.search"))
    assert list_["x"] == form["x"], "from the end of the box"
    beside = "title => getComputedStyle(title).textAlign"
    assert page.locator(".suggestion-title").first.evaluate(beside) == "right", "as its page"
    assert "كل النتائج عن harbour" in page.locator(OPTION).last.inner_text()
    page.keyboard.press("ArrowRight")
    assert reader.is_open()
    assert page.url.endswith("2015/01/02/index.html")
    page.context.close()


def test_harmful_text_stays_text(archive: ArchiveFolder, chromium: Any) -> None:
    archive.article("x.md", "Quiet.", title=f"'Storm {HARM}'", source=f"'{HARM}'", date="2015")
    archive.build()
    reader = reader_of(chromium, (archive.path / "public").as_uri() + "/")
    reader.page.goto("index.html")
    reader.types("storm")
    assert HARM in reader.options()[0]
    reader.page.fill(BOX, f"storm OR {HARM}")
    reader.page.locator(OPTION, has_text=HARM).last.wait_for()
    assert reader.page.locator(".suggestions img").count() == 0
    assert reader.faults == []
    reader.page.context.close()


def test_without_an_index_the_box_leads_to_the_search_page(
    archive: ArchiveFolder, chromium: Any
) -> None:
    archive.article("a.md", "Quiet harbour.", date="2015")
    archive.build()
    (archive.path / "public/search/manifest.js").unlink()
    reader = reader_of(chromium, (archive.path / "public").as_uri() + "/")
    reader.page.goto("index.html")
    reader.page.focus(BOX)
    reader.page.keyboard.type("harbour")
    reader.page.wait_for_timeout(300)
    assert reader.page.get_attribute(BOX, "role") is None
    assert reader.page.locator(".suggestions").count() == 0
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_url("**/search/index.html?q=harbour")
    reader.page.context.close()


def test_a_search_form_of_the_archives_own_goes_on_working(
    archive: ArchiveFolder, chromium: Any
) -> None:
    archive.template(
        "_search_form.html",
        '<form class="search" action="{{ "search/"|link }}"><input type="search" name="q" '
        'value="{{ query }}" aria-label="?"></form>',
    )
    archive.article("a.md", "Quiet harbour.", date="2015")
    archive.build()
    reader = reader_of(chromium, (archive.path / "public").as_uri() + "/")
    reader.page.goto("index.html")
    reader.page.keyboard.press("/")
    reader.page.keyboard.type("harbour")
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_selector(".hit-title")
    assert not [url for url in reader.loaded if "suggestions" in url]
    assert reader.faults == []
    reader.page.context.close()


def test_without_scripts_the_box_leads_to_the_search_page(sample: Path, chromium: Any) -> None:
    base = (sample / "public").as_uri() + "/"
    reader = reader_of(chromium, base, java_script_enabled=False)
    reader.page.goto(PAGES["article"])
    reader.page.fill(BOX, "flood")
    reader.page.press(BOX, "Enter")
    reader.page.wait_for_url("**/search/index.html?q=flood")
    reader.page.context.close()


def test_print_shows_no_list(at_home: Reader) -> None:
    at_home.types("flood")
    at_home.page.emulate_media(media="print")
    assert not at_home.page.locator(".suggestions").is_visible()


def test_a_page_is_no_heavier_for_it(sample: Path) -> None:
    """What the form says, and what site.js does to load the rest."""
    form = (sample / "public" / PAGES["article"]).read_text("utf-8").partition('data-engine="')[2]
    assert len(form.partition(">")[0]) < 370
