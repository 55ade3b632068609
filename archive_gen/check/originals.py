"""Originals: each is what its name says, each article's is there, and so is what is noted of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from archive_gen.check.base import Finding
from archive_gen.content import disk, store
from archive_gen.intake import provenance
from archive_gen.parallel import chunks
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from archive_gen.check.base import Subject

_CHUNK = 50
_MODE = "see who may read it, and that the disk is sound"


def originals(subject: Subject) -> Iterator[Finding]:
    """Every file of ``_originals/`` against its checksum, every article against its original and
    its document."""
    try:
        kept = dict(store.originals(subject.content))
    except OSError as error:  # which of them are there nobody knows
        path = Path(error.filename or subject.content).relative_to(subject.content)
        problem = Problem(
            f"content/{path.as_posix()}", 0, f"can't be read: {error.strerror}", _MODE
        )
        yield Finding(problem, "original-damaged")
        return
    for part in subject.mapper.map(_damaged, subject.content, chunks(sorted(kept.items()), _CHUNK)):
        yield from part
    there = set(kept.values())
    redacted = store.redacted(subject.content)
    for file in (file for file, name in kept.items() if name in redacted):
        message = "was redacted: content/_redacted.txt names it"
        hint = "delete it, and the .json beside it; look for such in other copies, too"
        yield Finding(Problem(f"content/{file}", 0, message, hint), "redacted-original")
    for reading in subject.readings:
        if reading.original and reading.original not in there:
            message = "its original is not in content/_originals/"
            hint = "bring it back from a copy of the archive, or remove the key 'original'"
            problem = Problem(f"content/{reading.path}", 0, message, hint)
            yield Finding(problem, "original-missing")
    damaged = subject.mapper.map(_unreadable, subject.content, chunks(sorted(there), _CHUNK))
    yield from (finding for part in damaged for finding in part)
    documents = [(one.document, one.original) for one in subject.readings if one.document]
    changed = subject.mapper.map(_changed, subject.content, chunks(documents, _CHUNK))
    yield from (finding for part in changed for finding in part)


def _unreadable(content: Path, names: Sequence[str]) -> list[Finding]:
    """Records that are there, of which an article then says nothing of where it is from."""
    hint = "bring it back from a copy of the archive"
    found = []
    for name in names:
        path = store.record_path(name)
        try:
            data = disk.read(content, path)
            fault = "is no record of an import" if data and not provenance.parse(data) else ""
        except OSError as error:
            fault = f"can't be read: {error.strerror}"
        if fault:
            found.append(Finding(Problem(f"content/{path}", 0, fault, hint), "record-damaged"))
    return found


def _changed(content: Path, documents: Sequence[tuple[str, str]]) -> list[Finding]:
    """Documents beside articles that are other files than those of which the articles are the text;
    those that are not there are told of as pictures are."""
    redacted = store.redacted(content)
    return [
        finding
        for path, original in documents
        if (content / path).is_file()
        for finding in _check_document(content, path, original, redacted)
    ]


def _check_document(
    content: Path, path: str, original: str, redacted: Container[str]
) -> Iterator[Finding]:
    where = f"content/{path}"
    try:
        record = provenance.read(content, original) if original else None
        found = store.checksum_of_file(content / path)
    except OSError as error:
        yield Finding(
            Problem(where, 0, f"can't be read: {error.strerror}", _MODE), "document-damaged"
        )
        return
    if found in redacted:
        message = "was redacted: content/_redacted.txt names it"
        hint = "delete it; look for such in other copies, too"
        yield Finding(Problem(where, 0, message, hint), "redacted-original")
    elif record and record.document not in ("", found):
        message = "is not the file that was imported"
        hint = "bring it back from a copy of the archive"
        yield Finding(Problem(where, 0, message, hint), "document-damaged")


def _damaged(content: Path, kept: Sequence[tuple[str, str]]) -> list[Finding]:
    return [finding for path, name in kept for finding in _check(content, path, name)]


def _check(content: Path, path: str, name: str) -> Iterator[Finding]:
    hint = "bring it back from a copy of the archive"
    try:
        found = store.checksum_of_file(content / path)
    except OSError as error:
        problem = Problem(f"content/{path}", 0, f"can't be read: {error.strerror}", hint)
        yield Finding(problem, "original-damaged")
        return
    if found != name:
        problem = Problem(f"content/{path}", 0, "is not what its checksum says", hint)
        yield Finding(problem, "original-damaged")
