"""The phrases by which a page speaks to its readers: ``phrases.txt``, several languages."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

_WORD = re.compile(r"\w+")


@cache
def _table() -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern for any phrase at the start of a folded line, and phrase → kind."""
    kinds: dict[str, str] = {}
    kind = ""
    text = resources.files(__package__).joinpath("phrases.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("["):
            kind = line.strip("[]")
        elif line and not line.startswith("#"):
            kinds.setdefault(fold(line), kind)
    longest_first = sorted(kinds, key=len, reverse=True)
    return re.compile("(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)"), kinds


def fold(text: str) -> str:
    """``text`` case-folded, letters and digits only, one space between words."""
    return " ".join(_WORD.findall(text.casefold()))


def find_prompt(key: str) -> tuple[str, bool]:
    """The kind of furniture that a folded line begins as, and whether that is all of it.

    All of it: nothing but such phrases, or a few letters more.
    """
    pattern, kinds = _table()
    first = match = pattern.match(key)
    if first is None or match is None:
        return "", False
    end = 0
    while match:
        end = match.end()
        match = pattern.match(key, end + 1)
    return kinds[first[0]], len(key) - end <= max(12, end)
