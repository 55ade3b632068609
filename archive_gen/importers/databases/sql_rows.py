"""What MySQL, PostgreSQL, SQLite and SQL Server dump as SQL → the rows of their tables.

Read are ``INSERT`` and PostgreSQL's ``COPY``, and ``CREATE TABLE`` for the names of the columns;
all else is passed over.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, TextIO

from archive_gen.importers.databases.sql_tokens import (
    MARK,
    NAME,
    TEXT,
    WORD,
    BrokenDumpError,
    Token,
    Tokens,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_STARTS = frozenset(("INSERT", "REPLACE", "CREATE", "COPY"))
"""With these a line begins a statement, even where the one before did not end with ``;``."""
_BEFORE_TABLE = frozenset(("TEMPORARY", "TEMP", "UNLOGGED", "GLOBAL", "LOCAL"))
_NO_COLUMNS = frozenset(
    "PRIMARY KEY UNIQUE CONSTRAINT INDEX FULLTEXT SPATIAL FOREIGN CHECK EXCLUDE PERIOD LIKE".split()
)
"""What a part of ``CREATE TABLE`` begins with that is no column."""
_BINARY = re.compile(r"0x((?:[0-9A-Fa-f]{2})+)")
_BREAKS = {"10": "\n", "13": "\r"}
"""Argument of ``char()`` → the character."""
_COPIED_SIGN = re.compile(r"\\([0-7]{1,3}|.)")
_COPIED = {"n": "\n", "r": "\r", "t": "\t", "b": "", "f": "", "v": "\n"}


class Row(NamedTuple):
    """A row of a table."""

    table: str
    columns: tuple[str, ...]
    values: list[str | None]
    """One for each column; None for NULL."""


def read_rows(stream: TextIO) -> Iterator[Row]:
    """The rows of all tables, in the order of the dump.

    Raises ``BrokenDumpError`` where it breaks off.
    """
    return _Dump(Tokens(stream)).rows()


class _Dump:
    """A dump as far as it is read."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._columns: dict[str, tuple[str, ...]] = {}
        """Table → its columns, as it was created; names are written in capitals or not."""

    def rows(self) -> Iterator[Row]:
        while token := self._tokens.next():
            if token.keyword in ("INSERT", "REPLACE"):
                yield from self._inserted()
            elif token.keyword == "COPY":
                yield from self._copied()
            elif token.keyword == "CREATE":
                self._create()
            elif token.text != ";":
                self._pass_over()

    def _pass_over(self) -> None:
        """The rest of a statement."""
        while token := self._tokens.next():
            if token.kind == MARK and token.text == ";":
                return
            if token.begins_line and token.keyword in _STARTS:
                self._tokens.keep(token)
                return

    def _end(self, token: Token | None) -> None:
        """Pass over what is left of a statement, of which ``token`` was read last."""
        if token and not _is(token, ";"):
            self._tokens.keep(token)
            self._pass_over()

    def _inserted(self) -> Iterator[Row]:
        """``[INTO] table [(columns)] [OVERRIDING …] VALUES (…), (…);``"""
        table, columns = self._target("VALUES")
        if not table:
            return
        while _is(token := self._tokens.next(), "("):
            values = self._values()
            if columns:
                yield Row(table, columns, _fitting(values, len(columns)))
            if not _is(token := self._tokens.next(), ","):
                break
        self._end(token)

    def _copied(self) -> Iterator[Row]:
        """``table [(columns)] FROM stdin;`` and a line for each row, up to ``\\.``"""
        table, columns = self._target("STDIN")
        if not table:
            return
        self._pass_over()
        for line in self._tokens.lines():
            if line == "\\.":
                return
            if columns:
                values = [_of_copied(value) for value in line.split("\t")]
                yield Row(table, columns, _fitting(values, len(columns)))
        raise BrokenDumpError(f"the rows of {table} have no end")

    def _create(self) -> None:
        """``[…] TABLE [IF NOT EXISTS] table (column type …, …) …;``"""
        while (token := self._tokens.next()) and token.keyword in _BEFORE_TABLE:
            pass
        if token is None or token.keyword != "TABLE":
            self._end(token)
            return
        table = ""
        while (token := self._tokens.next()) and not _is(token, "("):
            if _is(token, ";"):
                return
            table = _name(token) or table
        self._columns[table.casefold()] = self._declared()
        self._pass_over()

    def _target(self, last: str) -> tuple[str, tuple[str, ...]]:
        """The table and the columns that stand before the word ``last``; nothing if that is
        nowhere in the statement."""
        table, is_named = "", False
        columns: tuple[str, ...] = ()
        while token := self._tokens.next():
            if token.keyword == last:
                return table, columns or self._columns.get(table.casefold(), ())
            if _is(token, ";"):
                break
            if token.begins_line and token.keyword in _STARTS:
                self._tokens.keep(token)
                break
            if _is(token, "("):
                columns, is_named = self._names(), True
            elif token.keyword in ("OVERRIDING", "FROM"):
                is_named = True
            elif not is_named:
                table = _name(token) or table
        return "", ()

    def _names(self) -> tuple[str, ...]:
        """Up to the bracket that closes them."""
        names: list[str] = []
        while (token := self._tokens.next()) and not _is(token, ")"):
            if token.kind in (NAME, WORD):
                names.append(token.text)
        return tuple(names)

    def _declared(self) -> tuple[str, ...]:
        """The columns that ``CREATE TABLE`` lists."""
        columns: list[str] = []
        depth, begins = 1, True
        while token := self._tokens.next():
            if token.kind == MARK:
                depth += {"(": 1, ")": -1}.get(token.text, 0)
                begins = token.text == "," and depth == 1
            elif begins:
                begins = False
                if token.keyword not in _NO_COLUMNS:
                    columns.append(token.text)
            if not depth:
                return tuple(columns)
        raise BrokenDumpError("it ends within a table")

    def _values(self) -> list[str | None]:
        """A row, up to the bracket that closes it."""
        values: list[str | None] = []
        value, depth = _Value(), 1
        while token := self._tokens.next():
            if token.kind != MARK:
                value.take(token)
                continue
            depth += {"(": 1, ")": -1}.get(token.text, 0)
            if not depth:
                return [*values, value.text]
            if token.text == "," and depth == 1:
                values.append(value.text)
                value = _Value()
        raise BrokenDumpError("it ends within a row")


