"""Texts that were broken to a width, as mail, ``lynx -dump`` and typewritten files are.

There a line ends because the next word would not fit. Where it would have fitted, the line was
meant to end: so paragraphs that no blank line parts are told apart, too.

What was read off a column of print has lines of many lengths, for letters have many widths. There
the lines tell the width that end within a word, for all of them are full.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from archive_gen.cleaning.characters import ends_sentence
from archive_gen.cleaning.lines.caseless import find_caseless_runs
from archive_gen.cleaning.lines.joining import (
    COLUMNS,
    HYPHENS,
    ITEM,
    NARROW,
    RULE,
    is_parted,
    joined,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

_WIDTHS = range(40, 101)
"""Characters: the widths to which texts are broken."""
_ENOUGH = 3
"""Lines, at least, that end for want of room in a text that was broken to a width."""
_LONG = 0.6
"""Share of the width that all lines of a paragraph but the last reach."""
_FULL = 0.6
"""Share of the long lines that must end for want of room: those of a program do not."""
_GO_ON = 0.6
"""Share of these after which a sentence must go on."""
_END = 0.5
"""Share of the joined lines that must end as sentences do: verse and headlines do not."""
_EDGE = 6
"""Characters from the longest line: …"""
_ENOUGH_NEAR = 12
"""… so many lines that are as near to it …"""
_NEAR = 0.05
"""… and such a share of all that have a blank tell that the text was broken there."""
_COLUMNS_OF_PRINT = range(15, 70)
"""Characters: the widths of columns of print."""
_ENOUGH_EVEN = 4
"""Where no word is parted, a column has at least so many lines that end within a sentence, …"""
_GO_ON_ALL = 0.3
"""… which are at least such a share of all, …"""
_EVEN = 0.75
"""… and nine in ten of which have at least such a share of the longest's length."""
_WIDER = 1.3
"""Times the width of a column: a longer line is a running head or a heading."""
_LONGER = 0.03
"""Share of a text's lines that may be longer: addresses, and what was put in later."""
_PAGES_OF_PRINT = range(50, 200)
"""Characters: the widths of printed pages."""
_COLUMN = 40
"""Characters of a line that ends for want of room in such a page, at least."""
_WIDER_PAGE = 1.2
"""Times the width of a page: a line is longer than what was broken, …"""
_LONGER_OF_LONG = 0.15
"""… as this share of its long lines may be."""
_GO_ON_LONG = 0.15
"""Share of the long lines that must end within a sentence."""
_ABOUT = 0.94
"""Of the width: a line that reaches so far is full."""
_LONGEST_WORD = 16
"""Characters of a word, on average in a line; a longer average means text without spaces."""
_SMALL = 4
"""Letters, at least, of words that headings write with a capital."""
_SHORTENED = re.compile(r"(?<!\S)(?:[^\W\d_a-z]\w{0,2}|Messrs|Capt|Hon|Prof)\.\Z")
"""``Mr.``, ``St.``, ``J.``: ends no sentence."""
_SENTENCE = re.compile(r"[^\W\d_]{2}[.!?][\"”»]? (?=[^\Wa-z])")
"""Ends within a line."""
_INSIDE = ",-'’\"”»"
"""Beside letters and digits, what a line may end with that goes on."""
_QUOTED = re.compile(r"\s*>")


def find_runs(lines: Sequence[str]) -> list[range]:
    """The ranges of indexes of ``lines`` that belong together; none in a text that was not broken.

    ``lines`` are as they stand in the text, indents included.
    """
    if runs := find_caseless_runs(lines):
        return runs
    if _are_wide(lines):
        return _of_printed_page(lines)
    return (
        _of_column(lines, _width_by_words(lines))
        or _of_column(lines, _width_by_sentences(lines))
        or _of_width(lines)
        or (find_runs_of_screen(lines) if _have_edge(lines) else [])
        or _of_printed_page(lines)
    )


def find_runs_of_screen(lines: Sequence[str]) -> list[range]:
    """The same of a text that a browser of the terminal wrote: it is broken, whatever it holds."""
    width = _width(lines)
    return list(joined(sorted({*_full(lines, width), *_inside(lines, width)})))


def _of_width(lines: Sequence[str]) -> list[range]:
    """The runs of a text all of whose letters are as wide."""
    width = _width(lines)
    if width not in _WIDTHS:
        return []
    full = _full(lines, width)
    long = sum(
        len(line.rstrip()) >= _LONG * width and bool(after.strip())
        for line, after in pairwise(lines)
    )
    going_on = sum(_goes_on(lines[i], lines[i + 1]) for i in full)
    if len(full) < max(_ENOUGH, _FULL * long) or going_on < _GO_ON * len(full):
        return []
    return _of_sentences(lines, sorted({*full, *_inside(lines, width)}))


