"""What an update of the index changes in the page's files, without making the others again.

The documents keep their numbers when some are edited and when new ones are the latest: then
only those shards differ that hold a term of an old or a new version. Their neighbours are cut
again until a cut falls where one was. After anything else all files are made again; the result
is the same in every byte.
"""

from __future__ import annotations

import contextlib
import itertools
import json
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archive_gen.search import browser
from archive_gen.search.analysis import Term
from archive_gen.search.flat_file import DamagedError
from archive_gen.search.page_terms import terms_on_demand
from archive_gen.search.page_vocabulary import Root, SegmentVocabulary, page_order
from archive_gen.search.schema import (
    SEPARATOR,
    Words,
    date_of,
    keywords,
    moment,
)
from archive_gen.search.snapshot import open_snapshot

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from archive_gen.search.base import SearchDocument
    from archive_gen.search.page_terms import PageTerms
    from archive_gen.search.postings import WhooshPostings
    from archive_gen.search.segment import Segment
    from archive_gen.search.whoosh_index import WhooshIndex

# If more than one in so many documents changes, so do most of the shards.
_MANY = 20
_File = tuple[str, bytes]


@dataclass(frozen=True, slots=True)
class Changes:
    """New content of files, and files that are no more."""

    files: list[_File]
    removed: set[str]


class PageUpdate:
    """Made before the index is updated; ``changes`` is asked after it."""

    def __init__(self, index: WhooshIndex, paths: Collection[str], manifest: bytes) -> None:
        """``manifest``: content of the file of that name, as it was made before."""
        self._index = index
        self._paths = paths
        self._groups = _groups_of(manifest)
        with index.reading() as contents:
            self._count = len(contents.documents)
            self._languages = set(contents.languages)
            self._old = {} if self._is_large else _documents(contents, paths)

    def changes(self) -> Changes | None:
        """What differs; None if all files are to be made again."""
        if self._is_large:
            return None
        try:
            with (
                self._index.reading() as contents,
                contextlib.closing(open_snapshot(self._index.folder)) as snapshot,
            ):
                return self._found(contents, snapshot.segments)
        except DamagedError:  # all files can be made without the one that is
            return None

    def _found(self, contents: WhooshPostings, segments: list[Segment]) -> Changes | None:
        vocabulary = SegmentVocabulary(segments)
        new = _documents(contents, self._paths)
        documents = _in_page_order(segments, contents.bases)
        numbers = [number for number, _ in documents]
        where = {document: number for number, document in enumerate(numbers)}
        places = {path: where[d] for path in new for d in contents.numbers(path)}
        if not self._numbers_hold(new, places) or vocabulary.languages != self._languages:
            return None
        files, groups = self._changed_files(
            contents, numbers, sorted(places.values()), vocabulary, new
        )
        length = sum(segment.total_length for segment in segments)
        periods = (period for _, period in documents)
        files += browser.summary_files(len(documents), length, periods, groups)
        return Changes(files, _names(self._groups) - _names(groups))

    @property
    def _is_large(self) -> bool:
        return len(self._paths) * _MANY > self._count or not self._groups["terms"]

    def _numbers_hold(self, new: dict[str, SearchDocument], places: dict[str, int]) -> bool:
        """Whether all documents that were there have the numbers that they had."""
        if not self._old.keys() <= new.keys():
            return False
        if any(_moment(old) != _moment(new[path]) for path, old in self._old.items()):
            return False
        return all(places[path] >= self._count for path in new.keys() - self._old.keys())

    def _changed_files(
        self,
        contents: WhooshPostings,
        numbers: list[int],
        wanted: list[int],
        vocabulary: SegmentVocabulary,
        new: dict[str, SearchDocument],
    ) -> tuple[list[_File], dict[str, list[str]]]:
        """All but the summaries, and the first keys of each group's shards."""
        groups = dict(self._groups)
        files: list[_File] = []
        documents = {numbers[n] for n in wanted}
        terms = terms_on_demand(vocabulary, contents, numbers)
        changed = _changed_keys(self._old, new, vocabulary, documents, contents)
        groups["terms"] = []
        for shard in _recut(terms, vocabulary, self._groups["terms"], changed):
            groups["terms"].append(shard[0][0])
            if len(shard) > 1 or shard[0][1]:
                files += browser.term_files(terms, shard)
        if _keywords(self._old) != _keywords(new):
            for field in groups.keys() - {"terms"}:
                groups[field] = []
            for field, shard in browser.keyword_shards(contents, numbers):
                if shard:
                    groups[field].append(shard[0][0])
                    files.append(browser.keyword_file(field, shard))
        files += browser.document_files(contents, numbers, wanted)
        return files, groups


