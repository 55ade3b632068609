"""Whoosh's own file format, written and read a posting list at a time.

Whoosh hands every posting through a sort on disk and five calls. An archive's postings fit in
memory: they are put where they belong at once, and each list is written in one go. The files
are those of ``whoosh.codec.whoosh3``, whose readers read them.
"""

from __future__ import annotations

import functools
import itertools
import operator
import pickle
import struct
import zlib
from typing import TYPE_CHECKING, Any

from whoosh.codec.whoosh3 import (
    WHOOSH3_HEADER_MAGIC,
    W3Codec,
    W3FieldWriter,
    W3TermsReader,
)
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from archive_gen.search.flat.write import PlaceList, write_segment
from archive_gen.search.whoosh.place_bits import read_places, write_places

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_BLOCK = 512
"""Postings in a block."""
# Compression costs more than half of the writing; small blocks hardly shrink.
_COMPRESSED = 2048
_LEVEL = 1
_PICKLE = 5
# Flags, total weight, documents, least and most length, most weight, first and last document,
# then where the postings are.
_TERM_INFO = struct.Struct("!BfIBBfIIqi")
_DOCUMENTS = 2
_EXTENT = struct.Struct("!qi")
_FIRST_AND_LAST = struct.Struct("!II")
_FIRST = _TERM_INFO.size - _EXTENT.size - _FIRST_AND_LAST.size
# Lengths of a key and of the term info that follows it.
_ENTRY = struct.Struct("!ii")
_FIELD = struct.Struct("!H")
_LENGTH = struct.Struct("!i")
_PICKLED = b"\x80"
"""What pickled begins with, and what is compressed does not."""
# What is short is one frame when it is pickled; the lowest byte of its length says where it ends.
_FRAME = 11
_FRAME_LENGTH = 3
_ALL = (0, 1 << 62)
"""Documents from the first to the last."""

LARGEST_PART = 10_000
"""Documents that one process writes at a time: it holds all their terms."""
PostingList = tuple[bytes, list[int], list[int], list[bytes]]
"""A term with its documents, and the weight and the value in each. Weights are whole numbers."""


class BlockCodec(W3Codec):  # type: ignore[misc]
    """Whoosh's format with our writer and reader of posting lists."""

    def field_writer(self, storage: Any, segment: Any) -> _FieldWriter:
        """Write terms and postings, see ``whoosh.codec.base.Codec``."""
        return _FieldWriter(self, storage, segment)

    def terms_reader(self, storage: Any, segment: Any) -> TermsReader:
        """Read them, see ``whoosh.codec.base.Codec``."""
        name = segment.make_filename(self.TERMS_EXT)
        postings = segment.open_file(storage, self.POSTS_EXT)
        return TermsReader(self, storage.open_file(name), storage.file_length(name), postings)


class BlockWriter(SegmentWriter):  # type: ignore[misc]
    """Whoosh's writer over a pool in memory. ``add_document`` takes no boosts and no vectors.

    The flat file of the new segment is written with it, from what is in memory.
    """

    _locks = True

    def __init__(self, files: Any) -> None:
        super().__init__(files, compound=False, codec=BlockCodec(), _lk=self._locks)
        self.pool = _Pool()

    def add_document(self, **values: Any) -> None:
        """Add a document: field → value."""
        document, row = self.docnum, self.perdocwriter
        row.start_doc(document)
        for name, value in values.items():
            field = self.schema[name]
            if field.indexed:
                self.pool.add_terms(name, document, field.postings(value))
            row.add_field(name, field, value if field.stored else None, 0)
            if field.column_type:
                row.add_column_value(name, field.column_type, field.to_column_value(value))
        row.finish_doc()
        self._added = True
        self.docnum += 1

    def add_postings_to_pool(self, reader: Any, startdoc: int, docmap: Any) -> None:
        """Take the postings of a segment that is merged into this one."""
        terms = reader.codec().terms_reader(reader.storage(), reader.segment())
        for name in self.schema.names():
            for text, documents, weights, values in terms.lists(name):
                places = map(read_places, values, weights) if values[0] else [()] * len(documents)
                for document, weight, found in zip(documents, weights, places, strict=True):
                    number = document + startdoc if docmap is None else docmap.get(document)
                    if number is not None:
                        self.pool.add_terms(name, number, [(text, weight, found)])
        terms.close()

    def _flush_segment(self) -> None:
        super()._flush_segment()
        if self.docnum:
            leaf = SegmentReader(self.storage, self.schema, self.get_segment())
            write_segment(leaf, self.pool)
            leaf.close()


