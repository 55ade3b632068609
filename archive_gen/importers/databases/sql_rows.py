"""What MySQL, PostgreSQL, SQLite and SQL Server dump as SQL → the rows of their tables.

Read are ``INSERT`` and PostgreSQL's ``COPY``, ``CREATE TABLE`` for the names of the columns, and
``USE``; all else is passed over.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple, TextIO

from archive_gen.importers.databases.sql_tokens import (
    MARK,
    WORD,
    BrokenDumpError,
    Token,
    Tokens,
)
from archive_gen.importers.databases.sql_values import Value, of_bytea

if TYPE_CHECKING:
    from collections.abc import Iterator

_STARTS = frozenset(("INSERT", "REPLACE", "CREATE", "COPY", "USE", r"\CONNECT"))
"""With these a line begins a statement, even where the one before did not end with ``;``."""
_BEFORE_TABLE = frozenset(("TEMPORARY", "TEMP", "UNLOGGED", "GLOBAL", "LOCAL"))
_BEHIND_TABLE = frozenset(("OVERRIDING", "FROM", "SELECT"))
_OF_ROWS = frozenset(("VALUES", "SET"))
_OF_LINES = frozenset(("STDIN",))
_NO_COLUMNS = frozenset(
    "PRIMARY KEY UNIQUE CONSTRAINT INDEX FULLTEXT SPATIAL FOREIGN CHECK EXCLUDE PERIOD LIKE".split()
)
"""What a part of ``CREATE TABLE`` begins with that is no column."""
_DEEPEST = 40
"""Brackets in one another, at most; a dump has three."""
_COPIED_SIGN = re.compile(r"\\([0-7]{1,3}|.)")
_COPIED = {"n": "\n", "r": "\r", "t": "\t", "b": "", "f": "", "v": "\n"}


class Row(NamedTuple):
    """A row of a table."""

    table: str
    columns: tuple[str, ...]
    values: list[str | None]
    """One for each column; None for NULL."""


class Dump:
    """A dump as far as it is read."""

    def __init__(self, stream: TextIO) -> None:
        self.without_names: Counter[str] = Counter()
        """Table → its rows that are passed over, for nothing tells the names of their columns."""
        self.without_values: dict[str, tuple[str, ...]] = {}
        """Table into which rows of elsewhere were put, which are passed over → its columns, as far
        as they are told."""
        self._tokens = Tokens(stream)
        self._database = ""
        self._columns: dict[str, tuple[str, ...]] = {}
        """Table → its columns, as it was created; names are written in capitals or not."""

    def rows(self) -> Iterator[Row]:
        """The rows of all tables, in the order of the dump.

        Raises ``BrokenDumpError`` where it breaks off.
        """
        while token := self._tokens.next():
            if token.keyword in ("INSERT", "REPLACE"):
                yield from self._inserted()
            elif token.keyword == "COPY":
                yield from self._copied()
            elif token.keyword == "CREATE":
                self._create()
            elif token.keyword in ("USE", r"\CONNECT"):
                self._use()
            elif token.text != ";":
                self._pass_over()

    def _pass_over(self) -> None:
        """The rest of a statement."""
        while (token := self._tokens.next()) and not self._is_over(token):
            pass

    def _end(self, token: Token | None) -> None:
        """Pass over what is left of a statement, of which ``token`` was read last."""
        if token and not _is(token, ";"):
            self._tokens.keep(token)
            self._pass_over()

    def _inserted(self) -> Iterator[Row]:
        """``[INTO] table [(columns)] [OVERRIDING …] VALUES (…), (…);``, or what MySQL knows:
        ``[INTO] table SET column = value, …;``"""
        table, columns, last = self._target(_OF_ROWS)
        if last == "SET":
            yield self._assigned(table)
            return
        if not last:
            self.without_values[table] = columns
            return
        while _is(token := self._tokens.next(), "("):
            values = [value.text for value in self._listed()]
            yield from self._row(table, columns, values)
            if not _is(token := self._tokens.next(), ","):
                break
        self._end(token)

    def _row(self, table: str, columns: tuple[str, ...], values: list[str | None]) -> Iterator[Row]:
        if columns:
            yield Row(table, columns, _fitting(values, len(columns)))
        else:
            self.without_names[table] += 1

    def _assigned(self, table: str) -> Row:
        """``column = value, …`` up to the end of the statement; the first value counts, for in
        place of a row that is there others may be meant."""
        row: dict[str, Value] = {}
        name, value = "", None
        while (token := self._tokens.next()) and not self._is_over(token):
            if _is(token, ","):
                name, value = "", None
            elif value is not None and token.kind != MARK:
                value.take(token)
            elif value is not None and token.text == "(":
                value.call(self._listed())
            elif token.kind != MARK:
                before, is_set, after = _equation(token)
                name = name or before.rpartition(".")[2]
                if is_set:
                    value = Value()
                    row.setdefault(name, value)
                    value.take(token._replace(text=after))
        return Row(table, tuple(row), [value.text for value in row.values()])

    def _is_over(self, token: Token) -> bool:
        """Whether a statement ends here; ``token`` may begin the next one."""
        if token.begins_line and token.keyword in _STARTS:
            self._tokens.keep(token)
            return True
        return _is(token, ";")

    def _copied(self) -> Iterator[Row]:
        """``table [(columns)] FROM stdin;`` and a line for each row, up to ``\\.``"""
        table, columns, last = self._target(_OF_LINES)
        if not last:
            self.without_values[table] = columns
            return
        self._pass_over()
        for line in self._tokens.lines():
            if line == "\\.":
                return
            yield from self._row(table, columns, [_of_copied(value) for value in line.split("\t")])
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
        self._columns[(self._database + table).casefold()] = self._declared()
        self._pass_over()

    def _use(self) -> None:
        """``USE database;``, below which all tables are those of that one."""
        token = self._tokens.next()
        self._database = f"{token.text}." if token and token.kind != MARK else ""
        self._end(token)

    def _target(self, last: frozenset[str]) -> tuple[str, tuple[str, ...], str]:
        """The table and the columns that stand before a word of ``last``, and that word; no word
        if none of them is in the statement."""
        table, is_named = "", False
        columns: tuple[str, ...] = ()
        while (token := self._tokens.next()) and not self._is_over(token):
            if token.keyword in last:
                table = self._database + table
                return table, columns or self._columns.get(table.casefold(), ()), token.keyword
            if _is(token, "("):
                columns, is_named = self._names(), True
            elif token.keyword in _BEHIND_TABLE:
                is_named = True
            elif not is_named:
                table = _name(token) or table
        table = self._database + table
        return table, columns or self._columns.get(table.casefold(), ()), ""

    def _names(self) -> tuple[str, ...]:
        """Up to the bracket that closes them."""
        names: list[str] = []
        while (token := self._tokens.next()) and not _is(token, ")"):
            if token.kind != MARK:
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

    def _listed(self, deepest: int = _DEEPEST) -> list[Value]:
        """What commas part, up to the bracket that closes it."""
        if not deepest:
            raise BrokenDumpError("it is nested too deeply")
        values = [Value()]
        while token := self._tokens.next():
            if token.kind != MARK:
                values[-1].take(token)
            elif token.text == "(":
                values[-1].call(self._listed(deepest - 1))
            elif token.text == ",":
                values.append(Value())
            elif token.text == ")":
                return values
        raise BrokenDumpError("it ends within a row")


def _is(token: Token | None, mark: str) -> bool:
    return token is not None and token.kind == MARK and token.text == mark


def _equation(token: Token) -> tuple[str, str, str]:
    """What stands before ``=``, the sign, and what stands behind; names may have it, too."""
    return token.text.partition("=") if token.kind == WORD else (token.text, "", "")


def _name(token: Token) -> str:
    """The last part of a name: ``public.articles`` is ``articles``. SQLite takes texts, too."""
    if token.kind == WORD:
        return token.text.rpartition(".")[2]
    return token.text if token.kind != MARK else ""


def _fitting(values: list[str | None], count: int) -> list[str | None]:
    """``values`` with as many as there are columns."""
    return [*values, *[None] * (count - len(values))][:count]


def _of_copied(value: str) -> str | None:
    if value == r"\N":
        return None
    return of_bytea(_COPIED_SIGN.sub(_copied_sign, value)) if "\\" in value else value


def _copied_sign(sign: re.Match[str]) -> str:
    if sign[1].isdigit():
        return chr(int(sign[1], 8)).replace("\0", "")
    return _COPIED.get(sign[1], sign[1])
