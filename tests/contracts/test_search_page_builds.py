"""A page that stays open while other builds are published answers from the latest, and from one."""

from __future__ import annotations

import dataclasses
import functools
import http.server
import threading
from typing import TYPE_CHECKING, Any

import pytest

from archive_gen.search import browser, page_best, page_cuts
from archive_gen.search.whoosh_index import WhooshIndex
from tests.contracts.search_corpus import document
from tests.contracts.test_search_page import ASK, write_site

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from archive_gen.search.base import SearchDocument

pytestmark = pytest.mark.browser
_RETURN = "dispatchEvent(new Event('focus'))"


def article(number: int, text: str = "quay") -> SearchDocument:
    return dataclasses.replace(
        document(number),
        path=f"{number}.md",
        url=f"{number}/",
        title="",
        summary="",
        text=text,
        date=f"{1800 + number}",
        language="en",
    )


class _Caching(http.server.SimpleHTTPRequestHandler):
    """What a cache has of a file may be an hour old."""

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "max-age=3600")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass


class Site:
    """An archive of which builds are published, and a page that is open."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "site"
        self.index = WhooshIndex(folder / "index")
        self.index.update([article(n) for n in range(70)], [])
        write_site(self.folder, self.index)

    def publish(self, changed: Iterable[SearchDocument], deleted: Iterable[str] = ()) -> None:
        self.index.update(changed, deleted)
        files = dict(browser.files(self.index))
        search = self.folder / "search"
        for path in list(search.rglob("*.js")):
            if path.relative_to(search).as_posix() not in files:
                path.unlink()
        for name, data in files.items():
            (search / name).parent.mkdir(exist_ok=True)
            (search / name).write_bytes(data)

    def assert_answered(self, page: Any, query: str) -> None:
        answer = page.evaluate(ASK, [query, "newest"])
        expected = self.index.search(query, limit=30, sort="newest")
        assert answer["total"] == expected.total
        assert answer["urls"] == [hit.url for hit in expected.hits]


@pytest.fixture(params=["file", "server"])
def opened(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    chromium: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[tuple[Site, Any]]:
    monkeypatch.setattr(page_cuts, "MOST", 20)
    monkeypatch.setattr(page_best, "LEAST", 40)
    site = Site(tmp_path)
    handler = functools.partial(_Caching, directory=str(site.folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,)).start()
        context = chromium.new_context()
        page = context.new_page()
        served = f"http://127.0.0.1:{server.server_port}/index.html"
        page.goto((site.folder / "index.html").as_uri() if request.param == "file" else served)
        yield site, page
        context.close()
        server.shutdown()


def test_who_comes_back_to_the_page_is_answered_by_the_latest_build(opened: Any) -> None:
    site, page = opened
    site.assert_answered(page, "haven")
    site.assert_answered(page, "quay")
    site.publish([article(n) for n in range(70, 120)])  # in more pieces than before
    page.evaluate(_RETURN)
    site.assert_answered(page, "quay")
    site.publish([article(5, "haven quay")], [f"{n}.md" for n in range(60, 110)])
    page.evaluate(_RETURN)
    site.assert_answered(page, "haven")
    site.assert_answered(page, "quay")


def test_whoever_stays_is_answered_by_it_after_a_while(opened: Any) -> None:
    site, page = opened
    site.assert_answered(page, "quay")
    site.publish([article(n) for n in range(70, 120)])
    page.evaluate("archiveSearch.limits.checked = -1")
    site.assert_answered(page, "quay")


def test_files_that_are_no_more_are_not_asked_for_again(opened: Any) -> None:
    site, page = opened
    site.assert_answered(page, "haven")
    site.publish([], [f"{n}.md" for n in range(10, 70)])  # no list is cut any more
    site.assert_answered(page, "quay")


def test_numbers_of_another_build_are_not_shown(opened: Any) -> None:
    site, page = opened
    site.assert_answered(page, "haven")
    found = page.evaluate_handle("archiveAnswers.from('', 'newest').whole('quay')")
    site.publish([], [f"{n}.md" for n in range(60)])
    page.evaluate(_RETURN)
    hits = found.evaluate("async (answer) => (await answer.hits(0, 99)).map((hit) => hit.url)")
    assert hits == [hit.url for hit in site.index.search("quay", limit=99, sort="newest").hits]


def test_the_manifest_is_loaded_once_while_nobody_leaves(opened: Any) -> None:
    site, page = opened
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    for query in ("quay", "haven", "quay"):
        site.assert_answered(page, query)
    assert sum("manifest.js" in url for url in loaded) == 1
    page.evaluate(_RETURN)
    site.assert_answered(page, "quay")
    assert sum("manifest.js" in url for url in loaded) == 2
