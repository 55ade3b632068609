"""What months, weekdays and ages ("3 hours ago") are called in many languages.

The table ``names.json`` is made from CLDR by ``training/write_date_names.py``.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

import msgspec


class Names(msgspec.Struct, frozen=True):
    """The table; every name is folded as ``fold`` does."""

    months: dict[str, tuple[int, ...]]
    """``listopada`` is October in Croatian and November in Polish; most have one number."""
    weekdays: frozenset[str]
    ages: dict[str, str]
    """``vor {} stunden`` → ``hour``; a minute, hour, day, week, month or year."""
    days_ago: dict[str, int]
    """``yesterday`` → 1."""


@cache
def names() -> Names:
    """The table, read once."""
    data = resources.files(__package__).joinpath("names.json").read_bytes()
    return msgspec.json.decode(data, type=Names)


@cache
def ages_by_letter() -> dict[str, list[tuple[str, str, str]]]:
    """A letter beside the number → before the number, after it, and the unit.

    The letter is the first after it, or, where nothing follows, the last before it.
    """
    found: dict[str, list[tuple[str, str, str]]] = {}
    for pattern, unit in names().ages.items():
        before, _, after = pattern.partition("{}")
        letter = after.lstrip()[:1] or before.rstrip()[-1:]
        found.setdefault(letter, []).append((before, after, unit))
    return found


def fold(name: str) -> str:
    """``name`` as the table spells it: case-folded, one space between words, no final dot."""
    return " ".join(name.casefold().replace("\u0307", "").rstrip(".").split())
