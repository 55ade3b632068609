"""Common words in the page: the best hits of all that match, found from few of them."""

from __future__ import annotations

import dataclasses
import random
from typing import TYPE_CHECKING, Any

import pytest

from archive_gen.search import page_best, page_cuts
from archive_gen.search.whoosh_index import WhooshIndex
from tests.contracts.search_corpus import document
from tests.contracts.test_search_page import write_site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive_gen.search.base import SearchDocument

pytestmark = pytest.mark.browser
_ARTICLES = 400
_COMMON = ("harbour", "harbours", "bridge", "storm", "storms", "stormed", "Straße")
_BEST = """async (query) => {
    const best = await archiveSearch.best(query);
    if (!best) return null;
    const shown = await archiveSearch.documents(best.numbers.slice(0, 20));
    return shown.map((hit) => hit.url);
}"""


def articles() -> Iterator[SearchDocument]:
    chance = random.Random(3)  # noqa: S311
    for number in range(_ARTICLES):
        words = [word for word in _COMMON for _ in range(chance.choice((0, 1, 1, 1, 2, 3, 9)))]
        chance.shuffle(words)
        more = " ".join(f"word{chance.randrange(50)}" for _ in range(chance.choice((5, 50, 250))))
        yield dataclasses.replace(
            document(number),
            title=chance.choice(("The quarry", "On the harbour", "After storms")),
            summary="",
            text=f"{' '.join(words)} {more} equal{number % 2}",
            date=f"20{number % 10 + 10}-0{number % 9 + 1}-{number % 25 + 1:02}",
            language="de" if number % 50 == 0 else "en",
        )


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, chromium: Any) -> Any:
    folder = tmp_path_factory.mktemp("best")
    index = WhooshIndex(folder / "index")
    index.update(list(articles()), [])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(page_cuts, "MOST", 50)
        patch.setattr(page_best, "LEAST", 40)
        write_site(folder / "site", index)
    page = chromium.new_page()
    page.goto((folder / "site" / "index.html").as_uri())
    return index, page


@pytest.mark.parametrize("query", ["harbour", "storms", "stormed", "harbours", "bridge", "BRIDGE"])
def test_the_best_are_those_that_scoring_all_finds(both: Any, query: str) -> None:
    index, page = both
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    page.reload()
    assert page.evaluate(_BEST, query) == [hit.url for hit in index.search(query, limit=20).hits]
    assert not [url for url in loaded if "/common/" in url]
    assert len([url for url in loaded if "/best/" in url]) == 1


@pytest.mark.parametrize("query", ["equal0", "word1"])
def test_where_others_could_be_as_good_all_are_looked_at(both: Any, query: str) -> None:
    index, page = both
    found = page.evaluate(_BEST, query)
    assert found in (None, [hit.url for hit in index.search(query, limit=20).hits])


@pytest.mark.parametrize(
    "query",
    [
        *("-storm", "title:storm", "storm*", '"storm"', "zzz", "storm OR zz", "harbour storm"),
        *("storm date:2015", "tag:harbour", "", "storm~"),
    ],
)
def test_other_queries_are_left_to_the_whole_search(both: Any, query: str) -> None:
    _, page = both
    assert page.evaluate(_BEST, query) is None
