"""A passage of an article that shows why it matches, and what to mark in it."""

from __future__ import annotations

import re
from functools import partial
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from archive_gen.memo import Memo
from archive_gen.scripts import is_wide
from archive_gen.search import analysis
from archive_gen.search.sentences import one_line, sentences

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

Pieces = tuple[tuple[str, bool], ...]
"""Text in order; True marks a piece that matches."""
_Hit = tuple[int, int, frozenset[str]]

_FEW = 30
_LENGTH = 240
_NEAR = 30


class Marker:
    """Finds the words of a query in texts."""

    def __init__(self, wanted: AbstractSet[str]) -> None:
        """``wanted``: word keys."""
        self._wanted = wanted
        self._found: Memo[str, _Hit | None] = Memo(partial(_found_in, wanted))
        self._plain = _plain_pattern(wanted)

    def snippet(self, texts: Sequence[str]) -> Pieces:
        """The sentences that hold most of the wanted words, words marked.

        From the first text that holds any; if none does, the beginning of the last that says
        anything. About 240 characters, half as many of Chinese, Japanese or Korean; an ellipsis
        stands where a sentence is cut.
        """
        found = ((text, hits) for text in texts if (hits := self._hits(text)))
        text, hits = next(found, (next((t for t in reversed(texts) if t.strip()), ""), []))
        passage = _best_passage(text, hits)
        inside = [hit for hit in hits if passage.start <= hit[0] and hit[1] <= passage.end]
        return (
            *((("… ", False),) if passage.begins_amid else ()),
            *_pieces(text, passage.start, passage.end, inside),
            *(((" …", False),) if passage.ends_amid else ()),
        )

    def mark(self, text: str) -> Pieces:
        """``text`` in pieces, those that are wanted words marked; lines are joined."""
        return _pieces(text, 0, len(text), self._hits(text))

    def _hits(self, text: str) -> list[_Hit]:
        if not self._wanted:
            return []
        if self._plain and text.isascii() and "_" not in text:
            return [(*m.span(), frozenset((m[1].lower(),))) for m in self._plain.finditer(text)]
        hits = []
        for start, end, raw in analysis.raw_words(text):
            if places := self._found[raw]:
                first, last, keys = places
                hits.append((start + first, end + last, keys))
        return hits


def _plain_pattern(wanted: AbstractSet[str]) -> re.Pattern[str] | None:
    """Finds a few plain words in text of plain letters, many times as fast as all its words."""
    words = [word for word in wanted if word.isascii() and word.isalnum()]
    if not 0 < len(words) <= _FEW or "s" in words:  # the s of "it's" is no word
        return None
    found = "|".join(sorted(words))
    return re.compile(rf"\b({found})\b(?:'s\b)?", re.IGNORECASE | re.ASCII)


def _found_in(wanted: AbstractSet[str], raw: str) -> _Hit | None:
    """What to mark of a run of letters, as shifts of its ends, and the keys found."""
    words = analysis.split_word(raw)
    keys = [analysis.key(word) for word in words]
    places = [place for place, word in enumerate(keys) if word in wanted]
    if not places:
        return None
    first = last = 0
    if len(words) > 1 and len(raw) == len(words):  # paired characters: mark those alone
        first = places[0]
        last = places[-1] + len(words[places[-1]]) - len(raw)
    return first, last, frozenset(keys[place] for place in places)


def beginning(text: str) -> str:
    """What ``Marker.snippet`` shows of a text in which nothing is wanted."""
    pieces = Marker(frozenset()).snippet((text[: 4 * _LENGTH],))
    return "".join(piece for piece, _ in pieces)


class _Passage(NamedTuple):
    """A part of a text, and whether it has but a part of its first and last sentence."""

    start: int
    end: int
    begins_amid: bool
    ends_amid: bool


def _pieces(text: str, start: int, end: int, hits: Sequence[_Hit]) -> Pieces:
    pieces: list[tuple[int, int, bool]] = []
    done = start
    for first, last, _ in hits:
        pieces += [(done, first, False), (first, last, True)]
        done = last
    pieces.append((done, end, False))
    return tuple((one_line(text, a, b), marked) for a, b, marked in pieces if a < b)


def _best_passage(text: str, hits: list[_Hit]) -> _Passage:
    """The sentence with most of the hits, and its neighbours as far as there is room."""
    length = _LENGTH // 2 if is_wide(text) else _LENGTH
    far = (hits[-1][0] if hits else 0) + length
    spans = list(takewhile(lambda span: span[0] <= far, sentences(text))) or [(0, 0)]
    best, most = 0, 0
    for number, (start, end) in enumerate(spans):
        found = {word for hit in hits if start <= hit[0] < end for word in hit[2]}
        if len(found) > most:
            best, most = number, len(found)
    start, end = spans[best]
    if end - start > length:
        first = next((hit[0] for hit in hits if start <= hit[0] < end), start)
        begin = max(start, min(first - length // 3, end - length))
        return _cut(text, length, begin, start, end)
    return _with_neighbours(text, length, spans, best)


def _with_neighbours(text: str, length: int, spans: list[tuple[int, int]], best: int) -> _Passage:
    """A sentence with those behind it, and if there are few, some before it."""
    start, end = spans[best]
    for _, later in spans[best + 1 :]:
        if later - start > length:
            if 2 * (end - start) < length:  # a heading alone says little
                return _cut(text, length, start, start, later)
            break
        end = later
    for earlier, _ in reversed(spans[:best]):
        if 2 * (end - start) >= length or end - earlier > length:
            break
        start = earlier
    return _Passage(start, end, begins_amid=False, ends_amid=False)


def _cut(text: str, length: int, start: int, first: int, last: int) -> _Passage:
    """A passage of ``length`` characters at word boundaries, where there are any near."""
    end = min(start + length, last)
    if start > first:
        space = text.find(" ", start, start + _NEAR)
        start = space + 1 if space >= 0 else start
    if end < last:
        space = text.rfind(" ", end - _NEAR, end)
        end = space if space >= 0 else end
    return _Passage(start, end, start > first, end < last)
