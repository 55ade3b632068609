"""SQL, piece by piece, as words, names, texts and marks; it may be of any size."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, TextIO

from archive_gen.importers.base import MAX_DOCUMENT

if TYPE_CHECKING:
    from collections.abc import Iterator

_PIECE = 1 << 18
"""Characters that are read at once."""
_OF_MYSQL = re.compile(
    r"^(?:(?:--|/\*|\#)[^\n]*(?:MySQL|MariaDB|phpMyAdmin)|/\*!\d|[^'\n]*(?:`|\bENGINE=))",
    re.IGNORECASE | re.MULTILINE,
)
"""What stands in no text of a dump in all of whose texts ``\\`` has a meaning, and where ``#`` is a
remark."""
_OF_OTHERS = re.compile(r"^(?:-- PostgreSQL |PRAGMA |BEGIN TRANSACTION;|COPY )", re.MULTILINE)
"""How others begin: what speaks of MySQL below it is an article."""
_SQL = r"""
    (?P<space>\s++|--{after}[^\n]*+|/\*.*?\*/{remark})
  | [eE]'(?P<escaped>(?:[^'\\]++|\\.|'')*+)'
  | '(?P<{kind}>(?:{within}|'')*+)'
  | "(?P<{quoted}>(?:{within_quotes}|"")*+)"
  | `(?P<ticked>(?:[^`]++|``)*+)`
  {bracketed}
  | \$(?P<tag>\w*+)\$.*?\$(?P=tag)\$
  | (?P<mark>[(),;])
  | (?P<word>(?>(?:[^\s'"`(),;{bracket}\-/$]++|-(?!-{after})|/(?!\*)|\$(?!\w*+\$)){{1,9999}}))
"""
# MySQL takes ``--`` for a remark only before a blank, and has no names in square brackets.
_MYSQL = _SQL.format(
    after=r"(?=\s|\Z)",
    remark=r"|\#[^\n]*+",
    kind="text_of_mysql",
    within=r"[^'\\]++|\\.",
    quoted="quoted_of_mysql",
    within_quotes=r'[^"\\]++|\\.',
    bracketed="",
    bracket="",
)
_STANDARD = _SQL.format(
    after="",
    remark="",
    kind="text",
    within="[^']++",
    quoted="quoted",
    within_quotes='[^"]++',
    bracketed=r"| \[(?P<bracketed>[^\]]*+)\]",
    bracket=r"\[",
)
_MYSQL_TOKEN = re.compile(_MYSQL, re.VERBOSE | re.DOTALL)
_STANDARD_TOKEN = re.compile(_STANDARD, re.VERBOSE | re.DOTALL)
_NAMES = {"quoted": '"', "quoted_of_mysql": '"', "ticked": "`", "bracketed": "]"}
"""How a name is written → its sign, which stands twice within it."""
_OF_MYSQL_TEXT = re.compile(r"''|\\.", re.DOTALL)
_OF_MYSQL_QUOTED = re.compile(r'""|\\.', re.DOTALL)
_BITS = {r"\0": "0", "\x01": "1"}
"""A column of one bit, which says yes or no, as MySQL dumps it."""
_OF_POSTGRES_TEXT = re.compile(
    r"(?P<bytes>(?:\\x[0-9A-Fa-f]{1,2}|\\[0-7]{1,3})+)"
    r"|\\u(?P<four>[0-9A-Fa-f]{4})|\\U(?P<eight>[0-9A-Fa-f]{8})|''|\\.",
    re.DOTALL,
)
_MEANT = {"n": "\n", "r": "\r", "t": "\t", "0": "", "b": "", "f": "", "v": "\n", "Z": ""}

TEXT, NAME, MARK, WORD = "text", "name", "mark", "word"


class Token(NamedTuple):
    """What stands in SQL: a text, a name in its signs, one of ``(),;``, or any other word."""

    kind: str
    text: str
    begins_line: bool
    """Whether it is the first of its line."""

    @property
    def keyword(self) -> str:
        """A word in capitals; empty for what is none."""
        return self.text.upper() if self.kind == WORD else ""


class BrokenDumpError(OSError):
    """A dump that ends within a statement, or that is none."""

    def __init__(self, reason: str) -> None:
        super().__init__(0, reason)


class Tokens:
    """The tokens of a stream, one after the other."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._text = stream.read(_PIECE)
        self._at = 0
        other = _OF_OTHERS.search(self._text)
        head = self._text[: other.start()] if other else self._text
        self._is_of_mysql = bool(_OF_MYSQL.search(head))
        self._kept: Token | None = None

    def next(self) -> Token | None:
        """The next one; None at the end. Raises ``BrokenDumpError`` if that is within one."""
        kept, self._kept = self._kept, None
        if kept:
            return kept
        begins_line = self._at == 0
        while match := self._match():
            kind = match.lastgroup or ""
            if kind != "space":
                return _token(match, kind, begins_line=begins_line)
            begins_line = begins_line or "\n" in match[0]
        return None

    def keep(self, token: Token) -> None:
        """Let ``token`` be the next one."""
        self._kept = token

    def lines(self) -> Iterator[str]:
        """The lines that begin below this one, as they stand there."""
        self._line()
        while line := self._line():
            yield line.rstrip("\r\n")

    def _line(self) -> str:
        """From here to the end of the line; empty at the end of all."""
        while (end := self._text.find("\n", self._at)) < 0 and self._read_on():
            pass
        start, self._at = self._at, end + 1 if end >= 0 else len(self._text)
        return self._text[start : self._at]

    def _match(self) -> re.Match[str] | None:
        match = self._match_here()
        while (match is None or match.end() == len(self._text)) and self._read_on():
            match = self._match_here()  # it went on
        if match:
            self._at = match.end()
        elif self._at < len(self._text):
            raise BrokenDumpError("it ends within a text or a remark")
        return match

    def _match_here(self) -> re.Match[str] | None:
        if self._is_of_mysql:
            return _MYSQL_TOKEN.match(self._text, self._at)
        return _STANDARD_TOKEN.match(self._text, self._at)

    def _read_on(self) -> bool:
        """Read as much again as there is, for a long text is not looked at time and again."""
        left = len(self._text) - self._at
        if left > MAX_DOCUMENT:
            raise BrokenDumpError("a text in it has no end")
        more = self._stream.read(max(_PIECE, left))
        if more:
            self._text, self._at = self._text[self._at :] + more, 0
        return bool(more)


