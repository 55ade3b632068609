"""Thousands of hostile texts through whole sites: another parser and a real browser judge them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import html5lib
import pytest

from tests import injections
from tests.archive_folder import ArchiveFolder
from tests.verdicts import assert_data_inactive, assert_inactive

_A_FILE = 150


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> ArchiveFolder:
    """Hostile bodies, many to an article; hostile lines in every place of the front matter."""
    archive = ArchiveFolder(tmp_path_factory.mktemp("hostile") / "site")
    about = json.dumps("\n\n".join(injections.payloads()[::20]), ensure_ascii=True)
    archive.settings(
        f"title: {json.dumps(injections.lines()[0])}\nbase_url: https://home.example\n"
        f"description: {json.dumps(injections.lines()[1])}\nabout: {about}\n"
    )
    texts = injections.payloads()
    for number, start in enumerate(range(0, len(texts), _A_FILE)):
        archive.article(f"bodies/{number}.md", body="\n\n".join(texts[start : start + _A_FILE]))
    for number, line in enumerate(injections.lines()):
        text = json.dumps(line)
        archive.article(
            f"lines/{number}.md",
            body="Words.",
            date=f"2015-10-{number % 28 + 1:02}",
            title=text,
            **dict.fromkeys(("source", "summary", "place", "notice", "rights", "x"), text),
            authors=f"[{text}]",
            tags=f"[{text}]",
            corrections=f"[{{date: 2015-11-01, text: {text}}}]",
            images=f"[{{caption: {text}, credit: {text}}}]",
        )
        archive.article(f"slugs/{number}.md", slug=text)
    report = archive.build()
    # Slugs that are none; of hostile addresses, those that name a picture beside the article,
    # which is not there.
    known = ("shows '", "'slug': ")
    assert all(problem.message.startswith(known) for problem in report.problems)
    return archive


def test_there_are_thousands() -> None:
    assert len(injections.payloads()) >= 2_500
    assert len(injections.lines()) >= 50


def test_no_page_has_an_active_node(site: ArchiveFolder) -> None:
    pages = {path: data for path, data in site.output().items() if path.endswith(".html")}
    assert len(pages) > 100
    for path, data in pages.items():
        assert_inactive(path, data.decode())


def test_feeds_and_data_hold_text_and_no_markup(site: ArchiveFolder) -> None:
    assert_data_inactive(site.output())


@pytest.mark.parametrize("address", [a for a in injections.ADDRESSES if a.isprintable()])
def test_an_original_address_that_is_none_is_a_fault_of_the_article(
    archive: ArchiveFolder, address: str
) -> None:
    archive.article("a.md", url=json.dumps(address))
    (problem,) = archive.build().problems
    assert "'url'" in str(problem)


@pytest.mark.browser
def test_nothing_of_it_runs_in_a_browser(site: ArchiveFolder, chromium: Any) -> None:
    fired: list[str] = []
    context = chromium.new_context(bypass_csp=True)
    context.add_init_script("window.zap = () => { console.log('fired') }")
    page = context.new_page()
    page.on("console", lambda message: fired.append(message.text))
    page.on("dialog", lambda dialog: (fired.append("dialog"), dialog.dismiss()))
    root = Path(site.path, "public")
    paths = sorted(path for path in site.output() if path.endswith(".html"))
    bodies = [path for path in paths if re.match(r"undated/\d+-?\w*/", path)]
    assert len(bodies) > 15
    for path in dict.fromkeys(["index.html", *bodies[::4], *paths[::25]]):
        page.goto((root / path).as_uri())
        page.evaluate(
            "for (const e of document.querySelectorAll('main *')) for (const t of "
            "['mouseover', 'focus', 'error', 'toggle']) e.dispatchEvent(new Event(t))"
        )
        assert [text for text in fired if text in ("fired", "dialog")] == [], path
    with page.expect_console_message(lambda message: message.text == "fired"):
        page.evaluate("zap()")
    assert "fired" in fired, "the trap itself works"
    context.close()


def test_the_words_of_a_picture_that_is_not_there_are_words(archive: ArchiveFolder) -> None:
    """They stand in its place, in the text of an article and in a page of one's own."""
    words = "<script>alert(1)</script> & <img src=x onerror=alert(1)>"
    text = f"Before it ![{words}](gone.png) and behind it."
    archive.article("a.md", text, date="2015-10-07")
    archive.article("_pages/about.md", text, title="About")
    archive.build()
    for url in ("2015/10/07/a/index.html", "about/index.html"):
        page = html5lib.parse(archive.page(url), namespaceHTMLElements=False)
        assert f"Before it {words} and behind it." in "".join(page.find(".//main").itertext())
