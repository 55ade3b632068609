"""Articles cleaned again from their originals; what a person edited stays.

Named articles are cleaned with what is known of their sources. Without names the sources are
counted anew first, from all originals, which makes their counts exact.
"""

from __future__ import annotations

import contextlib
import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import msgspec

from archive_gen.article import PLAIN
from archive_gen.content import disk, frontmatter, listing, store
from archive_gen.content.editing import edited
from archive_gen.intake import learning, merging, provenance
from archive_gen.intake.derived import unwatched
from archive_gen.intake.learning import Lesson
from archive_gen.intake.stated import clean_document
from archive_gen.intake.terms.vocabulary import NO_VOCABULARY, Vocabulary, with_vocabulary
from archive_gen.parallel import chunks
from archive_gen.problems import OperationError, Problem, failed_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from archive_gen.article import Article, RawDocument
    from archive_gen.cleaning import Cleaned, Learned
    from archive_gen.intake.derived import Watch
    from archive_gen.intake.provenance import Record
    from archive_gen.parallel import Mapper

_PIECE = 16
Status = Literal["updated", "unchanged", "failed"]


@dataclass(frozen=True, slots=True)
class Recleaned:
    """What became of one article."""

    path: str
    """Below ``content/``."""
    status: Status
    changed: tuple[str, ...] = ()
    """Front-matter keys that are new, and ``body``."""
    edits: tuple[str, ...] = ()
    """What a person had changed, and keeps."""
    conflicts: tuple[str, ...] = ()
    """Those of them that cleaning would now change, too."""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Imported:
    """An article's file with all that is known of its import."""

    path: str
    data: bytes
    article: Article
    """As the file states it."""
    record: Record
    written: Article
    """As cleaning wrote it."""
    raw: RawDocument


@dataclass(frozen=True, slots=True)
class _Result:
    outcome: Recleaned
    files: Mapping[str, bytes]
    made_from: Mapping[str, bytes]
    """The article's file, as it was read."""


def reclean(
    content: Path,
    mapper: Mapper,
    paths: Sequence[str] = (),
    *,
    dry_run: bool = False,
    watch: Watch = unwatched,
    vocabulary: Vocabulary = NO_VOCABULARY,
) -> Iterator[Recleaned]:
    """Clean articles again: those at ``paths`` below ``content/``, or all that were imported.

    With ``dry_run`` nothing is written.
    """
    with contextlib.nullcontext() if dry_run else store.writing(content):
        if paths:
            lesson = learning.known(content, _groups(content, paths))
        else:
            lesson, files = learning.recount(content, mapper, lambda n: watch("learning", n, 0))
            if not dry_run:
                disk.write_all(content, files)
                store.set_uncounted(content, store.uncounted(content) - lesson.groups.keys())
        for problem in lesson.problems:
            yield Recleaned(problem.path, "failed", problems=(problem,))
        found = list(paths) or _imported(content)
        done = 0
        context = (content, lesson, vocabulary)
        for results in mapper.map(_clean_piece, context, chunks(found, _PIECE)):
            outcomes = [one.outcome for one in results] if dry_run else _write(content, results)
            done += len(results)
            watch("cleaning", done, len(found))
            yield from outcomes


def _imported(content: Path) -> list[str]:
    """The articles that say which original they were made of."""
    paths = (file.path for file in listing.scan(content))
    return [head.path for head in store.heads(content, paths) if head.original]


def _write(content: Path, results: Sequence[_Result]) -> list[Recleaned]:
    """What became of them on the disk. One that can't be replaced keeps none of the others."""
    try:
        disk.write_all(
            content,
            _merged(one.files for one in results),
            _merged(one.made_from for one in results),
        )
    except OperationError as error:
        if len(results) > 1:
            return [outcome for one in results for outcome in _write(content, [one])]
        path = results[0].outcome.path
        return [Recleaned(path, "failed", problems=tuple(error.problems))]
    return [one.outcome for one in results]


def _merged(files: Iterable[Mapping[str, bytes]]) -> dict[str, bytes]:
    return {path: data for some in files for path, data in some.items()}


def read(content: Path, path: str) -> Imported | Problem:
    """What is known of the import of the article at ``path``, or why nothing is."""
    shown = f"content/{path}"
    data = disk.read(content, path)
    if data is None:
        return Problem(shown, 0, "there is no such article", "check the spelling")
    article, problems = frontmatter.parse_bytes(data, shown)
    if article is None:
        return problems[0]
    if not article.original:
        return Problem(shown, 0, "was not imported", "there is no original to clean it from")
    record = provenance.read(content, article.original)
    written = record.article() if record else None
    if record is None or written is None:
        hint = "bring the file back, or import the raw file into another archive"
        at = store.record_path(article.original)
        return Problem(f"content/{at}", 0, "the record of the import can't be read", hint)
    kept = store.original_path(article.original, record.media_type)
    original = disk.read(content, kept)
    raw = provenance.raw_document(record, original) if original is not None else None
    if raw is None:
        return _lost(kept)
    further = []
    for name in record.further:
        page = _further(content, name)
        if isinstance(page, Problem):
            return page
        further.append(page)
    raw = dataclasses.replace(raw, further=tuple(further))
    return Imported(path, data, article, record, written, raw)


