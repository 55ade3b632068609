"""The segments of the latest commit, opened by Whoosh."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from whoosh import index as whoosh_files
from whoosh.filedb.filestore import FileStorage
from whoosh.reading import SegmentReader

from archive_gen.search.flat_write import write_segment
from archive_gen.search.schema import schema
from archive_gen.search.segment import SUFFIX

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextlib.contextmanager
def segments(folder: Path) -> Iterator[list[tuple[str, Any]]]:
    """Name and reader of each segment that holds documents."""
    reader = whoosh_files.open_dir(str(folder), schema=schema()).reader()
    try:
        leaves = [leaf for leaf, _ in reader.leaf_readers() if leaf.doc_count_all()]
        yield [(leaf.segment().segment_id(), leaf) for leaf in leaves]
    finally:
        reader.close()


def flatten(folder: Path, segment: Any) -> None:
    """Write the flat file of a segment that is finished and not yet committed."""
    leaf = SegmentReader(FileStorage(str(folder)), schema(), segment)
    try:
        if leaf.doc_count_all():
            write_segment(leaf, folder / f"{segment.segment_id()}{SUFFIX}")
    finally:
        leaf.close()
