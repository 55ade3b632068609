"""All that is read of the terms and columns of an open Whoosh reader."""

from __future__ import annotations

import functools
import heapq
import operator
from bisect import bisect_left
from typing import TYPE_CHECKING, Any

from archive_gen.search import scoring
from archive_gen.search.page.numbers import order_key, tie
from archive_gen.search.whoosh.schema import SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from archive_gen.search.whoosh.codec import PostingList, TermsReader

Spans = dict[int, tuple[int, int]]
"""First document of a segment → the first and the last that are wanted of it."""


class WhooshPostings:
    """Nothing changes while the reader is open, so much is kept."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader
        self._leaves = [(leaf, base) for leaf, base in reader.leaf_readers() if leaf.doc_count()]

    @functools.cached_property
    def documents(self) -> set[int]:
        """Every document that is not deleted."""
        deleted = (base + document for _, base, gone in self._terms for document in gone)
        return {
            n for leaf, base in self._leaves for n in range(base, base + leaf.doc_count_all())
        } - {*deleted}

    @functools.cached_property
    def bases(self) -> dict[str, int]:
        """Segment → the number of its first document."""
        return {leaf.segment().segment_id(): base for leaf, base in self._leaves}

    @functools.cached_property
    def _terms(self) -> list[tuple[TermsReader, int, frozenset[int]]]:
        """Each segment's terms, the number of its first document, and which are deleted."""
        return [
            (
                leaf.codec().terms_reader(leaf.storage(), leaf.segment()),
                base,
                frozenset(leaf.segment().deleted_docs()),
            )
            for leaf, base in self._leaves
        ]

    @property
    def size(self) -> int:
        """All documents have numbers below it."""
        number: int = self._reader.doc_count_all()
        return number

    @functools.cached_property
    def total_length(self) -> int:
        """The sum of the documents' rounded lengths."""
        return sum(scoring.LENGTHS[length] for _, length in self._values("length"))

    @functools.cached_property
    def languages(self) -> list[str]:
        """The languages whose stems are in the index."""
        prefix = f"stems{SEPARATOR}".encode()
        found = self._reader.expand_prefix("keys", prefix)
        return [text[len(prefix) :].decode() for text in found if any(self._having("keys", text))]

    @functools.cached_property
    def facts(self) -> Mapping[int, str]:
        """Document → its facts; see ``schema``."""
        return {document: facts.decode() for document, facts in self._values("facts")}

    @functools.cached_property
    def periods(self) -> dict[int, str]:
        """The finest period of each document."""
        return {doc: facts.partition(SEPARATOR)[0] for doc, facts in self.facts.items()}

    @functools.cached_property
    def order_keys(self) -> tuple[list[int], list[int]]:
        """The order keys of the documents, see ``page.numbers``, and their numbers."""
        moments = [*self._values("moment")]
        pairs = zip(moments, self.identified(), strict=True)
        keys = [order_key(moment, tie(_path_in(text))) for (_, moment), text in pairs]
        return keys, [number for number, _ in moments]

    def identified(self) -> Iterator[bytes]:
        """Path and digest of each document, in order; see ``schema``."""
        return (text for _, text in self._values("digest"))

    def paths_and_digests(self) -> Iterator[tuple[int, str, str]]:
        """Each document with its path and digest."""
        for document, text in self._values("digest"):
            path, _, digest = text.decode().rpartition(SEPARATOR)
            yield document, path, digest

    def _values(self, name: str) -> Iterator[tuple[int, Any]]:
        """Each document with its value in a column, in order: in a fraction of the time of
        asking for one after the other."""
        documents = self.documents
        for leaf, base in self._leaves:
            values = leaf.column_reader(name, translate=False)
            yield from (pair for pair in enumerate(values, base) if pair[0] in documents)

    def lists(self, field: str, start: bytes = b"", end: bytes = b"\xff") -> Iterator[PostingList]:
        """The posting lists of a field's terms from ``start`` to before ``end``, in order.

        Deleted documents are included. A term may come several times, each time with other
        documents.
        """
        parts = [terms.lists(field, start, end, base=base) for terms, base, _ in self._terms]
        return heapq.merge(*parts, key=operator.itemgetter(0)) if len(parts) != 1 else parts[0]

    def lists_of(
        self, field: str, text: bytes, spans: Spans | None = None
    ) -> Iterator[PostingList]:
        """The posting lists of one term, deleted documents included.

        With ``spans`` all documents that are in one of them, and perhaps others.
        """
        for terms, base, _ in self._terms:
            if spans is None:
                found = terms.list_of(field, text, base=base)
            elif base in spans:
                found = terms.list_of(field, text, base=base, within=spans[base])
            else:
                continue
            if found:
                yield found

    def counts(self, field: str, text: bytes) -> tuple[int, int]:
        """How many documents have a term at least, and at most: without reading which ones."""
        found = [(terms.count(field, text), len(deleted)) for terms, _, deleted in self._terms]
        return sum(max(0, count - gone) for count, gone in found), sum(n for n, _ in found)

    def has_more(self, field: str, text: bytes, number: int) -> bool:
        """Whether more than ``number`` documents have a term, as far as ``counts`` can tell.

        As a rule the first segment tells.
        """
        least = 0
        for terms, _, deleted in self._terms:
            least += max(0, terms.count(field, text) - len(deleted))
            if least > number:
                return True
        return False

    def spans(self, documents: Iterable[int]) -> Spans:
        """Where these documents are."""
        ordered = sorted(documents)
        ends = [base for _, base, _ in self._terms[1:]] + [self.size]
        found: Spans = {}
        at = 0
        for (_, base, _), end in zip(self._terms, ends, strict=True):
            start, at = at, bisect_left(ordered, end, at)
            if start < at:
                found[base] = (ordered[start], ordered[at - 1])
        return found

    def terms(self, field: str) -> set[str]:
        """The terms that some document has."""
        parts = (terms.living(field, deleted) for terms, _, deleted in self._terms)
        return {text.decode() for part in parts for text in part}

    def usual_terms(self, field: str) -> list[bytes]:
        """The terms of the largest segment, in order: most of those that there are."""
        sizes = [leaf.doc_count_all() for leaf, _ in self._leaves]
        if not sizes:
            return []
        terms, _, _ = self._terms[sizes.index(max(sizes))]
        return [*terms.texts(field)]

    def numbers(self, path: str) -> list[int]:
        """The documents of a path: one or none."""
        return [number for numbers in self._having("path", path.encode()) for number in numbers]

    def _having(self, field: str, text: bytes) -> Iterator[list[int]]:
        """The documents with a term that are not deleted, segment by segment."""
        for terms, base, deleted in self._terms:
            _, numbers, _, _ = terms.list_of(field, text) or (text, [], [], [])
            yield [base + number for number in numbers if number not in deleted]

    def close(self) -> None:
        """Release the files."""
        for terms, _, _ in self.__dict__.get("_terms", ()):
            terms.close()
        self._reader.close()

    def stored(self, document: int) -> Any:
        """What is stored of a document."""
        return self._reader.stored_fields(document)["stored"]


def _path_in(identified: bytes) -> str:
    """See ``schema.identified``."""
    return identified.decode().rpartition(SEPARATOR)[0]
