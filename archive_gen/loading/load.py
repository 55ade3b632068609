"""``content/`` → entries: reads and parses the article files that changed, each once."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from archive_gen import markup, pictures
from archive_gen.catalogue.entry import Entry, claimed_url
from archive_gen.catalogue.order import term_key
from archive_gen.config import STORIES
from archive_gen.content import frontmatter, store
from archive_gen.content.imported import Import, read_import
from archive_gen.loading.kept import Place, ReadyArticle, keep
from archive_gen.loading.names import as_named
from archive_gen.pictures import Picture
from archive_gen.problems import Problem, failed_on, unreadable
from archive_gen.urls import address_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive_gen.article import Article
    from archive_gen.config import SiteConfig


class ContentFile(msgspec.Struct, frozen=True, array_like=True):
    """An article's file, or a picture's, as it was last seen."""

    entry: Entry | None
    """None if the file holds no article, a draft, or one with faults. It stands first: see
    ``packed``."""
    path: str
    """Below ``content/``, with forward slashes."""
    digest: str
    problems: tuple[Problem, ...] = ()
    picture: Picture | None = None
    """The same for pictures."""
    untold: Mapping[str, tuple[str, ...]] = {}
    """Front-matter key of a taxonomy → what an article's file states, where ``entry`` has others:
    by other names, with the stories that gather it, or none as it is a draft."""

    def stated(self, taxonomy: str, key: str) -> tuple[str, ...]:
        """What an article's file states for a taxonomy, whatever the settings make of it."""
        told = self.untold.get(key)
        if told is None:
            return self.entry.terms[taxonomy] if self.entry else ()
        return told


class Candidate(msgspec.Struct, frozen=True):
    """A file to read, and what its bytes were when they were read last."""

    path: str
    size: int
    known_digest: str


class LoadContext(msgspec.Struct, frozen=True):
    """What loading needs besides the files."""

    content: Path
    config: SiteConfig
    keep: Path | None
    """Where articles are kept for the phases to come; see ``kept``. None if there are none."""


class FileRecord(NamedTuple):
    """A ``ContentFile`` as bytes, and what is asked of it most: so few need be decoded."""

    path: str
    digest: str
    is_article: bool
    record: bytes
    """All of it, as ``decode_file`` takes it."""


class Loaded(NamedTuple):
    """What reading a file gave."""

    file: ContentFile
    article: Article | None = None
    """None for a picture, and for a file that holds no article."""
    imported: Import | None = None


class Batch(msgspec.Struct, frozen=True):
    """What became of some candidates."""

    files: list[FileRecord]
    """Those whose bytes are not the known ones."""
    places: list[Place | None]
    """Where the article of each file is kept, if they are kept."""


_ENCODER = msgspec.msgpack.Encoder()
decode_batch = msgspec.msgpack.Decoder(Batch).decode
decode_file = msgspec.msgpack.Decoder(ContentFile).decode


def load_files(context: LoadContext, candidates: Sequence[Candidate]) -> bytes:
    """Read files. Returns a ``Batch``, encoded: that travels faster than its objects would."""
    files: list[FileRecord] = []
    ready: list[ReadyArticle | None] = []
    for candidate in candidates:
        try:
            loaded = load_file(context.content, context.config, candidate)
            article = loaded.article if context.keep and loaded and loaded.file.entry else None
            made = ready_article(article, loaded.imported) if loaded and article else None
        except Exception as error:
            problem = failed_on(f"content/{candidate.path}", error)
            loaded, made = Loaded(ContentFile(None, candidate.path, "", (problem,))), None
        if loaded:
            files.append(_as_record(loaded.file))
            ready.append(made)
    places = keep(context.keep, ready) if context.keep else []
    return _ENCODER.encode(Batch(files, places))


def _as_record(file: ContentFile) -> FileRecord:
    return FileRecord(file.path, file.digest, file.entry is not None, _ENCODER.encode(file))


def _file_digest(data: bytes, imported: Import | None) -> str:
    """Of the bytes of an article's file, and of what is told of its import.

    Whoever changes a record writes its article's file anew, so that a build looks here.
    """
    digest = hashlib.blake2b(data, digest_size=16)
    if imported:
        digest.update(msgspec.msgpack.encode(imported))
    return digest.hexdigest()


def read_article(content: Path, path: str) -> tuple[Article | None, list[Problem]]:
    """The article in one file, or what is wrong with it."""
    data = (content / path).read_bytes()
    return frontmatter.parse_bytes(data, f"content/{path}")


def read_picture(content: Path, picture: Picture) -> bytes | Problem:
    """The bytes of a picture, or why they are not to be had any more."""
    shown = f"content/{picture.file}"
    try:
        data = (content / picture.file).read_bytes()
    except OSError as error:
        return unreadable(shown, error)
    if pictures.digest_of(data) != picture.digest:
        return Problem(shown, 0, "changed while the build ran", "run 'archive build' again")
    return data


def article_digest(article: Article, imported: Import | None) -> str:
    """Equal for articles that say the same, however their files are written, and came alike."""
    encoded = msgspec.msgpack.encode((article, imported), enc_hook=str)
    return hashlib.blake2b(encoded, digest_size=12).hexdigest()


