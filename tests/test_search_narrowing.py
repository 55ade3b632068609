"""A query with one condition more, and with it taken away."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_gen.search.narrowing import narrowed, widened

WORDS = st.lists(
    st.sampled_from(["flood", "tag:Harbour", 'source:"The Post"', "-mill", "date:2015", "(a b)"])
)
VALUES = st.sampled_from(["Harbour", "the port", '12" guns', "OR", "2015", "a:b"])
FIELDS = st.sampled_from(["tag", "source", "date"])


@given(WORDS, FIELDS, VALUES, FIELDS, VALUES)
def test_a_condition_comes_and_goes(
    words: list[str], field: str, value: str, other: str, another: str
) -> None:
    query = " ".join(words) or "*"
    once = narrowed(query, field, value)
    assert widened(once, field, value) is not None
    if widened(query, field, value) is None:
        assert widened(once, field, value) == query
        if (field, value) != (other, another) and widened(query, other, another) is None:
            twice = narrowed(once, other, another)
            assert (
                widened(twice, field, value) or ""
            ).split() == f"{query} {twice[len(once) :]}".split()


@pytest.mark.parametrize(
    "query",
    ["flood", "flood tag:Harbours", "tag:Harbour flood", "flood OR tag:Harbour", "-tag:Harbour",
     '"by the tag:Harbour', '"the tag:Harbour now"', "(flood OR tag:Harbour)"],
)  # fmt: skip
def test_what_is_no_condition_at_the_end_is_none_to_take_away(query: str) -> None:
    assert widened(query, "tag", "Harbour") is None


def test_a_condition_alone_leaves_all_articles() -> None:
    assert widened("tag:Harbour", "tag", "Harbour") == "*"
