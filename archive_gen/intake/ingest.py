"""Raw files into an archive: save and learn, then clean with what was learned, then write.

What is new of a batch is read twice. First every original is saved and its source learns from
it (``learning``); then each document is cleaned, and its record and its article are written. Both
may run in other processes; articles are written here, in the order of the files' names. So the
result depends neither on the order of the call nor on who did the work, and an import that
was ended goes on where it stopped. Files that were imported and have not changed since are not
opened (``index``).
"""

from __future__ import annotations

import dataclasses
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Literal, TypeAlias

from archive_gen import frontmatter, store
from archive_gen.importers import STANDARD_INPUT, holds_one
from archive_gen.importers.base import read_together
from archive_gen.intake import inputs, learning, pictures, provenance
from archive_gen.intake.index import Index, open_index, stamp_of
from archive_gen.intake.learning import Context, Lesson, Read, Stated
from archive_gen.intake.provenance import Record
from archive_gen.intake.stated import clean_document
from archive_gen.intake.stories import KnownStories
from archive_gen.intake.versions import Sketch, sketch
from archive_gen.intake.vocabulary import NO_VOCABULARY, Vocabulary, with_vocabulary
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from archive_gen.article import Article, RawDocument
    from archive_gen.cleaning import Cleaned
    from archive_gen.intake.inputs import Piece
    from archive_gen.parallel import Mapper

LOW_CONFIDENCE = 0.5
"""Articles below this are for a person to look at."""
_TOGETHER = 128
"""So many articles are flushed to the disk at a time."""
_ENOUGH = 32 << 20
"""Bytes of pictures that are written at once, however few their articles."""
Status = Literal["new", "unchanged", "updated", "duplicate", "failed"]
Phase = Literal["learning", "cleaning"]
Watch: TypeAlias = "Callable[[Phase, int, int], None]"
"""Hears how many documents were read in a phase, and of how many; 0 if nobody knows."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document."""

    input: str
    path: str | None
    """Below ``content/``; None if nothing was written."""
    status: Status
    title: str = ""
    date: str = ""
    """EDTF, empty if unknown."""
    source: str = ""
    confidence: float | None = None
    """Of the cleaning, 0–1; None where nothing was cleaned."""
    kept: int = 0
    """Lines."""
    dropped: int = 0
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Task:
    """What every worker must know."""

    context: Context
    lesson: Lesson
    vocabulary: Vocabulary


@dataclass(frozen=True, slots=True)
class _Known:
    """A document that was imported before."""

    name: str
    original: str


@dataclass(frozen=True, slots=True)
class _Made:
    """A document, cleaned."""

    name: str
    article: Article
    record: Record
    problems: tuple[Problem, ...]
    sketch: Sketch
    pictures: Mapping[str, bytes]
    """Name beside the article → the bytes."""


def ingest(
    content: Path,
    files: Iterable[Path],
    stated: Stated,
    mapper: Mapper,
    watch: Watch = lambda _phase, _documents, _total: None,
    vocabulary: Vocabulary = NO_VOCABULARY,
) -> Iterator[Outcome]:
    """Import ``files``; yield what became of each document as soon as it is on the disk.

    ``stated`` is front matter that holds for all of them (``date``, ``tags``, …). A document
    that was imported before is left as it is, but for those values.
    """
    known = {key: value for key, value in stated.known.items() if value}
    with store.writing(content):
        yield from _ingest(
            content, sorted(files), Stated(known, stated.crawled), mapper, watch, vocabulary
        )


def _ingest(
    content: Path,
    files: Sequence[Path],
    stated: Stated,
    mapper: Mapper,
    watch: Watch,
    vocabulary: Vocabulary,
) -> Iterator[Outcome]:
    with inputs.spooled(files) as standard_input, open_index(content) as index, read_together():
        yield from _failures(index.problems)
        writer = _Writer(content, index, KnownStories(content, index), stated.known)
        unread = _Unread(index, files)
        for known in unread.known():
            yield from writer.take(known)
        files = unread.files
        total = len(files) if all(map(holds_one, files)) else 0
        context = Context(content, stated, index.originals())
        lesson = _learned(context, unread, mapper, watch, standard_input)
        yield from _failures(lesson.problems)
        pieces = inputs.pieces(files, standard_input)
        task = _Task(context, lesson, vocabulary)
        for number, (file, item) in enumerate(_cleaned(task, pieces, mapper), start=1):
            unread.note(file, item)
            yield from writer.take(item)
            watch("cleaning", number, total)
        yield from writer.flush()
        unread.end()
        index.forget_lessons()


def _learned(
    context: Context,
    unread: _Unread,
    mapper: Mapper,
    watch: Watch,
    standard_input: BinaryIO | None,
) -> Lesson:
    """The first pass, but for what an import that was stopped has learned from already."""
    before = unread.learned(context)
    known = {one.file for one in before}
    files = [file for file in unread.files if file not in known]
    total = len(files) if all(map(holds_one, files)) else 0
    lesson, read = learning.learn(
        context,
        inputs.pieces(files, standard_input),
        mapper,
        lambda number: watch("learning", number, total),
        before,
    )
    unread.note_learned(context, read)
    return lesson


