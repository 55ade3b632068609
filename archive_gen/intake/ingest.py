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
import itertools
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from archive_gen.article import RawDocument
from archive_gen.content import store
from archive_gen.importers import holds_one
from archive_gen.importers.base import LeftOut
from archive_gen.importers.crawls.crawl import read_together
from archive_gen.importers.crawls.mirrors import is_of_copy
from archive_gen.intake import documents, learning, pictures, provenance
from archive_gen.intake.derived import to_nobody, unwatched
from archive_gen.intake.further_pages import in_order
from archive_gen.intake.index import open_index
from archive_gen.intake.inputs import unreadable
from archive_gen.intake.learning import Context, Lesson, Stated
from archive_gen.intake.outcome import Item, Known, Made, Outcome
from archive_gen.intake.pieces import pieces, spooled
from archive_gen.intake.provenance import Record
from archive_gen.intake.stated import clean_document
from archive_gen.intake.stories import KnownStories
from archive_gen.intake.terms.vocabulary import NO_VOCABULARY, Vocabulary, with_vocabulary
from archive_gen.intake.unread import Unread
from archive_gen.intake.versions import sketch
from archive_gen.intake.writing import Writer
from archive_gen.problems import Problem, failed_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archive_gen.cleaning import Cleaned
    from archive_gen.intake.derived import Note, Watch
    from archive_gen.intake.pieces import Piece
    from archive_gen.parallel import Mapper

LOW_CONFIDENCE = 0.5
"""Articles below this are for a person to look at."""
_REDACTED = "articles that were taken out"


@dataclass(frozen=True, slots=True)
class _Task:
    """What every worker must know."""

    context: Context
    lesson: Lesson
    vocabulary: Vocabulary


def ingest(
    content: Path,
    files: Iterable[Path],
    stated: Stated,
    mapper: Mapper,
    watch: Watch = unwatched,
    vocabulary: Vocabulary = NO_VOCABULARY,
    note: Note = to_nobody,
    folders: Iterable[Path] = (),
) -> Iterator[Outcome]:
    """Import ``files``; yield what became of each document as soon as it is on the disk.

    ``stated`` is front matter that holds for all of them (``date``, ``tags``, …). A document
    that was imported before is left as it is, but for those values. ``note`` hears what else
    there is to tell. Of ``folders`` a person asked for all: a post finds its site's pictures there.
    """
    # Whatever tells more of what another tells first comes after it.
    files = sorted(files, key=lambda file: (is_of_copy(file), in_order(file), file))
    filled = {key: value for key, value in stated.known.items() if value}
    stated = dataclasses.replace(stated, known=filled)
    with (
        store.writing(content),
        spooled(files) as standard_input,
        open_index(content, note, watch) as index,
        read_together(),
    ):
        yield from _failures(index.problems)
        writer = Writer(content, index, KnownStories(content, index), stated)
        unread = Unread(index, files)
        for document in unread.known():
            yield from writer.take(document)
        files = unread.files
        known, taken_out = index.originals(), store.taken_out(content)
        context = Context(content, stated, known, taken_out, frozenset(folders))
        lesson = _learned(context, unread, mapper, watch, standard_input)
        yield from _failures(lesson.problems)
        total = _documents(files)
        task = _Task(context, lesson, vocabulary)
        cleaned = mapper.map(_clean_piece, task, pieces(files, standard_input))
        items = itertools.chain.from_iterable(cleaned)
        for number, (file, item) in enumerate(items, start=1):
            whole = unread.with_past(file, item)
            unread.note(file, item)
            yield from writer.take(whole)
            watch("cleaning", number, total)
        yield from writer.flush()
        unread.end()
        index.forget_lessons()


