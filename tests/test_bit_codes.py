"""Numbers in bits: Rice code, prefix codes, and posting lists made of both."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from archive_gen.search import scoring
from archive_gen.search.page.lists import Listed, read_documents, read_postings, written_postings
from archive_gen.search.page.numbers import NEXT_DAY, SLOT_BITS
from archive_gen.search.page.posting_bits import posting_bits
from archive_gen.search.page.prefix_code import PrefixCode
from archive_gen.search.rice import BitReader, fitting, packed, rice, unpacked

_FREQUENCIES = st.dictionaries(st.integers(0, 2_048), st.integers(0, 10_000), min_size=1)


@given(st.text("01"))
def test_bits_are_unpacked_as_they_were_packed(bits: str) -> None:
    digits = packed(bits.encode())
    found = unpacked(digits).decode()
    assert found.startswith(bits)
    assert not found[len(bits) :].strip("0")
    assert len(digits) == -(-len(bits) // 6)


@given(st.lists(st.integers(0, 1 << 14)), st.integers(5, 26))
def test_numbers_in_rice_code_are_read_as_they_were_written(numbers: list[int], k: int) -> None:
    bits = BitReader("".join(map(rice(k).__getitem__, numbers)).encode())
    assert [bits.number(k) for _ in numbers] == numbers


@given(st.lists(st.integers(0, 5_000), min_size=1))
def test_the_k_that_fits_keeps_codes_short(numbers: list[int]) -> None:
    k = fitting(sum(numbers), len(numbers))
    mean = sum(numbers) / len(numbers)
    length = sum(len(rice(k)[number]) for number in numbers) / len(numbers)
    assert length <= math.log2(mean + 1) + 3


@given(_FREQUENCIES)
def test_a_prefix_code_is_whole_and_as_short_as_can_be(frequencies: dict[int, int]) -> None:
    codes = PrefixCode.of(frequencies).codes()
    assert codes.keys() == frequencies.keys()
    assert sum(2.0 ** -len(code) for code in codes.values()) == 1
    total = sum(frequencies.values())
    least = sum(n * math.log2(total / n) for n in frequencies.values() if n)
    taken = sum(n * len(codes[symbol]) for symbol, n in frequencies.items())
    assert least - 1e-6 <= taken <= least + total


@given(_FREQUENCIES, st.data())
def test_symbols_are_read_as_they_were_written(
    frequencies: dict[int, int], data: st.DataObject
) -> None:
    code = PrefixCode.of(frequencies)
    symbols = data.draw(st.lists(st.sampled_from(sorted(frequencies))))
    bits = BitReader("".join(map(code.codes().__getitem__, symbols)).encode())
    assert [code.read(bits) for _ in symbols] == symbols


_DAYS = st.integers(0, 40) | st.integers(0, 9_999)
_PLACES = st.tuples(_DAYS, st.integers(0, 40) | st.integers(0, NEXT_DAY - 1))
_POSTINGS = st.tuples(st.integers(1, 63), st.integers(0, 15), st.booleans())


@given(
    st.dictionaries(_PLACES, _POSTINGS, max_size=10), st.integers(0, 12), st.sampled_from([2, 63])
)
def test_a_posting_list_is_read_as_it_was_written(
    some: dict[tuple[int, int], tuple[int, int, bool]], days: int, weights: int
) -> None:
    # Enough of them to be written in bits, most on a day with others, as in an archive.
    usual = [(day, slot) for day in range(0, days, 2) for slot in range(0, 60, 4)]
    usuals = {place: (1 + n % weights, 5, False) for n, place in enumerate(usual)}
    found = dict(sorted((usuals | some).items()))
    numbers = [day << SLOT_BITS | slot for day, slot in found]
    postings = [
        scoring.pack_posting(weight, length, in_title=title and weight >= scoring.TITLE_WEIGHT)
        for weight, length, title in found.values()
    ]
    text = written_postings(Listed(numbers, postings, []))
    assert [*read_postings(text)] == list(zip(numbers, postings, strict=True))
    assert read_documents(text) == numbers


def test_a_list_takes_about_as_many_bits_as_it_says() -> None:
    numbers = [day << 26 | slot * 4 for day in range(20) for slot in range(100)]
    postings = [(1 + n % 2) << 5 | (5 + n % 4 // 2) << 1 for n in range(2_000)]
    # A gap of four in three bits or four, one of four postings in two.
    assert len(posting_bits(numbers, postings)) * 6 < 2_000 * 6.2
