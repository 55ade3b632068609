"""Takedown: an article, or passages of it, out of everything that the archive keeps.

Content, original and record change here; what is derived from them is deleted, so that the next
build makes it from nothing and no database page remembers. ``find_left`` then reads every file
of the archive and tells where the words still are.
"""

from __future__ import annotations

import contextlib
import dataclasses
import shutil
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from archive_gen.article import HTML, Article
from archive_gen.cleaning.phrases import fold
from archive_gen.content import disk, frontmatter, store
from archive_gen.content.editing import edited
from archive_gen.intake import provenance
from archive_gen.intake.sources import source_files
from archive_gen.layout import CONTENT_FOLDER, STATE_FOLDER
from archive_gen.locks import LOCK, exclusive
from archive_gen.markup import links, picture_sources
from archive_gen.passages import pattern_of, plain, replaced, sought
from archive_gen.pictures import is_beside, is_beside_text, path_meant
from archive_gen.problems import OperationError, Problem, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from archive_gen.intake.provenance import Record

TOMBSTONE = "Removed article"
"""The title of an article that was taken out as a whole: its own may be what has to go."""
_BUSY = Problem("archive redact", 0, "a build of this archive is running", "wait for its end")
_FEWEST_WORDS = 5
"""A shorter line of a removed article may stand in others with every right."""


@dataclass(frozen=True, slots=True)
class Redaction:
    """What was taken out."""

    path: str
    """Of the article, below ``content/``."""
    words: tuple[str, ...]
    """Passages that may be nowhere any more."""
    original_kept: bool
    """Whether its original is still there, with the passages replaced in it."""
    pictures: tuple[str, ...] = ()
    """Files below ``content/`` that a removed article showed: others may show them, too."""
    document: str = ""
    """The file below ``content/`` of which the article was the text: it is gone, as nobody can take
    a passage out of it."""


def remove_articles(site: Path, paths: Sequence[str], reason: str) -> tuple[Redaction, ...]:
    """Leave of each article nothing but its address, its date and the reason.

    Raises ``UsageError`` before anything is changed if one of them is not there.
    """
    with _writing(site):
        content = site / CONTENT_FOLDER
        articles = {path: _read(content, path)[0] for path in paths}
        done = tuple(_whole(content, path, article) for path, article in articles.items())
        _remove_documents(content, articles)
        named = dict.fromkeys(article.original for article in articles.values())
        _remove_originals(
            content, [part for name in named if name for part in (*_further(content, name), name)]
        )
        _forget(site, words_of(done))
        # Last: who does it again after a crash begins with what the articles hold.
        tombstones = {path: _tombstone(article, reason) for path, article in articles.items()}
        disk.write_all(content, tombstones)
        return done


def words_of(redactions: Iterable[Redaction]) -> list[str]:
    """All that may be nowhere any more."""
    return list(dict.fromkeys(word for one in redactions for word in one.words))


def _whole(content: Path, path: str, article: Article) -> Redaction:
    body = (line.strip() for line in article.body.split("\n"))
    captions = (image.caption for image in article.images)
    told = dict.fromkeys([*body, article.title, article.summary, *captions])
    words = tuple(line for line in told if len(line.split()) >= _FEWEST_WORDS)
    document = _document_of(content, path, article)
    shown = tuple(file for file in _pictures_of(content, path, article) if file != document)
    return Redaction(path, words, original_kept=False, pictures=shown, document=document)


def _tombstone(article: Article, reason: str) -> bytes:
    """The file of an article that was taken out as a whole."""
    left = Article(
        TOMBSTONE,
        date=article.date,
        source=article.source,
        language=article.language,
        slug=article.slug,
        aliases=article.aliases,
        extra={"notice": reason},
    )
    return frontmatter.dump(left).encode("utf-8")


def _document_of(content: Path, path: str, article: Article) -> str:
    """The file below ``content/`` of which the article is the text; empty if there is none."""
    file = path_meant(path, article.document) if article.document else ""
    return file if file and (content / file).is_file() else ""


