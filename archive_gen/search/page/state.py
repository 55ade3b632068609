"""The index after an update, as the page's files are made from it."""

from __future__ import annotations

import functools
from bisect import bisect_left
from typing import TYPE_CHECKING

from archive_gen.search.page.common import Changed, CommonFiles
from archive_gen.search.page.cuts import Cuts
from archive_gen.search.page.edits import weights_in
from archive_gen.search.page.files import stored_document
from archive_gen.search.page.layout import Layout
from archive_gen.search.page.numbers import month_of_block
from archive_gen.search.page.terms import ListsOnDemand
from archive_gen.search.page.vocabulary import SegmentVocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from archive_gen.search.flat.segment import Segment
    from archive_gen.search.page.files import File
    from archive_gen.search.page.made import Made
    from archive_gen.search.page.vocabulary import Root
    from archive_gen.search.values import SearchDocument
    from archive_gen.search.whoosh.postings import WhooshPostings


class State:
    """The index after the update."""

    def __init__(self, contents: WhooshPostings, segments: list[Segment]) -> None:
        self.contents = contents
        self.segments = segments
        self.vocabulary = SegmentVocabulary(segments)
        self.layout = Layout.of(*_order_keys(contents, segments))
        self.cuts = Cuts.of(self.layout.numbers)
        self.length = sum(segment.total_length for segment in segments)

    @functools.cached_property
    def lists(self) -> ListsOnDemand:
        """Where terms stand."""
        ranks = self.layout.ranks(self.contents.size)
        return ListsOnDemand(self.vocabulary, self.contents, self.layout, ranks, self.cuts)

    def periods(self, year: int) -> dict[int, str]:
        """The finest period of each document of a year, and perhaps of others."""
        spans = self.contents.spans(self.layout.documents[self.layout.of_year(year)])
        found: dict[int, str] = {}
        for segment in self.segments:
            if self.contents.bases[segment.name] in spans:
                found.update(zip(_numbers_in(self.contents, segment), segment.periods, strict=True))
        return found

    def documents(self, paths: Iterable[str]) -> dict[str, SearchDocument | None]:
        """The documents of paths; None where there is none."""
        found = documents_of(self.contents, paths)
        return {path: found.get(path) for path in paths}

    def stored(self, keys: Iterable[int]) -> list[SearchDocument]:
        """The documents with these order keys."""
        places = (bisect_left(self.layout.keys, key) for key in sorted(keys))
        return [stored_document(self.contents, self.layout.documents[n]) for n in places]

    def common_files(
        self, made: Made, changed: Changed, recut: AbstractSet[Root]
    ) -> Iterator[File]:
        """What differs in the files of common words; empty is one that is no more."""
        common = CommonFiles(self.lists, self.vocabulary.family, made, changed, self._postings_at)
        return common.changes(recut)

    def _postings_at(self, number: int) -> dict[Root, int]:
        """What each family weighs in the document with a number of the page."""
        place = bisect_left(self.layout.numbers, number)
        document = stored_document(self.contents, self.layout.documents[place])
        return weights_in(document)

    def block(self, key: int) -> str:
        """The file of the document with an order key."""
        return self.layout.block_at(bisect_left(self.layout.keys, key))

    def blocks(self, wanted: AbstractSet[str]) -> Iterator[tuple[str, slice]]:
        """Some files of documents, and whose documents are in each."""
        for month in sorted(set(map(month_of_block, wanted))):
            found = self.layout.blocks_of_month(month)
            yield from ((name, members) for name, members in found if name in wanted)


def _order_keys(contents: WhooshPostings, segments: list[Segment]) -> tuple[list[int], list[int]]:
    """The order keys of the documents, and their numbers in the index."""
    keys: list[int] = []
    numbers: list[int] = []
    for segment in segments:
        own = [*_numbers_in(contents, segment)]
        if len(segment.live) == len(own):  # as a rule
            keys += segment.order_keys
            numbers += own
        else:
            keys += map(segment.order_keys.__getitem__, segment.live)
            numbers += map(own.__getitem__, segment.live)
    return keys, numbers


def _numbers_in(contents: WhooshPostings, segment: Segment) -> Iterable[int]:
    """The number in the index of each document of a segment."""
    return map(contents.bases[segment.name].__add__, segment.order)


def documents_of(contents: WhooshPostings, paths: Iterable[str]) -> dict[str, SearchDocument]:
    """The documents of those paths that have one."""
    return {
        path: stored_document(contents, number)
        for path in paths
        for number in contents.numbers(path)
    }
