"""Numbers as text, for the page's scripts.

A digit is a character that stands for 0 to 63. A *varint* is low digits first, five bits each,
32 added to all but the last. ``codec.js`` reads it.
"""

from __future__ import annotations

from archive_gen.memo import Memo, SmallMemo

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

DIGIT = {digit: number for number, digit in enumerate(DIGITS)}
"""What a digit stands for."""


def _spelt(number: int) -> str:
    text = ""
    while number > 31:
        text += DIGITS[32 + (number & 31)]
        number >>= 5
    return text + DIGITS[number]


VARINT = SmallMemo(_spelt, 1 << 13)
"""Number → varint."""
SHORT = 48
"""Digits below it are a posting each."""
LONG = 63
"""The digit before a posting of two more."""


def _posting(number: int) -> str:
    weight, rest = divmod(number, 32)
    if 1 <= weight <= SHORT // 16 and not rest & 1:
        return DIGITS[(weight - 1) * 16 + rest // 2]
    high, low = divmod(number, 64)
    if high < LONG - SHORT:
        return DIGITS[SHORT + high] + DIGITS[low]
    return DIGITS[LONG] + DIGITS[high] + DIGITS[low]


POSTING = Memo(_posting)
"""Posting → its digits: one for a word that is not in the title and stands up to three times."""


def shared(first: str, second: str, most: int) -> int:
    """With how many letters, ``most`` at most, two texts begin alike."""
    most = min(len(first), len(second), most)
    if first[:most] == second[:most]:
        return most
    return next(n for n in range(most) if first[n] != second[n])