class PartWriter(BlockWriter):
    """Writes a segment that another writer, which holds the lock, adds to the index."""

    _locks = False

    def segment(self) -> Any:
        """Finish the segment; the value can be pickled."""
        self._flush_segment()
        self._close_segment()
        return self.get_segment()


class TermsReader(W3TermsReader):  # type: ignore[misc]
    """Whoosh's reader, which can also read everything in one pass."""

    def __init__(self, codec: W3Codec, file: Any, length: int, postings: Any) -> None:
        super().__init__(codec, file, length, postings)
        self._known: dict[str, dict[bytes, bytes]] = {}
        # How many documents have a term is asked for first, then which ones.
        self._info = functools.lru_cache(maxsize=4096)(self._find_info)

    def lists(
        self, fieldname: str, start: bytes = b"", end: bytes = b"\xff", *, base: int = 0
    ) -> Iterator[PostingList]:
        """The posting lists of a field's terms from ``start`` to before ``end``, in order.

        ``base`` is the number of the first document.
        """
        entries = [*self._entries(fieldname, start, end)]
        if not entries:
            return
        # They stand one after the other, as their terms do.
        (at, _), (last, length) = _extent(entries[0][1]), _extent(entries[-1][1])
        self._postfile.seek(at)
        written = self._postfile.read(last + length - at)
        for text, info in entries:
            offset, length = _extent(info)
            yield text, *_read_blocks(written[offset - at : offset - at + length], base, _ALL)

    def texts(self, fieldname: str) -> Iterator[bytes]:
        """The terms of a field, in order."""
        return (text for text, _ in self._entries(fieldname))

    def living(self, fieldname: str, deleted: frozenset[int]) -> Iterator[bytes]:
        """The terms of a field that a document has which is not deleted, in order."""
        for text, info in self._infos(fieldname).items():
            first, last = _FIRST_AND_LAST.unpack_from(info, _FIRST)
            dead = first in deleted and last in deleted
            if not (dead and deleted.issuperset(self._read(info)[0])):
                yield text

    def list_of(
        self,
        fieldname: str,
        text: bytes,
        *,
        base: int = 0,
        within: tuple[int, int] = _ALL,
    ) -> PostingList | None:
        """One posting list; None if no document ever had the term.

        All documents from the first to the last of ``within`` are in it, and perhaps others.
        """
        info = self._info(fieldname, text)
        return (text, *self._read(info, base, within)) if info else None

    def count(self, fieldname: str, text: bytes) -> int:
        """How many documents have a term, deleted ones included."""
        info = self._info(fieldname, text)
        count: int = _TERM_INFO.unpack(info)[_DOCUMENTS] if info else 0
        return count

    def _find_info(self, fieldname: str, text: bytes) -> bytes | None:
        number = self._fieldmap.get(fieldname)
        info: bytes | None = None
        if number is not None:
            info = self._tindex.get(_FIELD.pack(number) + text)
        return info

    def _infos(self, fieldname: str) -> dict[bytes, bytes]:
        if fieldname not in self._known:
            self._known[fieldname] = dict(self._entries(fieldname))
        return self._known[fieldname]

    def _entries(
        self, fieldname: str, first: bytes = b"", end: bytes = b"\xff"
    ) -> Iterator[tuple[bytes, bytes]]:
        """Terms of a field from ``first`` to before ``end``, with their infos."""
        if fieldname not in self._fieldmap:
            return
        prefix = _FIELD.pack(self._fieldmap[fieldname])
        start = self._tindex.closest_key_pos(prefix + first)
        stop = self._tindex.closest_key_pos(prefix + end)
        if start is None:
            return
        terms = self._dbfile.get(start, (stop or self._tindex.endofdata) - start)
        at = 0
        while at < len(terms):
            key_length, info_length = _ENTRY.unpack_from(terms, at)
            info = at + _ENTRY.size + key_length
            text = terms[at + _ENTRY.size + len(prefix) : info]
            at = info + info_length
            yield text, terms[info:at]

    def _read(
        self, info: bytes, base: int = 0, within: tuple[int, int] = _ALL
    ) -> tuple[list[int], list[int], list[bytes]]:
        offset, length = _extent(info)
        if self._postfile.tell() != offset:
            self._postfile.seek(offset)
        return _read_blocks(self._postfile.read(length), base, within)


