"""Cleaning alone, as a pipe: JSON lines in, JSON lines out, nothing written to any archive."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from archive_gen.article import HTML, PLAIN, RawDocument
from archive_gen.cleaning import BODY_LABELS, NOTHING_LEARNED, clean, observe
from archive_gen.cleaning.furniture import learn as learn_source
from archive_gen.importers.misread import undone
from archive_gen.importers.record_dates import read_date
from archive_gen.importers.records.record import known_values
from archive_gen.intake.sources.counting import Tally
from archive_gen.parallel import chunks
from archive_gen.problems import failed_on
from archive_gen.urls import host

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from archive_gen.article import Article
    from archive_gen.cleaning import Cleaned, Learned
    from archive_gen.cleaning.furniture import Observed
    from archive_gen.parallel import Mapper

_TEXTS = {"html": HTML, "text": PLAIN, "raw_text": PLAIN}
"""Fields that hold a page, the first that has something."""
_BATCH = 1024
"""So many lines are in memory at a time."""
_PIECE = 8
"""So many lines are worth a trip to a worker."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """What every worker must know."""

    labels: bool
    """Whether the label of each line is wanted."""
    learned: Mapping[str, Learned]
    """Source → what its pages share."""


@dataclass(frozen=True, slots=True)
class _Input:
    id: Any
    source: str
    """What groups documents of one site: the source, else the host of the address."""
    crawled: str
    raw: RawDocument


def learn(lines: Iterable[bytes], mapper: Mapper) -> Mapping[str, Learned]:
    """Source → what its documents in ``lines`` share."""
    tally = Tally()
    for part in _mapped(mapper, _observe, None, lines):
        for source, observed in part:
            tally.add(source, observed)
    return {source: learn_source(tally.counts(source)) for source in tally}


def extract(
    lines: Iterable[bytes], extraction: Extraction, mapper: Mapper
) -> Iterator[dict[str, Any]]:
    """A record for each line that is not blank, in order; ``problem`` says why one failed."""
    for part in _mapped(mapper, _extract, extraction, lines):
        yield from part


def _mapped(mapper: Mapper, function: Any, context: Any, lines: Iterable[bytes]) -> Iterator[Any]:
    filled = (line for line in lines if line.strip())
    for batch in chunks(filled, _BATCH):
        yield from mapper.map(function, context, chunks(batch, _PIECE))


def _observe(_context: None, lines: tuple[bytes, ...]) -> list[tuple[str, Observed]]:
    items = map(_read, lines)
    return [(item.source, observe(item.raw)) for item in items if isinstance(item, _Input)]


def _extract(extraction: Extraction, lines: tuple[bytes, ...]) -> list[dict[str, Any]]:
    return [_extract_one(extraction, line) for line in lines]


def _extract_one(extraction: Extraction, line: bytes) -> dict[str, Any]:
    item = _read(line)
    if not isinstance(item, _Input):
        return item
    try:
        cleaned = clean(item.raw, extraction.learned.get(item.source, NOTHING_LEARNED))
    except Exception as error:
        return {"id": item.id, "problem": failed_on("", error).message}
    record = {"id": item.id, **_record(cleaned, item.crawled)}
    if extraction.labels:
        record["labels"] = [line.label for line in cleaned.lines]
        if item.raw.media_type == HTML:
            record["lines"] = [line.text for line in cleaned.lines]
    return record


def _read(line: bytes) -> _Input | dict[str, Any]:
    """The document in a line, or the record that tells the problem with it."""
    try:
        value = _decoded(line)
    except (ValueError, RecursionError) as error:
        return {"id": None, "problem": f"is not JSON: {error}"}
    if not isinstance(value, dict):
        return {"id": None, "problem": "is no JSON object"}
    name = value.get("id")
    for key, media_type in _TEXTS.items():
        text = value.get(key)
        if isinstance(text, str) and text:
            known = {k: v for k, v in known_values(value).items() if k in ("url", "source")}
            source = known.get("source") or host(known.get("url", ""))
            clear = undone(text.replace("\r\n", "\n").replace("\0", " "))
            raw = RawDocument(str(name), b"", clear, media_type, known)
            return _Input(name, source, str(value.get("crawl_date") or ""), raw)
    return {"id": name, "problem": f"has no text: known fields for it are {', '.join(_TEXTS)}"}


def _decoded(line: bytes) -> Any:
    """The value in a line: at three times the speed where the line keeps to the standard."""
    try:
        return msgspec.json.decode(line)
    except (msgspec.DecodeError, RecursionError):
        return json.loads(line)


def _record(cleaned: Cleaned, crawled: str) -> dict[str, Any]:
    article = cleaned.article
    body = [" ".join(line.text.split()) for line in cleaned.lines if line.label in BODY_LABELS]
    return {
        "title": article.title,
        "summary": article.summary,
        "body": "\n".join(body),
        "date": _date(article, crawled),
        "authors": list(article.authors),
        "source": article.source,
        "place": article.place,
        "language": article.language,
        "tags": list(article.tags),
        "images": [{"caption": i.caption, "credit": i.credit} for i in article.images],
        "confidence": cleaned.confidence,
    }


def _date(article: Article, crawled: str) -> str | None:
    """No article was published after it was found: such a date is of something else."""
    limit = read_date(crawled) if crawled else None
    date = article.date
    if date is None or (limit and date.period[:10] > limit.period[:10]):
        return None
    return date.text