def _failures(problems: Iterable[Problem]) -> Iterator[Outcome]:
    return (Outcome(problem.path, None, "failed", problems=(problem,)) for problem in problems)


def _cleaned(task: _Task, pieces: Iterable[Piece], mapper: Mapper) -> Iterator[tuple[Path, _Item]]:
    for part in mapper.map(_clean_piece, task, pieces):
        yield from part


def _clean_piece(task: _Task, piece: Piece) -> list[tuple[Path, _Item]]:
    return [
        (file, item if isinstance(item, Problem) else _clean(task, item))
        for file, item in piece.files()
    ]


def _clean(task: _Task, raw: RawDocument) -> _Known | _Made:
    original = store.checksum(raw.data)
    if original in task.context.imported:
        return _Known(raw.name, original)
    stated = task.context.stated
    cleaned = clean_document(stated.of(raw), task.lesson.of(original))
    found = pictures.find(raw, cleaned)
    cleaned = with_vocabulary(pictures.with_pictures(cleaned, found.names), task.vocabulary)
    article = dataclasses.replace(cleaned.article, original=original)
    crawled = stated.crawled or raw.crawled
    record = Record(
        input=provenance.short_name(raw.name),
        media_type=raw.media_type,
        source=task.lesson.groups.get(original, ""),
        written="",
        known=provenance.plain(raw.known),
        stated=provenance.plain(stated.known),
        crawled=crawled.text if crawled else "",
        text="" if provenance.same_text(raw.data, raw) else raw.text,
        written_date=raw.written_date,
        pictures=found.names,
    )
    record = provenance.with_cleaning(record, cleaned, article)
    problems = (*cleaned.problems, *found.problems)
    return _Made(raw.name, article, record, problems, sketch(article.body), found.files)


_Item: TypeAlias = "_Known | _Made | Problem"


class _Unread:
    """The inputs that have to be read, and what is remembered of them for the next import."""

    def __init__(self, index: Index, files: Sequence[Path]) -> None:
        self._index = index
        # Before they are read: one that changes meanwhile is read again next time.
        found = {file: stamp_of(file) for file in files if str(file) != STANDARD_INPUT}
        self._stamps = {file: stamp for file, stamp in found.items() if stamp}
        self._known = [file for file, stamp in self._stamps.items() if index.is_known(stamp)]
        left = set(self._known)
        self.files = [file for file in files if file not in left]
        """In order."""
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

    def known(self) -> Iterator[_Known]:
        """What is in the others."""
        for file in self._known:
            for name, original in list(self._index.documents(self._stamps[file])):
                yield _Known(name, original)

    def note(self, file: Path, item: _Item) -> None:
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
        elif self._noted >= 0:
            original = item.original if isinstance(item, _Known) else item.article.original
            self._index.note_document(stamp, self._noted, item.name, original)
            self._noted += 1

    def end(self) -> None:
        """The file that came last has no more documents."""
        if self._noted > 0:
            self._index.note_input(self._stamps[self._file])
        self._noted = 0


@dataclass(slots=True)
class _Writer:
    """Writes articles in the order in which they come, some at a time."""

    content: Path
    index: Index
    stories: KnownStories
    known: Mapping[str, Any]
    files: dict[str, bytes] = field(default_factory=dict)
    """Path → what is to be written."""
    waiting: list[Outcome] = field(default_factory=list)
    """What became of them, once they are."""
    drawn: int = 0
    """Bytes of the pictures among the files."""

    def take(self, item: _Item) -> Iterator[Outcome]:
        """Take in one document; yield the outcomes of all that is on the disk by then."""
        if isinstance(item, Problem):
            self.waiting.append(Outcome(item.path, None, "failed", problems=(item,)))
        elif isinstance(item, _Known):
            self.waiting.append(self._keep(item))
        else:
            self.waiting.append(self._write(item))
        if len(self.waiting) >= _TOGETHER or self.drawn > _ENOUGH:
            yield from self.flush()

    def flush(self) -> Iterator[Outcome]:
        """Write what waits."""
        store.write_all(self.content, self.files)
        self.stories.written()
        self.index.commit()
        waiting, self.files, self.waiting, self.drawn = self.waiting, {}, [], 0
        yield from waiting

    def _keep(self, item: _Known) -> Outcome:
        stated = self.index.article_of(item.original)
        if stated is None:  # it was there when the import began
            return Outcome(item.name, None, "failed", problems=(_gone(item),))
        if self.known or stated.title is None:
            return _set_known(self.content, item, stated.path, self.known)
        told = (stated.title, stated.date, stated.source)
        return Outcome(item.name, stated.path, "unchanged", *told)

    def _write(self, made: _Made) -> Outcome:
        outcome = _describe(made)
        article = made.article
        if already := self.index.article_of(article.original):
            return _same(outcome, already.path)
        # The record first: an article without one would be taken for a person's.
        self.files[store.record_path(article.original)] = provenance.dump(made.record)
        if not article.body:
            return dataclasses.replace(outcome, status="failed")
        if same := self.stories.duplicate(article, made.sketch):
            return _same(outcome, same)
        others = self.stories.others(article, made.sketch)
        text = made.record.written
        if others:
            article = dataclasses.replace(article, versions=others)
            text = frontmatter.dump(article)
        path = store.article_path(self.content, article, self.files)
        data = text.encode("utf-8")
        if too_large := frontmatter.oversized(len(data), outcome.input):
            problems = (*outcome.problems, too_large)
            return dataclasses.replace(outcome, status="failed", problems=problems)
        self._draw(path, made.pictures)
        self.files[path] = data
        self.stories.add(path, article, made.sketch)
        linked = [self._link(other, path) for other in others]
        problems = (*outcome.problems, *filter(None, linked))
        return dataclasses.replace(outcome, path=path, problems=problems)

    def _draw(self, path: str, drawn: Mapping[str, bytes]) -> None:
        """Put the pictures beside the article at ``path``; what lies there already stays."""
        folder, slash, _ = path.rpartition("/")
        for name, data in drawn.items():
            target = f"{folder}{slash}{name}"
            if target not in self.files and not os.path.lexists(self.content / target):
                self.files[target] = data
                self.drawn += len(data)

    def _link(self, path: str, to: str) -> Problem | None:
        """Let the article at ``path`` name another version of its story."""
        data = self.files.get(path) or store.read(self.content, path) or b""
        article, problems = frontmatter.parse_bytes(data, f"content/{path}")
        if article is None:
            return problems[0]
        try:
            changes = {"versions": (*article.versions, to)}
            self.files[path] = frontmatter.splice(data.decode("utf-8"), changes).encode("utf-8")
        except ValueError as error:
            return Problem(f"content/{path}", 0, f"can't be changed: {error}", f"add '{to}' to it")
        self.stories.changed(path)
        return None