class _Pool:
    """Field → term → its postings one after the other: document, weight, places, document, …"""

    def __init__(self) -> None:
        self._fields: dict[str, dict[bytes, list[Any]]] = {}

    def add_terms(
        self, name: str, document: int, terms: Iterable[tuple[bytes, int, Sequence[int]]]
    ) -> None:
        """Take the postings of one document. Documents must come in order."""
        lists = self._fields.setdefault(name, {})
        for text, weight, places in terms:
            postings = lists.get(text)
            if postings is None:
                lists[text] = [document, weight, places]
            else:
                postings += (document, weight, places)

    def iter_postings(self) -> Iterator[tuple[str, PlaceList]]:
        """All fields with their posting lists, in order."""
        for name in sorted(self._fields):
            for postings in self.lists(name):
                yield name, postings

    def lists(self, name: str) -> Iterator[PlaceList]:
        """The posting lists of a field, in order."""
        lists = self._fields.get(name, {})
        for text in sorted(lists):
            postings = lists[text]
            yield text, postings[::3], postings[1::3], postings[2::3]

    def cleanup(self) -> None:
        """Forget everything."""
        self._fields.clear()


class _FieldWriter(W3FieldWriter):  # type: ignore[misc]
    def add_postings(
        self, schema: Any, _lengths: Any, items: Iterable[tuple[str, PlaceList]]
    ) -> None:
        """Write what ``_Pool.iter_postings`` gives."""
        current, prefix, bare = "", b"", False
        for name, (text, documents, weights, places) in items:
            if name != current:
                current, bare = name, schema[name].format.fixed_value_size() == 0
                prefix = _FIELD.pack(self._fieldmap.setdefault(name, len(self._fieldmap)))
            self._tindex.add(prefix + text, self._write(documents, weights, places, bare=bare))

    def _write(
        self,
        documents: list[int],
        weights: list[int],
        places: list[Sequence[int]],
        *,
        bare: bool,
    ) -> bytes:
        """Write a posting list; returns what the term index keeps of it."""
        start = self._postfile.tell()
        values = None if bare else write_places(weights, places)
        written = WHOOSH3_HEADER_MAGIC
        for at in range(0, len(documents), _BLOCK):
            end = at + _BLOCK
            kept = values[at:end] if values else None
            written += _block(documents[at:end], weights[at:end], kept, end >= len(documents))
        self._postfile.write(written)
        return _TERM_INFO.pack(
            0, sum(weights), len(documents), 0, 0, max(weights), documents[0], documents[-1],
            start, len(written),
        )  # fmt: skip


def _block(
    documents: list[int],
    weights: list[int],
    values: list[bytes] | None,
    last: bool,  # noqa: FBT001
) -> bytes:
    gaps = (documents[0], *map(operator.sub, documents[1:], documents))
    kept = None if values is None else tuple(values)
    data = pickle.dumps((gaps, _fewer(weights), kept), _PICKLE)
    level = _LEVEL if len(data) >= _COMPRESSED else 0
    if level:
        data = zlib.compress(data, level)
    info = pickle.dumps((len(documents), documents[-1], max(weights), level, 0, 0), _PICKLE)
    length = len(info) + len(data)
    return _LENGTH.pack(-length if last else length) + info + data


def _fewer(weights: list[int]) -> tuple[int, ...] | float | None:
    """Weights as Whoosh keeps them: one if all are equal, none if that is 1."""
    first = weights[0]
    if weights.count(first) < len(weights):
        return tuple(weights)
    return None if first == 1 else float(first)


def _extent(info: bytes) -> tuple[int, int]:
    """Where a term's postings are, and how long."""
    offset, length = _EXTENT.unpack_from(info, _TERM_INFO.size - _EXTENT.size)
    return offset, length


def _read_blocks(
    written: bytes, base: int, within: tuple[int, int]
) -> tuple[list[int], list[int], list[bytes]]:
    first, last = within[0] - base, within[1] - base
    documents: list[int] = []
    weights: list[int] = []
    values: list[bytes] = []
    at, length, end = len(WHOOSH3_HEADER_MAGIC), 1, -1
    while length > 0 and end < last:  # the last block's is below zero
        (length,) = _LENGTH.unpack_from(written, at)
        info = at + _LENGTH.size
        start = info + _FRAME + written[info + _FRAME_LENGTH]
        at = info + abs(length)
        if within is not _ALL:
            # The index is as trusted as the program.
            end = pickle.loads(written[info:start])[1]  # noqa: S301
            if end < first:
                continue
        data = written[start:at]
        if not data.startswith(_PICKLED):
            data = zlib.decompress(data)
        gaps, some, kept = pickle.loads(data)  # noqa: S301
        before = len(documents)
        documents += itertools.accumulate(gaps, initial=base)
        del documents[before]
        weights += some if isinstance(some, tuple) else [int(some or 1)] * len(gaps)
        values += kept or [b""] * len(gaps)
    return documents, weights, values
