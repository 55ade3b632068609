"""How the page numbers the documents: by time, and so that one more or less moves few others.

A number is a *day* and a *slot* in it. Days are counted from the first year of the archive;
undated documents, and those dated by year or month alone, have days of their own. A day has
two to four times as many slots as documents. Which of them a document has follows from its time
and its path: it is spread evenly, and moved on when its slot is taken. So the numbers of a day
depend on that day alone, and an article that comes or goes moves few of its neighbours.
(A sorted array with gaps, as in Itai, Konheim, Rodeh: "A sparse table implementation of priority
queues", 1981; but places must not depend on the order in which documents came, so the gaps are
made by spreading alone.)
"""

from __future__ import annotations

import hashlib
import itertools
from bisect import bisect_left, bisect_right
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

SLOT_BITS = 26
"""A number is ``day << SLOT_BITS | slot``; ``codec.js`` knows it."""
SLOTS = (1 << SLOT_BITS) - 1
"""The bits of a number that are the slot."""
NEXT_DAY = 1 << SLOT_BITS - 1
"""Numbers this far apart are of two days: no day fills half of its slots."""
MONTHS = 13
"""Months in a year; the first is for what is dated by the year alone."""
DAYS = 32
"""Days in a month; the first is for what is dated by the month alone."""
_TIE_BITS = 64
_SPREAD_BITS = 32
_SPREAD = (1 << _SPREAD_BITS) - 1
_LEAST_ROOM = 4
_HOUR = 3600
_MOST_GRAIN = 5
_BLOCK = 8
_BLOCK_SLOTS = 12
_CLOCK = 1_000_000
"""A moment is ``date * _CLOCK + clock``, see ``schema.moment``."""


def tie(path: str) -> int:
    """Orders articles of the same moment: by chance, but always alike; below 2 ** 64.

    Close paths lie far apart, so that they spread evenly.
    """
    text = path.encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "big")


def order_key(moment: int, tie: int) -> int:
    """Sorted by it, documents are in the order of their numbers; see ``schema.moment``."""
    return moment << _TIE_BITS | tie


def order_keys(moments: Iterable[int], ties: Iterable[int]) -> list[int]:
    """``order_key`` of many."""
    return [moment << _TIE_BITS | tie for moment, tie in zip(moments, ties, strict=True)]


def date_in(key: int) -> int:
    """The date in an order key: year, month and day as one number of eight digits."""
    return (key >> _TIE_BITS) // _CLOCK


def keys_of_date(date: int) -> tuple[int, int]:
    """The order keys of a date are from the first number to before the second."""
    return order_key(date * _CLOCK, 0), order_key((date + 1) * _CLOCK, 0)


