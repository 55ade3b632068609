"""Before anything is cleaned: every original is saved, and its source learns from it.

An original counts once, when it is saved. Those saved by an import that was ended before its
counts were, are noted (``store.uncounted``) and count in the next.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from archive_gen.article import RawDocument
from archive_gen.cleaning import NOTHING_LEARNED, observe
from archive_gen.cleaning.compose import COMMAND_LINE
from archive_gen.cleaning.dates.in_text import date_order
from archive_gen.cleaning.dates.publication import date_in_name
from archive_gen.cleaning.furniture import Counts
from archive_gen.cleaning.furniture import learn as learn_source
from archive_gen.content import disk, store
from archive_gen.importers.beside import with_site
from archive_gen.importers.crawls.mirrors import as_mirrored
from archive_gen.intake import documents as documents_of
from archive_gen.intake import provenance
from archive_gen.intake.provenance import folder_of, short_name
from archive_gen.intake.sources import source_files
from archive_gen.intake.sources.counting import Tally
from archive_gen.parallel import chunks
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from archive_gen.cleaning import Learned
    from archive_gen.cleaning.furniture import Observed
    from archive_gen.dates import ArchiveDate
    from archive_gen.importers.base import Found
    from archive_gen.intake.pieces import Piece
    from archive_gen.parallel import Mapper

_PIECE = 16
UNNAMED = "unnamed"
"""Where not even a folder names a source."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What the caller says of every document."""

    known: Mapping[str, Any] = field(default_factory=dict)
    crawled: ArchiveDate | None = None
    names_tell_days: bool = False
    """Whether the files are named by the days on which their articles appeared."""

    def about(self, name: str) -> Mapping[str, Any]:
        """Front matter of the document of that name."""
        day = date_in_name(name) if self.names_tell_days else None
        return {**self.known, "date": day} if day else self.known

    def of(self, raw: RawDocument) -> RawDocument:
        """``raw``, with what the caller says before what it says itself."""
        known = self.about(raw.name)
        return dataclasses.replace(
            raw,
            known={**raw.known, **known},
            origins={**raw.origins, **dict.fromkeys(known, COMMAND_LINE)},
            crawled=self.crawled or raw.crawled,
            folder=folder_of(short_name(raw.name)),
        )

    def naming(self) -> str:
        """The part of it that decides to which source a document belongs."""
        return "\n".join(str(self.known.get(key, "")) for key in ("source", "url"))


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was learned of the sources, and to which of them each document belongs."""

    groups: Mapping[str, str] = field(default_factory=dict)
    """Checksum → name of the source's file."""
    learned: Mapping[str, Learned] = field(default_factory=dict)
    """Name of the source's file → what its pages share."""
    problems: tuple[Problem, ...] = ()

    def of(self, original: str) -> Learned:
        """What is known of the source of a document."""
        return self.learned.get(self.groups.get(original, ""), NOTHING_LEARNED)


@dataclass(frozen=True, slots=True)
class Context:
    """What every worker must know."""

    content: Path
    stated: Stated
    imported: frozenset[str]
    """The originals of which there is an article: nothing is to be done for them."""
    taken_out: frozenset[str] = frozenset()
    """Those that a person took out: they are not saved again."""
    folders: frozenset[Path] = frozenset()
    """Those that were asked for: a post finds its site's pictures there, a page its address."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What one document tells."""

    original: str
    name: str = ""
    """Of its source."""
    observed: Observed | None = None
    """None if it has been imported."""
    is_new: bool = False
    """Whether its original was not there before."""
    file: Path | None = None
    """The input, if it is all that there is in it."""


@dataclass(frozen=True, slots=True)
class Read:
    """An input of one document that was learned from."""

    file: Path
    original: str
    group: str
    """Name of the source's file."""


