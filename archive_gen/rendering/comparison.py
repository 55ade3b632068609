"""Two versions of a text, side by side: which words went and which came."""

from __future__ import annotations

import difflib
import re
from itertools import zip_longest
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


def compare(old: str, new: str) -> list[list[Piece]]:
    """Paragraphs of pieces. ``old`` and ``new`` are safe HTML; the pieces are plain text."""
    before, after = (markup.plain_text(text).split("\n") for text in (old, new))
    if before == after:
        return [[("same", paragraph)] for paragraph in after]
    return [pieces for pieces in _paragraphs(before, after) if pieces]


def _paragraphs(before: Sequence[str], after: Sequence[str]) -> Iterator[list[Piece]]:
    if max(len(before), len(after)) > _MOST_PARAGRAPHS:
        yield from _replaced(before, after)
        return
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            yield from ([("same", paragraph)] for paragraph in after[c:d])
        elif kind == "replace" and b - a == d - c:
            yield from (_words(*pair) for pair in zip(before[a:b], after[c:d], strict=True))
        else:
            yield from _replaced(before[a:b], after[c:d])


def _replaced(before: Sequence[str], after: Sequence[str]) -> Iterator[list[Piece]]:
    """Beside each other, so that the texts of two columns are short together."""
    for old, new in zip_longest(before, after, fillvalue=""):
        yield [piece for piece in (("del", old), ("ins", new)) if piece[1]]


def _words(before: str, after: str) -> list[Piece]:
    old, new = _WORD.findall(before), _WORD.findall(after)
    if max(len(old), len(new)) > _MOST_WORDS:
        return [("del", before), ("ins", after)]
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < 0.3:
        return [("del", before), ("ins", after)]
    pieces: list[Piece] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            pieces.append(("same", "".join(new[c:d])))
        else:
            pieces += [
                (name, "".join(words))
                for name, words in (("del", old[a:b]), ("ins", new[c:d]))
                if words
            ]
    return pieces