def _learned(
    context: Context,
    unread: Unread,
    mapper: Mapper,
    watch: Watch,
    standard_input: BinaryIO | None,
) -> Lesson:
    """The first pass, but for what an import that was stopped has learned from already."""
    before = unread.learned(context)
    known = {one.file for one in before}
    files = [file for file in unread.files if file not in known]
    total = _documents(files)
    lesson, read = learning.learn(
        context,
        pieces(files, standard_input),
        mapper,
        lambda number: watch("learning", number, total),
        before,
    )
    unread.note_learned(context, read)
    return lesson


def _documents(files: Sequence[Path]) -> int:
    """How many documents there are; 0 if only opening the files would tell."""
    return len(files) if all(map(holds_one, files)) else 0


def _failures(problems: Iterable[Problem]) -> Iterator[Outcome]:
    return (Outcome(problem.path, None, "failed", problems=(problem,)) for problem in problems)


def _clean_piece(task: _Task, piece: Piece) -> list[tuple[Path, Item]]:
    return [
        (file, _cleaned(task, item) if isinstance(item, RawDocument) else item)
        for file, item in learning.documents(task.context, piece)
    ]


def _cleaned(task: _Task, raw: RawDocument) -> Item:
    try:
        return _clean(task, raw)
    except OSError as error:  # the file of which it is the text went meanwhile
        return unreadable(Path(raw.name), error)
    except Exception as error:
        return failed_on(raw.name, error)


def _clean(task: _Task, raw: RawDocument) -> Known | Made | LeftOut:
    original = store.checksum(raw.data)
    if original in task.context.taken_out or documents.is_taken_out(raw, task.context.taken_out):
        return LeftOut(_REDACTED, raw.name)
    was_there = original in task.context.imported
    if was_there and not raw.told_by:
        return Known(raw.name, original)
    stated = task.context.stated
    there = documents.find(raw)
    ready = dataclasses.replace(stated.of(raw), pictures=there.names)
    cleaned = clean_document(ready, task.lesson.of(original))
    found, led_to = pictures.find(raw, cleaned), documents.kept(there, cleaned.article.body)
    cleaned = with_vocabulary(pictures.with_pictures(cleaned, found.names), task.vocabulary)
    own = documents.own(raw)
    named = own.name if own else ""
    article = msgspec.structs.replace(cleaned.article, document=named, original=original)
    crawled = stated.crawled or raw.crawled
    record = Record(
        input=provenance.short_name(raw.name),
        media_type=raw.media_type,
        source=task.lesson.groups.get(original, ""),
        written="",
        known=provenance.plain(raw.known),
        stated=provenance.plain(stated.about(raw.name)),
        crawled=crawled.text if crawled else "",
        text="" if provenance.same_text(raw.data, raw) else raw.text,
        written_date=raw.written_date,
        pictures={**found.names, **led_to.names},
        document=own.checksum if own else "",
        told={key: origin for key, origin in raw.origins.items() if raw.known.get(key)},
    )
    record = provenance.with_cleaning(record, cleaned, article)
    problems = (*cleaned.problems, *found.problems, *led_to.problems)
    files: dict[str, bytes | Path] = {**found.files, **led_to.files}
    if own:
        files[own.name] = own.data
    its = sketch(article.body)
    found_at, copy_of = raw.found_at, raw.copy_of
    return Made(raw.name, article, record, problems, its, files, found_at, copy_of, was_there)


def explain(
    content: Path, files: Sequence[Path], stated: Stated, folders: Iterable[Path] = ()
) -> Iterator[tuple[str, Cleaned] | Problem | LeftOut]:
    """What an import would make of the documents in files; nothing is written."""
    context = Context(content, stated, frozenset(), folders=frozenset(folders))
    with spooled(files) as standard_input, read_together():
        lesson = learning.preview(context, pieces(files, standard_input))
        for piece in pieces(files, standard_input):
            for _, item in learning.documents(context, piece):
                if isinstance(item, RawDocument):
                    learned = lesson.of(store.checksum(item.data))
                    try:
                        cleaned = clean_document(stated.of(item), learned)
                    except Exception as error:
                        yield failed_on(item.name, error)
                    else:
                        yield item.name, cleaned
                else:
                    yield item
