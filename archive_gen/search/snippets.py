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

_LENGTH = 240
_BEFORE_HIT = 80
_SENTENCE = re.compile(
    r"(?:[^.!?。！？…\n]|[.!?](?!\W*(?:\s|$)))+(?:[.!?。！？…]+[\"'”’»)\]]*|\n|$)"
)


def snippet(texts: Sequence[str], wanted: AbstractSet[str]) -> Pieces:
    """The sentences that hold most of the ``wanted`` word keys, words marked.

    From the first text that holds any; if none does, the beginning of the last that says
    anything. About 240 characters; an ellipsis stands where a sentence is cut.
    """
    found = ((text, hits) for text in texts if (hits := _hits(text, wanted)))
    text, hits = next(found, (next((t for t in reversed(texts) if t.strip()), ""), []))
    start, end = _best_passage(text, hits)
    pieces = list(mark(text[start:end], wanted))
    if start and not _begins_sentence(text, start):
        pieces.insert(0, ("… ", False))
    if end < len(text.rstrip()) and not _ends_sentence(text, end):
        pieces.append((" …", False))
    return tuple(pieces)


def mark(text: str, wanted: AbstractSet[str]) -> Pieces:
    """``text`` in pieces, those that are ``wanted`` word keys marked; lines are joined."""
    pieces: list[tuple[str, bool]] = []
    done = 0
    for start, end, _ in _hits(text, wanted):
        pieces += [(text[done:start], False), (text[start:end], True)]
        done = end
    pieces.append((text[done:], False))
    return tuple((_one_line(piece), marked) for piece, marked in pieces if piece)


def _hits(text: str, wanted: AbstractSet[str]) -> list[_Hit]:
    hits = []
    for start, end, words in analysis.tokens(text):
        keys = [analysis.key(word) for word in words]
        if wanted.isdisjoint(keys):
            continue
        found = [place for place, word in enumerate(keys) if word in wanted]
        if len(words) > 1 and end - start == len(words):  # paired characters: mark those alone
            end = start + found[-1] + len(words[found[-1]])
            start += found[0]
        hits.append((start, end, frozenset(keys[place] for place in found)))
    return hits


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
    return re.sub(r"\s+", " ", text)