def _in_page_order(segments: list[Segment], bases: dict[str, int]) -> list[tuple[int, str]]:
    """Whoosh's number and the period of each document, as ``browser.page_numbers`` has them."""
    found: list[tuple[int, str, int, str]] = []
    for segment in segments:
        base, order, periods = bases[segment.name], segment.order, segment.periods
        moments, paths = segment.moments, segment.paths
        found += [(-moments[n], paths[n], base + order[n], periods[n]) for n in segment.live]
    found.sort(reverse=True)  # quick: each segment is in this order already
    return [(number, period) for _, _, number, period in found]


def _changed_keys(
    old: dict[str, SearchDocument],
    new: dict[str, SearchDocument],
    vocabulary: SegmentVocabulary,
    documents: set[int],
    contents: WhooshPostings,
) -> set[str]:
    """The keys whose entries or places may differ."""
    texts: set[bytes] = set()
    keys: set[str] = set()
    for path in old.keys() | new.keys():
        texts |= {text for text, *_ in _postings(old.get(path)) ^ _postings(new.get(path))}
        keys |= _aliased(old.get(path)) ^ _aliased(new.get(path))
    roots: set[Root] = set()
    for text in texts:
        term = Term(*text.decode().split(SEPARATOR))
        keys.add(term.word)
        if not _is_elsewhere(text, documents, contents):
            # It is new, or gone: other words of its family may say so.
            roots.add(term[:2])
            keys.add(term.stem)
    if roots:
        keys |= vocabulary.sharing(roots)
    return keys


def _recut(
    terms: PageTerms, vocabulary: SegmentVocabulary, firsts: list[str], changed: set[str]
) -> Iterator[browser.Shard]:
    """All shards of terms; of one that is as it was, only the first key with an empty entry."""
    ordered = [page_order(first) for first in firsts]
    touched = {max(0, bisect_right(ordered, page_order(key)) - 1) for key in changed}
    # Where a first key is gone, the shard before it may go on.
    touched |= {n - 1 for n, first in enumerate(firsts) if n and first in changed}
    cutter = browser.Cutter()
    for n, (start, end) in enumerate(itertools.pairwise(["", *firsts[1:], None])):
        if n not in touched and cutter.cuts_before(firsts[n]):
            yield from cutter.end()
            yield [(firsts[n], "")]
            continue
        for key in vocabulary.between(start or "", end):
            if entry := terms.entry(key):
                yield from cutter.add(key, entry)
    yield from cutter.end()


def _is_elsewhere(text: bytes, documents: set[int], contents: WhooshPostings) -> bool:
    """Whether a document that did not change has the term."""
    lists = contents.lists_of("words", text)
    return any(d in contents.documents and d not in documents for found in lists for d in found[1])


def _postings(document: SearchDocument | None) -> set[tuple[bytes, int, tuple[int, ...]]]:
    found = Words.of(document).postings() if document else ()
    return {(text, posting, tuple(places)) for text, posting, places in found}


def _aliased(document: SearchDocument | None) -> set[str]:
    """Words with an alias, each with the alias: ``alias word ␟ language stem``."""
    if not document:
        return set()
    keys = map(bytes.decode, keywords(Words.of(document)))
    return {key.partition(SEPARATOR)[0][6:] for key in keys if key.startswith("alias ")}


def _keywords(documents: dict[str, SearchDocument]) -> dict[str, Any]:
    """All that the shards of keywords say of documents."""
    return {
        path: (sorted(browser.spelt(document)), document.language)
        for path, document in documents.items()
    }


def _documents(contents: WhooshPostings, paths: Collection[str]) -> dict[str, SearchDocument]:
    return {
        path: browser.stored_document(contents, number)
        for path in paths
        for number in contents.numbers(path)
    }


def _moment(document: SearchDocument) -> int:
    return moment(date_of(document))


def _groups_of(manifest: bytes) -> dict[str, list[str]]:
    """Group → the first key of each shard."""
    start, end = manifest.index(b"{"), manifest.rindex(b"}") + 1
    groups: dict[str, list[str]] = json.loads(manifest[start:end])["groups"]
    return groups


def _names(groups: dict[str, list[str]]) -> set[str]:
    """The files of all shards."""
    names = {
        f"{group}/{browser.shard_name(first)}.js"
        for group, firsts in groups.items()
        for first in firsts
    }
    return names | {f"places{name[5:]}" for name in names if name.startswith("terms/")}
