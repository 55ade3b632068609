"""A database as SQL, as it was dumped: the stories in it, without the server it is of."""

from __future__ import annotations

import io
import re
import sqlite3
import tempfile
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from archive_gen.importers.base import damaged, lacks_room, no_text, rejoined
from archive_gen.importers.databases.documents import documents
from archive_gen.importers.databases.loaded import load, open_empty
from archive_gen.importers.databases.sql_rows import Dump
from archive_gen.importers.databases.stories import may_tell
from archive_gen.importers.encodings import MIXED, encoding_of_sample, is_binary, is_whole
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archive_gen.importers.base import Found

_SAMPLE = 1 << 20
_OF_PG_RESTORE = b"PGDMP"
_NAMED = re.compile(
    rb"^(?:/\*!\d+ )?SET (?:NAMES|client_encoding(?: TO| =)?) '?([A-Za-z0-9_]{2,20})\b",
    re.IGNORECASE | re.MULTILINE,
)
"""How MySQL and PostgreSQL say in which characters a dump is written."""
_IN_PYTHON = {
    "koi8r": "koi8-r",
    "koi8u": "koi8-u",
    "eucjpms": "euc_jp",
    "uhc": "cp949",
    "macce": "mac_latin2",
}
"""Of the names that they use those that Python has not got."""
_UTF_8 = ("utf8", "utf8mb3", "utf8mb4", "unicode")
_WINDOWS = re.compile(r"^win(?=\d)")
_TEXT = re.compile(rb"'(?:[^'\\]++|\\.|'')*+'?", re.DOTALL)
_FEW = 20
"""So many texts that are broken for each one that is sound are bytes of pictures and keys, which
such a dump has as they are."""
_MOST = 3
"""So many tables are named in a message."""


def read(name: str, stream: BinaryIO) -> Iterator[Found]:
    """A document for each story; what was read before a break counts."""
    head = stream.read(_SAMPLE)
    if head.startswith(_OF_PG_RESTORE):
        hint = "make SQL of it: pg_restore -f dump.sql FILE"
        yield Problem(name, 0, "is a dump that only PostgreSQL can read", hint)
        return
    if is_binary(head):
        yield no_text(name)
        return
    text = io.TextIOWrapper(rejoined(head, stream), _encoding(head), errors=MIXED, newline="")
    dump = Dump(text)
    with tempfile.TemporaryDirectory() as folder, closing(open_empty(Path(folder))) as database:
        rows = (row for row in dump.rows() if may_tell(row.table, row.columns))
        try:
            fault = load(database, rows)
        except sqlite3.Error as error:
            fault = error
        if not lacks_room(fault):
            yield from documents(name, database)
    if fault:
        yield damaged(name, fault)
    yield from _passed_over(name, dump)


def _encoding(head: bytes) -> str:
    """What a dump is written in: what it says itself holds where its letters are no UTF-8."""
    told = _NAMED.search(head)
    declared = told[1].decode("ascii").lower() if told else ""
    declared = _IN_PYTHON.get(declared, _WINDOWS.sub("cp", declared))
    is_sure = declared in _UTF_8 and _is_mostly_utf_8(head)
    return "utf-8-sig" if is_sure else encoding_of_sample(head, declared)


def _is_mostly_utf_8(head: bytes) -> bool:
    sound = Counter(is_whole(text, "utf-8") for text in _TEXT.findall(head) if not text.isascii())
    return sound[True] > 0 and sound[True] * _FEW >= sound[False]


def _passed_over(name: str, dump: Dump) -> Iterator[Problem]:
    """A line for the rows that can't be read, where they may be of stories."""
    if dump.without_names:
        number, tables = sum(dump.without_names.values()), _first(dump.without_names)
        message = f"{number} rows were passed over, as nothing names their columns: {tables}"
        yield Problem(name, 0, message, "dump the structure of the tables along with them")
    taken = dump.without_values.items()
    if tables := _first(table for table, has in taken if not has or may_tell(table, has)):
        message = f"rows were passed over that stand in no INSERT … VALUES: {tables}"
        yield Problem(name, 0, message, "dump the rows themselves, or export the tables: .csv")


def _first(tables: Iterable[str]) -> str:
    *shown, last = sorted(tables)[: _MOST + 1] or [""]
    return ", ".join([*shown, "…" if len(shown) == _MOST else last])
