"""Texts that were broken to a width, as mail, ``lynx -dump`` and typewritten files are.

There a line ends because the next word would not fit. Where it would have fitted, the line was
meant to end: so paragraphs that no blank line parts are told apart, too.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from archive_gen.cleaning.characters import ends_sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_WIDTHS = range(40, 101)
"""Characters: of how wide a text was broken."""
_ENOUGH = 3
"""So many lines that end for want of room make a text that was broken to a width."""
_LONG = 0.6
"""Of the width: so long are all lines of a paragraph but the last."""
_FULL = 0.6
"""Such a share of the long lines must end for want of room: of a program's they do not."""
_GO_ON = 0.6
"""Such a share of them must go on in the middle of a sentence."""
_END = 0.5
"""Such a share of what is put together must end as a sentence does: verse and headlines do not."""
_HYPHENS = 0.08
"""Where such a share of lines, and more than one, end within a word, words were parted."""
_LONGER = 0.03
"""Such a share of a text's lines may be longer: addresses, and what came in later."""
_LONGEST_WORD = 16
"""Characters a word, in the mean of a line; text without spaces is not told by words."""
_ITEM = re.compile(r"\s*(?:[•▪●■‣◦*+–—-]|\(?\d{1,3}[.)]|\[\d{1,3}\])\s")
"""Begins a line of its own."""
_COLUMNS = re.compile(r"\t| {3}")
"""Parts the columns of a table, whose rows stay rows."""
_INSIDE = ",-'’\"”»"
"""Beside letters and digits, what a line may end with that goes on."""
_QUOTED = re.compile(r"\s*>")


def find_runs(lines: Sequence[str]) -> list[range]:
    """Which of ``lines`` are parts of one, as ranges of indexes; none in a text not broken.

    ``lines`` are as they stand in the text, with the blanks that they begin with.
    """
    if _are_wide(lines):
        return []
    width = _width(lines)
    if width not in _WIDTHS:
        return []
    pairs = list(enumerate(pairwise(lines)))
    full = [i for i, (line, after) in pairs if _is_full(line, after, width)]
    long = sum(
        len(line.rstrip()) >= _LONG * width and bool(after.strip()) for _, (line, after) in pairs
    )
    going_on = sum(_goes_on(lines[i], lines[i + 1]) for i in full)
    if len(full) < max(_ENOUGH, _FULL * long) or going_on < _GO_ON * len(full):
        return []
    runs = list(_joined(full))
    ending = sum(ends_sentence(lines[run[-1]].rstrip()) for run in runs)
    return runs if ending >= _END * len(runs) else []


def parts_of(lines: Sequence[str], runs: Sequence[range]) -> list[tuple[int, int]]:
    """From where to before where each line goes, of which each of ``runs`` is one."""
    inner = {index for run in runs for index in run[1:]}
    stops = {run.start: run.stop for run in runs}
    return [(i, stops.get(i, i + 1)) for i in range(len(lines)) if i not in inner]


def joiner(lines: Sequence[str], runs: Sequence[range]) -> Callable[[Sequence[str]], str]:
    """How the parts of a line are put together: ``join``, or ``join_words`` where words are parted.

    In mail a hyphen at the end of a line is the writer's, in print it is mostly the compositor's:
    there many more lines end with one.
    """
    inner = [index for run in runs for index in run[:-1]]
    parted = sum(_is_parted(lines[index].rstrip(), lines[index + 1].lstrip()) for index in inner)
    return join_words if parted > max(1, _HYPHENS * len(inner)) else join


def join(lines: Sequence[str]) -> str:
    """The parts of one line put together; a hyphen at the end of one stays, a blank does not."""
    text = ""
    for line in lines:
        part = " ".join(line.split())
        text += part if _is_parted(text, part) or not text else f" {part}"
    return text


def join_words(lines: Sequence[str]) -> str:
    """``join``, but that a hyphen at the end goes: ``Thurs-``, ``day`` → ``Thursday``."""
    text = ""
    for line in lines:
        part = " ".join(line.split())
        text = text[:-1] + part if _is_parted(text, part) else f"{text} {part}".lstrip()
    return text


def _is_parted(line: str, after: str) -> bool:
    """Whether a word goes on from the end of ``line`` to the start of the next."""
    return line.endswith("-") and line[-2:-1].isalpha() and after[:1].islower()


def _are_wide(lines: Sequence[str]) -> bool:
    """Whether too many are longer than any that was broken, as in most texts."""
    long = [line.rstrip() for line in lines if len(line) >= _WIDTHS.stop]
    wide = [line for line in long if len(line) >= _WIDTHS.stop and " " in line.lstrip()]
    return len(wide) > len(lines) * _LONGER


def _width(lines: Sequence[str]) -> int:
    """How long the longest lines are, but for a few that stand out."""
    told = [line.strip() for line in lines]
    lengths = sorted(
        [
            len(line.rstrip())
            for line, text in zip(lines, told, strict=True)
            if " " in text and not _COLUMNS.search(text)
        ],
        reverse=True,
    )
    return lengths[int(len(lengths) * _LONGER)] if lengths else 0


def _is_full(line: str, after: str, width: int) -> bool:
    """Whether the first word of the line after would not have fitted."""
    words = after.split(None, 1)
    if not words or _ITEM.match(after) or len(line.split()) * _LONGEST_WORD < width:
        return False
    if _COLUMNS.search(line.strip()) or _COLUMNS.search(after.strip()):
        return False
    if bool(_QUOTED.match(line)) != bool(_QUOTED.match(after)):
        return False
    room = width - len(line.rstrip()) - 1
    return len(words[0]) > room or _is_parted(line.rstrip(), words[0])


def _goes_on(line: str, after: str) -> bool:
    """Whether a sentence goes on from one line to the next: by its letters, if these have case."""
    end, start = line.rstrip()[-1:], after.lstrip()[:1]
    return (end.isalnum() or end in _INSIDE) and start.isalpha() and not start.isupper()


def _joined(full: Sequence[int]) -> Iterator[range]:
    """``full`` lines, each with the one after it, as ranges."""
    start = end = -1
    for index in full:
        if index != end:
            if start >= 0:
                yield range(start, end + 1)
            start = index
        end = index + 1
    if start >= 0:
        yield range(start, end + 1)
