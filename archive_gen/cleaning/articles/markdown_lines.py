"""Which lines of a Markdown text are code, and which of its words stand in comments."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FENCE = re.compile(r"([ \t]*)(`{3,}|~{3,})[^`]*$")
_HIGHLIGHT = re.compile(r"\s*\{%-? *(?:end)?highlight\b[^%]*%\}\s*$")
_ITEM = re.compile(r"[ \t]*(?:[*+-]|\d{1,9}[.)])[ \t]")
_RULE = re.compile(r"[ \t]*([*-])(?:[ \t]*\1){2,}[ \t]*$")
_CODE_OR_COMMENT = re.compile(
    r"(?P<code>(?<!`)`+[^`]+`+)|(?P<html><!--)|(?P<liquid>\{%-? {0,9}comment {0,9}-?%\})"
    r"|(?P<hugo>\{\{-? {0,3}/\*)|(?P<shortcode>\{\{[<%] {0,9}comment {0,9}[>%]\}\})"
    r"|(?P<jinja>\{#-?(?=\s|$))|(?P<kramdown>\{::comment\})|(?P<obsidian>(?<!\S)%%(?!%))"
)
_ENDS = {
    "html": re.compile(r"-->"),
    "liquid": re.compile(r"\{%-? {0,9}endcomment {0,9}-?%\}"),
    "hugo": re.compile(r"\*/ {0,3}-?\}\}"),
    "shortcode": re.compile(r"\{\{[<%] {0,9}/comment {0,9}[>%]\}\}"),
    "jinja": re.compile(r"#\}"),
    "kramdown": re.compile(r"\{:/(?:comment)?\}"),
    "obsidian": re.compile(r"(?<!%)%%(?![^\s.,;:!?)])"),
}
"""Kind of a comment → what ends it."""
_CODE = 4
"""Columns by which code is indented."""
_SPACES = re.compile(r"[ \t]*+")
_MATH = "$$"


@dataclass(frozen=True, slots=True)
class Shown:
    """A line as readers may see it."""

    text: str
    is_code: bool
    """Whether all of it is code or a formula, which says nothing to the site."""


def read_lines(lines: Sequence[str]) -> list[Shown]:
    """Each line without comments; code between fences is indented, as plain Markdown has it.

    What opens a comment that nothing ends is text.
    """
    shown = list(_Scan(lines).run())
    for index in _blank_within_code(shown):
        shown[index] = Shown("    ", is_code=True)
    return shown


def _blank_within_code(shown: Sequence[Shown]) -> Iterator[int]:
    before = -1
    for index, line in enumerate(shown):
        if not line.text.strip():
            continue
        if line.is_code and before >= 0 and shown[before].is_code:
            yield from range(before + 1, index)
        before = index


class _Scan:
    """The state of one reading from the first line to the last."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.number = 0
        self.comment = ""
        """The kind of the one that is open."""
        self.fence = ""
        self.margin = ""
        """What stands before each line of the code between fences."""
        self.outer = ""
        """The white space before the fence."""
        self.item = -1
        """How far the last item of the open list is indented; -1 where none is open."""
        self.apart = True
        """Whether no paragraph goes on here."""
        self.last = {kind: _last(end, lines) for kind, end in _ENDS.items()}
        """Where in the text the last end of each kind stands."""
        self.last_math = max((i for i, line in enumerate(lines) if _is_math(line)), default=-1)

    def run(self) -> Iterator[Shown]:
        for number, line in enumerate(self.lines):
            self.number = number
            yield self._line(line)

    def _line(self, line: str) -> Shown:
        if self.comment:
            return Shown(self._visible(line), is_code=False)
        if self.fence:
            return self._fenced(line)
        if self._is_code(line):
            return Shown(line, is_code=True)
        mark = _mark(line)
        if mark and (self.item >= 0 or mark == "{" or _indent(line) < _CODE):
            return self._open(mark, line)
        visible = self._visible(line)
        self._note_list(visible)
        return Shown(visible, is_code=False)

    def _open(self, mark: str, line: str) -> Shown:
        if mark == _MATH and self.last_math <= self.number:
            return Shown(line, is_code=False)
        self.fence = mark
        if mark == _MATH:
            return Shown(line, is_code=True)
        self.outer = line[: len(line) - len(line.lstrip())]
        within = self.item >= 0 and self.outer
        self.margin = " " * (self.item - self.item % _CODE + 2 * _CODE if within else _CODE)
        if not within:
            self.outer = ""
        return Shown("", is_code=False)

    def _fenced(self, line: str) -> Shown:
        mark = _mark(line)
        if mark and mark[0] == self.fence[0] and len(mark) >= len(self.fence):
            self.fence, self.apart = "", True
            return Shown(line if mark == _MATH else "", is_code=mark == _MATH)
        if self.fence == _MATH:
            return Shown(line, is_code=True)
        text = line.removeprefix(self.outer) if line.strip() else ""
        return Shown(f"{self.margin}{text}" if text else "    ", is_code=True)

    def _is_code(self, line: str) -> bool:
        """Whether a line is indented so far that it is code, and no part of a list's item."""
        return self.apart and _indent(line) >= (_CODE if self.item < 0 else self.item + 2 * _CODE)

    def _note_list(self, line: str) -> None:
        if not line.strip():
            self.apart = True
            return
        if _ITEM.match(line) and not _RULE.match(line):
            self.item = _indent(line)
        elif self.apart and _indent(line) == 0:
            self.item = -1
        self.apart = line.startswith("#")

    def _visible(self, line: str) -> str:
        """What of a line stands in no comment."""
        kept: list[str] = []
        at = 0
        while True:
            if self.comment:
                end = _ENDS[self.comment].search(line, at)
                if not end:
                    return "".join(kept)
                self.comment, at = "", end.end()
                if not kept or kept[-1].endswith((" ", "\t")):
                    at = _after_spaces(line, at)
            found = next(filter(self._opens, _CODE_OR_COMMENT.finditer(line, at)), None)
            between = line[at : found.start()] if found else line[at:]
            kept += [between] if between else []
            if not found:
                return "".join(kept)
            self.comment, at = str(found.lastgroup), found.end()

    def _opens(self, found: re.Match[str]) -> bool:
        """Whether a comment begins, and ends somewhere."""
        kind = str(found.lastgroup)
        return kind != "code" and self.last[kind] >= (self.number, found.end())


def _last(end: re.Pattern[str], lines: Sequence[str]) -> tuple[int, int]:
    """The line and the column of the last match."""
    for number in reversed(range(len(lines))):
        found = [match.start() for match in end.finditer(lines[number])]
        if found:
            return number, found[-1]
    return -1, -1


def _after_spaces(line: str, at: int) -> int:
    found = _SPACES.match(line, at)
    return found.end() if found else at


def _mark(line: str) -> str:
    """What a line that opens or ends code, or a formula, does it with."""
    if fence := _FENCE.match(line):
        return fence[2]
    if _HIGHLIGHT.match(line):
        return "{"
    return _MATH if _is_math(line) else ""


def _is_math(line: str) -> bool:
    return line.strip() == _MATH


def _indent(line: str) -> int:
    """By how many columns a line is indented; 0 for one without a word."""
    start = line[: len(line) - len(line.lstrip())]
    return len(start.expandtabs(4)) if len(start) < len(line) else 0
