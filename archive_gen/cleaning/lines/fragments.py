"""Texts that were broken where the markup inside a paragraph began or ended.

Whoever asks a library for the texts of a page with a line end between them (``get_text("\\n")``)
parts not only its blocks: each link and each bold word is a line of its own, too, and what goes on
behind it the next. Such a line begins as no block does, with a small letter or with a mark that
closes; where lines make sentences so, again and again, they are put together. So are those to
which the source of a page was broken and indented: such libraries leave them as they are.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from archive_gen.cleaning.characters import ends_sentence
from archive_gen.cleaning.lines.joining import ITEM

if TYPE_CHECKING:
    from collections.abc import Sequence

_CLOSING = re.compile(r"[,;)\]»”’.!?:](?:\s|\Z)|['’]\w{1,2}\s|[,;]\w")
"""Begins what goes on behind a word that stood alone."""
_CLOSERS = frozenset(",;)]»”’.!?:'")
"""With which it may begin."""
_ENOUGH = 2
"""Sentences, at least, that lines make together in a text that was broken."""
_SHARE = 0.5
"""Of all that lines would make, those that are sentences: lists in small letters are none."""
_ENOUGH_INDENTED = 3
"""Lines, at least, that are indented where the source of a page was broken to a width."""
_SENTENCE = 3
"""Words, at least, of a line within a sentence; menus and headings have fewer."""
_PROSE = 16
"""Words: no heading has more."""
_TOGETHER = 8
"""Words, at least, of lines that make a sentence."""
_NO_VERSE = 60
"""Characters: a line that is longer is none of verse."""
_INLINE = 8
"""Words, at most, of a link that ends a sentence."""
_LONG = 40
"""Characters of a line that goes on in an indented one."""
_OPEN = ("(", "[", "“", "«", "„", "‘", ",", "—", "–", "/")
"""At its end, a line is not at an end."""


def find_fragments(lines: Sequence[str]) -> list[range]:
    """The ranges of indexes of ``lines`` that belong together; none in a text that is whole."""
    texts = [line.strip() for line in lines]
    joined = [False, *(_goes_on(line, after) for line, after in pairwise(texts))]
    indented = _indented(lines)
    if sum(indented) >= _ENOUGH_INDENTED:
        joined = [one or other for one, other in zip(joined, indented, strict=True)]
    onward = [index for index, is_joined in enumerate(joined) if is_joined]
    if sum(_is_in_prose(texts, index) for index in onward) < _ENOUGH:
        return []
    _join_starts(texts, joined)
    runs = [run for run in _runs(joined) if _words(texts, run) >= _TOGETHER]
    closed = [any(_CLOSING.match(texts[index]) for index in run[1:]) for run in runs]
    whole = [_is_whole(texts, run) for run in runs]
    # Verse in small letters has sentences, too, but no line as long as those of prose.
    told = sum(
        is_whole and (is_closed or max(len(texts[index]) for index in run) >= _NO_VERSE)
        for run, is_whole, is_closed in zip(runs, whole, closed, strict=True)
    )
    if told < max(_ENOUGH, _SHARE * len(runs)):
        return []
    return [run for run, *holds in zip(runs, whole, closed, strict=True) if any(holds)]


def _is_in_prose(texts: Sequence[str], index: int) -> bool:
    """Whether what goes on in a line is, as far as that line tells, no menu and no verse."""
    beside = texts[max(0, index - 2) : index + 1]
    return max(map(len, beside)) >= _NO_VERSE or bool(_CLOSING.match(texts[index]))


def _words(texts: Sequence[str], run: range) -> int:
    return sum(len(texts[index].split()) for index in run)


def _is_whole(texts: Sequence[str], run: range) -> bool:
    """Whether the lines make sentences: they begin as one does, and end so."""
    return not texts[run[0]][0].islower() and ends_sentence(texts[run[-1]])


def _goes_on(line: str, after: str) -> bool:
    """Whether ``after`` begins as what goes on within a sentence."""
    first = after[:1]
    if not line or first.isupper():
        return False
    if first.islower():
        return not ends_sentence(line)
    return first in _CLOSERS and bool(_CLOSING.match(after))


def _indented(lines: Sequence[str]) -> list[bool]:
    """Of each line, whether the source of a page broke it off from the one above.

    That is further in than where its paragraph began, and as far as those that went before it.
    """
    found = [False]
    if not any(line.startswith(("  ", "\t")) for line in lines):
        return found * len(lines)
    above = 0
    for line, after in pairwise(lines):
        text, deeper = line.strip(), after.lstrip()
        indent = len(after) - len(deeper)
        inward = indent == above if found[-1] else indent >= above + 2
        within = len(text) >= _LONG and not ends_sentence(text)
        goes_on = inward and bool(deeper) and (within or _goes_on(text, deeper))
        found.append(goes_on and not ITEM.match(after))
        above = indent
    return found


def _join_starts(texts: Sequence[str], joined: list[bool]) -> None:
    """Join what stands before a link to it: ``told the``, ``Lorne Courier``, ``that …``."""
    for index, text in enumerate(texts[1:], 1):
        if joined[index] or not text:
            continue
        goes_on = index + 1 < len(texts) and joined[index + 1]
        if goes_on or (ends_sentence(text) and len(text.split()) <= _INLINE):
            above = texts[index - 1]
            joined[index] = _is_open(above) or (joined[index - 1] and not _is_at_end(above))


def _is_at_end(text: str) -> bool:
    return not text or ends_sentence(text) or text.endswith(":")


def _is_open(text: str) -> bool:
    """Whether ``text`` alone ends within a sentence: headings and menus are shorter."""
    if _is_at_end(text):
        return False
    words = text.split()
    is_long = len(words) >= (_SENTENCE if words[-1][0].islower() else _PROSE)
    return is_long or text.endswith(_OPEN)


def _runs(joined: Sequence[bool]) -> list[range]:
    runs: list[range] = []
    for index, is_joined in enumerate(joined):
        if is_joined and runs and runs[-1].stop == index:
            runs[-1] = range(runs[-1].start, index + 1)
        elif is_joined:
            runs.append(range(index - 1, index + 1))
    return runs
