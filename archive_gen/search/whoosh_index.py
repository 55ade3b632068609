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
import pickle
import secrets
import shutil
import struct
import zlib
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
from archive_gen.search.codec import BlockWriter
from archive_gen.search.postings import WhooshPostings
from archive_gen.search.query import parse_query
from archive_gen.search.schema import date_of, fields_of, page_order, schema
from archive_gen.search.snippets import snippet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path


FORMAT = 2
"""Raised by whoever changes what the index holds or how text is analysed."""
_VERSION = f"{FORMAT} archive-gen {archive_gen.__version__} whoosh {whoosh.versionstring()}"

_STAMP = "stamp"
_FEW = 3
# Segments are rewritten into one when a part this large of their documents is deleted.
_WASTE = 0.2
_MAX_HITS = 100_000


class WhooshIndex:
    """See ``base.SearchIndex``. A query sees one state of the index from beginning to end."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._opened: tuple[str, WhooshPostings] | None = None

    @classmethod
    def open_or_create(cls, folder: Path) -> tuple[WhooshIndex, bool]:
        """The index in ``folder``, and whether it is new: then it is empty and to be filled.

        One that is missing, broken or of another version is replaced.
        """
        index = cls(folder)
        new = not index.exists()
        if new:
            index._create()
        return index, new

    def update(self, changed: Iterable[SearchDocument], deleted: Iterable[str]) -> None:
        """Put ``changed`` in place of what their paths had, and take ``deleted`` paths out.

        All or nothing. Raises ``OperationError`` if another process is updating.
        """
        if not self.exists():
            self._create()
        try:
            writer = BlockWriter(self._files())
        except whoosh_files.LockError:
            raise _another_writer(self._folder) from None
        try:
            self._fill(writer, changed, set(deleted))
        except BaseException:
            writer.cancel()
            raise
        held = sum(segment.doc_count_all() for segment in writer.segments)
        writer.commit(optimize=writer.deleted_count() > held * _WASTE)

    def search(
        self, query: str, *, limit: int = 10, page: int = 1, sort: SortOrder = "relevance"
    ) -> Results:
        """Answer a query; raises ``QueryError``."""
        if limit < 0 or page < 1 or limit * page > _MAX_HITS:
            raise QueryError(f"Pages count from 1 and end after {_MAX_HITS} hits.")
        node = parse_query(query)
        with self.reading() as index:
            if node is None:
                return Results(query, 0, (), results.facets((), index), None)
            matches = matching.match(node, index)
            order = results.best(matches, index, sort, limit * page)
            wanted = {term.word for term in matching.terms_of(node, index)}
            few = len(matches) < _FEW
            return Results(
                query=query,
                total=len(matches),
                hits=tuple(
                    _hit(_document(index, number), matches[number], wanted)
                    for number in order[limit * (page - 1) :]
                ),
                facets=results.facets(matches, index),
                suggestion=results.suggestion(query, node, index) if few else None,
                page=page,
                limit=limit,
            )

    def documents(self) -> Iterator[SearchDocument]:
        """Every document, by path."""
        if not self.exists():
            return
        with self.reading() as index:
            paths = sorted((path, number) for number, path, _ in index.paths_and_digests())
            for _, number in paths:
                yield _document(index, number)

    def exists(self) -> bool:
        """Whether there is an index that can be read."""
        try:
            with self.reading():
                return True
        except IndexMissingError:
            return False

    def digests(self) -> Mapping[str, str]:
        """Path → digest of the document that is indexed."""
        try:
            with self.reading() as index:
                return {path: digest for _, path, digest in index.paths_and_digests()}
        except IndexMissingError:
            return {}

    def close(self) -> None:
        """Release the files; the next use opens them again."""
        if self._opened:
            self._opened[1].close()
        self._opened = None

    def _create(self) -> None:
        self.close()
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True, exist_ok=True)
        whoosh_files.create_in(str(self._folder), schema())
        # Written last: half an index has no stamp. The number tells a new index from an old one.
        (self._folder / _STAMP).write_text(f"{_VERSION}\n{secrets.token_hex(8)}\n", "utf-8")

    def _files(self) -> Any:
        return whoosh_files.open_dir(str(self._folder), schema=schema())

    def _fill(self, writer: Any, changed: Iterable[SearchDocument], deleted: set[str]) -> None:
        latest = {document.path: document for document in changed}
        with self.reading() as index:
            for path in deleted | latest.keys():
                for number in index.numbers(path):
                    writer.delete_document(number)
        # In the order of the page's index, which then needs no sorting.
        for document in sorted(latest.values(), key=page_order, reverse=True):
            writer.add_document(**fields_of(document))

    @contextlib.contextmanager
    def reading(self) -> Iterator[WhooshPostings]:
        """The index as it is now. Whatever else a broken file raises is ``IndexMissingError``."""
        try:
            stamp = (self._folder / _STAMP).read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            raise IndexMissingError("there is no search index") from None
        if stamp.partition("\n")[0] != _VERSION:
            raise IndexMissingError("the search index is of another version")
        try:
            yield self._latest(stamp)
        except (OSError, ValueError, LookupError, TypeError, EOFError, struct.error) as error:
            raise self._broken(error) from error
        except (whoosh_files.IndexError, pickle.UnpicklingError, zlib.error) as error:
            raise self._broken(error) from error

    def _latest(self, stamp: str) -> WhooshPostings:
        files = self._files()
        state = f"{stamp.split()[-1]} {files.latest_generation()}"
        if self._opened is None or self._opened[0] != state:
            self.close()
            self._opened = (state, WhooshPostings(files.reader()))
        return self._opened[1]

    def _broken(self, error: Exception) -> IndexMissingError:
        # Without its stamp the index is made anew by the next build.
        with contextlib.suppress(OSError):
            (self._folder / _STAMP).unlink()
        self._opened = None
        return IndexMissingError(f"the search index is broken ({type(error).__name__})")


def _hit(document: SearchDocument, score: int, wanted: set[str]) -> Hit:
    return Hit(
        title=document.title,
        date=date_of(document),
        source=document.source,
        tags=document.tags,
        url=document.url,
        path=document.path,
        snippet=snippet((document.text, document.summary), wanted),
        score=round(score / scoring.SCALE, 4),
        language=document.language,
    )


def _document(index: WhooshPostings, number: int) -> SearchDocument:
    return SearchDocument(*index.stored(number))


def _another_writer(folder: Path) -> OperationError:
    message = "another process is updating the search index"
    return OperationError(Problem(str(folder), 0, message, "wait until it has finished"))
