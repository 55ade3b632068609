"""How many slips of the finger apart two words are."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_MIN_LENGTH = 4
_LONG = 8


def edits_within(first: str, second: str, limit: int) -> bool:
    """Whether at most ``limit`` (1 or 2) edits make ``second`` from ``first``.

    An edit inserts, drops or changes a character, or swaps two neighbours (the restricted
    Damerau-Levenshtein distance).
    """
    return distance(first, second, limit) <= limit


def distance(first: str, second: str, limit: int) -> int:
    """The number of edits, or ``limit + 1`` if there are more than ``limit``."""
    if first == second:
        return 0
    if abs(len(first) - len(second)) > limit or limit < 1:
        return limit + 1
    before: list[int] = []
    above = list(range(len(second) + 1))
    for row, letter in enumerate(first, 1):
        here = [row]
        for column, other in enumerate(second, 1):
            cost = min(above[column] + 1, here[-1] + 1, above[column - 1] + (letter != other))
            if row > 1 < column and letter == second[column - 2] and first[row - 2] == other:
                cost = min(cost, before[column - 2] + 1)
            here.append(cost)
        if min(here) > limit:
            return limit + 1
        before, above = above, here
    return min(above[-1], limit + 1)


def near(word: str, known: Iterable[str]) -> list[tuple[int, str]]:
    """The known words that ``word`` may have been meant to be, each with its distance.

    Two edits are allowed in words of eight letters and more, one in those of four and more.
    """
    if len(word) < _MIN_LENGTH:
        return []
    limit = 2 if len(word) >= _LONG else 1
    letters = set(word)
    found = []
    for candidate in known:
        # Each edit adds at most one new letter: most words are out without counting edits.
        if abs(len(candidate) - len(word)) > limit or len(letters.difference(candidate)) > limit:
            continue
        edits = distance(word, candidate, limit)
        if 0 < edits <= limit:
            found.append((edits, candidate))
    return found
