"""Common words in the page: the best hits of all that match, found from few of them."""

from __future__ import annotations

import dataclasses
import itertools
import random
from typing import TYPE_CHECKING, Any

import pytest

from archive_gen.search import analysis
from archive_gen.search.page import best as page_best
from archive_gen.search.page import cuts as page_cuts
from archive_gen.search.whoosh.index import WhooshIndex
from tests.contracts.search_corpus import document
from tests.contracts.test_search_page import write_site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from archive_gen.search.values import SearchDocument

pytestmark = pytest.mark.browser
_ARTICLES = 400
_COMMON = ("harbour", "harbours", "bridge", "storm", "storms", "stormed", "Straße", "often")
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


_WORDS = ("harbour", "bridge", "storms", "often", "strasse", "equal1", "quarry")
_PAIRS = [*itertools.permutations(_WORDS, 2)]


def test_the_best_by_two_words_are_those_that_scoring_all_finds_or_none(both: Any) -> None:
    index, page = both
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    certain = 0
    for words in _PAIRS:
        loaded.clear()
        page.reload()
        query = " ".join(words)
        found = page.evaluate(_BEST, query)
        assert found in ([hit.url for hit in index.search(query, limit=20).hits], None)
        assert len([url for url in loaded if "/best/" in url]) == 2
        assert len([url for url in loaded if "/pairs/" in url]) == 3  # with the counts
        if found:
            certain += 1
            assert not [url for url in loaded if "/common/" in url]
    assert len(_PAIRS) / 2 < certain < len(_PAIRS)


def opened(folder: Path, chromium: Any, texts: list[str]) -> Any:
    """Index and page of articles with some texts, a word of ten articles being a common one."""
    index = WhooshIndex(folder / "index")
    made = (
        dataclasses.replace(
            document(n), title="", summary="", text=text, date=f"{1900 + n}", language="en"
        )
        for n, text in enumerate(texts)
    )
    index.update(list(made), [])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(page_cuts, "MOST", 10)
        patch.setattr(page_best, "LEAST", 25)
        write_site(folder / "site", index)
    page = chromium.new_page()
    page.goto((folder / "site" / "index.html").as_uri())
    return index, page


def test_where_others_could_score_as_high_all_are_looked_at(tmp_path: Path, chromium: Any) -> None:
    # By level the short ones are the best; where most are long, the long ones score higher.
    short = ["quay"] * 30
    long = ["quay " * 12 + "boat " * 3_000] * 60
    index, page = opened(tmp_path, chromium, short + long)
    urls = [hit.url for hit in index.search("quay", limit=20).hits]
    assert not {f"article/{n}/" for n in range(30)} & {*urls}
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    page.reload()
    assert page.evaluate(_BEST, "quay") is None
    assert [url for url in loaded if "/best/en-w-quay.js?" in url]
    page.close()


def test_a_word_of_two_families_of_a_language_is_left_to_the_whole_search(
    tmp_path: Path, chromium: Any
) -> None:
    """An article may have both, and its score is that of their sum."""
    assert analysis.key("élections") == "elections"
    assert analysis.stem("en", "élections") != analysis.stem("en", "elections")
    texts = ["elections " * 5] * 30 + ["élections " * 5] * 30 + ["elections élections " * 3] * 30
    index, page = opened(tmp_path, chromium, texts)
    both = {f"article/{n}/" for n in range(60, 90)}
    assert {hit.url for hit in index.search("elections", limit=20).hits} <= both
    assert len([*(tmp_path / "site/search/best").glob("en-w-elect*")]) == 2
    assert page.evaluate(_BEST, "elections") is None
    page.close()


def test_one_letter_of_a_script_without_spaces_means_all_words_that_begin_with_it(
    tmp_path: Path, chromium: Any
) -> None:
    index, page = opened(tmp_path, chromium, ["中 " * 5, "中国经济 " * 5] * 40)
    assert (tmp_path / "site/search/best/en-x-4e2d.js").exists()
    assert index.search("中").total == 80
    assert page.evaluate(_BEST, "中") is None
    page.close()


_LANGUAGES = {
    "en": "harbour harbours bridge storm stormed elections élections die portes state".split(),
    "de": "Straße strassen die Häuser haus storm elections Portes".split(),
    "fr": "portes porte élections elections die les state".split(),
    "zh": "中 国 中国 经济 storm".split(),
}


def of_languages(chance: random.Random, number: int, languages: str) -> SearchDocument:
    language = chance.choice(languages.split())
    known = _LANGUAGES[language]
    words = [word for word in known for _ in range(chance.choice((0, 1, 1, 2, 3, 9, 30)))]
    chance.shuffle(words)
    more = (f"w{chance.randrange(60)}" for _ in range(chance.choice((0, 5, 50, 900))))
    return dataclasses.replace(
        document(number),
        title=chance.choice(("", " ".join(chance.sample(known, 2)), "headed " + known[0])),
        summary=chance.choice(("", "summed " + known[1])),
        text=" ".join((*words, *more)),
        tags=tuple(chance.sample(("tagged", "Storm", "White bridge"), chance.choice((0, 1, 2)))),
        date=chance.choice(("", "2015", "2015-10", f"20{chance.randrange(10, 20)}-03-07")),
        language=language,
    )


@pytest.mark.parametrize(
    ("languages", "most", "least"), [("en de fr zh", 20, 25), ("en de", 8, 80), ("zh en", 10, 40)]
)
def test_the_best_are_exact_whatever_the_archive_is_like(
    tmp_path: Path, chromium: Any, languages: str, most: int, least: int
) -> None:
    """Words of several languages, in titles or tags alone; undated articles."""
    chance = random.Random(f"{languages} {most}")  # noqa: S311
    index = WhooshIndex(tmp_path / "index")
    index.update([of_languages(chance, n, languages) for n in range(300)], [])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(page_cuts, "MOST", most)
        patch.setattr(page_best, "LEAST", least)
        write_site(tmp_path / "site", index)
    page = chromium.new_page()
    page.goto((tmp_path / "site" / "index.html").as_uri())
    known = {"headed", "summed", "tagged", "white", "port", "w1"}
    words = sorted(known.union(*map(_LANGUAGES.__getitem__, languages.split())))
    queries = words + [" ".join(chance.sample(words, 2)) for _ in range(50)]
    answers = {query: page.evaluate(_BEST, query) for query in queries}
    for query, found in answers.items():
        assert found in ([hit.url for hit in index.search(query, limit=20).hits], None), query
    assert any(found and " " in query for query, found in answers.items())
    page.close()


@pytest.mark.parametrize(
    "query",
    [
        *("-storm", "title:storm", "storm*", '"storm"', "zzz", "storm OR zz", "storm -harbour"),
        *("storm date:2015", "tag:harbour", "", "storm~", "storm storms", "storm zzz"),
        *("harbour bridge storm", 'harbour "storm"', "harbour OR storm", "harbour title:storm"),
    ],
)
def test_other_queries_are_left_to_the_whole_search(both: Any, query: str) -> None:
    _, page = both
    assert page.evaluate(_BEST, query) is None
