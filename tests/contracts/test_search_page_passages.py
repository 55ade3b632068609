"""The page shows of each hit what the local server shows: it finds it on the article's own page."""

from __future__ import annotations

import random
import threading
from typing import TYPE_CHECKING, Any

import pytest

from archive_gen.config import load_config
from archive_gen.search.sentences import one_line, sentences
from archive_gen.serving.server import SiteServer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.archive_folder import ArchiveFolder

pytestmark = pytest.mark.browser
QUERIES = (
    "ferry", "flood", "bridge toll", '"chain ferry"', "counc*", "title:bridge", "crane OR bridge",
    "marea", "el agua", "inundación", "мост", "паром", "مكتبة", "Brücken", "schiefer", "tag:Flood",
    "harbour date:2013", "*", "the", "boat -ferry",
)  # fmt: skip
SHOWN = """async ([query, source]) => {
    const root = document.getElementById("search-app").dataset.root;
    const answer = await window[source](root, "relevance").ask(query);
    const hits = await answer.hits(0, 40);
    const shown = async (hit) => (hit.better && await hit.better()) || hit.snippet;
    const piece = ([text, marked]) => (marked ? "[" + text + "]" : text);
    const told = async (hit) => hit.url + " " + (await shown(hit)).map(piece).join("");
    return Promise.all(hits.map(told));
}"""
SOURCES = "window.ofPage = archiveIndex.indexOf; window.ofServer = archiveServer.serverOf;"
SIGNS = [
    *"ab.!?…;\n\"'”’)»«(— ·1Z", ". ", " »", "。", "」", "と", "中", "॥", "؟", "α;", "Dr", "vs",
    "z", "B.", "St", " 12. ", "é", "Ё", "ж", "—", "\n\n", "3.5", "U.S.", "…", "，", "：", "ª",
]  # fmt: skip


@pytest.fixture(scope="module", params=["a folder", "a server"])
def site(request: pytest.FixtureRequest, sample: Path, plain: str, chromium: Any) -> Iterator[Any]:
    root = plain if request.param == "a server" else (sample / "public").as_uri() + "/"
    page = chromium.new_page()
    page.goto(root + "search/index.html")
    page.evaluate(SOURCES)
    yield page
    page.close()


@pytest.mark.parametrize("query", QUERIES)
def test_a_hit_shows_what_the_local_server_shows(
    site: Any, served: str, chromium: Any, query: str
) -> None:
    other = chromium.new_page()
    other.goto(served + "search/")
    other.evaluate(SOURCES)
    expected = other.evaluate(SHOWN, [query, "ofServer"])
    other.close()
    assert expected
    assert site.evaluate(SHOWN, [query, "ofPage"]) == expected
    assert site.locator("iframe").count() == 0


def test_sentences_end_where_the_index_has_their_ends(site: Any) -> None:
    draw = random.Random(7)  # noqa: S311 - the same texts each time
    texts = ["".join(draw.choices(SIGNS, k=draw.randrange(60))) for _ in range(3000)]
    found = site.evaluate(
        """(texts) => texts.map((text) => (
            [...archiveSentences.sentences(text)].map(([from, to]) => [text.slice(from, to),
                archiveSentences.oneLine(text, from, to)])))""",
        texts,
    )
    for text, there in zip(texts, found, strict=True):
        assert there == [[text[a:b], one_line(text, a, b)] for a, b in sentences(text)], text


def test_what_is_marked_in_a_long_text_is_the_same(archive: ArchiveFolder, chromium: Any) -> None:
    draw = random.Random(8)  # noqa: S311 - the same texts each time
    words = "ahab whale sea. sea! Mr. deck-hand 中国。 boats 12 oak's \n\n—".split(" ")
    texts = [" ".join(draw.choices(words, k=draw.randrange(400))) for _ in range(60)]
    for number, text in enumerate(texts):
        archive.article(f"{number}.md", text)
    archive.build()
    page = chromium.new_page()
    page.goto((archive.path / "public/search/index.html").as_uri())
    page.evaluate(SOURCES)
    for query in ("whale", "oak 12", "中国", "ahab sea deck"):
        found = page.evaluate(SHOWN, [query, "ofPage"])
        assert found == served_answer(archive, chromium, query)
    page.close()


def served_answer(archive: ArchiveFolder, chromium: Any, query: str) -> list[Any]:
    server = SiteServer(archive.path, load_config(archive.path), "127.0.0.1", 0)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    page = chromium.new_page()
    page.goto(server.url + "search/")
    page.evaluate(SOURCES)
    found: list[Any] = page.evaluate(SHOWN, [query, "ofServer"])
    page.close()
    server.shutdown()
    server.server_close()
    thread.join()
    return found
