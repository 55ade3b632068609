"""The nouns of an archive. Frozen, plain, without input or output."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from archive_gen.dates import ArchiveDate

PLAIN = "text/plain"
HTML = "text/html"
MARKDOWN = "text/markdown"
ARTICLE = ";content=article"
"""Added to a media type: nothing but the article, furniture is off already."""
LARGEST = 16 << 20
"""Bytes of an article's file: several of the longest novels, and a build needs many times its size
in memory."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of which only the text is read: a PDF, a document of Word."""

    name: str
    """Its own, without folders."""
    data: bytes | Path
    """Its bytes, or where it lies. Paths are light where thousands of files wait."""

    def read(self) -> bytes:
        """Its bytes. Raises ``OSError`` if it can't be read any more."""
        return self.data.read_bytes() if isinstance(self.data, Path) else self.data


@dataclass(frozen=True, slots=True)
class RawDocument:
    """One page as it was found, before cleaning."""

    name: str
    """Where it came from, for messages: a path as it was given, or a path and a member."""
    data: bytes
    """The original, byte for byte: what ``content/_originals/`` keeps."""
    text: str
    """The same, decoded; one text block a line for ``text/plain``."""
    media_type: str = PLAIN
    known: Mapping[str, Any] = field(default_factory=dict)
    """Front matter that is known already (from the container or the command line)."""
    crawled: ArchiveDate | None = None
    """When it was fetched, if anyone says so. No article is younger than that."""
    origins: Mapping[str, str] = field(default_factory=dict)
    """Key of ``known`` → where its value comes from: ``command line``, ``feed``, ``JSON-LD``, …"""
    beside: Callable[[str], bytes | None] | None = None
    """The file that came with the page under an address that the page writes; None if none did.
    Can travel to another process."""
    pictures: Mapping[str, str] = field(default_factory=dict)
    """Address as the page writes it → the file beside the article that is made of it: of a picture
    only where it was made before, of a document always."""
    written_date: str = ""
    """Its date in a container's own words, such as ``4. Mai 2019`` or ``04/05/2019``: what it
    means, the language or the other dates of its source must tell."""
    folder: str = ""
    """The folder or container that holds it, however its path was given."""
    found_at: str = ""
    """The address at which it was found; empty if nobody knows more than it states."""
    copy_of: str = ""
    """The address of the page of which it says that it is a copy: it is one for phones, say."""
    told_by: str = ""
    """The name of the file beside it that tells of it; empty if none does."""
    further: tuple[RawDocument, ...] = ()
    """The further pages of its story."""
    document: SourceFile | None = None
    """The file of which ``data`` is the text, if it is one: it is kept beside the article."""


class Image(msgspec.Struct, frozen=True):
    """A picture of an article: at least its caption is known."""

    caption: str = ""
    credit: str = ""
    src: str = ""
    """A web address, or a path from the article's own file."""
    alt: str = ""
    """What is to be seen, for who can't see it."""


class Article(msgspec.Struct, frozen=True):
    """An article as its Markdown file states it; see ``docs/front-matter.md``."""

    title: str
    body: str = ""
    """Markdown."""
    date: ArchiveDate | None = None
    source: str = ""
    summary: str = ""
    authors: tuple[str, ...] = ()
    place: str = ""
    language: str = ""
    """BCP 47; empty means the site's language."""
    tags: tuple[str, ...] = ()
    url: str = ""
    """The original address, http or https."""
    images: tuple[Image, ...] = ()
    document: str = ""
    """The document of which this is the text, as it was: a path from the article's own file."""
    original: str = ""
    """``sha256:…`` of the raw input in ``_originals/``."""
    slug: str = ""
    """The last part of the address; empty means the file's name."""
    versions: tuple[str, ...] = ()
    """Other versions of the same story: paths below ``content/``."""
    aliases: tuple[str, ...] = ()
    """Addresses that its page had, as ``urls`` has them."""
    draft: bool = False
    """Whether no site has it."""
    extra: Mapping[str, Any] = msgspec.field(default_factory=dict)
    """Every other front-matter key, untouched."""
    as_written: Mapping[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    """Front-matter key → what the file says where ``site.yaml`` has another name for it."""

    @property
    def rights(self) -> str:
        """Who has the rights in it, or the address of a licence; empty if its file does not say."""
        value = self.extra.get("rights")
        return "" if value is None or isinstance(value, (dict, list)) else str(value).strip()

    def values(self, key: str) -> tuple[str, ...]:
        """What front-matter key ``key`` says, as a tuple of strings: the terms of a taxonomy."""
        value = getattr(self, key) if key in _TERM_FIELDS else self.extra.get(key)
        if isinstance(value, (list, tuple)):
            return tuple([text for item in value if (text := str(item)).strip()])
        return (str(value),) if value not in (None, "") else ()

    def with_values(self, key: str, values: tuple[str, ...]) -> Article:
        """The same article, whose ``values(key)``, of which there are some, are others."""
        field = key in _TERM_FIELDS
        is_list = isinstance(getattr(self, key) if field else self.extra[key], (list, tuple))
        value = values if is_list else values[0]
        change = {key: value} if field else {"extra": {**self.extra, key: value}}
        return msgspec.structs.replace(self, **change)


_TERM_FIELDS = ("tags", "authors", "source", "place", "language")
