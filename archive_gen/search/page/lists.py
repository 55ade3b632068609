"""Lists of documents in the page's notation, those of common words in pieces.

A short posting list is, for each document, the gap to the one before and the posting (one digit to
three). A longer one is a mark, the number of its documents, and bits, see ``posting_bits``. Of a
list that is cut (see ``cuts``) each piece is a list of its own.
"""

from __future__ import annotations

import itertools
import operator
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from archive_gen.memo import SmallMemo
from archive_gen.search.page.cuts import CUT
from archive_gen.search.page.merging import ABSENT, merged
from archive_gen.search.page.notation import DIGIT, LONG, POSTING, SHORT, VARINT
from archive_gen.search.page.numbers import NEXT_DAY, SLOT_BITS, SLOTS
from archive_gen.search.page.posting_bits import posting_bits, read_number_bits, read_posting_bits
from archive_gen.search.rice import packed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archive_gen.search.analysis import Term
    from archive_gen.search.page.cuts import Cuts
    from archive_gen.search.whoosh.codec import PostingList

_LONG = 32
"""A posting list of so many documents is written in bits, which is shorter from then on."""
_IN_BITS = "~"
"""Stands before such a list; no other begins so."""


class Listed(NamedTuple):
    """Where a term stands."""

    numbers: Sequence[int]
    """The page's numbers of its documents, in order."""
    postings: Sequence[int]
    """Its posting in each."""
    places: Sequence[bytes]
    """Where it stands in each, see ``place_bits``."""

    def part(self, here: slice) -> Listed:
        """Some of its documents."""
        return Listed(self.numbers[here], self.postings[here], self.places[here])


class Piece(NamedTuple):
    """A list as text, or a piece of one."""

    postings: str
    places: str


class TermLists(NamedTuple):
    """What the page's files say of where a term stands."""

    postings: str
    """Its list, or the kind of it if it is cut."""
    places: str
    pieces: list[Piece]
    """Of a list that is cut."""
    documents: int
    in_title: bool
    """Whether it stands in the title of one of these documents."""


def ranked(lists: Iterable[PostingList], ranks: Sequence[int]) -> Iterator[tuple[str, Listed]]:
    """Those of the lists that have documents, a term once.

    ``ranks``: number of a document in the index → in the page.
    """
    for text, parts in itertools.groupby(lists, key=operator.itemgetter(0)):
        found = merged(
            ([ranks[document] for document in documents], weights, values)
            for _, documents, weights, values in parts
        )
        if found[0]:
            yield text.decode(), Listed(*found)


def numbers_in(lists: Iterable[PostingList], ranks: Sequence[int]) -> list[int]:
    """The page's numbers of the documents in the lists of one term, in order."""
    found: list[int] = []
    for _, documents, _, _ in lists:
        found += map(ranks.__getitem__, documents)
    found.sort()
    return found[bisect_right(found, ABSENT) :]


def term_lists(term: Term, listed: Listed, cuts: Cuts) -> TermLists:
    """All that the page's files say of where a term stands."""
    spread = len(listed.numbers), any(posting & 1 for posting in listed.postings)
    kind = cuts.kind(term, len(listed.numbers))
    if kind is None:
        return TermLists(*written(listed), [], *spread)
    pieces = [written(listed.part(here)) for here in cuts.slices(kind, listed.numbers)]
    return TermLists(cut_list(kind), "", pieces, *spread)


def cut_list(kind: int) -> str:
    """What stands for a list that is cut."""
    return f"{CUT}{kind}"


def kind_in(text: str) -> int | None:
    """The kind of a list if it is cut."""
    return int(text.removeprefix(CUT)) if text.startswith(CUT) else None


def written(listed: Listed) -> Piece:
    """A list as text."""
    return Piece(written_postings(listed), written_places(listed))


def written_postings(listed: Listed) -> str:
    """Documents, each with its posting."""
    if (count := len(listed.numbers)) >= _LONG:
        return f"{_IN_BITS}{VARINT[count]}{posting_bits(listed.numbers, listed.postings)}"
    pairs = zip(_gaps(listed.numbers), listed.postings, strict=True)
    return "".join([gap + POSTING[posting] for gap, posting in pairs])


def read_postings(text: str) -> Iterator[tuple[int, int]]:
    """Documents and postings, from what ``written_postings`` wrote."""
    return _read_long(text) if text.startswith(_IN_BITS) else _read_short(text)


def read_documents(text: str) -> list[int]:
    """The documents of ``read_postings`` alone."""
    if text.startswith(_IN_BITS):
        return read_number_bits(*_long(text))
    return [number for number, _ in _read_short(text)]


def _read_long(text: str) -> Iterator[tuple[int, int]]:
    return read_posting_bits(*_long(text))


def _long(text: str) -> tuple[str, int]:
    """The bits of a long list, and how many documents it has."""
    digits = map(DIGIT.__getitem__, text[1:])
    count = _varint(next(digits), digits)
    return text[1 + len(VARINT[count]) :], count


def _read_short(text: str) -> Iterator[tuple[int, int]]:
    digits = map(DIGIT.__getitem__, text)
    day, slot = -1, 0
    for digit in digits:
        step = _varint(digit, digits)
        if step & 1:
            slot = step >> 1
            day += _varint(next(digits), digits) + 1
        else:
            slot += (step >> 1) + 1
        yield day << SLOT_BITS | slot, _posting(next(digits), digits)


def _varint(digit: int, more: Iterator[int]) -> int:
    number, shift = digit & 31, 5
    while digit > 31:
        digit = next(more)
        number |= (digit & 31) << shift
        shift += 5
    return number


def _posting(digit: int, more: Iterator[int]) -> int:
    if digit < SHORT:
        return (digit // 16 + 1) * 32 + digit % 16 * 2
    high = digit - SHORT if digit < LONG else next(more)
    return high * 64 + next(more)


def written_places(listed: Listed) -> str:
    """Where the term stands in each of the documents."""
    return packed(b"".join(listed.places))


def written_numbers(numbers: Sequence[int]) -> str:
    """Documents, each by the gap to the one before: in slots if it is of the same day.

    Else the slot is written with a lowest bit, and the days between the two follow.
    """
    return "".join(_gaps(numbers))


def _gaps(numbers: Sequence[int]) -> list[str]:
    if not numbers:
        return []
    gaps = map(operator.sub, numbers[1:], numbers)
    rest = zip(gaps, numbers[1:], strict=True)
    return [_other_day(numbers[0], numbers[0] - ABSENT)] + [
        _SAME_DAY[gap] if gap < NEXT_DAY else _other_day(number, gap) for gap, number in rest
    ]


def _other_day(number: int, gap: int) -> str:
    days = (number >> SLOT_BITS) - (number - gap >> SLOT_BITS)
    return VARINT[(number & SLOTS) << 1 | 1] + VARINT[days - 1]


_SAME_DAY = SmallMemo(lambda gap: VARINT[gap - 1 << 1], 1 << 12)
"""How a gap within a day is written."""