class _Value:
    """A value, as its tokens are read.

    Of ``CAST(N'2015' AS DateTime)`` the text counts, of ``now()`` the word. SQLite writes line
    breaks as ``replace('…\\n…','\\n',char(10))``.
    """

    def __init__(self) -> None:
        self.text: str | None = None
        self._is_told = False
        self._sign = ""
        """What stands for a line break in the text."""

    def take(self, token: Token) -> None:
        """Read on."""
        if self._is_told:
            self._replace(token)
        elif token.kind == WORD:
            self.text = _of_word(token.text)
        else:
            is_binary = self.text in ("x", "X")
            self.text = _text(token.text) if is_binary else token.text
            self._is_told = True

    def _replace(self, token: Token) -> None:
        if token.kind == TEXT:
            self._sign = token.text
        elif self.text and self._sign.startswith("\\") and token.text in _BREAKS:
            self.text = self.text.replace(self._sign, _BREAKS[token.text])


def _is(token: Token | None, mark: str) -> bool:
    return token is not None and token.kind == MARK and token.text == mark


def _name(token: Token) -> str:
    """The last part of a name: ``public.articles`` is ``articles``."""
    if token.kind == NAME:
        return token.text
    return token.text.rpartition(".")[2] if token.kind == WORD else ""


def _fitting(values: list[str | None], count: int) -> list[str | None]:
    """``values`` with as many as there are columns."""
    return [*values, *[None] * (count - len(values))][:count]


def _of_word(word: str) -> str | None:
    if word.upper() in ("NULL", "DEFAULT"):
        return None
    binary = _BINARY.fullmatch(word)
    return _text(binary[1]) if binary else word


def _text(hexadecimal: str) -> str:
    """The text that bytes are, which may be anything; empty if they are none."""
    try:
        return bytes.fromhex(hexadecimal).decode()
    except ValueError:
        return ""


def _of_copied(value: str) -> str | None:
    if value == r"\N":
        return None
    return _COPIED_SIGN.sub(_copied_sign, value) if "\\" in value else value


def _copied_sign(sign: re.Match[str]) -> str:
    if sign[1].isdigit():
        return chr(int(sign[1], 8)).replace("\0", "")
    return _COPIED.get(sign[1], sign[1])
