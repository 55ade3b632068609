"""Two versions of a text, side by side: which words went and which came."""

from __future__ import annotations

import difflib
import operator
import re
from itertools import starmap, takewhile, zip_longest
from typing import TYPE_CHECKING

from archive_gen import markup

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Piece = tuple[str, str]
"""``same``, ``del`` or ``ins``, and a text."""

_WORD = re.compile(r"(?<!\s)\s*\S+")
_MOST_PARAGRAPHS = 500
_MOST_WORDS = 2_000
"""Of one changed passage. Comparing takes time with the square of the length: beyond this, a
passage is shown as replaced by another."""
_LEAST_ALIKE = 0.3
"""Below it, two paragraphs have words in common, but no passage (``difflib`` ratio)."""


def compare(old: str, new: str) -> list[list[Piece]]:
    """Paragraphs of pieces. ``old`` and ``new`` are safe HTML; the pieces are plain text."""
    before, after = (markup.plain_text(text).split("\n") for text in (old, new))
    return [pieces for pieces in _paragraphs(before, after) if pieces]


def _paragraphs(before: Sequence[str], after: Sequence[str]) -> Iterator[list[Piece]]:
    first = _alike(before, after)
    last = min(_alike(before[::-1], after[::-1]), len(before) - first, len(after) - first)
    yield from ([("same", paragraph)] for paragraph in after[:first])
    yield from _changed(before[first : len(before) - last], after[first : len(after) - last])
    yield from ([("same", paragraph)] for paragraph in after[len(after) - last :])


def _alike(some: Sequence[str], others: Sequence[str]) -> int:
    """How many are the same at the beginning."""
    return sum(1 for _ in takewhile(bool, map(operator.eq, some, others)))


def _changed(before: Sequence[str], after: Sequence[str]) -> Iterator[list[Piece]]:
    if max(len(before), len(after)) > _MOST_PARAGRAPHS:
        yield from _beside(before, after)
        return
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            yield from ([("same", paragraph)] for paragraph in after[c:d])
        elif b - a == d - c:
            yield from map(_words, before[a:b], after[c:d])
        else:
            yield from _beside(before[a:b], after[c:d])


def _beside(before: Sequence[str], after: Sequence[str]) -> Iterator[list[Piece]]:
    """In pairs, so that the texts of two columns are short together."""
    return starmap(_replaced, zip_longest(before, after, fillvalue=""))


def _replaced(before: str, after: str) -> list[Piece]:
    return [(name, text) for name, text in (("del", before), ("ins", after)) if text]


def _words(before: str, after: str) -> list[Piece]:
    old, new = _WORD.findall(before), _WORD.findall(after)
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    if max(len(old), len(new)) > _MOST_WORDS or matcher.ratio() < _LEAST_ALIKE:
        return _replaced(before, after)
    pieces: list[Piece] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            pieces.append(("same", "".join(new[c:d])))
        else:
            pieces += _replaced("".join(old[a:b]), "".join(new[c:d]))
    return pieces
