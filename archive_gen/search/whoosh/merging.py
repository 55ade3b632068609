"""Which segments an update writes again, so that an index does not grow with its history.

Whoosh's own policy merges large segments, too, and all of them at once where many documents are
deleted. One process holds what it merges in memory: of 300,000 articles that were 4.4 GB. So here
only small segments are merged, and of large ones each is written again by itself.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from whoosh.reading import SegmentReader
from whoosh.writing import MERGE_SMALL

from archive_gen.search.flat.join import LARGE
from archive_gen.search.whoosh.codec import LARGEST_PART, PartWriter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive_gen.search.whoosh.codec import BlockWriter

# A segment is written again without its deleted documents when these are so many of all.
_WASTE = 1 / 3


def merge(files: Any, writer: BlockWriter, segments: Sequence[Any]) -> list[Any]:
    """What the index keeps beside the writer's segment, for ``SegmentWriter.commit``.

    Some segments are taken into the writer's, others are replaced by new ones.
    """
    again = []
    for segment in filter(_is_wasteful, segments):
        if segment.doc_count() >= LARGE:  # by itself: it stays where it is in time, to be joined
            again.append(_written_again(files, segment))
        elif segment.doc_count():
            _copy(segment, writer)
    small, large = _parted([segment for segment in segments if not _is_wasteful(segment)])
    return [*MERGE_SMALL(writer, small), *large, *again]


def _is_wasteful(segment: Any) -> bool:
    return bool(segment.deleted_count() >= segment.doc_count_all() * _WASTE)


def _parted(segments: Sequence[Any]) -> tuple[list[Any], list[Any]]:
    """The smallest segments, which are one part together, and the others."""
    ordered = sorted(segments, key=lambda segment: segment.doc_count_all())
    sums = itertools.accumulate(segment.doc_count_all() for segment in ordered)
    count = sum(total <= LARGEST_PART for total in sums)
    return ordered[:count], ordered[count:]


def _written_again(files: Any, segment: Any) -> Any:
    part = PartWriter(files)
    _copy(segment, part)
    return part.segment()


def _copy(segment: Any, writer: BlockWriter) -> None:
    reader = SegmentReader(writer.storage, writer.schema, segment)
    writer.add_reader(reader)
    reader.close()
