"""Files of which a table or a record beside them tells: ``metadata.csv`` has a row for each of
``texts/*.txt``, or ``0001.json`` lies beside ``0001.txt``.

A table lies in the folder of the files or in the one around it. Its column with their names is
called as programs call it; with or without their endings, these are the names or the paths.
"""

from __future__ import annotations

import dataclasses
import io
import itertools
import json
import unicodedata
import zlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from archive_gen.article import RawDocument
from archive_gen.importers.base import MAX_DOCUMENT, LeftOut
from archive_gen.importers.csv_table import long_cells, opened
from archive_gen.importers.encodings import decode
from archive_gen.importers.records.column_names import in_english
from archive_gen.importers.records.fields import fold_name
from archive_gen.importers.records.record import (
    document,
    holds_text,
    known_values,
    knows_fields,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from archive_gen.importers.base import Found, Importer

    _Row = Mapping[str, Any]

_TABLES = (".csv", ".tsv")
_RECORD = ".json"
_DESCRIBED = tuple(
    ".txt .text .html .htm .xhtml .md .markdown .mhtml .mht .eml .docx .odt .pdf .rtf".split()
)
"""Endings of files beside which a record may lie: ``a.txt`` beside ``a.json`` or ``a.txt.json``."""
_NAMES = frozenset(
    fold_name(name)
    for name in "file filename file_name path filepath file_path text_file txt_file html_file "
    "document doc doc_id document_id article_id id name".split()
)
"""Columns that may name files."""
_MOST_OF = 0.9
"""The share of rows that must be of files where none names one with its ending: a table of people
counts them, too, and pages may be called ``1.html``."""
_MOST_TABLES = 20
"""So many of a folder are looked into."""
_AT_ONCE = 8
"""So many folders and tables are remembered at a time: the files of one come together."""
_NOTES = "tables and records that tell of other files"


class _Folder(NamedTuple):
    """What lies in a folder."""

    names: frozenset[str]
    tables: tuple[Path, ...]
    has_records: bool


def importer_beside(path: Path) -> Importer | None:
    """How a file is read that tells of others: it is none of the articles. None for any other."""
    ending = path.suffix.lower()
    tells = (ending == _RECORD and _is_record_of_another(path.absolute())) or (
        ending in _TABLES and _is_table_of_files(path.absolute())
    )
    return _leave_out if tells else None


def as_told(found: Iterable[Found], path: Path) -> Iterator[Found]:
    """What was found in the file at ``path``, with what others tell of it if it is one document."""
    told = _told_of(path.absolute())
    if told is None:
        yield from found
        return
    match list(found):
        case [RawDocument() as page]:
            yield _with_row(page, *told)
        case several:
            yield from several


def told_sums(files: Iterable[Path]) -> dict[Path, int]:
    """File → a checksum of what others tell of it, for all of which anything is told."""
    found = {}
    for folder, group in itertools.groupby(files, lambda file: file.parent):
        if _may_tell(folder.absolute()):
            for file in group:
                if told := _told_of(file.absolute()):
                    found[file] = zlib.crc32(json.dumps(told, sort_keys=True).encode())
    return found


def _leave_out(name: str, _stream: BinaryIO) -> Iterator[Found]:
    yield LeftOut(_NOTES, name)


def _with_row(page: RawDocument, row: _Row, origin: str) -> RawDocument:
    told = document(page.name, {**row, "raw_text": origin})
    if not isinstance(told, RawDocument):
        return page
    return dataclasses.replace(
        page,
        known={**page.known, **told.known},
        origins={**page.origins, **dict.fromkeys(told.known, origin)},
        crawled=told.crawled or page.crawled,
        written_date=told.written_date or page.written_date,
        told_by=origin,
    )


def _told_of(path: Path) -> tuple[_Row, str] | None:
    """What is told of a file, and the name of the file that tells."""
    is_telling = path.suffix.lower() in (_RECORD, *_TABLES)
    if is_telling or not _may_tell(path.parent):
        return None
    names = _folder(path.parent).names
    for record in (f"{path.stem}{_RECORD}", f"{path.name}{_RECORD}"):
        if record in names and (row := _record(path.with_name(record))):
            return row, record
    for folder in (path.parent, path.parent.parent):
        for table in _folder(folder).tables:
            rows = _rows(table)
            place = path.relative_to(folder)
            keys = (place, place.with_suffix(""), place.name, place.stem)
            row = next((rows[key] for key in map(_key, keys) if key in rows), None)
            if row:
                return row, table.name
    return None


def _may_tell(folder: Path) -> bool:
    """Whether a file in it can be one of which another tells: most can't."""
    here = _folder(folder)
    return here.has_records or bool(here.tables or _folder(folder.parent).tables)


def _is_record_of_another(path: Path) -> bool:
    names = _folder(path.parent).names
    is_whole = path.stem in names and path.stem.lower().endswith(_DESCRIBED)
    is_beside = is_whole or any(f"{path.stem}{ending}" in names for ending in _DESCRIBED)
    return is_beside and _record(path) is not None


def _is_table_of_files(path: Path) -> bool:
    rows = _rows(path)
    return any(_key(name) in rows or _key(_stem(name)) in rows for name in _files_below(path))


def _files_below(table: Path) -> Iterator[str]:
    names = _folder(table.parent).names
    yield from names - {table.name}
    for name in names:
        if not name.startswith(".") and (below := table.parent / name).is_dir():
            for inside in _folder(below).names:
                yield from (inside, f"{name}/{inside}")


def _stem(name: str) -> str:
    return name.rpartition(".")[0] or name


def _moment(path: Path) -> tuple[int, int]:
    """When it was changed last, and its size."""
    try:
        status = path.stat()
    except OSError:
        return 0, 0
    return status.st_mtime_ns, status.st_size


def _folder(folder: Path) -> _Folder:
    return _folder_as_of(folder, _moment(folder))


@lru_cache(_AT_ONCE)
def _folder_as_of(folder: Path, _changed: tuple[int, int]) -> _Folder:
    try:
        names = frozenset(file.name for file in folder.iterdir())
    except OSError:
        names = frozenset()
    tables = sorted(name for name in names if name.lower().endswith(_TABLES))
    has_records = any(name.endswith(_RECORD) for name in names)
    return _Folder(names, tuple(folder / name for name in tables[:_MOST_TABLES]), has_records)


def _record(path: Path) -> _Row | None:
    """The record in a file, if it tells something and holds no text."""
    data = _bytes(path)
    try:
        record = json.loads(decode(data) or "")
    except (ValueError, RecursionError):
        return None
    if not isinstance(record, dict) or not known_values(record):
        return None
    lists = (value for value in record.values() if isinstance(value, list))
    inside = (item for item in itertools.chain(*lists) if isinstance(item, dict))
    return None if any(map(holds_text, (record, *inside))) else record


def _rows(table: Path) -> Mapping[str, _Row]:
    """Name of a file as ``_key`` has it → the row that tells of it; empty for a table that has
    texts of its own, or names no files."""
    return _rows_as_of(table, _moment(table), _moment(table.parent))


@lru_cache(_AT_ONCE)
def _rows_as_of(
    table: Path, _changed: tuple[int, int], _around: tuple[int, int]
) -> Mapping[str, _Row]:
    header, rows = _cells(table)
    columns = [at for at, name in enumerate(header) if fold_name(name) in _NAMES]
    if not columns or knows_fields(header):
        return {}
    names = frozenset(map(_key, _files_below(table)))
    stems = frozenset(map(_stem, names))
    found: dict[str, _Row] = {}
    for at in columns:
        told = _by_column(header, rows, at)
        if names & told.keys() or len(stems & told.keys()) >= _MOST_OF * len(told):
            found = {**told, **found}
    return found


def _by_column(header: list[str], rows: list[list[str]], at: int) -> dict[str, _Row]:
    """The rows by the names in a column; of two rows for one file nobody knows which is meant."""
    found: dict[str, _Row] = {}
    for cells in rows:
        if at < len(cells) and (key := _key(cells[at].strip().replace("\\", "/"))):
            row = {name: cell for name, cell in zip(header, cells, strict=False) if cell}
            row.pop(header[at], None)
            found[key] = {} if key in found else row
    return found


def _cells(table: Path) -> tuple[list[str], list[list[str]]]:
    """The names of the columns and the rows, as far as they can be read."""
    text = decode(_bytes(table)) or ""
    with long_cells():
        found = opened(io.StringIO(text.removeprefix("\ufeff"), newline=""))
        rows = [row for _, row in found.rows if not isinstance(row, str)]
    return in_english(found.names), rows


def _key(name: object) -> str:
    return unicodedata.normalize("NFC", str(name)).casefold().removeprefix("./")


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(MAX_DOCUMENT)
    except OSError:
        return b""