def _have_edge(lines: Sequence[str]) -> bool:
    """Whether so many lines are about as long as the longest that these must have been broken."""
    lengths = [len(line.rstrip()) for line in lines if " " in line.strip()]
    longest = max(lengths, default=0)
    near = sum(length > longest - _EDGE for length in lengths)
    return longest in _WIDTHS and near >= max(_ENOUGH_NEAR, _NEAR * len(lengths))


def _full(lines: Sequence[str], width: int) -> list[int]:
    """The lines that end for want of room."""
    return [
        i
        for i, (line, after) in enumerate(pairwise(lines))
        if _is_full(line, after, width) and not (_begins(lines, i) and _is_head(line))
    ]


def _inside(lines: Sequence[str], width: int) -> list[int]:
    """Those that end within a sentence, nearly as long as others."""
    return [i for i, (line, after) in enumerate(pairwise(lines)) if _runs_on(line, after, width)]


def _of_column(lines: Sequence[str], width: int) -> list[range]:
    """The runs of a column of print, of lines about as long as ``width``."""
    if width not in _COLUMNS_OF_PRINT:
        return []
    full: list[int] = []
    for index, (line, after) in enumerate(pairwise(lines)):
        begins = not full or full[-1] != index - 1
        heads = begins and _stands_apart(line.strip(), after.strip())
        if not heads and _fills_column(line, after, width):
            full.append(index)
    return _of_sentences(lines, full) if len(full) >= _ENOUGH else []


def _of_printed_page(lines: Sequence[str]) -> list[range]:
    """The runs of a page of any width, with menus and all, whose letters have many widths."""
    width = _width_by_ends(lines)
    if width not in _PAGES_OF_PRINT:
        return []
    pairs = enumerate(pairwise(lines))
    full = [i for i, (line, after) in pairs if _fills_page(line, after, width)]
    return list(joined(full))


def _width_by_ends(lines: Sequence[str]) -> int:
    """How long the lines are that end within a sentence; 0 where others are longer.

    What links part ends so, too, but paragraphs beside it are longer.
    """
    pairs = _beside_each_other(lines)
    ends = [len(line) for line, after in pairs if _goes_on_small(line, after)]
    going_on = sorted(length for length in ends if length >= _COLUMN)
    if len(going_on) < _ENOUGH_EVEN:
        return 0
    width = _most(going_on)
    long = [length for line in lines if (length := len(line.strip())) >= _LONG * width]
    longer = sum(length > _WIDER_PAGE * width for length in long)
    if longer > _LONGER_OF_LONG * len(long) or len(going_on) < _GO_ON_LONG * len(long):
        return 0
    return width


def _width_by_words(lines: Sequence[str]) -> int:
    """How long the lines are that end within a word; 0 where hardly any do."""
    pairs = _beside_each_other(lines)
    parted = sorted(len(line) for line, after in pairs if is_parted(line, after))
    if len(parted) <= HYPHENS * len(pairs):
        return 0
    if len(parted) == 1:
        is_narrow = max(len(line) for line, _ in pairs) < NARROW
        return parted[0] if is_narrow and any(map(_SENTENCE.search, lines)) else 0
    return _most(parted)


