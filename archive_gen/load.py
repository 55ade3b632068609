"""``content/`` → entries: reads and parses the article files that changed, each once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from archive_gen import frontmatter, markup
from archive_gen.catalogue import Entry, claimed_url
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive_gen.article import Article
    from archive_gen.config import SiteConfig


@dataclass(frozen=True, slots=True)
class ContentFile:
    """An article's file as it was last seen."""

    path: str
    """Below ``content/``, with forward slashes."""
    size: int
    mtime_ns: int
    """0 when it is too fresh to be trusted: another write could leave the same stamp."""
    digest: str
    entry: Entry | None
    """None if the file holds no article, or one with faults."""
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file to read, and what its bytes were when they were read last."""

    path: str
    size: int
    mtime_ns: int
    known_digest: str


@dataclass(frozen=True, slots=True)
class LoadContext:
    """What loading needs besides the files."""

    content: Path
    config: SiteConfig


def load_files(
    context: LoadContext, candidates: Sequence[Candidate]
) -> list[ContentFile | Candidate]:
    """Read files; one whose bytes are the known ones comes back as the candidate it was."""
    return [_load_file(context, candidate) for candidate in candidates]


def read_article(content: Path, path: str) -> tuple[Article | None, list[Problem]]:
    """The article in one file, or what is wrong with it."""
    data = (content / path).read_bytes()
    return frontmatter.parse_bytes(data, f"content/{path}")


def article_digest(article: Article) -> str:
    """Equal for articles that say the same, however their files are written."""
    encoded = msgspec.msgpack.encode(article, enc_hook=str)
    return hashlib.blake2b(encoded, digest_size=12).hexdigest()


def entry_of(article: Article, path: str, config: SiteConfig) -> Entry:
    """What the archive knows of an article."""
    return Entry(
        path=path,
        url=claimed_url(article.slug, path, article.date),
        title=article.title,
        summary=article.summary or markup.excerpt(article.body),
        date=article.date,
        source=article.source,
        place=article.place,
        language=article.language or config.language,
        terms={name: article.values(taxonomy.key) for name, taxonomy in config.taxonomies.items()},
        versions=article.versions,
        digest=article_digest(article),
    )


def _load_file(context: LoadContext, candidate: Candidate) -> ContentFile | Candidate:
    shown = f"content/{candidate.path}"
    try:
        data = (context.content / candidate.path).read_bytes()
    except OSError as error:
        problem = Problem(shown, 0, f"can't be read: {error.strerror}", "check its permissions")
        return _file(candidate, "", None, [problem])
    digest = hashlib.blake2b(data, digest_size=16).hexdigest()
    if digest == candidate.known_digest:
        return candidate
    article, problems = frontmatter.parse_bytes(data, shown)
    entry = entry_of(article, candidate.path, context.config) if article else None
    return _file(candidate, digest, entry, problems)


def _file(
    candidate: Candidate, digest: str, entry: Entry | None, problems: Sequence[Problem]
) -> ContentFile:
    return ContentFile(
        candidate.path, candidate.size, candidate.mtime_ns, digest, entry, tuple(problems)
    )
