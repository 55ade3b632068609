"""Pages that the sample archive is too small for, or has none of, before axe-core: parts of long
lists, redirects, what is left of a removed article; left to right and right to left."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from archive_gen import redact
from archive_gen.config import load_config
from archive_gen.rendering.theme_files import shipped
from archive_gen.serving.server import SiteServer
from archive_gen.urls import slugify
from tests.archive_folder import ArchiveFolder
from tests.axe import broken_rules
from tests.drawn import png

SETTINGS = """\
title: {title}
language: {language}
base_url: https://example.org
page_size: 5
tags:
  Flood: [Deluge]
"""
WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 3
REDIRECT = "tags/deluge/"
PAGES = {
    "home": "",
    "divided term": "tags/flood/",
    "year of a term": "tags/flood/2015/",
    "numbered month of a term": "tags/flood/2015/03/page-1/",
    "term without dates": "tags/flood/undated/",
    "divided year": "2015/",
    "divided month": "2015/03/",
    "numbered day": "2015/03/01/page-1/",
    "undated": "undated/",
    "numbered undated": "undated/page-1/",
    "all dates": "dates/",
    "redirect": REDIRECT,
    "removed article": "2012/05/01/removed/",
    "redacted article": "2012/05/02/redacted/",
    "its place": f"places/{slugify(WORD.casefold())}/",
    "article of all kinds": "2012/05/03/everything/",
    "versions of one title": "2012/05/02/redacted/versions/",
}


@pytest.fixture(scope="module", params=[("Long lists", "en"), ("قوائم طويلة", "ar")])
def served(request: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    title, language = request.param
    archive = ArchiveFolder(tmp_path_factory.mktemp("long") / "archive")
    archive.settings(SETTINGS.format(title=title, language=language))
    fill(archive)
    archive.build()
    config = load_config(archive.path)
    server = SiteServer(archive.path, config, "127.0.0.1", 0)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.url
    server.shutdown()
    server.server_close()
    thread.join()


def fill(archive: ArchiveFolder) -> None:
    common = {"tags": "[Flood, Harbour]", "source": "The Post", "authors": "[A. Hand]"}
    for number in range(36):
        day = f"2015-{3 + number // 24:02}-{1 + number % 24 // 8:02}"
        archive.article(f"2015/story-{number}.md", date=day, **common)
        archive.article(f"{2000 + number}/other.md", date=f"{2000 + number}-02", **common)
    for number in range(12):
        archive.article(f"undated/old-{number}.md", **common)
    for name, day in (("removed", "01"), ("redacted", "02")):
        body = "Somebody Of This Street has done what nobody may be told of.\n\nMore of it."
        archive.article(f"2012/{name}.md", body, date=f"2012-05-{day}", **common)
    redact.remove_articles(archive.path, ["2012/removed.md"], "Removed by order of a court.")
    redact.remove_passages(archive.path, ["2012/redacted.md"], ["Of This Street"], "Privacy.")
    (archive.path / "content/2012/a.png").write_bytes(png(600, 400))
    archive.article(
        "2012/everything.md",
        f"![A chart](a.png 'Under it')\n\nText with ![a picture](a.png) in it.\n\n{WORD}\n\n"
        f"- {WORD}\n\n> {WORD}\n\n    {WORD}\n\n| {WORD} | b |\n|---|---|\n| c | {WORD} |\n\n"
        "More of it.\n\n| a | b |\n|---|---|\n| c | d |",
        title=WORD,
        summary=WORD,
        place=WORD,
        date="2012-05-03",
        images=f"[{{src: a.png, caption: C, credit: D, alt: E}}, {{caption: {WORD}}}]",
        corrections="[{date: 2012-05-04, text: Not five but six.}]",
        notice="Read with care.",
        url="https://example.org/first",
        versions="[2012/redacted.md]",
        **common,
    )
    archive.article("2012/again.md", title=WORD, date="2012-05-04", versions="[2012/redacted.md]")


@pytest.mark.browser
def test_no_page_breaks_a_rule(served: str, chromium: Any) -> None:
    page = chromium.new_page(viewport={"width": 390, "height": 800})
    page.route(f"{served}{REDIRECT}", _stay)
    found = []
    for kind, path in PAGES.items():
        assert page.goto(served + path).status == 200, kind
        found += [(kind, *fault) for fault in broken_rules(page)]
        overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert overflow <= 0, f"{kind} is {overflow} px too wide"
    page.close()
    assert found == []


def test_in_the_dark_colours_are_others_and_nothing_else() -> None:
    style = shipped("assets/style.css").decode()
    dark = re.findall(r"@media \(prefers-color-scheme: dark\) \{\s*:root \{(.*?)\}", style, re.S)
    assert len(dark) == style.count("prefers-color-scheme") == 1
    told = [line.partition(":") for line in dark[0].split(";") if line.strip()]
    assert len(told) > 10
    for name, _, value in told:
        assert name.strip().startswith("--"), name
        assert re.fullmatch(r" #[0-9a-f]{3,6}", value), name


def _stay(route: Any) -> None:
    """The page without what leads on, so that there is something to look at."""
    response = route.fetch()
    text = response.text()
    assert 'http-equiv="refresh"' in text
    route.fulfill(response=response, body=text.replace('http-equiv="refresh"', 'name="x"'))