def _width_by_sentences(lines: Sequence[str]) -> int:
    """How long the lines are that end within a sentence; 0 where few do, or not all as long."""
    pairs = _beside_each_other(lines)
    going_on = sorted(len(line) for line, after in pairs if _goes_on_small(line, after))
    if len(going_on) < max(_ENOUGH_EVEN, _GO_ON_ALL * len(pairs)):
        return 0
    short, width = going_on[len(going_on) // 10], _most(going_on)
    is_even = short >= _EVEN * width
    return width if is_even and not _is_verse(lines, width) else 0


def _most(lengths: Sequence[int]) -> int:
    """The highest of sorted ``lengths``, but for a tenth of them."""
    return lengths[-1 - len(lengths) // 10]


def _is_verse(lines: Sequence[str], width: int) -> bool:
    """Whether sentences end where lines do: those of prose end anywhere."""
    inner = sum(len(_SENTENCE.findall(line)) for line in lines)
    ends = [len(line.strip()) for line in lines if ends_sentence(line.rstrip())]
    long = sum(length >= _LONG * width for length in ends)
    return long > inner + len(ends) - long


def _beside_each_other(lines: Sequence[str]) -> list[tuple[str, str]]:
    """Each line with the one after it, where neither is blank."""
    pairs = pairwise([line.strip() for line in lines])
    return [(line, after) for line, after in pairs if line and after]


def _of_sentences(lines: Sequence[str], full: Sequence[int]) -> list[range]:
    """The runs that ``full`` lines make; none where most end within a sentence."""
    runs = list(joined(full))
    ending = sum(ends_sentence(lines[run[-1]].rstrip()) for run in runs)
    return runs if ending >= _END * len(runs) else []


def _are_wide(lines: Sequence[str]) -> bool:
    """Whether too many are longer than any that was broken, as in most texts."""
    long = [line.rstrip() for line in lines if len(line) >= _WIDTHS.stop]
    wide = [line for line in long if len(line) >= _WIDTHS.stop and " " in line.lstrip()]
    return len(wide) > len(lines) * _LONGER


def _width(lines: Sequence[str]) -> int:
    """How long the longest lines are, but for a few that stand out; a line alone is not broken."""
    told = [line.strip() for line in lines]
    lengths = sorted(
        [
            len(line.rstrip())
            for line, text, below in zip(lines, told, [*told[1:], ""], strict=True)
            if " " in text and below and not COLUMNS.search(text)
        ],
        reverse=True,
    )
    return lengths[int(len(lengths) * _LONGER)] if lengths else 0


def _is_full(line: str, after: str, width: int) -> bool:
    """Whether the first word of the line after would not have fitted."""
    words = after.split(None, 1)
    if not words or ITEM.match(after) or len(line.split()) * _LONGEST_WORD < width:
        return False
    if COLUMNS.search(line.strip()) or COLUMNS.search(after.strip()) or RULE.fullmatch(after):
        return False
    if bool(_QUOTED.match(line)) != bool(_QUOTED.match(after)):
        return False
    room = width - len(line.rstrip()) - 1
    return len(words[0]) > room or is_parted(line.rstrip(), words[0])


def _fills_column(line: str, after: str, width: int) -> bool:
    """Whether ``line`` and the one after it are of one paragraph in a column of print.

    Where a sentence is not at its end, a line is one that is nearly as long as others.
    """
    here, below = line.strip(), after.strip()
    if not here or not below or max(len(here), len(below)) > _WIDER * width:
        return False
    if here.isupper() or below.isupper() or _is_indented(after, line):
        return False
    if COLUMNS.search(here) or COLUMNS.search(below) or RULE.fullmatch(below):
        return False
    if _ends(here):
        return _is_full(here, below, width)
    return len(here) >= _LONG * width and not ITEM.match(below)


def _fills_page(line: str, after: str, width: int) -> bool:
    """Whether ``line`` and the one after it are of one paragraph in a page of many columns."""
    here, below = line.strip(), after.strip()
    if not here or not below or ITEM.match(below) or RULE.fullmatch(below):
        return False
    if COLUMNS.search(here) or COLUMNS.search(below):
        return False
    if len(here) >= _LONG * width:
        return not _ends(here) or _is_full(here, below, int(_ABOUT * width))
    return len(here) >= _COLUMN and _goes_on_small(here, below)


def _ends(line: str) -> bool:
    """Whether a sentence ends with ``line``."""
    return ends_sentence(line) and not _SHORTENED.search(line)


def _is_indented(after: str, line: str) -> bool:
    """Whether a paragraph begins: further in than the line above."""
    return after.startswith((" ", "\t")) and not line.startswith((" ", "\t"))


def _runs_on(line: str, after: str, width: int) -> bool:
    """Whether a sentence goes on from a line that is nearly as long as others."""
    if ITEM.match(after) or _QUOTED.match(line) or COLUMNS.search(line.strip()):
        return False
    return len(line.rstrip()) >= _LONG * width and _goes_on_small(line, after)


def _begins(lines: Sequence[str], index: int) -> bool:
    return index == 0 or not lines[index - 1].strip()


def _is_head(line: str) -> bool:
    """``THE HARLOW MERCURY, SATURDAY, OCTOBER 9, 1897.``"""
    return line.isupper() and (_ends(line.rstrip()) or line.rstrip()[-1:].isdigit())


def _stands_apart(line: str, after: str) -> bool:
    """Whether the first line of a paragraph is all of it: a heading, a date, a short sentence.

    Headings in small letters have only small words that begin so.
    """
    words = [word for word in line.split() if len(word) >= _SMALL]
    capital = len(words) > 1 and not any(word[0].islower() for word in words)
    return not after[:1].islower() and (capital or _ends(line) or line[-1:].isdigit())


def _goes_on(line: str, after: str) -> bool:
    """Whether a sentence goes on from one line to the next: by its letters, if these have case."""
    end, start = line.rstrip()[-1:], after.lstrip()[:1]
    return (end.isalnum() or end in _INSIDE) and start.isalpha() and not start.isupper()


def _goes_on_small(line: str, after: str) -> bool:
    """The same, but that letters without case tell nothing."""
    return _goes_on(line, after) and after.lstrip()[:1].islower()
