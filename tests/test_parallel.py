"""The mappers themselves are tested in ``contracts/test_mappers.py``."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archive_gen.parallel import chunks


@given(st.lists(st.integers()), st.integers(1, 10))
def test_chunks_hold_every_item_once_in_order(items: list[int], size: int) -> None:
    made = list(chunks(items, size))
    assert [item for chunk in made for item in chunk] == items
    assert all(len(chunk) == size for chunk in made[:-1])
    assert all(1 <= len(chunk) <= size for chunk in made)


def test_chunks_take_no_more_than_they_give() -> None:
    items = iter(range(10))
    first = next(chunks(items, 3))
    assert first == (0, 1, 2)
    assert next(items) == 3