def characters(number: int) -> str:
    """The character of that number; empty where there is none that a text may have."""
    is_one = 0 < number < 0xD800 or 0xE000 <= number < 0x110000
    return chr(number) if is_one else ""


def _token(match: re.Match[str], kind: str, *, begins_line: bool) -> Token:
    text = match[kind]
    if kind in (MARK, WORD):
        return Token(kind, text, begins_line)
    if kind == "quoted_of_mysql" and "\\" in text:
        return Token(NAME, _OF_MYSQL_QUOTED.sub(_meant, text), begins_line)
    if kind in _NAMES:
        sign = _NAMES[kind]
        return Token(NAME, text.replace(sign * 2, sign), begins_line)
    if kind == "tag":  # the body of a function
        return Token(TEXT, "", begins_line)
    if kind == "text_of_mysql":
        text = _BITS.get(text) or _OF_MYSQL_TEXT.sub(_meant, text)
    elif kind == "escaped":
        text = _OF_POSTGRES_TEXT.sub(_meant_by_postgres, text)
    else:
        text = text.replace("''", "'")
    return Token(TEXT, text, begins_line)


def _meant(sign: re.Match[str]) -> str:
    """``\\n``, ``\\'`` or a sign that stands twice."""
    return _MEANT.get(sign[0][1], sign[0][1]) if sign[0][0] == "\\" else sign[0][0]


def _meant_by_postgres(sign: re.Match[str]) -> str:
    if digits := sign["four"] or sign["eight"]:
        return characters(int(digits, 16))
    if not sign["bytes"]:
        return _meant(sign)
    numbers = (
        int(one[1:], 16) if one[0] == "x" else int(one, 8) for one in sign["bytes"].split("\\")[1:]
    )
    return bytes(number & 0xFF for number in numbers if number).decode("utf-8", "replace")
