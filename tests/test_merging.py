"""The parts of a posting list, put together in one order."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from archive_gen.search.page.merging import ABSENT, merged

numbers = st.lists(st.integers(0, 2_000), unique=True, max_size=300)


@given(numbers, st.lists(st.integers(0, 300), max_size=5), st.sets(st.integers(0, 2_000)))
def test_parts_are_merged_in_order_without_what_is_absent(
    found: list[int], cuts: list[int], gone: set[int]
) -> None:
    bounds = [0, *sorted(cuts), len(found)]
    parts = [found[a:b] for a, b in itertools.pairwise(bounds)]
    wanted = [(n, n + 1, str(n).encode()) for n in sorted(found) if n not in gone]
    result = merged(
        (
            [ABSENT if n in gone else n for n in part],
            [n + 1 for n in part],
            [str(n).encode() for n in part],
        )
        for part in parts
    )
    assert list(zip(*result, strict=True)) == wanted


@given(st.integers(1, 3), st.integers(0, 2), st.sampled_from([1, 2, 1_000]))
def test_long_parts_need_not_come_in_the_order_of_time(parts: int, shift: int, step: int) -> None:
    size = 150
    found = [range(n * size, (n + 1) * size) for n in range(parts)]
    found = found[shift % parts :] + found[: shift % parts]
    result = merged(
        ([n if n % step else ABSENT for n in part], [*part], [b"%d" % n for n in part])
        for part in found
    )
    wanted = [(n, n, b"%d" % n) for n in range(parts * size) if n % step]
    assert list(zip(*result, strict=True)) == wanted
