"""Articles that are none taken out: a section's front page, a form to log in, a test.

The original stays, and no import makes an article of it again; who takes its line out of
``content/_redacted.txt`` and imports it once more has the article back. So only what an import
wrote is removed, and nothing that a person did.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import msgspec

from archive_gen.content import disk, frontmatter, store
from archive_gen.content.editing import edit
from archive_gen.intake import provenance
from archive_gen.layout import CONTENT_FOLDER
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from archive_gen.article import Article
    from archive_gen.intake.provenance import Record


def remove(content: Path, paths: Iterable[str]) -> Iterator[tuple[str, Problem | None]]:
    """Remove the articles at ``paths`` below ``content``; yield each with what kept it there, if
    anything did. Raises ``ArchiveError`` if another command is writing articles."""
    with store.writing(content):
        for path in paths:
            yield path, _remove(content, path)


def _remove(content: Path, path: str) -> Problem | None:
    shown = f"{CONTENT_FOLDER}/{path}"
    data = disk.read(content, path)
    article = frontmatter.parse_bytes(data, shown)[0] if data is not None else None
    record = provenance.read(content, article.original) if article else None
    if article is None or record is None:
        return Problem(shown, 0, "was not imported", "delete the file, if it has to go")
    if not _is_as_written(article, record):
        hint = f"delete the file, and write {article.original} into content/_redacted.txt"
        return Problem(shown, 0, "holds what a person wrote", hint)
    store.note_taken_out(content, [article.original, *record.further])
    (content / path).unlink()
    for other in article.versions:  # of one that can't be changed 'archive check' tells
        edit(content, other, partial(_without_version, gone=path))
    return None


def _is_as_written(article: Article, record: Record) -> bool:
    """Whether it is as cleaning wrote it, but for the other versions that came later."""
    written = record.article()
    return written is not None and article == msgspec.structs.replace(
        written, versions=article.versions
    )


def _without_version(article: Article, gone: str) -> Article:
    left = tuple(version for version in article.versions if version != gone)
    return msgspec.structs.replace(article, versions=left)
