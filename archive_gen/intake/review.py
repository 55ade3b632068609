"""One article under review, and what a person decides about its lines.

A decision about a line that several articles of the source hold is one about the source: it
goes into the source's file. One about any other line is an edit of this article alone.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive_gen.cleaning.phrases import fold
from archive_gen.content import disk, store
from archive_gen.intake import learning, provenance
from archive_gen.intake.reclean import Imported, clean_again, merge_into, read
from archive_gen.intake.sources import source_files
from archive_gen.intake.sources.decisions import save_decision
from archive_gen.intake.sources.source_files import OPPOSITE
from archive_gen.intake.stated import clean_document
from archive_gen.intake.terms.vocabulary import NO_VOCABULARY
from archive_gen.problems import OperationError, Problem

if TYPE_CHECKING:
    from pathlib import Path

    from archive_gen.cleaning import Cleaned, Learned
    from archive_gen.intake.sources.source_files import Decision
    from archive_gen.intake.terms.vocabulary import Vocabulary

_SHARED = 2
"""A line that so many documents hold is the source's."""


@dataclass(frozen=True, slots=True)
class Review:
    """One article under review, and what is decided of its lines so far."""

    imported: Imported
    learned: Learned
    cleaned: Cleaned


@dataclass(frozen=True, slots=True)
class Effect:
    """What a decision did."""

    changed: bool
    """Whether the article is another now."""
    source: str
    """The source for which it counts from now on; empty if for this article only."""
    documents: int
    """In how many documents of the source the line stands."""


def begin(content: Path, path: str) -> Review | Problem:
    """The article at ``path``, cleaned with what is known of its source now."""
    imported = read(content, path)
    if isinstance(imported, Problem):
        return imported
    learned = _learned(content, imported)
    return Review(imported, learned, clean_document(imported.raw, learned))


def decide(
    content: Path,
    review: Review,
    text: str,
    decision: Decision,
    vocabulary: Vocabulary = NO_VOCABULARY,
) -> tuple[Review, Effect]:
    """Keep or drop the line that says ``text``, and write the article.

    Raises ``OperationError`` if the file of the article or the source can't be changed.
    """
    group = review.imported.record.source
    with store.writing(content):
        # What a person has saved meanwhile, in an editor beside this, is not to be lost.
        review = dataclasses.replace(review, imported=_now(content, review.imported.path))
        source = _source(content, group)
        documents = source.counts.lines[fold(text)] if source else 0
        if source and documents >= _SHARED:
            save_decision(content, group, text, decision)
            changed, name = _clean_again(content, review, vocabulary), source.name
            learned = _learned(content, review.imported)
        else:
            changed, name = _edit(content, review, fold(text), decision), ""
            learned = _with_line(review.learned, fold(text), decision)
        after = _now(content, review.imported.path)
    now = Review(after, learned, clean_document(after.raw, learned))
    return now, Effect(changed, name, documents)


def _now(content: Path, path: str) -> Imported:
    found = read(content, path)
    if isinstance(found, Problem):
        raise OperationError(found)
    return found


def accept(content: Path, review: Review) -> None:
    """Remember that a person found the article good."""
    record = dataclasses.replace(review.imported.record, reviewed=True)
    path = store.record_path(review.imported.article.original)
    disk.write(content, path, provenance.dump(record))


def _learned(content: Path, imported: Imported) -> Learned:
    original = imported.article.original
    return learning.known(content, {original: imported.record.source}).of(original)


def _source(content: Path, group: str) -> source_files.Source | None:
    data = disk.read(content, store.source_path(group)) if group else None
    return source_files.parse_bytes(data, "")[1] if data else None


def _clean_again(content: Path, review: Review, vocabulary: Vocabulary) -> bool:
    learned = _learned(content, review.imported)
    outcome, files = clean_again(review.imported, learned, vocabulary)
    if outcome.problems:
        raise OperationError(outcome.problems)
    disk.write_all(content, files)
    return outcome.status == "updated"


def _edit(content: Path, review: Review, key: str, decision: Decision) -> bool:
    """Change the article as cleaning would with that decision; the record stays.

    So the change is a person's: the next cleaning leaves it alone.
    """
    imported = review.imported
    theirs = clean_document(imported.raw, _with_line(review.learned, key, decision)).article
    # The file may say the opposite of what cleaning would: by a decision of before.
    for base in (review.learned, _with_line(review.learned, key, OPPOSITE[decision])):
        before = dataclasses.replace(imported, written=clean_document(imported.raw, base).article)
        outcome, data = merge_into(before, theirs)
        if outcome.problems:
            raise OperationError(outcome.problems)
        if data != imported.data:
            disk.write(content, imported.path, data)
            return True
    return False


def _with_line(learned: Learned, key: str, decision: Decision) -> Learned:
    line = {key}
    if decision == "keep":
        return dataclasses.replace(
            learned,
            kept=learned.kept | line,
            furniture=learned.furniture - line,
            dropped=learned.dropped - line,
        )
    return dataclasses.replace(
        learned,
        kept=learned.kept - line,
        furniture=learned.furniture | line,
        dropped=learned.dropped | line,
    )
