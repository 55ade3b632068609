"""The record of an import, beside each original: what came in, and what cleaning made of it.

It answers where a value comes from, and what of an article is a person's: whatever differs
from what cleaning wrote.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from archive_gen.article import HTML, PLAIN, Article, Image, RawDocument
from archive_gen.cleaning import BODY_LABELS, DROPPED_LABELS
from archive_gen.cleaning.compose import COMMAND_LINE, CONTAINER
from archive_gen.content import disk, frontmatter, store
from archive_gen.dates import ArchiveDate, parse_date
from archive_gen.importers.encodings import decode, decode_html
from archive_gen.texts import encodable

if TYPE_CHECKING:
    from archive_gen.cleaning import Cleaned

PERSON = "a person"
_BY_CLEANING = "the text"
_IMPORTED = "the file that was imported"
KEYS = (
    *("title", "date", "source", "summary", "authors", "place", "language", "tags", "url"),
    *("images", "document"),
)
"""The front matter that an import fills in."""

_LISTS = ("authors", "tags", "aliases")
_NEEDED = ("input", "media_type", "source", "written")


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of one import. Dates, names and pictures are as JSON has them."""

    input: str
    """The file's name and its folder's, and the member of a container."""
    media_type: str
    source: str
    """The name of the file of the source under which its lines were counted."""
    written: str
    """The Markdown file as cleaning wrote it."""
    known: Mapping[str, Any] = field(default_factory=dict)
    """Front matter that came with it."""
    stated: Mapping[str, Any] = field(default_factory=dict)
    """Front matter from the command line."""
    crawled: str = ""
    """EDTF."""
    text: str = ""
    """The text that was cleaned, where the original's bytes do not tell it alone."""
    origins: Mapping[str, str] = field(default_factory=dict)
    """Front-matter key → where its value was found."""
    confidence: float = 1.0
    kept: int = 0
    """Lines."""
    dropped: int = 0
    written_date: str = ""
    """Its date in a container's own words, if no machine could have meant it."""
    pictures: Mapping[str, str] = field(default_factory=dict)
    """Address of a picture as the page writes it → the file beside the article."""
    doubts: Mapping[str, str] = field(default_factory=dict)
    """Front-matter key, or ``body`` → what a person should look at, in words."""
    reviewed: bool = False
    """Whether a person found the article good."""
    told: Mapping[str, str] = field(default_factory=dict)
    """Key of ``known`` → what told it, if that was not the container itself."""
    document: str = ""
    """The checksum of the file of which the original is the text, and which lies beside the
    article."""
    further: tuple[str, ...] = ()
    """The originals of the further pages of its story, each with a record of its own."""

    def article(self) -> Article | None:
        """The article as cleaning wrote it; None if nobody can read it any more."""
        return frontmatter.parse(self.written, "")[0]


def dump(record: Record) -> bytes:
    """The file of a record; what says nothing is left out."""
    values = msgspec.to_builtins(record)
    nothing: tuple[object, ...] = ("", {}, (), [])
    empty = {key for key, value in values.items() if value is False or value in nothing}
    empty -= {*_NEEDED}
    stated = {key: value for key, value in values.items() if key not in empty}
    return (json.dumps(stated, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def parse(data: bytes) -> Record | None:
    """The record in a file; None if there is none that can be read."""
    try:
        return msgspec.json.decode(data, type=Record)
    except (msgspec.DecodeError, ValueError, RecursionError):
        return None


def read(content: Path, original: str) -> Record | None:
    """The record of an original by its checksum; None if there is none that can be read."""
    data = disk.read(content, store.record_path(original)) if original else None
    return parse(data) if data else None


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Front matter as JSON has it."""
    return {key: _plain(value) for key, value in values.items() if value}


def _plain(value: Any) -> Any:
    if isinstance(value, ArchiveDate):
        return value.text
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    if isinstance(value, Image):
        return {name: text for name, text in msgspec.structs.asdict(value).items() if text}
    return value


def typed(values: Mapping[str, Any]) -> dict[str, Any]:
    """Front matter as an ``Article`` has it; what has not its form is left out."""
    found = {}
    for key, value in values.items():
        try:
            found[key] = _typed(key, value)
        except (TypeError, ValueError, AttributeError):
            continue
    return found


def _typed(key: str, value: Any) -> Any:
    if key == "date":
        return parse_date(value)
    if key == "images":
        return tuple(Image(**item) for item in value)
    if key == "extra":
        return dict(value)
    return tuple(map(str, value)) if key in _LISTS else str(value)


def short_name(name: str) -> str:
    """``/home/me/dumps/pages.jsonl#7`` → ``dumps/pages.jsonl#7``: the same on any machine."""
    path, mark, member = name.partition("#")
    parts = Path(path).absolute().parts[-2:]
    shown = "/".join(part for part in parts if part != "/") + mark + member
    return encodable(shown)


def folder_of(short: str) -> str:
    """What holds the document of that short name: a folder, or a container."""
    return short[: max(short.rfind("/"), short.rfind("#"), 0)]


def same_text(data: bytes, raw: RawDocument) -> bool:
    """Whether the bytes of an original tell its text alone."""
    return _decoded(data, raw.media_type) == raw.text


def raw_document(record: Record, data: bytes) -> RawDocument | None:
    """The document as it was when it came in; None if it can't be read any more."""
    text = record.text or _decoded(data, record.media_type)
    if text is None:
        return None
    try:
        crawled = parse_date(record.crawled) if record.crawled else None
    except ValueError:
        crawled = None
    return RawDocument(
        record.input,
        data,
        text,
        record.media_type,
        typed({**record.known, **record.stated}),
        crawled,
        {**record.told, **dict.fromkeys(record.stated, COMMAND_LINE)},
        pictures=record.pictures,
        written_date=record.written_date,
        folder=folder_of(record.input),
    )


def _decoded(data: bytes, media_type: str) -> str | None:
    if media_type.startswith(HTML):
        text = decode_html(data)
    else:
        text = decode(data) if media_type.startswith(PLAIN) else None
    return None if text is None else text.replace("\0", "")


def with_cleaning(record: Record, cleaned: Cleaned, article: Article) -> Record:
    """The record with what cleaning found now; ``article`` is what it writes."""
    labels = [line.label for line in cleaned.lines]
    return dataclasses.replace(
        record,
        written=frontmatter.dump(article),
        origins=({"document": _IMPORTED} if article.document else {}) | _origins(record, cleaned),
        confidence=cleaned.confidence,
        kept=sum(label in BODY_LABELS for label in labels),
        dropped=sum(label in DROPPED_LABELS for label in labels),
        doubts={key: problem.message for key, problem in cleaned.doubts.items()},
    )


def _origins(record: Record, cleaned: Cleaned) -> dict[str, str]:
    found = {key: _BY_CLEANING for key in KEYS if getattr(cleaned.article, key)}
    told = {key: origin for key, origin in cleaned.origins.items() if key in (*found, "body")}
    known = {key: CONTAINER for key in record.known if key in found and key not in told}
    stated = {key: COMMAND_LINE for key in record.stated if key in found}
    return {**found, **told, **known, **stated}


def origins(article: Article, record: Record | None) -> dict[str, str]:
    """Front-matter key → where the value comes from that ``article`` has now."""
    written = record.article() if record else None
    found = {}
    for key in (*KEYS, "body"):
        value = getattr(article, key)
        if value and (record is None or written is None or getattr(written, key) != value):
            found[key] = PERSON
        elif value and record:
            found[key] = record.origins.get(key, _BY_CLEANING)
    return found
