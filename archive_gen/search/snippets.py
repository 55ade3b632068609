"""A passage of an article that shows why it matches, and what to mark in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive_gen.search import analysis

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

Pieces = tuple[tuple[str, bool], ...]
"""Text in order; True marks a piece that matches."""
_Hit = tuple[int, int, frozenset[str]]

_FEW = 30
_LENGTH = 240
_BEFORE_HIT = 80
_SPACES = re.compile(r"\s+")
_SENTENCE = re.compile(
    r"(?:[^.!?。！？…\n]+"
    r"|[.!?](?=[^\w\s]{0,9}\w)"
    r"|\.(?=\s{1,3}[a-zß-öø-ÿα-ωа-яё])"
    r"|(?<=\b[^\W\d_])\.|(?<=\b[A-Z][a-z])\.(?=\s[A-Z])|(?<=\b[A-Z][a-z]{2})\.(?=\s\d)"
    r")+(?:[.!?。！？…]+[\"'”’»)\]]*|\n|$)"
)
"""The stop of an abbreviation (``U.S. oil``, ``J. Lee``, ``Dr. Lee``, ``Feb. 3``) ends none."""


class Marker:
    """Finds the words of a query in texts."""

    def __init__(self, wanted: AbstractSet[str]) -> None:
        """``wanted``: word keys."""
        self._wanted = wanted
        self._found = _Found(wanted)
        self._plain = _plain_pattern(wanted)

    def snippet(self, texts: Sequence[str]) -> Pieces:
        """The sentences that hold most of the wanted words, words marked.

        From the first text that holds any; if none does, the beginning of the last that says
        anything. About 240 characters; an ellipsis stands where a sentence is cut.
        """
        found = ((text, hits) for text in texts if (hits := self._hits(text)))
        text, hits = next(found, (next((t for t in reversed(texts) if t.strip()), ""), []))
        start, end = _best_passage(text, hits)
        inside = [hit for hit in hits if start <= hit[0] and hit[1] <= end]
        pieces = list(_pieces(text, start, end, inside))
        if start and not _begins_sentence(text, start):
            pieces.insert(0, ("… ", False))
        if end < len(text.rstrip()) and not _ends_sentence(text, end):
            pieces.append((" …", False))
        return tuple(pieces)

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


class _Found(dict[str, "tuple[int, int, frozenset[str]] | None"]):
    """A run of letters → what to mark of it, as shifts of its ends, and the keys found."""

    def __init__(self, wanted: AbstractSet[str]) -> None:
        super().__init__()
        self._wanted = wanted

    def __missing__(self, raw: str) -> tuple[int, int, frozenset[str]] | None:
        words = analysis.split_word(raw)
        keys = [analysis.key(word) for word in words]
        places = [place for place, word in enumerate(keys) if word in self._wanted]
        value = None
        if places:
            first = last = 0
            if len(words) > 1 and len(raw) == len(words):  # paired characters: mark those alone
                first = places[0]
                last = places[-1] + len(words[places[-1]]) - len(raw)
            value = first, last, frozenset(keys[place] for place in places)
        self[raw] = value
        return value


def _pieces(text: str, start: int, end: int, hits: Sequence[_Hit]) -> Pieces:
    pieces: list[tuple[str, bool]] = []
    done = start
    for first, last, _ in hits:
        pieces += [(text[done:first], False), (text[first:last], True)]
        done = last
    pieces.append((text[done:end], False))
    return tuple((_one_line(piece), marked) for piece, marked in pieces if piece)


def _best_passage(text: str, hits: list[_Hit]) -> tuple[int, int]:
    sentences = [match.span() for match in _SENTENCE.finditer(text)] or [(0, len(text))]
    best, most = 0, 0
    for number, (start, end) in enumerate(sentences):
        found = {word for hit in hits if start <= hit[0] < end for word in hit[2]}
        if len(found) > most:
            best, most = number, len(found)
    start, end = sentences[best]
    if end - start > _LENGTH:
        first = next((hit[0] for hit in hits if start <= hit[0] < end), start)
        return _cut(text, max(start, min(first - _BEFORE_HIT, end - _LENGTH)), start, end)
    for _, later in sentences[best + 1 :]:
        if later - start > _LENGTH:
            break
        end = later
    return _trimmed(text, start, end)


def _cut(text: str, start: int, first: int, last: int) -> tuple[int, int]:
    """A passage of ``_LENGTH`` characters at word boundaries, where there are any near."""
    end = min(start + _LENGTH, last)
    if start > first:
        space = text.find(" ", start, start + 30)
        start = space + 1 if space >= 0 else start
    if end < last:
        space = text.rfind(" ", end - 30, end)
        end = space if space >= 0 else end
    return _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    passage = text[start:end]
    return (
        start + len(passage) - len(passage.lstrip()),
        end - len(passage) + len(passage.rstrip()),
    )


def _begins_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip()
    return "\n" in text[len(before) : start] or before[-1:] in tuple(".!?。！？…\"'”’»)]")


def _ends_sentence(text: str, end: int) -> bool:
    return text[end - 1] in ".!?。！？…\"'”’»)]" or text[end : end + 1] == "\n"


def _one_line(text: str) -> str:
    return _SPACES.sub(" ", text)