def _remove_documents(content: Path, articles: Mapping[str, Article]) -> None:
    """First of all, as the records tell which they were. Noted before they go, as originals are:
    another version of the program may make another text of the same file."""
    files = [_document_of(content, path, article) for path, article in articles.items()]
    there = list(filter(None, dict.fromkeys(files)))
    named = [article.original for article in articles.values() if article.original]
    records = filter(None, (provenance.read(content, name) for name in named))
    imported = [record.document for record in records if record.document]
    found = [store.checksum_of_file(content / file) for file in there]
    store.note_redacted(content, [*imported, *found])
    for file in there:
        disk.checked(content, file).unlink(missing_ok=True)


def _pictures_of(content: Path, path: str, article: Article) -> tuple[str, ...]:
    in_text = (*picture_sources(article.body), *links(article.body))
    named = [*(image.src for image in article.images), *in_text]
    meant = (path_meant(path, src) for src in named if is_beside(src))
    there = (file for file in dict.fromkeys(meant) if file and is_beside_text(file))
    return tuple(file for file in there if (content / file).is_file())


def remove_passages(
    site: Path, paths: Sequence[str], passages: Sequence[str], reason: str
) -> tuple[Redaction, ...]:
    """Put a mark in place of each passage, wherever white space and escapes differ.

    The originals keep the mark too; one whose passages can't be told from its markup goes as a
    whole. Before anything is changed it raises ``UsageError`` if an article is not there or holds
    no passage, or a passage has no words or is in none of them, and ``OperationError`` if the
    front matter of one would be none any more.
    """
    with _writing(site):
        content = site / CONTENT_FOLDER
        articles = {path: _read(content, path) for path in paths}
        held = _held({path: text for path, (_, text) in articles.items()}, passages)
        for path, (_, text) in articles.items():
            _must_stay_whole(path, _without(text, held[path]), reason)
        before = {path: article for path, (article, _) in articles.items()}
        documents = {path: _document_of(content, path, one) for path, one in before.items()}
        _remove_documents(content, before)
        done = {
            path: _remove_from_original(content, path, article, text, held[path])
            for path, (article, text) in articles.items()
        }
        _forget(site, passages)
        # Last, for the same reason.
        disk.write_all(
            content,
            {
                path: _changed(path, _without(text, held[path]), partial(_noticed, reason=reason))
                for path, (_, text) in done.items()
            },
        )
        return tuple(
            Redaction(
                path, tuple(held[path]), original_kept=bool(original), document=documents[path]
            )
            for path, (original, _) in done.items()
        )


def _without(text: str, passages: Sequence[str]) -> str:
    return replaced(text, [*map(pattern_of, passages)])


def _held(texts: Mapping[str, str], passages: Sequence[str]) -> dict[str, list[str]]:
    """For each article the passages that it holds."""
    if wordless := [passage for passage in passages if not sought(passage)]:
        message = f"in the passage '{wordless[0][:60]}' is nothing that can be looked for"
        raise UsageError(Problem("archive redact", 0, message, "copy one with its words"))
    patterns = {passage: pattern_of(passage) for passage in passages}
    hint = "copy it from the article's file"
    held = {
        path: [passage for passage, pattern in patterns.items() if pattern.search(text)]
        for path, text in texts.items()
    }
    where = f"{CONTENT_FOLDER}/{next(iter(texts))}" if len(texts) == 1 else CONTENT_FOLDER
    what = "does not hold" if len(texts) == 1 else "none of these articles holds"
    nowhere = [
        Problem(where, 0, f"{what} '{passage[:60]}'", hint)
        for passage in passages
        if not any(passage in found for found in held.values())
    ]
    without = [
        Problem(f"{CONTENT_FOLDER}/{path}", 0, "holds none of these passages", "leave it out")
        for path, found in held.items()
        if not found
    ]
    if faults := nowhere or without:
        raise UsageError(faults)
    return held


def _must_stay_whole(path: str, text: str, reason: str) -> None:
    """Raise ``OperationError`` if the front matter of ``text`` can't be read, or added to."""
    _changed(path, text, lambda article: _noticed(_from_original(article, ""), reason))


def _changed(path: str, text: str, change: Callable[[Article], Article]) -> bytes:
    found = edited(path, text.encode("utf-8"), change)
    if isinstance(found, Problem):
        raise OperationError(found)
    return found


def _from_original(article: Article, original: str) -> Article:
    return msgspec.structs.replace(article, original=original)


def _noticed(article: Article, reason: str) -> Article:
    """With a ``notice``, behind what one that is there says, and without its document."""
    notice = f"{article.extra.get('notice', '')} {reason}".strip()
    extra = {**article.extra, "notice": notice}
    return msgspec.structs.replace(article, document="", extra=extra)