def _same(outcome: Outcome, path: str) -> Outcome:
    return dataclasses.replace(outcome, path=path, status="duplicate")


def _describe(made: _Made) -> Outcome:
    article, record = made.article, made.record
    return Outcome(
        input=made.name,
        path=None,
        status="new",
        title=article.title,
        date=article.date.text if article.date else "",
        source=article.source,
        confidence=record.confidence,
        kept=record.kept,
        dropped=record.dropped,
        problems=made.problems,
    )


def _set_known(content: Path, item: _Known, path: str, known: Mapping[str, Any]) -> Outcome:
    """An article that is there already: only what the caller knows is set."""
    shown = f"content/{path}"
    data = store.read(content, path)
    if data is None:
        return Outcome(item.name, path, "failed", problems=(_gone(item),))
    article, problems = frontmatter.parse_bytes(data, shown)
    if article is None:
        return Outcome(item.name, path, "failed", problems=tuple(problems))
    wanted = _wanted(article, known)
    changes = {key: value for key, value in wanted.items() if getattr(article, key) != value}
    files = _stated_record(content, item.original, wanted)
    if changes:
        try:
            text = frontmatter.splice(data.decode("utf-8"), changes)
        except ValueError as error:
            problem = Problem(shown, 0, f"can't be changed: {error}", "change it by hand")
            return Outcome(item.name, path, "failed", problems=(problem,))
        files[path] = text.encode("utf-8")
        article = frontmatter.parse(text, shown)[0] or article
    store.write_all(content, files)
    date = article.date.text if article.date else ""
    status: Status = "updated" if changes else "unchanged"
    return Outcome(item.name, path, status, article.title, date, article.source)


def _gone(item: _Known) -> Problem:
    return Problem(item.name, 0, "its article went while this ran", "import it again")


def _wanted(article: Article, known: Mapping[str, Any]) -> dict[str, Any]:
    """What ``known`` says of the article; tags are added to those that are there."""
    wanted = dict(known)
    if "tags" in wanted:
        wanted["tags"] = tuple(dict.fromkeys((*article.tags, *wanted["tags"])))
    return wanted


def _stated_record(content: Path, original: str, wanted: Mapping[str, Any]) -> dict[str, bytes]:
    """The record of an import with values that the command line states now."""
    path = store.record_path(original)
    record = provenance.parse(store.read(content, path) or b"") if wanted else None
    written = record.article() if record else None
    if record is None or written is None:
        return {}
    now = dataclasses.replace(
        record,
        written=frontmatter.dump(dataclasses.replace(written, **wanted)),
        stated={**record.stated, **provenance.plain(wanted)},
        origins={**record.origins, **dict.fromkeys(wanted, provenance.COMMAND_LINE)},
    )
    return {path: provenance.dump(now)} if now != record else {}


def explain(
    content: Path, files: Sequence[Path], stated: Stated
) -> Iterator[tuple[str, Cleaned] | Problem]:
    """What an import would make of the documents in files; nothing is written."""
    context = Context(content, stated, frozenset())
    with inputs.spooled(files) as standard_input, read_together():
        lesson = learning.preview(context, inputs.pieces(files, standard_input))
        for piece in inputs.pieces(files, standard_input):
            for item in inputs.documents(piece):
                if isinstance(item, Problem):
                    yield item
                else:
                    learned = lesson.of(store.checksum(item.data))
                    yield item.name, clean_document(stated.of(item), learned)