def first_year(keys: Sequence[int]) -> int:
    """The first year of sorted order keys; 0 if no document has a date."""
    return next((date // 10_000 for date in map(date_in, keys) if date), 0)


def day_of(date: int, first: int) -> int:
    """The number of a day in an archive that begins with the year ``first``."""
    if not date:
        return 0
    year, month, day = date // 10_000, date // 100 % 100, date % 100
    return ((year - first) * MONTHS + month + 1) * DAYS + day


def month_of(number: int) -> int:
    """The month of a document's number; 0 without a date."""
    return (number >> SLOT_BITS) // DAYS


def numbers_of_month(month: int) -> tuple[int, int]:
    """The numbers of a month are from the first to before the second."""
    return month * DAYS << SLOT_BITS, (month + 1) * DAYS << SLOT_BITS


def numbers_of_year(year: int, first: int) -> tuple[int, int]:
    """The numbers of a year, 0 for undated, are from the first to before the second."""
    if not year:
        return numbers_of_month(0)
    month = (year - first) * MONTHS + 1
    return numbers_of_month(month)[0], numbers_of_month(month + MONTHS)[0]


def year_of(month: int, first: int) -> int:
    """The year of a month; 0 without a date."""
    return first + (month - 1) // MONTHS if month else 0


def numbers_of(keys: Sequence[int], first: int) -> list[int]:
    """The numbers of documents, from their sorted order keys."""
    found: list[int] = []
    while len(found) < len(keys):
        start = len(found)
        date = date_in(keys[start])
        day = day_of(date, first) << SLOT_BITS
        end = bisect_left(keys, keys_of_date(date)[1], start)
        found += [day | slot for slot in slots_of(keys[start:end])]
    return found


def slots_of(keys: Sequence[int]) -> list[int]:
    """The slots of the documents of one day, from their sorted order keys.

    A day in which clock times are known has a part for what has none, and one for each hour.
    """
    if not _clock(keys[-1]):
        room = _room(len(keys))
        unused = _TIE_BITS + 1 - room.bit_length()
        return _apart([key >> unused & room - 1 for key in keys], room)
    hours = [list(members) for _, members in itertools.groupby(keys, key=_hour)]
    room = _room(max(map(len, hours)))
    return [
        _hour(members[0]) * room + slot
        for members in hours
        for slot in _apart(_wanted(members, list(map(_second, members)), room), room)
    ]


def grain_of(numbers: Sequence[int]) -> int:
    """How many days of a month, whose sorted ``numbers`` these are, share a file: 2 to this power.

    The most that have no more than eight documents; 0 also where one day has more.
    """
    counts: dict[int, int] = {}
    at = 0
    while at < len(numbers):
        day = numbers[at] >> SLOT_BITS
        end = bisect_left(numbers, day + 1 << SLOT_BITS, at)
        counts[day] = end - at
        at = end
    if max(counts.values(), default=0) > _BLOCK:
        return 0
    for grain in range(_MOST_GRAIN, 0, -1):
        shared: Counter[int] = Counter()
        for day, count in counts.items():
            shared[day >> grain] += count
        if max(shared.values(), default=0) <= _BLOCK:
            return grain
    return 0


def block_of(number: int, grain: int) -> str:
    """The file that has a document, as ``codec.js`` knows it too.

    It is named by its month, which is a folder, and the first of its days in it, or a day and a
    part of its slots. All in one folder, they are more from 120,000 articles on than FAT32 keeps.
    """
    month, day = divmod(number >> SLOT_BITS, DAYS)
    if grain:
        return f"{month}/{day >> grain << grain}"
    return f"{month}/{day}-{(number & SLOTS) // _BLOCK_SLOTS}"


def month_of_block(name: str) -> int:
    """The month whose documents a file has."""
    return int(name.partition("/")[0])


def _wanted(keys: Sequence[int], seconds: Sequence[int], room: int) -> Iterator[int]:
    """The slot, below ``room``, that each document of an hour would have alone.

    Documents of one second have the time until the next that is known to spread over.
    """
    start = 0
    while start < len(keys):
        second = seconds[start]
        end = bisect_right(seconds, second, start)
        span = (seconds[end] if end < len(keys) else _HOUR) - second
        for key in keys[start:end]:
            part = key >> _TIE_BITS - _SPREAD_BITS & _SPREAD
            yield ((second << _SPREAD_BITS) + part * span) * room // (_HOUR << _SPREAD_BITS)
        start = end


def _apart(wanted: Iterable[int], room: int) -> list[int]:
    """The slots that are wanted, in order, each moved on where the one before has it."""
    found: list[int] = []
    slot = -1
    for each in wanted:
        slot = each if each > slot else slot + 1
        found.append(slot)
    # What would come after the last slot moves back, and what is before it makes room.
    return found if slot < room else [*map(min, found, range(room - len(found), room))]


def _room(count: int) -> int:
    """A power of two, so that it seldom changes."""
    return max(_LEAST_ROOM, 2 << (count - 1).bit_length())


def _clock(key: int) -> int:
    return (key >> _TIE_BITS) % _CLOCK


def _hour(key: int) -> int:
    """0 for what has no clock time, else one more than the hour."""
    clock = _clock(key)
    return clock // 10_000 + 1 if clock else 0


def _second(key: int) -> int:
    """Of the hour."""
    clock = _clock(key)
    return clock // 100 % 100 * 60 + clock % 100
