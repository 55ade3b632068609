"""Which articles a person should look at, without opening any that leaves no doubt.

What the records of imports say of doubt stands in ``.archive/doubts.sqlite``: derived, brought up
to date by size and time of each file, and made again when it is missing, broken or older. Which
article came of a record an import has noted; where it has not, the beginning of each tells.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from archive_gen.content import disk, frontmatter, store
from archive_gen.intake import provenance
from archive_gen.intake.derived import Form, Note, Watch, derived_or_read, to_nobody, unwatched
from archive_gen.intake.index import paths_of
from archive_gen.layout import STATE_FOLDER

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

DOUBTS_FILE = "doubts.sqlite"
_FORM = Form(
    version=2,
    schema="""
CREATE TABLE records (
    original TEXT PRIMARY KEY, size INTEGER, mtime_ns INTEGER, input TEXT, confidence REAL,
    is_open INTEGER
) WITHOUT ROWID;
CREATE INDEX by_confidence ON records (confidence);
CREATE INDEX open ON records (original) WHERE is_open;
""",
)
_SETTLED = 2.0
"""Instead of the confidence of what a person has reviewed, or of no record: never doubtful."""


class _Record(msgspec.Struct, frozen=True):
    """What of ``provenance.Record`` is asked for here: the whole of it takes ten times as long."""

    input: str
    confidence: float = 1.0
    doubts: Mapping[str, str] = {}
    reviewed: bool = False


_decode = msgspec.json.Decoder(_Record).decode


@dataclass(frozen=True, slots=True)
class Doubt:
    """An article for a person to look at."""

    path: str
    """Below ``content/``."""
    confidence: float
    input: str
    doubts: list[str]
    """What there is to decide, in words: a date whose day and month are open, no headline."""


def doubtful(
    content: Path, below: float, note: Note = to_nobody, watch: Watch = unwatched
) -> list[Doubt]:
    """What nobody reviewed and is of less confidence, or in doubt; of least confidence first.

    ``note`` hears if what was known of them was damaged and had to be read again, ``watch`` what
    is read.
    """
    file = content.parent / STATE_FOLDER / DOUBTS_FILE
    refresh = functools.partial(_refresh, content, watch)
    query = (
        "SELECT original, confidence, input, is_open FROM records WHERE confidence < ? OR is_open"
    )
    with derived_or_read(file, _FORM, refresh, note) as records:
        asked = records.execute(query, (below,)).fetchall()
    paths = paths_of(content, {original for original, *_ in asked})
    found = [
        Doubt(path, confidence, name, _left_open(content, path, original) if is_open else [])
        for original, confidence, name, is_open in asked
        if (path := paths.get(original))
    ]
    found = [doubt for doubt in found if doubt.doubts or doubt.confidence < below]
    return sorted(found, key=lambda doubt: (doubt.confidence, doubt.path))


def _refresh(content: Path, watch: Watch, connection: sqlite3.Connection) -> None:
    """Read the records that are new or changed, and forget those that are gone."""
    stamps = "SELECT original, size, mtime_ns FROM records"
    known = {original: (size, mtime) for original, size, mtime in connection.execute(stamps)}
    changed = [
        (original, size, mtime_ns)
        for original, size, mtime_ns in store.records(content)
        if known.pop(original, None) != (size, mtime_ns)
    ]
    for number, (original, size, mtime_ns) in enumerate(changed, start=1):
        record = _read(content, original)
        row = (original, size, mtime_ns, *_of_record(record))
        connection.execute("INSERT OR REPLACE INTO records VALUES (?, ?, ?, ?, ?, ?)", row)
        watch("reading", number, len(changed))
    gone = [(original,) for original in known]
    connection.executemany("DELETE FROM records WHERE original = ?", gone)
    connection.commit()


def _read(content: Path, original: str) -> _Record | None:
    data = disk.read(content, store.record_path(original))
    try:
        return _decode(data or b"")
    except (ValueError, RecursionError):
        return None


def _of_record(record: _Record | None) -> tuple[str, float, bool]:
    """Where it came from, its confidence, and whether cleaning left anything open."""
    if record is None or record.reviewed:
        return record.input if record else "", _SETTLED, False
    return record.input, record.confidence, bool(record.doubts)


def _left_open(content: Path, path: str, original: str) -> list[str]:
    """What is open in an article: not what a person has written since."""
    record = provenance.read(content, original)
    written = record.article() if record else None
    article, _ = frontmatter.parse_bytes(disk.read(content, path) or b"", path)
    if record is None or written is None or article is None:
        return []
    return [
        words
        for key, words in record.doubts.items()
        if getattr(article, key) == getattr(written, key)
    ]
