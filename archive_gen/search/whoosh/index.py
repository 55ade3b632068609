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
import functools
import gc
import secrets
import shutil
from typing import TYPE_CHECKING, Any

from whoosh import index as whoosh_files

from archive_gen.problems import ArchiveError, OperationError, Problem
from archive_gen.search.derived import check, derive, join
from archive_gen.search.values import IndexMissingError, SearchDocument
from archive_gen.search.version import STAMP, VERSION, stamp_of
from archive_gen.search.whoosh.codec import BlockWriter, PartWriter
from archive_gen.search.whoosh.merging import merge
from archive_gen.search.whoosh.postings import WhooshPostings
from archive_gen.search.whoosh.schema import fields_of, page_order, schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from archive_gen.search.searcher import Searcher
    from archive_gen.search.values import Results, SortOrder


class WhooshIndex:
    """An index in a folder. Updates are transactional: a query sees all of one or nothing of it.

    One that is missing, broken or of another version is as good as empty: ``digests`` says so.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._opened: tuple[str, WhooshPostings] | None = None

    def __reduce__(self) -> tuple[type[WhooshIndex], tuple[Path]]:
        """Another process opens it for itself."""
        return WhooshIndex, (self.folder,)

    @functools.cached_property
    def _searcher(self) -> Searcher:
        # Imported here: an update asks nothing.
        from archive_gen.search.searcher import Searcher

        return Searcher(self.folder)

    @classmethod
    def open_or_create(
        cls, folder: Path, demand_whole: Callable[[], object] | None = None
    ) -> tuple[WhooshIndex, bool]:
        """The index in ``folder``, and whether it is new: then it is empty and to be filled.

        One that is missing, of another version or broken is replaced. ``demand_whole`` is there
        if its files are being looked at: it raises ``IndexMissingError`` if they are broken.
        """
        index = cls(folder)
        new = not index.exists()
        if not new:
            with contextlib.suppress(IndexMissingError):
                (demand_whole or functools.partial(check, folder))()
            new = not index.exists()
        if new:
            index._create()
        return index, new

    def again(self) -> WhooshIndex:
        """The same index, opened for itself: one object serves one thread at a time."""
        return WhooshIndex(self.folder)

    def update(self, changed: Iterable[SearchDocument], deleted: Iterable[str]) -> None:
        """Put ``changed`` in place of what their paths had, and take ``deleted`` paths out.

        All or nothing. Raises ``OperationError`` if another process is updating.
        """
        with self._writing() as writer:
            latest = {document.path: document for document in changed}
            self._take_out(writer, {*deleted, *latest})
            with _many_values():
                _add(writer, latest.values())
        join(self.folder)

    def update_in_parts(
        self, write_parts: Callable[[], Iterable[Any]], replaced: Iterable[str]
    ) -> None:
        """Add parts that ``write_part`` makes, and take out what ``replaced`` paths had.

        ``write_parts`` is called when everything is ready for them. In each, and from each to the
        next, documents are in ``page_order``. ``search.join`` makes them quick to search.
        """
        with self._writing() as writer:
            self._take_out(writer, replaced)
            writer.segments += write_parts()

    def write_part(self, documents: Iterable[SearchDocument]) -> Any:
        """Write documents that ``update_in_parts`` is to add; this may be done in any process."""
        writer = PartWriter(self._files())
        with _many_values():
            _add(writer, documents)
            return writer.segment()

    @contextlib.contextmanager
    def _writing(self) -> Iterator[Any]:
        if not self.exists():
            self._create()
        files = self._files()
        try:
            writer = BlockWriter(files)
        except whoosh_files.LockError:
            raise _another_writer(self.folder) from None
        try:
            yield writer
        except BaseException:
            writer.cancel()
            raise
        with _many_values():
            writer.commit(mergetype=functools.partial(merge, files))
        derive(self.folder)

    def search(
        self, query: str, *, limit: int = 10, page: int = 1, sort: SortOrder = "relevance"
    ) -> Results:
        """Answer a query; raises ``QueryError`` and ``IndexMissingError``."""
        return self._searcher.search(query, limit=limit, page=page, sort=sort)

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
        """Path → digest of the document that is indexed: what an update follows from."""
        try:
            with self.reading() as index:
                return {path: digest for _, path, digest in index.paths_and_digests()}
        except IndexMissingError:
            return {}

    def close(self) -> None:
        """Release the files; the next use opens them again."""
        if "_searcher" in self.__dict__:
            self._searcher.close()
        if self._opened:
            self._opened[1].close()
        self._opened = None

    def _create(self) -> None:
        self.close()
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True, exist_ok=True)
        whoosh_files.create_in(str(self.folder), schema())
        # Written last: half an index has no stamp. The number tells a new index from an old one.
        (self.folder / STAMP).write_text(f"{VERSION}\n{secrets.token_hex(8)}\n", "utf-8")

    def _files(self) -> Any:
        try:
            return whoosh_files.open_dir(str(self.folder), schema=schema())
        except ModuleNotFoundError:  # its list of parts names classes by their modules
            raise IndexMissingError("the search index is of another version") from None

    def _take_out(self, writer: Any, paths: Iterable[str]) -> None:
        with self.reading() as index:
            for path in paths:
                for number in index.numbers(path):
                    writer.delete_document(number)

    @contextlib.contextmanager
    def reading(self) -> Iterator[WhooshPostings]:
        """The index as it is now.

        If anything goes wrong with it and its files are not what was written, that is an
        ``IndexMissingError``; otherwise the fault is the program's own, and is shown.
        """
        stamp = stamp_of(self.folder)
        try:
            yield self._latest(stamp)
        except (IndexMissingError, ArchiveError):
            raise
        except Exception:
            self._opened = None
            check(self.folder)
            raise

    def _latest(self, stamp: str) -> WhooshPostings:
        files = self._files()
        state = f"{stamp} {files.latest_generation()}"
        if self._opened is None or self._opened[0] != state:
            self.close()
            self._opened = (state, WhooshPostings(files.reader()))
        return self._opened[1]


@contextlib.contextmanager
def _many_values() -> Iterator[None]:
    """Millions of values are made and kept, none in a cycle: looking for cycles costs a fifth."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _add(writer: BlockWriter, documents: Iterable[SearchDocument]) -> None:
    # In the order of the page's index, which then needs no sorting.
    for document in sorted(documents, key=page_order):
        writer.add_document(**fields_of(document))


def _document(index: WhooshPostings, number: int) -> SearchDocument:
    return SearchDocument(*index.stored(number))


def _another_writer(folder: Path) -> OperationError:
    message = "another process is updating the search index"
    return OperationError(Problem(str(folder), 0, message, "wait until it has finished"))