def _further(content: Path, original: str) -> RawDocument | Problem:
    record = provenance.read(content, original)
    kept = store.original_path(original, record.media_type if record else PLAIN)
    data = disk.read(content, kept)
    raw = provenance.raw_document(record, data) if record and data is not None else None
    return raw or _lost(kept)


def _lost(original: str) -> Problem:
    hint = "bring it back from a copy of the archive"
    return Problem(f"content/{original}", 0, "the original can't be read", hint)


def clean_again(
    imported: Imported, learned: Learned, vocabulary: Vocabulary
) -> tuple[Recleaned, Mapping[str, bytes]]:
    """What becomes of one article, and the files to write."""
    try:
        cleaned = clean_document(imported.raw, learned)
    except Exception as error:
        problem = failed_on(f"content/{imported.path}", error)
        return Recleaned(imported.path, "failed", problems=(problem,)), {}
    return with_cleaning(imported, with_vocabulary(cleaned, vocabulary))


def with_cleaning(imported: Imported, cleaned: Cleaned) -> tuple[Recleaned, Mapping[str, bytes]]:
    """The article and its record with a new cleaning merged in."""
    theirs = msgspec.structs.replace(
        cleaned.article,
        document=imported.written.document,
        original=imported.article.original,
    )
    if not theirs.body:
        hint = "it stays as it is; see what became of each line with 'archive review'"
        problem = Problem(f"content/{imported.path}", 0, "no story found any more", hint)
        return Recleaned(imported.path, "failed", problems=(problem,)), {}
    record = provenance.with_cleaning(imported.record, cleaned, theirs)
    theirs = record.article() or theirs  # as a file states it: only so the two can be compared
    unedited = imported.data == imported.record.written.encode("utf-8")
    outcome, data = (_unedited if unedited else merge_into)(imported, theirs)
    if outcome.status == "failed":
        return outcome, {}
    files = {}
    if record != imported.record:
        files[store.record_path(theirs.original)] = provenance.dump(record)
    if data != imported.data or _told(record) != _told(imported.record):
        files[imported.path] = data  # also if it is the same: a build looks at files that are new
    return outcome, files


def _told(record: Record) -> tuple[int, int]:
    """What the article's page says of its cleaning; see ``archive_gen.content.imported``."""
    return record.kept, record.dropped


def merge_into(imported: Imported, theirs: Article) -> tuple[Recleaned, bytes]:
    """The article's file with ``theirs`` merged in, of which ``written`` is the base."""
    result = merging.merge(imported.written, imported.article, theirs)
    same = result.body == imported.article.body
    changed = (*result.changes, *(() if same else ("body",)))
    merged = {**result.changes, "body": result.body}
    data = edited(imported.path, imported.data, lambda a: msgspec.structs.replace(a, **merged))
    if isinstance(data, Problem):
        return Recleaned(imported.path, "failed", problems=(data,)), imported.data
    status: Status = "updated" if changed else "unchanged"
    return Recleaned(imported.path, status, changed, result.edits, result.conflicts), data


def _unedited(imported: Imported, theirs: Article) -> tuple[Recleaned, bytes]:
    """A file that nobody touched is what an import would write now."""
    changed = [
        key for key in provenance.KEYS if getattr(imported.article, key) != getattr(theirs, key)
    ]
    changed += ["body"] if imported.article.body != theirs.body else []
    status: Status = "updated" if changed else "unchanged"
    outcome = Recleaned(imported.path, status, tuple(changed))
    return outcome, frontmatter.dump(theirs).encode("utf-8")


def _clean_piece(context: tuple[Path, Lesson, Vocabulary], piece: Sequence[str]) -> list[_Result]:
    content, lesson, vocabulary = context
    results = []
    for path in piece:
        imported = read(content, path)
        if isinstance(imported, Problem):
            results.append(_Result(Recleaned(path, "failed", problems=(imported,)), {}, {}))
            continue
        outcome, files = clean_again(imported, lesson.of(imported.article.original), vocabulary)
        results.append(_Result(outcome, files, {path: imported.data} if files else {}))
    return results


def _groups(content: Path, paths: Sequence[str]) -> Mapping[str, str]:
    """Checksum → name of the source's file, for some articles."""
    found = (read(content, path) for path in paths)
    return {one.article.original: one.record.source for one in found if isinstance(one, Imported)}
