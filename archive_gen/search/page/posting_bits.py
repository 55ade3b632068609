"""Posting lists that are not short, in bits; ``codec.js`` reads them.

First come the documents, day by day: how many days after the one before, how many documents more
than one, the slot of the first, and the gap to each next one, all in Rice code with a ``k`` that
suits the list. Then come the postings.

A posting that is frequent in the list has a code of its own (see ``prefix_code``). The others
follow, after the code of *any other*, as their parts: the weight in Rice code, the length class in
four bits, and whether the word stands in the title if it weighs enough to stand there.
"""

from __future__ import annotations

import functools
import operator
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from archive_gen.memo import Memo
from archive_gen.search.page.notation import DIGIT, DIGITS
from archive_gen.search.page.numbers import NEXT_DAY, SLOT_BITS, SLOTS
from archive_gen.search.page.prefix_code import PrefixCode
from archive_gen.search.rice import BitReader, fitting, packed, rice, unpacked
from archive_gen.search.scoring import TITLE_WEIGHT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FREQUENT = 4
"""A posting that comes less often is shorter without a code of its own."""
_OTHER = 1 << 11
"""Stands for all postings without a code of their own; more than any."""
_LENGTH_BITS = 5
_TABLE_K = 1
_CLASS_BITS = 4
_IN_TITLE = TITLE_WEIGHT << 5
"""Postings below it are of words that don't stand in the title."""


class _Fits(NamedTuple):
    """The ``k`` for each kind of number in a list: a digit each, before the bits."""

    days: int
    more: int
    slots: int
    gaps: int
    weights: int


def posting_bits(numbers: Sequence[int], postings: Sequence[int]) -> str:
    """Documents, each with its posting; at least one."""
    gaps = [*map(operator.sub, numbers[1:], numbers)]
    starts = [0, *[n for n, gap in enumerate(gaps, 1) if gap >= NEXT_DAY]]
    for start in starts[1:]:
        gaps[start - 1] = 0  # no gap of a day
    slots = [numbers[start] & SLOTS for start in starts]
    counts = Counter(postings)
    weight = sum([(posting >> 5) * count for posting, count in counts.items()])
    days, count = len(starts), len(numbers)
    fits = _Fits(
        fitting((numbers[-1] >> SLOT_BITS) + 1 - days, days),
        fitting(count - days, days),
        fitting(sum(slots), days),
        fitting(sum(gaps) - (count - days), count - days),
        fitting(weight - count, count),
    )
    bits = ["", *map(_gap_codes(fits.gaps).__getitem__, gaps)]
    day_codes, more_codes, slot_codes = rice(fits.days), rice(fits.more), rice(fits.slots)
    before = -1
    for start, end, slot in zip(starts, [*starts[1:], count], slots, strict=True):
        day = numbers[start] >> SLOT_BITS
        bits[start] = day_codes[day - before - 1] + more_codes[end - start - 1] + slot_codes[slot]
        before = day
    table, codes = _posting_codes(counts, fits.weights)
    text = "".join(bits) + table + "".join(map(codes.__getitem__, postings))
    return "".join([DIGITS[k] for k in fits]) + packed(text.encode())


def read_posting_bits(text: str, count: int) -> Iterator[tuple[int, int]]:
    """So many documents and postings, from what ``posting_bits`` wrote."""
    fits, bits = _begun(text)
    numbers = _read_numbers(bits, fits, count)
    table = _read_table(bits, fits.weights)
    return ((number, _read_posting(bits, table, fits.weights)) for number in numbers)


def read_number_bits(text: str, count: int) -> list[int]:
    """The documents alone: in a fraction of the time."""
    fits, bits = _begun(text)
    return _read_numbers(bits, fits, count)


def _begun(text: str) -> tuple[_Fits, BitReader]:
    fits = _Fits(*(DIGIT[digit] for digit in text[: len(_Fits._fields)]))
    return fits, BitReader(unpacked(text[len(fits) :]))


def _read_numbers(bits: BitReader, fits: _Fits, count: int) -> list[int]:
    numbers: list[int] = []
    day = -1
    while len(numbers) < count:
        day += bits.number(fits.days) + 1
        more = bits.number(fits.more)
        slot = bits.number(fits.slots)
        numbers.append(day << SLOT_BITS | slot)
        for _ in range(more):
            slot += bits.number(fits.gaps) + 1
            numbers.append(day << SLOT_BITS | slot)
    return numbers


class _Gaps(dict[int, str]):
    """Gap → how it is written; none of a day is not."""

    def __init__(self, k: int) -> None:
        self._rice = rice(k)
        super().__init__((gap, self._rice[gap - 1]) for gap in range(1, 1 << 10))
        self[0] = ""

    def __missing__(self, gap: int) -> str:
        return self._rice[gap - 1]


_gap_codes = functools.cache(_Gaps)


@functools.cache
def _parts(k: int) -> Memo[int, str]:
    """Posting → its bits when it has no code of its own."""
    weights = rice(k)

    def parts(posting: int) -> str:
        title = str(posting & 1) if posting >= _IN_TITLE else ""
        return f"{weights[(posting >> 5) - 1]}{posting >> 1 & 15:0{_CLASS_BITS}b}{title}"

    return Memo(parts)


def _read_parts(bits: BitReader, k: int) -> int:
    posting = bits.number(k) + 1 << 5 | bits.plain(_CLASS_BITS) << 1
    return posting | bits.bit() if posting >= _IN_TITLE else posting


def _posting_codes(counts: Counter[int], k: int) -> tuple[str, dict[int, str]]:
    """The bits that tell the codes of frequent postings, and those of each posting.

    How long the longest is, how many there are of each length, which length *any other* has, as
    whose last it stands, and all others by their parts.
    """
    frequent = {posting: count for posting, count in counts.items() if count >= _FREQUENT}
    frequent[_OTHER] = counts.total() - sum(frequent.values())
    code = PrefixCode.of(frequent)
    own, parts = code.codes(), _parts(k)
    other = own.pop(_OTHER)
    text = f"{len(code.counts) - 1:0{_LENGTH_BITS}b}"
    if own:
        text += "".join(map(rice(_TABLE_K).__getitem__, code.counts[1:]))
        text += f"{len(other):0{_LENGTH_BITS}b}"
        text += "".join(map(parts.__getitem__, own))
    return text, {posting: own.get(posting) or other + parts[posting] for posting in counts}


def _read_table(bits: BitReader, k: int) -> PrefixCode:
    longest = bits.plain(_LENGTH_BITS)
    if not longest:
        return PrefixCode([1], [_OTHER])
    counts = [0, *(bits.number(_TABLE_K) for _ in range(longest))]
    other = sum(counts[: bits.plain(_LENGTH_BITS) + 1]) - 1
    symbols = [_OTHER if n == other else _read_parts(bits, k) for n in range(sum(counts))]
    return PrefixCode(counts, symbols)


def _read_posting(bits: BitReader, table: PrefixCode, k: int) -> int:
    posting = table.read(bits)
    return _read_parts(bits, k) if posting == _OTHER else posting
