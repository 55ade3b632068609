"""Which inputs of an import have to be read, and what is remembered of them for the next."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

from archive_gen.content import store
from archive_gen.importers import STANDARD_INPUT
from archive_gen.importers.base import LeftOut
from archive_gen.importers.folders.described import told_sums
from archive_gen.intake.index import Index, Stamp, stamp_of
from archive_gen.intake.learning import Context, Read
from archive_gen.intake.outcome import Item, Known, Made
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


class Unread:
    """The inputs that have to be read, and what is remembered of them for the next import."""

    def __init__(self, index: Index, files: Sequence[Path]) -> None:
        self._index = index
        # Before they are read: one that changes meanwhile is read again next time.
        told = told_sums(files)
        found = {file: _stamp(file, told) for file in files if str(file) != STANDARD_INPUT}
        self._stamps = {file: stamp for file, stamp in found.items() if stamp}
        self._known = [file for file, stamp in self._stamps.items() if index.is_known(stamp)]
        left = set(self._known)
        self.files = [file for file in files if file not in left]
        """Those to read, in order."""
        self._file = Path()
        self._noted = 0
        """Documents of that file; negative if not all of it could be read."""

    def learned(self, context: Context) -> list[Read]:
        """The files that were learned from and not imported, their originals saved."""
        stated = context.stated.naming()
        found = (
            (file, self._index.lesson_of(self._stamps[file], stated))
            for file in self.files
            if file in self._stamps
        )
        return [
            Read(file, *lesson)
            for file, lesson in found
            if lesson and store.is_saved(context.content, lesson[0])
        ]

    def note_learned(self, context: Context, read: Iterable[Read]) -> None:
        """Remember what was learned from, for an import that goes on where this is stopped."""
        lessons = (
            (self._stamps[one.file], one.original, one.group)
            for one in read
            if one.file in self._stamps
        )
        self._index.note_lessons(lessons, context.stated.naming())

    def known(self) -> Iterator[Known]:
        """The documents of the files that need not be read again."""
        for file in self._known:
            for name, original in list(self._index.documents(self._stamps[file])):
                yield Known(name, original)

    def with_past(self, file: Path, item: Item) -> Item:
        """``item``, with a line on the article that was made of its file when that held another
        text: it may have been half of this one. Others in a file of several are new."""
        stamp = self._stamps.get(file)
        if stamp is None or not isinstance(item, Made) or item.was_there or item.name != str(file):
            return item
        told = [_changed(item.name, path) for path in self._index.made_before(stamp)]
        return dataclasses.replace(item, problems=(*item.problems, *told)) if told else item

    def note(self, file: Path, item: Item) -> None:
        """Remember one document of ``file``; all of one file come together."""
        stamp = self._stamps.get(file)
        if stamp is None:
            return
        if file != self._file:
            self.end()
            self._file = file
            self._index.forget_input(stamp)
        if isinstance(item, Problem):
            self._noted = -1
        elif isinstance(item, LeftOut):
            return
        elif self._noted >= 0:
            original = item.original if isinstance(item, Known) else item.article.original
            self._index.note_document(stamp, self._noted, item.name, original)
            self._noted += 1

    def end(self) -> None:
        """The file that came last has no more documents."""
        if self._noted > 0:
            self._index.note_input(self._stamps[self._file])
        self._noted = 0


def _stamp(file: Path, told: Mapping[Path, int]) -> Stamp | None:
    """A file as it is now, and what others tell of it (``told_sums``)."""
    stamp, told_sum = stamp_of(file), told.get(file)
    if not (stamp and told_sum):
        return stamp
    return dataclasses.replace(stamp, mtime_ns=stamp.mtime_ns + told_sum)


def _changed(name: str, path: str) -> Problem:
    message = f"has changed since content/{path} was made of it"
    return Problem(name, 0, message, "delete that article, if the new one takes its place")