def ready_article(article: Article, imported: Import | None) -> ReadyArticle:
    """An article with what is made of its body."""
    return ReadyArticle(article, markup.to_html(article.body), imported)


def entry_of(article: Article, imported: Import | None, path: str, config: SiteConfig) -> Entry:
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
        terms=_terms(article, config),
        versions=article.versions,
        digest=article_digest(article, imported),
        pictures=_pictures(article),
        found_at=address_key(article.url),
        links=_links(article),
        aliases=article.aliases,
        original_url=article.url,
        rights=article.rights,
    )


def settings_read(config: SiteConfig) -> object:
    """The settings that an entry depends on, as plain values."""
    stories = {name: story.tags for name, story in config.stories.items()}
    return keys_read(config), stories, config.names, config.language


def keys_read(config: SiteConfig) -> object:
    """The settings on which it depends what a ``ContentFile`` tells of what its file states."""
    return {name: taxonomy.key for name, taxonomy in config.taxonomies.items()}


def _terms(article: Article, config: SiteConfig) -> dict[str, tuple[str, ...]]:
    terms = {name: article.values(taxonomy.key) for name, taxonomy in config.taxonomies.items()}
    if config.stories:
        terms[STORIES] = _stories(terms, config)
    return terms


def _untold(
    article: Article, entry: Entry | None, config: SiteConfig
) -> dict[str, tuple[str, ...]]:
    """See ``ContentFile``."""
    terms = entry.terms if entry else {}
    stated = {name: (of.key, article.values(of.key)) for name, of in config.taxonomies.items()}
    return {key: values for name, (key, values) in stated.items() if terms.get(name) != values}


def _pictures(article: Article) -> tuple[str, ...]:
    named = (
        *(image.src for image in article.images),
        *filter(None, [article.document]),
        *markup.picture_sources(article.body),
        *filter(pictures.is_document, markup.links(article.body)),
    )
    return tuple(src for src in dict.fromkeys(named) if pictures.is_beside(src))


def _links(article: Article) -> tuple[str, ...]:
    """Where its text leads on the web."""
    found = set(map(address_key, markup.links(article.body)))
    return tuple(sorted(found - {"", address_key(article.url)}))


def _stories(terms: Mapping[str, tuple[str, ...]], config: SiteConfig) -> tuple[str, ...]:
    """The stories that an article names or that gather it, spelt as the settings have them."""
    found = {term_key(name): name for name in terms[STORIES]}
    tags = set(map(term_key, terms["tags"]))
    for name, story in config.stories.items():
        key = term_key(name)
        if key in found or not tags.isdisjoint(map(term_key, story.tags)):
            found[key] = name
    return tuple(found.values())


def load_file(content: Path, config: SiteConfig, candidate: Candidate) -> Loaded | None:
    """Read a file, an article's or a picture's; None if its bytes are the known ones.

    One that can't be read, or is no article or picture, has that among its problems.
    """
    path = candidate.path
    is_article = not pictures.is_beside_text(path)
    shown = f"content/{path}"
    oversized = frontmatter.oversized if is_article else pictures.oversized_file
    if too_large := oversized(candidate.size, shown):
        return Loaded(ContentFile(None, path, "", (too_large,)))
    try:
        data = _read(f"{content}/{path}", candidate.size)
    except OSError as error:
        return Loaded(ContentFile(None, path, "", (unreadable(shown, error),)))
    if not is_article:
        digest = pictures.digest_of(data)
        return None if digest == candidate.known_digest else Loaded(_picture(path, digest, data))
    original = store.original_of(data)
    imported = read_import(content, original)
    digest = _file_digest(data, imported)
    if digest == candidate.known_digest:
        return None
    article, problems = frontmatter.parse_bytes(data, shown)
    if article is None:
        return Loaded(ContentFile(None, path, digest, tuple(problems)))
    named = as_named(article, config.names_by_key)
    if article.original != original:
        imported = read_import(content, article.original)
    entry = None if article.draft else entry_of(named, imported, path, config)
    tells_all = entry and named is article and not config.stories
    untold = {} if tells_all else _untold(article, entry, config)
    file = ContentFile(entry, path, digest, tuple(problems), untold=untold)
    return Loaded(file, named, imported)


# A file object makes five more system calls for each file.
_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
# How much is read at once of a file that grew since: when it was listed, an editor may just have
# emptied it.
_PIECE = 1 << 16


def _read(path: str, size: int) -> bytes:
    """The bytes of a file, of which there were ``size`` a moment ago."""
    descriptor = os.open(path, _READ)
    try:
        pieces = [os.read(descriptor, size + 1)]
        piece = size + 1
        while more := os.read(descriptor, piece):
            pieces.append(more)
            piece = max(size + 1, _PIECE)
    finally:
        os.close(descriptor)
    return b"".join(pieces)


def _picture(path: str, digest: str, data: bytes) -> ContentFile:
    found = pictures.examine_file(path, data)
    if isinstance(found, Problem):
        return ContentFile(None, path, digest, (found,))
    return ContentFile(None, path, digest, picture=found)
