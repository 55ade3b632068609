"""A query with one condition more, and with it taken away."""

from __future__ import annotations

import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive_gen.conditions import typed
from archive_gen.search.narrowing import narrowed, widened
from archive_gen.search.query import parse_query, parts_of
from archive_gen.search.query_tree import All, Any, Node, Not

CLOSED = ["flood", "tag:Harbour", 'source:"The Post"', "-mill", "date:2015", "(a b)", "a OR b"]
OPEN = ["OR", "AND", "NOT", "(", "-(", '"', '"by the sea"']
QUERIES = st.lists(st.sampled_from([*CLOSED, *OPEN]), max_size=6).map(" ".join)
CONDITIONS = st.sampled_from(
    [("tag", "Harbour"), ("source", "the port"), ("tag", '12" guns'), ("date", "2015")]
)


ARTICLES = range(40)


def holds(node: Node, article: int) -> bool:
    """Whether one of some imagined articles matches; each has a third of all words and values."""
    match node:
        case All(parts=parts):
            return all(holds(part, article) for part in parts)
        case Any(parts=parts):
            return any(holds(part, article) for part in parts)
        case Not(part=part):
            return not holds(part, article)
    # An open quotation ends with the line, and the blanks at its end say nothing.
    said = f"{node}".replace(" '", "'")
    return zlib.crc32(f"{said} {article}".encode()) % 3 == 0


def found(query: str) -> set[int]:
    node = parse_query(query)
    return {article for article in ARTICLES if node is None or holds(node, article)}


@settings(max_examples=200)
@given(QUERIES, CONDITIONS, CONDITIONS)
def test_a_condition_comes_and_goes(
    query: str, one: tuple[str, str], other: tuple[str, str]
) -> None:
    once = narrowed(query, *one)
    having = found(f"{one[0]}:{typed(one[1])}")
    assert found(once) == found(query) & having
    twice = narrowed(once, *other)
    rest = widened(twice, *one)
    if ":" in query and rest is None:
        return  # it may be one of several between which an OR stands
    assert rest is not None
    assert found(rest) & having == found(twice)
    if one != other and ":" not in query:
        assert found(rest) == found(narrowed(query, *other))


@settings(max_examples=200)
@given(QUERIES)
def test_the_parts_of_a_query_ask_for_the_same(query: str) -> None:
    parts = parts_of(query)
    assert found(" ".join(part.text for part in parts)) == found(query)
    for part in parts:
        assert found(part.text) == {article for article in ARTICLES if holds(part.node, article)}


@pytest.mark.parametrize(
    "query",
    ["flood", "flood tag:Harbours", "tag:Harbour flood", "flood OR tag:Harbour", "-tag:Harbour",
     '"by the tag:Harbour', '"the tag:Harbour now"', "(flood OR tag:Harbour)"],
)  # fmt: skip
def test_what_is_no_condition_at_the_end_is_none_to_take_away(query: str) -> None:
    assert widened(query, "tag", "Harbour") is None


def test_a_condition_alone_leaves_all_articles() -> None:
    assert widened("tag:Harbour", "tag", "Harbour") == "*"
