"""A page that stays open while other builds are published answers from the latest, and from one."""

from __future__ import annotations

import dataclasses
import functools
import http.server
import re
import threading
from typing import TYPE_CHECKING, Any

import pytest

from archive_gen.search.page import best as page_best
from archive_gen.search.page import cuts as page_cuts
from archive_gen.search.page import index as page_index
from archive_gen.search.version import FORMAT
from archive_gen.search.whoosh.index import WhooshIndex
from tests.contracts.search_corpus import document
from tests.contracts.test_search_page import write_site

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from archive_gen.search.values import SearchDocument

pytestmark = pytest.mark.browser
_RETURN = "dispatchEvent(new Event('focus'))"
_ASK = """async ([query, isPatient]) => {
    const answers = archiveAnswers.from("", "newest");
    try {
        for (;;) {
            const answer = await answers.whole(query);
            const urls = (await answer.hits(0, 30)).map((hit) => hit.url);
            const { total, build } = answer;
            if (!isPatient || await answers.isLatest(build)) return { total, urls };
        }
    } catch (error) {
        return { fault: String(error) };
    }
}"""


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
        files = dict(page_index.files(self.index))
        search = self.folder / "search"
        for path in list(search.rglob("*.js")):
            if path.relative_to(search).as_posix() not in files:
                path.unlink()
        self.put(files)

    def put(self, files: Mapping[str, bytes]) -> None:
        search = self.folder / "search"
        for name, data in files.items():
            (search / name).parent.mkdir(exist_ok=True)
            (search / name).write_bytes(data)

    def assert_answered(self, page: Any, query: str) -> None:
        answer = page.evaluate(_ASK, [query, True])
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
    site.assert_answered(page, "haven")
    hits = found.evaluate("async (answer) => (await answer.hits(0, 99)).map((hit) => hit.url)")
    expected = site.index.search("quay", limit=99, sort="newest")
    assert hits == [hit.url for hit in expected.hits]
    assert found.evaluate("(answer) => answer.total") == expected.total == 10


def test_a_page_that_is_opened_later_is_answered_by_the_latest_build(opened: Any) -> None:
    """What a cache has of the builds before is not mixed with it."""
    site, first = opened
    site.assert_answered(first, "quay")
    for changed, deleted in (
        ([article(5, "haven quay")], []),
        ([article(n) for n in range(70, 120)], ["6.md"]),
        ([], [f"{n}.md" for n in range(10, 110)]),
    ):
        site.publish(changed, deleted)
        page = first.context.new_page()
        page.goto(first.url)
        site.assert_answered(page, "quay")
        site.assert_answered(page, "haven")


def test_what_is_read_while_a_build_is_published_is_forgotten(opened: Any) -> None:
    site, page = opened
    site.assert_answered(page, "haven")
    site.index.update([article(n) for n in range(70, 120)], [])
    *files, manifest = page_index.files(site.index)
    assert manifest[0] == "manifest.js"
    site.put(dict(files))
    page.evaluate(_ASK, ["quay", True])
    site.put(dict([manifest]))
    page.evaluate(_RETURN)
    other = page.context.new_page()
    other.goto(page.url)
    site.assert_answered(other, "quay")
    site.assert_answered(page, "quay")


def test_a_file_that_was_lost_is_asked_for_again(opened: Any) -> None:
    """Though a cache knows that there is none."""
    site, page = opened
    lost = {path: path.read_bytes() for path in (site.folder / "search/documents").rglob("*.js")}
    for path in lost:
        path.unlink()
    assert "documents/" in page.evaluate(_ASK, ["quay", True])["fault"]
    for path, data in lost.items():
        path.write_bytes(data)
    other = page.context.new_page()
    other.goto(page.url)
    site.assert_answered(other, "quay")
    site.assert_answered(page, "quay")


def test_a_page_goes_on_where_files_are_lost_while_others_come(opened: Any) -> None:
    site, page = opened
    site.assert_answered(page, "haven")
    for path in sorted((site.folder / "search/documents").rglob("*.js")):
        path.unlink()
    page.evaluate("""() => {
        const append = document.head.append.bind(document.head);
        document.head.append = (script) => {
            const isSlow = script.src.includes("/tag/");
            const wait = script.src.includes("manifest") ? 300 : 0;
            setTimeout(() => append(script), isSlow ? 1500 : wait);
        };
        const tell = (word) => {
            const told = document.createElement("p");
            document.body.append(Object.assign(told, { className: "told", textContent: word }));
        };
        const { inOneBuild, search, documents, counted } = archiveSearch;
        const end = (promise) => promise.then(() => tell("found"), () => tell("lost"));
        const hits = async () => documents((await search("quay", "newest")).numbers.slice(0, 5));
        end(inOneBuild(hits));
        end(inOneBuild(() => counted("tag", new Map())));
        setTimeout(() => {
            dispatchEvent(new Event("focus"));
            end(search("quay", "newest"));
        }, 1400);
    }""")
    told = page.locator(".told")
    told.nth(2).wait_for()
    assert sorted(told.all_inner_texts()) == ["found", "found", "lost"]


def test_a_lost_file_is_asked_for_once_more_and_the_others_stay(opened: Any) -> None:
    site, page = opened
    site.assert_answered(page, "haven")
    for path in sorted((site.folder / "search/documents").rglob("*.js")):
        path.unlink()
    page.evaluate("""() => {
        const append = document.head.append.bind(document.head);
        window.asked = [];
        document.head.append = (script) => {
            asked.push(script.src.split("?")[0]);
            append(script);
        };
    }""")
    for _ in range(2):  # at first all files are taken for wrong
        page.evaluate("() => asked.splice(0)")
        assert "documents/" in page.evaluate(_ASK, ["quay", True])["fault"]
    asked = page.evaluate("() => asked")
    assert {url.rpartition("/search/")[2].partition("/")[0] for url in asked} <= {
        "manifest.js",
        "documents",
    }
    lost = [url for url in asked if "/documents/" in url]
    assert lost
    assert all(lost.count(url) == 2 for url in lost)


def test_an_answer_does_not_wait_for_the_look_at_the_manifest(opened: Any) -> None:
    site, page = opened
    site.assert_answered(page, "quay")
    site.publish([article(n) for n in range(70, 80)])
    page.evaluate("""() => {
        const append = document.head.append.bind(document.head);
        const released = new Promise((resolve) => { window.release = resolve; });
        document.head.append = (script) => {
            if (script.src.includes("manifest")) released.then(() => append(script));
            else append(script);
        };
    }""")
    page.evaluate(_RETURN)
    assert page.evaluate(_ASK, ["quay", False])["total"] == 70
    page.evaluate("release()")
    site.assert_answered(page, "quay")


def test_a_page_of_another_version_than_the_index_says_so(opened: Any) -> None:
    site, page = opened
    site.assert_answered(page, "quay")
    manifest = site.folder / "search/manifest.js"
    old, new = manifest.read_text("utf-8"), f'"build":"{"0" * 16}","format":{FORMAT + 1}'
    manifest.write_text(re.sub(r'"build":"\w+","format":\d+', new, old), "utf-8")
    page.evaluate(_RETURN)
    for _ in range(2):
        assert "of another version" in page.evaluate(_ASK, ["quay", True])["fault"]
    manifest.write_text(old, "utf-8")
    site.assert_answered(page, "quay")


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
