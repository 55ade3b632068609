"""A query that nothing matches: what is answered in its place, and what is offered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from archive_gen.search import relaxing
from archive_gen.search.query import parse_query, parts_of
from archive_gen.search.whoosh.index import WhooshIndex
from tests.contracts.search_corpus import QUERIES, document

if TYPE_CHECKING:
    from pathlib import Path

    from archive_gen.search.query_tree import Node
    from archive_gen.search.values import Results, SearchDocument


def article(number: int, title: str, **fields: object) -> SearchDocument:
    about = {"summary": "", "text": "", "source": "Post", "authors": (), "place": "", "tags": ()}
    written = {"title": title, "date": "2015-10-07", "language": "en"}
    return document(number, **about | written | fields)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> WhooshIndex:
    opened = WhooshIndex(tmp_path_factory.mktemp("ends") / "index")
    opened.update(
        [
            article(1, "Harbour flooded", tags=("Flood",)),
            article(2, "Harbour closed in winter", tags=("Traffic",), date="2016"),
            article(3, "The dredgers wait outside", source="Evening Post"),
            article(4, "Quay walls crack"),
            article(5, "Barriers against the flood", tags=("Flood",)),
            article(6, "港口城市的经济", language="zh", date=""),
        ],
        [],
    )
    return opened


def titles(results: Results) -> list[str]:
    return sorted(hit.title for hit in results.hits)


def offered(results: Results) -> dict[str, int]:
    return {other.query: other.total for other in results.alternatives}


HARBOUR = ["Harbour closed in winter", "Harbour flooded"]


@pytest.mark.parametrize(
    ("query", "searched", "missing"),
    [
        ("harbour xylophone", "harbour", ["xylophone"]),
        ("xylophone AND harbour", "harbour", ["xylophone"]),
        ("xylo* harbour qqqqq~ zzzzz", "harbour", ["xylo*", "qqqqq~", "zzzzz"]),
        ("(xylophone OR qqqqq) harbour", "harbour", ["(xylophone OR qqqqq)"]),
        ("harbuor xylophone", "harbour", ["xylophone"]),
        ("xylophone harbour -dredgers", "harbour -dredgers", ["xylophone"]),
    ],
)
def test_words_that_no_article_has_are_left_out_and_named(
    index: WhooshIndex, query: str, searched: str, missing: list[str]
) -> None:
    results = index.search(query)
    assert titles(results) == HARBOUR
    assert (results.searched, list(results.missing)) == (searched, missing)
    assert (results.least, results.alternatives) == (0, ())


@pytest.mark.parametrize(
    ("query", "least", "total"),
    [
        ("quay dredgers", 1, 2),
        ("quay harbour winter", 2, 1),
        ("quay dredgers against", 1, 3),
        ("quay dredgers tag:flood against", 1, 1),
        ("quay dredgers xylophone", 1, 2),
    ],
)
def test_words_that_never_stand_together_find_what_has_most_of_them(
    index: WhooshIndex, query: str, least: int, total: int
) -> None:
    results = index.search(query)
    assert (results.least, results.total) == (least, total)


@pytest.mark.parametrize(
    ("query", "missing", "alternatives"),
    [
        # a phrase
        ('"flooded harbour"', ['"flooded harbour"'], {"flooded harbour": 1}),
        ('"harbour OR flooded"', ['"harbour OR flooded"'], {"harbour flooded": 1}),
        ('"quay dredgers" harbour', ['"quay dredgers"'],
         {"harbour": 2, "quay dredgers harbour": 4}),
        ("title:xylophone harbour", ["title:xylophone"], {"harbour": 2}),
        ('"xylophone quay"', ['"xylophone quay"'], {"quay": 1}),
        ('"dregers quay"', ['"dregers quay"'], {"dredgers quay": 2}),  # as typed, and as meant
        ("quay xylophone tag:nope xylophone", ["xylophone", "tag:nope"], {"quay": 1}),
        ("walls-quay", ["walls-quay"], {"walls quay": 1}),
        ("港口经济", ["港口经济"], {"港口 经济": 1}),
        ("港口オリンピック", ["港口オリンピック"], {"港口": 1}),
        # a title
        ("title:traffic", ["title:traffic"], {"traffic": 1}),
        ("title:traffi*", ["title:traffi*"], {"traffi*": 1}),
        # a filter
        ("harbour tag:nope", ["tag:nope"], {"harbour": 2}),
        ("harbour date:1950..1960", ["date:1950..1960"], {"harbour": 2}),
        ("harbour tag:traffic date:2015", [], {"harbour date:2015": 1, "harbour tag:traffic": 1,
                                               "harbour": 2}),
        ("quay dredgers tag:traffic", [], {"quay dredgers": 2}),
        ("xylophone tag:flood", ["xylophone"], {"tag:flood": 2}),
        # an exclusion
        ("quay -walls", [], {"quay": 1}),
        ("-source:post -source:evening*", [], {"*": 6}),
        ("xylophone -quay", ["xylophone"], {"*": 6}),
        # what begins alike
        ("dredgery*", ["dredgery*"], {"*": 6}),
        ("title:dredgxxx", ["title:dredgxxx"], {"title:dredg*": 1}),
        ("tag:traffix", ["tag:traffix"], {'tag:"traffi*"': 1}),
        ('source:"evening mail"', ['source:"evening mail"'], {'source:"evening *"': 1}),
        # of what it is a part
        ("source:evening dredgers", ["source:evening"],
         {'source:"*evening*" dredgers': 1, "dredgers": 1}),
        ("tag:raff", ["tag:raff"], {'tag:"*raff*"': 1}),
        ("tag:ff", ["tag:ff"], {"*": 6}),
        ("dreamer", ["dreamer"], {"*": 6}),  # of its letters fewer than half begin a word
        # nothing at all
        ("xylophone qqqqq", ["xylophone", "qqqqq"], {"*": 6}),
        ("date:1950", ["date:1950"], {"*": 6}),
    ],
)  # fmt: skip
def test_what_was_stated_by_a_sign_is_offered_to_be_given_up(
    index: WhooshIndex, query: str, missing: list[str], alternatives: dict[str, int]
) -> None:
    results = index.search(query)
    assert results.total == 0
    assert (list(results.missing), offered(results)) == (missing, alternatives)
    for other, total in alternatives.items():
        assert index.search(other).total == total


def test_beside_what_is_found_without_a_word_stands_what_begins_alike(index: WhooshIndex) -> None:
    results = index.search("outside dredgexxx")
    assert (results.searched, results.missing) == ("outside", ("dredgexxx",))
    assert offered(results) == {"outside dredge*": 1}


def test_where_a_filter_leaves_nothing_no_word_is_taken_for_a_slip(tmp_path: Path) -> None:
    index = WhooshIndex(tmp_path / "index")
    index.update([article(1, "Port"), *(article(n, f"Post {n}") for n in range(2, 20))], [])
    assert offered(index.search("port tag:nope")) == {"port": 1}
    assert index.search("qqqqq~ port").searched == "port"


@pytest.mark.parametrize("query", QUERIES)
def test_no_query_ends_in_nothing(index: WhooshIndex, query: str) -> None:
    results = index.search(query)
    asks = parse_query(query) is not None
    assert bool(results.total or results.alternatives) is asks
    for other in results.alternatives:
        assert index.search(other.query).total >= other.total > 0
        assert results.total == 0 or results.missing


def test_an_empty_archive_has_nothing_to_offer(tmp_path: Path) -> None:
    empty = WhooshIndex(tmp_path / "index")
    empty.update([], [])
    for query in ("harbour quay", "*", "tag:x"):
        assert empty.search(query).alternatives == ()


@pytest.mark.parametrize("query", QUERIES)
def test_the_parts_of_a_query_joined_ask_for_the_same(index: WhooshIndex, query: str) -> None:
    again = " ".join(part.text for part in parts_of(query))
    paths = [hit.path for hit in index.search(query, limit=100).hits]
    assert [hit.path for hit in index.search(again, limit=100).hits] == paths
    assert parts_of(again) == parts_of(query)


@pytest.mark.parametrize(
    "query",
    [
        " ".join(f"w{n}" for n in range(200)),
        " ".join(f"tag:{n}" for n in range(120)),
        " ".join(f"-tag:{n} dredgxx{n}" for n in range(50)),
        " ".join(["harbour", "quay", "dredgers", "flood"] * 30),
    ],
)
def test_a_long_query_costs_no_more_than_its_parts(query: str) -> None:
    asked = 0

    class Counting:
        size = 5

        def matches(self, _: Node) -> int:
            nonlocal asked
            asked += 1
            return 0

    relaxing.alternatives(query, Counting())
    assert asked < 15 * len(query.split())
