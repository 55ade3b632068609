"""Where the sentences of a plain text end, in any language, and how text stands on one line.

A text has a line for each block: a paragraph, a heading, an item, a cell, a line of verse. No
sentence goes on in the next. Within a block a stop that may be of an abbreviation ends none: a
passage that begins a sentence too early reads better than one that begins amid a sentence.
"""

from __future__ import annotations

import re
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from archive_gen.search import analysis

if TYPE_CHECKING:
    from collections.abc import Iterator

_CLOSING = "\"'”’“‘»«›‹)\\]）」』】》"
_ALWAYS = "。！？｡।॥۔؟።፧։။។៕"
_MARK = re.compile(
    # One class to begin with is found fast, several alternatives are not. Of a run of signs the
    # first alone begins a match: else each would look through the rest of the run.
    rf"[\n.!?…;{_ALWAYS}](?:(?<=\n)"
    r"|(?<=[.!?…])(?<![.!?…][.!?…])(?P<more>[.!?…]*+)"
    rf"(?:[{_CLOSING}]++|[ \u202f]»)?(?=\s|$|[\u2e80-\u9fff])"
    rf"|(?<=[{_ALWAYS}])(?<![{_ALWAYS}][{_ALWAYS}])[{_ALWAYS}]*+"
    rf"[{_CLOSING}]*+(?![とて、，])"  # behind what somebody said Japanese goes on
    r"|(?<=[\u0370-\u03ff\u1f00-\u1fff];))"  # the question mark of Greek
)
"""What may end a sentence. A stop amid letters or digits ends none (``3.5``, ``U.S.A``)."""
_BEFORE_NEXT = re.compile(r"[\s\"'“”‘’„‚«»‹›(\[¿¡—–-]*")
_LAST_WORD = re.compile(r"[^\s.\"'“”‘’„‚«»(\[/–—-]+\Z")
_LONGEST = 20
_VOWELLESS = re.compile("[b-df-hj-np-tv-xzбвгджзйклмнпрстфхцчшщъьґђћљњџ]+")
_SHORTENED = frozenset(
    "abg adm art av avv blvd ca capt co col corp doc dott dra drs evtl fig gen gov hon inc ing insp"
    " inz mevr mio napr nos op pag pres prof rep rev sen sept sig sra srta supt tp tys ul univ vol"
    " акад вул им проф руб тел тыс ул डॉ प्रो मो ডা মো".split()
)
"""Keys of words that are written short before a name and have a vowel all the same."""
_SHORT_BEFORE_NUMBER = 4
_SHORT_NUMBER = 2
_EDGE = re.compile(rf"\n(?<![\s.!?…:;,–—{_ALWAYS}，、：；]\n)(?<![.!?…{_ALWAYS}][{_CLOSING}]\n)")
"""Where one block is to be told from the next, since no sign parts them."""
_SPACES = re.compile(r"\s+")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """From where to where each goes, in order; between them is space."""
    start = 0
    for mark in chain(_MARK.finditer(text), (None,)):
        if mark is None or mark["more"] is None or _is_end(text, mark):
            end = mark.end() if mark else len(text)
            passage = text[start:end]
            if passage.strip():
                yield end - len(passage.lstrip()), start + len(passage.rstrip())
            start = end


def one_line(text: str, start: int, end: int) -> str:
    """A part of ``text`` on one line: a dot parts blocks that no sign of theirs does."""
    edges = [edge.start() for edge in _EDGE.finditer(text, start, end)]
    lines = [text[a:b] for a, b in pairwise((start, *edges, end))]
    return _SPACES.sub(" ", " ·".join(lines))


def _is_end(text: str, mark: re.Match[str]) -> bool:
    gap = _BEFORE_NEXT.match(text, mark.end())
    following = text[gap.end() : gap.end() + 1] if gap else ""
    if following.islower():
        return False  # the end of a line is one by itself
    if mark["more"] or mark[0][0] != ".":
        return True
    word = _LAST_WORD.search(text, max(0, mark.start() - _LONGEST), mark.start())
    return not (word and _may_be_short(text, word, following))


def _may_be_short(text: str, word: re.Match[str], following: str) -> bool:
    """Whether the stop behind a word may be of an abbreviation, an initial or an ordinal."""
    if word[0].isdigit():
        return len(word[0]) <= _SHORT_NUMBER or following.isdigit()
    if len(word[0]) == 1 or text[word.start() - 1 : word.start()] == ".":
        return True
    if following.isdigit():
        return len(word[0]) <= _SHORT_BEFORE_NUMBER
    key = analysis.keyword(word[0])
    return key in _SHORTENED or bool(not word[0].isupper() and _VOWELLESS.fullmatch(key))