def learn(
    context: Context,
    pieces: Iterable[Piece],
    mapper: Mapper,
    watch: Callable[[int], None] = lambda _documents: None,
    before: Iterable[Read] = (),
) -> tuple[Lesson, list[Read]]:
    """Save all originals and learn from those that are new; ``watch`` hears how many were read.

    ``before`` is what an import that was stopped has learned from. Returned with the lesson are the
    inputs that were learned from this time.
    """
    lesson = Learning()
    for known in before:
        lesson.recall(known)
    read: list[Read] = []
    uncounted = store.uncounted(context.content)
    counted: set[str] = set()
    looked = itertools.chain.from_iterable(mapper.map(_look, context, pieces))
    for number, seen in enumerate(looked, start=1):
        # Of two at once with the same bytes, either may have found the original there.
        counts = seen.is_new or seen.original in uncounted
        if seen.observed is not None and seen.original not in counted:
            lesson.add(seen.original, seen.name, seen.observed if counts else None)
            counted.update([seen.original] if counts else [])
            if not counts:
                lesson.heard(seen.original, seen.observed)
        if seen.file and seen.observed is not None:
            read.append(Read(seen.file, seen.original, lesson.groups[seen.original]))
        watch(number)
    result, files = lesson.added(context.content)
    left = store.uncounted(context.content) - counted - context.imported
    store.write_learned(context.content, files, left)
    return result, read


def preview(context: Context, pieces: Iterable[Piece]) -> Lesson:
    """What ``learn`` would learn; nothing is saved."""
    lesson = Learning()
    uncounted = store.uncounted(context.content)
    for piece in pieces:
        for _, original, raw in _named(context, piece):
            if original not in lesson.groups:
                seen = look(original, raw, short_name(raw.name))
                counts = original in uncounted or not store.is_saved(context.content, original)
                lesson.add(original, seen.name, seen.observed if counts else None)
    return lesson.added(context.content)[0]


def recount(content: Path, mapper: Mapper, watch: Callable[[int], None]) -> tuple[Lesson, Files]:
    """What all originals say of their sources, and the files that hold nothing else."""
    lesson = Learning()
    done = 0
    for part in mapper.map(_look_again, content, chunks(store.originals(content), _PIECE)):
        for seen in part:
            lesson.add(seen.original, seen.name, seen.observed)
        done += len(part)
        watch(done)
    return lesson.anew(content)


def known(content: Path, groups: Mapping[str, str]) -> Lesson:
    """What the files of the sources say for some documents."""
    learned: dict[str, Learned] = {}
    problems: list[Problem] = []
    for group in sorted({group for group in groups.values() if group}):
        _, source, faults = _load(content, group, group)
        problems += faults
        if source is not None:
            learned[group] = source.learned()
    return Lesson(groups, learned, tuple(problems))


def _look_again(content: Path, piece: Sequence[tuple[str, str]]) -> list[Seen]:
    found = []
    for path, original in piece:
        record = provenance.read(content, original)
        data = disk.read(content, path)
        raw = provenance.raw_document(record, data) if record and data is not None else None
        if record and raw:
            found.append(look(original, raw, record.input))
    return found


def _look(context: Context, piece: Piece) -> list[Seen]:
    named = _named(context, piece)
    new = {name: raw for _, name, raw in named if not store.is_saved(context.content, name)}
    if new:
        store.note_uncounted(context.content, list(new))
        paths = {store.original_path(name, raw.media_type): raw.data for name, raw in new.items()}
        store.save_originals(context.content, paths)
    found = Counter(file for file, _, _ in named)
    return [
        Seen(name)
        if name in context.imported and not raw.told_by
        else dataclasses.replace(
            look(name, raw, short_name(raw.name)),
            is_new=name in new,
            file=file if not piece.container and found[file] == 1 else None,
        )
        for file, name, raw in named
    ]


def documents(context: Context, piece: Piece) -> Iterator[tuple[Path, Found]]:
    """Each document of a piece, with the file that it is from, and what the folders around that
    say of it."""
    folders = context.folders
    for file, item in piece.files():
        yield file, as_mirrored(with_site(item, file, folders), file, folders)


def _named(context: Context, piece: Piece) -> list[tuple[Path, str, RawDocument]]:
    """Each document with the file that it is from, and its checksum."""
    return [
        (file, original, context.stated.of(raw))
        for file, raw in documents(context, piece)
        if isinstance(raw, RawDocument)
        and (original := store.checksum(raw.data)) not in context.taken_out
        and not documents_of.is_taken_out(raw, context.taken_out)
    ]


def look(original: str, raw: RawDocument, short: str) -> Seen:
    """What a document tells of its source, whose name is that of its folder if nothing else."""
    observed = observe(raw)
    if raw.written_date and observed.day_first is None:
        observed = dataclasses.replace(observed, day_first=date_order(raw.written_date))
    return Seen(original, observed.source or folder_of(short) or UNNAMED, observed)


