"""Sets of documents with weights: what is added, packed and read of many is what was put in."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap

from archive_gen.search import scoring
from archive_gen.search.flat import bits
from archive_gen.search.flat.file import DamagedError, FlatFile, FlatWriter
from archive_gen.search.flat.weights import Weights, pack_weights, unpack_many, unpack_weights

_WEIGHTS = st.dictionaries(st.integers(0, 40), st.integers(1, 63), min_size=1)


def planes(weights: dict[int, int]) -> bits.Planes:
    by_weight: dict[int, list[int]] = {}
    for document, weight in weights.items():
        by_weight.setdefault(weight, []).append(document)
    return bits.planes_of(by_weight)


@given(st.lists(_WEIGHTS, max_size=12))
def test_a_total_of_weights_is_their_sum(many: list[dict[int, int]]) -> None:
    expected: Counter[int] = Counter()
    for weights in many:
        expected.update(weights)
    total = bits.total(map(planes, many))
    assert bits.union(total) == BitMap(expected)
    assert {n: bits.weight_of(total, n) for n in expected} == dict(expected)


def sums(found: list[Weights]) -> Counter[tuple[int, bool]]:
    """Document and whether in the title → weight."""
    total: Counter[tuple[int, bool]] = Counter()
    for listed, weights, sets in found:
        for document, weight in zip(listed, weights, strict=True):
            total[document, bool(weight & 1)] += weight >> 1
        if sets:
            titles, *rest = sets
            for document in bits.union(rest):
                total[document, document in titles] += bits.weight_of(rest, document)
    return total


@given(st.lists(_WEIGHTS, max_size=6))
def test_the_weights_of_many_terms_are_those_of_each(many: list[dict[int, int]]) -> None:
    records = [
        pack_weights(
            sorted(weights),
            [scoring.pack_posting(w, 3, in_title=w > 9) for _, w in sorted(weights.items())],
        )
        for weights in many
    ]
    assert sums(list(unpack_many(records))) == sums(list(map(unpack_weights, records)))


def test_many_records_are_checked_like_one() -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        with FlatWriter(path) as writer:
            places = [writer.record(b"one"), writer.record(b"two")]
        file = FlatFile(path)
        assert list(file.records(places)) == [b"one", b"two"] == [*map(file.record, places)]
        file.close()
        path.write_bytes(path.read_bytes().replace(b"two", b"twe"))
        file = FlatFile(path)
        with pytest.raises(DamagedError):
            list(file.records(places))
        file.close()