def _remove_from_original(
    content: Path, path: str, article: Article, text: str, passages: Sequence[str]
) -> tuple[str, str]:
    """The original that there is now, and the text of the article, which names it."""
    further = _further(content, article.original)
    pages = {page: _redact_original(content, page, passages) for page in further}
    left = tuple(filter(None, pages.values()))
    original = _redact_original(content, article.original, passages, left)
    if original != article.original:
        store.note_redacted(content, [article.original])
        data = _changed(path, text, partial(_from_original, original=original))
        disk.write(content, path, data)
        text = data.decode("utf-8")
        _remove_originals(content, [article.original])
    _remove_originals(content, [page for page, now in pages.items() if page != now])
    return original, text


def _further(content: Path, original: str) -> tuple[str, ...]:
    """The originals of the further pages of a story."""
    record = provenance.read(content, original) if original else None
    return record.further if record else ()


@contextlib.contextmanager
def _writing(site: Path) -> Iterator[None]:
    """Neither articles nor the site are written meanwhile: the state is thrown away."""
    with exclusive(site, "build", _BUSY), store.writing(site / CONTENT_FOLDER):
        yield


def _read(content: Path, path: str) -> tuple[Article, str]:
    data = disk.read(content, path)
    shown = f"{CONTENT_FOLDER}/{path}"
    if data is None or not path.endswith(".md"):
        raise UsageError(Problem(shown, 0, "there is no such article", "check the spelling"))
    article, problems = frontmatter.parse_bytes(data, shown)
    if article is None:
        raise UsageError(problems)
    return article, data.decode("utf-8")


def _redact_original(
    content: Path, name: str, passages: Sequence[str], further: tuple[str, ...] = ()
) -> str:
    """The checksum of the original with the passages replaced; empty if it could not be kept.

    ``further``: the originals of its further pages, as they are now.
    """
    record = provenance.read(content, name)
    if record is None:
        return ""
    data = disk.read(content, store.original_path(name, record.media_type))
    raw = provenance.raw_document(record, data) if data is not None else None
    if raw is None:
        return ""
    text = _without(raw.text, passages)
    left = plain(text)
    if any(sought(passage) in left for passage in passages):
        return ""
    new = text.encode("utf-8")
    changed = store.checksum(new)
    redacted = dataclasses.replace(_redacted(record, text, passages), further=further)
    files = {
        store.original_path(changed, record.media_type): new,
        store.record_path(changed): provenance.dump(redacted),
    }
    disk.write_all(content, files)
    return changed


def _redacted(record: Record, text: str, passages: Sequence[str]) -> Record:
    """The record of the redacted original: every text in it loses the passages."""
    held = HTML in record.media_type or bool(record.text)
    data = _without(provenance.dump(record).decode("utf-8"), passages)
    again = provenance.parse(data.encode("utf-8")) or dataclasses.replace(record, written="")
    article = again.article()
    written = frontmatter.dump(msgspec.structs.replace(article, document="")) if article else ""
    return dataclasses.replace(again, text=text if held else "", document="", written=written)


def _remove_originals(content: Path, names: Sequence[str]) -> None:
    """Noted first: the raw files lie somewhere, and whoever imports their folder again has
    forgotten."""
    store.note_redacted(content, names)
    for name in names:
        store.remove_original(content, name)


def _forget(site: Path, words: Sequence[str]) -> None:
    """Take the words out of what was learned, and delete everything that is derived."""
    content = site / CONTENT_FOLDER
    keys = [fold(word) for word in words]
    for name in store.source_names(content):
        path = store.source_path(name)
        text, source, _ = source_files.parse_bytes(disk.read(content, path) or b"", path)
        gone = [line for line in source.counts.lines if _holds(line, keys)] if source else []
        if source and gone:
            for line in gone:
                del source.counts.lines[line]
            disk.write(content, path, source_files.with_counts(text, source.counts).encode("utf-8"))
    for entry in (site / STATE_FOLDER).glob("*"):
        if entry.is_dir():
            shutil.rmtree(entry, ignore_errors=True)
        elif entry.suffix != LOCK:  # ours are held
            entry.unlink(missing_ok=True)


def _holds(line: str, keys: Sequence[str]) -> bool:
    return any(key in line or line in key for key in keys if key)
