"""The search index, kept by Whoosh in a folder.

Whoosh stores: terms, postings, columns, documents, in segments that are committed all or
nothing. What a query means and which article is best is decided in ``matching`` and
``scoring``, by scoring every match: Whoosh's own collectors skip documents that belong to the
best ten (https://github.com/whoosh-community/whoosh, ``AndMaybeMatcher``).

Whoosh reads its files with ``pickle``: an index is only opened when its stamp says that this
program wrote it, and the folder must be as trusted as the program is.
"""

from __future__ import annotations

import contextlib
import shutil
from typing import TYPE_CHECKING, Any

import whoosh
from whoosh import index as whoosh_files

import archive_gen
from archive_gen.problems import OperationError, Problem
from archive_gen.search import matching, results, scoring
from archive_gen.search.base import (
    Hit,
    IndexMissingError,
    QueryError,
    Results,
    SearchDocument,
    SortOrder,
)
from archive_gen.search.postings import WhooshPostings
from archive_gen.search.query import parse_query
from archive_gen.search.schema import fields_of, schema
from archive_gen.search.snippets import snippet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from archive_gen.search.query import Node

FORMAT = 1
"""Raised by whoever changes what the index holds or how text is analysed."""

_STAMP = "stamp"
_FEW = 3
# Segments are rewritten into one when a part this large of their documents is deleted.
_WASTE = 0.2
_MAX_HITS = 100_000


class WhooshIndex:
    """See ``base.SearchIndex``. A reader sees the index as it was when the query began."""

    def __init__(self, folder: Path) -> None:
        """Open the index in ``folder``; raises ``IndexMissingError``."""
        self._folder = folder
        try:
            stamp = (folder / _STAMP).read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            raise IndexMissingError("there is no search index") from None
        if stamp != _stamp():
            raise IndexMissingError("the search index is of another version")
        with _readable():
            self._files = whoosh_files.open_dir(str(folder), schema=schema())
            self._postings = self._open()

    @classmethod
    def open_or_create(cls, folder: Path) -> tuple[WhooshIndex, bool]:
        """The index in ``folder``, and whether it is new: then it is empty and to be filled.

        One that is missing, corrupt or of another version is replaced.
        """
        try:
            return cls(folder), False
        except IndexMissingError:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True, exist_ok=True)
            whoosh_files.create_in(str(folder), schema())
            # Written last: half an index has no stamp.
            (folder / _STAMP).write_text(_stamp(), "utf-8")
            return cls(folder), True

    def close(self) -> None:
        """Release the files."""
        self._reader.close()

    def update(self, changed: Iterable[SearchDocument], deleted: Iterable[str]) -> None:
        """Put ``changed`` in place of what their paths had, and take ``deleted`` paths out.

        All or nothing. Raises ``OperationError`` if another process is updating.
        """
        gone = set(deleted)
        try:
            writer = self._files.writer(compound=False, limitmb=256)
        except whoosh_files.LockError:
            raise OperationError(
                Problem(str(self._folder), 0, "another process is updating the search index")
            ) from None
        try:
            self.refresh()
            latest = {document.path: document for document in changed}
            self._delete(writer, gone | latest.keys())
            for document in latest.values():
                writer.add_document(**fields_of(document))
        except BaseException:
            writer.cancel()
            raise
        total = sum(segment.doc_count_all() for segment in writer.segments)
        writer.commit(optimize=writer.deleted_count() > total * _WASTE)
        self.refresh()

    def refresh(self) -> None:
        """See what other processes have committed since."""
        with _readable():
            if self._files.latest_generation() != self._reader.generation():
                self._postings = self._open()

    def search(
        self, query: str, *, limit: int = 10, page: int = 1, sort: SortOrder = "relevance"
    ) -> Results:
        """Answer a query; raises ``QueryError``."""
        if limit < 0 or page < 1 or limit * page > _MAX_HITS:
            raise QueryError(f"Pages count from 1 and end after {_MAX_HITS} hits.")
        node = parse_query(query)
        if node is None:
            return Results(query, 0, (), {"years": {}, "tags": {}, "sources": {}}, None)
        index = self._postings
        with _readable():
            matches = matching.match(node, index)
            order = results.best(matches, index, sort, limit * page)
            wanted = {term.word for term in matching.terms_of(node, index)}
            hits = [self._hit(doc, matches[doc], wanted) for doc in order[limit * (page - 1) :]]
            return Results(
                query=query,
                total=len(matches),
                hits=tuple(hits),
                facets=results.facets(matches, index),
                suggestion=self._suggestion(query, node, len(matches)),
                page=page,
                limit=limit,
            )

    def documents(self) -> Iterator[SearchDocument]:
        """Every document, by path."""
        paths = sorted((path, doc) for doc, path, _ in self._postings.paths_and_digests())
        return (_document(self._postings.stored(document)) for _, document in paths)

    def digests(self) -> Mapping[str, str]:
        """Path → digest of the document that is indexed."""
        with _readable():
            return {path: digest for _, path, digest in self._postings.paths_and_digests()}

    def _open(self) -> WhooshPostings:
        self._reader = self._files.reader()
        return WhooshPostings(self._reader)

    def _delete(self, writer: Any, paths: set[str]) -> None:
        for document, path, _ in self._postings.paths_and_digests():
            if path in paths:
                writer.delete_document(document)

    def _hit(self, number: int, score: int, wanted: set[str]) -> Hit:
        document = _document(self._postings.stored(number))
        return Hit(
            title=document.title,
            date=document.date,
            source=document.source,
            tags=document.tags,
            url=document.url,
            path=document.path,
            snippet=snippet((document.text, document.summary), wanted),
            score=round(score / scoring.SCALE, 4),
            language=document.language,
        )

    def _suggestion(self, query: str, node: Node, total: int) -> str | None:
        return results.suggestion(query, node, self._postings) if total < _FEW else None


def _document(stored: Any) -> SearchDocument:
    return SearchDocument(*stored)


def _stamp() -> str:
    return f"{FORMAT} archive-gen {archive_gen.__version__} whoosh {whoosh.versionstring()}\n"


@contextlib.contextmanager
def _readable() -> Iterator[None]:
    """Whatever a broken file makes Whoosh raise becomes ``IndexMissingError``."""
    try:
        yield
    except (QueryError, IndexMissingError):
        raise
    except Exception as error:
        raise IndexMissingError(f"the search index can't be read: {error}") from error
