"""The segments of the latest commit, opened by Whoosh."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from whoosh import index as whoosh_files

from archive_gen.search.flat.write import write_segment
from archive_gen.search.whoosh.place_bits import read_places
from archive_gen.search.whoosh.schema import schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from archive_gen.search.flat.write import PlaceList
    from archive_gen.search.whoosh.codec import TermsReader


@contextlib.contextmanager
def segments(folder: Path) -> Iterator[list[tuple[str, Any]]]:
    """Name and reader of each segment that holds documents."""
    reader = whoosh_files.open_dir(str(folder), schema=schema()).reader()
    try:
        leaves = [leaf for leaf, _ in reader.leaf_readers() if leaf.doc_count_all()]
        yield [(leaf.segment().segment_id(), leaf) for leaf in leaves]
    finally:
        reader.close()


def flatten(leaf: Any) -> None:
    """Write the flat file of a segment again."""
    terms = leaf.codec().terms_reader(leaf.storage(), leaf.segment())
    try:
        write_segment(leaf, _WrittenLists(terms))
    finally:
        terms.close()


class _WrittenLists:
    """The posting lists of a segment whose flat file is missing, from Whoosh's files."""

    def __init__(self, terms: TermsReader) -> None:
        self._terms = terms

    def lists(self, name: str) -> Iterator[PlaceList]:
        """See ``Lists``."""
        for text, documents, weights, values in self._terms.lists(name):
            places: list[Sequence[int]] = [
                read_places(value, weight) if value else ()
                for value, weight in zip(values, weights, strict=True)
            ]
            yield text, documents, weights, places
