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
from archive_gen.search.flat.table import Table, write_table
from archive_gen.search.flat.weights import (
    Weights,
    join_weights,
    pack_numbers,
    pack_weights,
    unpack_many,
    unpack_numbers,
    unpack_weights,
)

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


@given(st.lists(_WEIGHTS, min_size=1, max_size=6))
def test_packed_weights_are_what_was_put_in(many: list[dict[int, int]]) -> None:
    expected = [Counter({(n, w > 9): w for n, w in weights.items()}) for weights in many]
    records = [
        pack_weights(
            sorted(weights),
            [scoring.pack_posting(w, 3, in_title=w > 9) for _, w in sorted(weights.items())],
        )
        for weights in many
    ]
    for weights, found, put in zip(many, map(unpack_weights, records), expected, strict=True):
        assert sums([found]) == put
        assert found.documents() == BitMap(weights)
        assert found.titles() == BitMap([n for n, w in weights.items() if w > 9])
    assert sums(list(unpack_many(records))) == sum(expected, Counter())
    bases = [number * 41 for number in range(len(records))]
    joined = unpack_weights(join_weights(zip(bases, records, strict=True)))
    assert sums([joined]) == Counter(
        {
            (base + n, t): w
            for base, put in zip(bases, expected, strict=True)
            for (n, t), w in put.items()
        }
    )


@given(st.lists(st.sets(st.integers(0, 1 << 20), max_size=30), min_size=1, max_size=3))
def test_packed_numbers_are_what_was_put_in(blocks: list[set[int]]) -> None:
    assert unpack_numbers(pack_numbers(list(map(sorted, blocks)))) == list(map(BitMap, blocks))


_KEYS = st.text(st.sampled_from("ab\x1féя中\U0001f600"), max_size=4)


@given(keys=st.sets(_KEYS, max_size=30), asked=st.lists(_KEYS, max_size=4))
def test_a_table_finds_its_keys(keys: set[str], asked: list[str]) -> None:
    ordered = sorted(keys)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        with FlatWriter(path) as writer:
            places = [writer.record(f"of {key}".encode()) for key in ordered]
            write_table(writer, "table", ordered, places)
        file = FlatFile(path)
        table = Table(file, "table")
        assert len(table) == len(ordered)
        for key in [*ordered, *asked, "\ud800"]:
            number = table.find(key)
            assert number == (ordered.index(key) if key in keys else None)
            beginning = table.beginning(key)
            listed = [each for each in ordered if each.startswith(key)]
            assert [*map(table.key, beginning)] == table.keys(beginning) == listed
            assert list(table.records(beginning)) == [f"of {each}".encode() for each in listed]
            start, end = table.span(beginning)
            lines = "".join(f"{each}\n" for each in listed).encode()
            assert table.text[start:end] == lines
            if number is not None:
                assert table.record(number) == f"of {key}".encode()
                assert {*map(table.number_at, range(start, start + len(key.encode()) + 1))} == {
                    number
                }
        file.close()


def test_a_file_is_there_when_it_was_written_to_its_end(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), FlatWriter(tmp_path / "file"):
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


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