class Learning:
    """What is being learned. Names of sources that give the same file name are one source."""

    def __init__(self) -> None:
        self.groups: dict[str, str] = {}
        """Checksum → name of the source's file."""
        self._files: dict[str, str] = {}
        self._recalled: set[str] = set()
        self._tally = Tally()
        self._heard: dict[str, Counts] = {}
        """Name of the source's file → how dates are written that tables tell of articles which
        have been counted before: it counts while they are read, and is not kept."""

    def recall(self, known: Read) -> None:
        """Take in a document that was learned from before: only its source has to be known."""
        self.groups.setdefault(known.original, known.group)
        self._recalled.add(known.group)

    def add(self, original: str, name: str, observed: Observed | None) -> None:
        """Take in one document; without ``observed`` it has been counted before."""
        if original not in self.groups:
            if name not in self._files:
                self._files[name] = source_files.file_name(name)
            self.groups[original] = self._files[name]
        group = self.groups[original]
        # Of a text that a crawler has cleaned there is nothing to learn but how dates are written.
        if observed is not None and (observed.keys or observed.day_first is not None):
            self._tally.add(group, observed)

    def heard(self, original: str, observed: Observed) -> None:
        """Take in how a date is written that is told of a document which was counted before."""
        dates = dataclasses.replace(observed, keys=frozenset(), below=frozenset())
        self._heard.setdefault(self.groups[original], Counts()).add(dates)

    def added(self, content: Path) -> tuple[Lesson, Files]:
        """What is known now, and the files of the sources with what was counted added."""
        known = {group: _load(content, group, name) for group, name in self._named()}
        for group, (_, source, _) in known.items():
            if source and group in self._tally:
                self._tally.merge(group, source.counts)
        return self._result(known)

    def anew(self, content: Path) -> tuple[Lesson, Files]:
        """The same, but the files hold what was counted and nothing from before."""
        return self._result({group: _load(content, group, name) for group, name in self._named()})

    def _named(self) -> Iterator[tuple[str, str]]:
        """Files of sources, each with the first name that makes it."""
        names: dict[str, str] = {}
        for name, group in sorted(self._files.items()):
            names.setdefault(group, name)
        for group in self._recalled:  # its file is there, and says its name
            names.setdefault(group, group)
        yield from sorted(names.items())

    def _result(self, known: Mapping[str, _Known]) -> tuple[Lesson, Files]:
        learned: dict[str, Learned] = {}
        files: Files = {}
        problems: list[Problem] = []
        for group, (text, source, faults) in known.items():
            counts = self._tally.counts(group) if group in self._tally else None
            problems += faults
            if source is not None and counts is None:
                learned[group] = self._of(source, group)
                continue
            counts = counts or Counts()
            if source is not None:
                learned[group] = self._of(dataclasses.replace(source, counts=counts), group)
                path = store.source_path(group)
                try:
                    files[path] = source_files.with_counts(text, counts).encode("utf-8")
                except ValueError as error:
                    problems.append(Problem(f"content/{path}", 0, str(error), _MEND))
            else:
                learned[group] = learn_source(counts)
        return Lesson(self.groups, learned, tuple(problems)), files

    def _of(self, source: source_files.Source, group: str) -> Learned:
        """What is known of a source, and was heard of its dates."""
        heard, counts = self._heard.get(group, Counts()), source.counts
        day_first = counts.day_first + heard.day_first
        month_first = counts.month_first + heard.month_first
        counts = dataclasses.replace(counts, day_first=day_first, month_first=month_first)
        return dataclasses.replace(source, counts=counts).learned()


Files: TypeAlias = dict[str, bytes]
"""Path below ``content/`` → what is to be written."""
_Known: TypeAlias = "tuple[str, source_files.Source | None, list[Problem]]"
_MEND = "mend or delete it; until then nothing is added to it"


def _load(content: Path, group: str, name: str) -> _Known:
    """The file of a source, or a new one, and what it says; a broken one is a problem."""
    path = store.source_path(group)
    data = disk.read(content, path)
    if data is None:
        data = source_files.new_file(name).encode("utf-8")
    text, source, faults = source_files.parse_bytes(data, f"content/{path}")
    return text, source, faults[:1]
