"""JSON lines, a JSON array, one JSON object, or a JSON Feed: records with named fields."""

from __future__ import annotations

import codecs
import io
import itertools
import json
from typing import TYPE_CHECKING, Any, BinaryIO

from archive_gen.importers.base import MAX_DOCUMENT, read_whole
from archive_gen.importers.records import document, known_values
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive_gen.article import RawDocument

_CHUNK = 1 << 20
_SPACE = " \t\r\n"


def read(name: str, stream: BinaryIO) -> Iterator[RawDocument | Problem]:
    """A document for each record; large files are read piece by piece."""
    buffered = io.BufferedReader(stream) if not hasattr(stream, "peek") else stream  # type: ignore[type-var]
    head = _skip_blank(buffered)
    if head == b"[":
        yield from _array(name, buffered)
    elif name.lower().endswith((".json", ".json.gz")):
        yield from _one_or_lines(name, buffered)
    else:
        yield from _lines(name, buffered)


def _skip_blank(stream: Any) -> bytes:
    """The first byte that says something; what comes before it is read away, but for lines."""
    if stream.peek(3)[:3] == codecs.BOM_UTF8:
        stream.read(3)
    blank = stream.peek(64)
    return bytes(blank.lstrip()[:1])


def _one_or_lines(name: str, stream: BinaryIO) -> Iterator[RawDocument | Problem]:
    data = read_whole(name, stream)
    if isinstance(data, Problem):
        yield data
        return
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        yield from _lines(name, io.BytesIO(data))
        return
    if isinstance(value, dict) and isinstance(value.get("items"), list):
        yield from _feed(name, value)
    else:
        yield _document(name, value)


def _feed(name: str, feed: dict[str, Any]) -> Iterator[RawDocument | Problem]:
    """JSON Feed 1.1, https://www.jsonfeed.org/version/1.1/."""
    shared = {"source": feed.get("title"), "language": feed.get("language")}
    for number, item in enumerate(feed["items"], start=1):
        record = {**shared, **item} if isinstance(item, dict) else item
        yield _document(f"{name}#{number}", record)


def _lines(name: str, stream: BinaryIO) -> Iterator[RawDocument | Problem]:
    for number in itertools.count(1):
        line = stream.readline(MAX_DOCUMENT + 1)
        if not line:
            return
        if len(line) > MAX_DOCUMENT:
            yield Problem(name, number, f"a record is larger than {MAX_DOCUMENT >> 20} MiB")
            return
        if line.strip():
            try:
                value = json.loads(line)
            except (ValueError, RecursionError) as error:
                yield Problem(name, number, f"is not JSON: {_reason(error)}", "one record a line")
                continue
            yield _document(f"{name}#{number}", value)


def _array(name: str, stream: BinaryIO) -> Iterator[RawDocument | Problem]:
    for number, value in enumerate(_values(stream), start=1):
        if isinstance(value, ValueError):
            yield Problem(name, 0, f"record {number} is not JSON: {_reason(value)}")
        else:
            yield _document(f"{name}#{number}", value)


def _values(stream: BinaryIO) -> Iterator[Any]:
    """The values of an array, each as soon as it is there; a ``ValueError`` ends them."""
    decoder = json.JSONDecoder()
    text = io.TextIOWrapper(stream, "utf-8")
    buffer = text.read(_CHUNK).lstrip(_SPACE)[1:]
    size = _CHUNK
    while True:
        buffer = buffer.lstrip(_SPACE + ",")
        if buffer.startswith("]"):
            return
        try:
            value, end = decoder.raw_decode(buffer)
            if end == len(buffer):
                raise ValueError("it ends too early")  # perhaps more of a number follows
        except (ValueError, RecursionError) as error:
            more = text.read(size) if len(buffer) <= MAX_DOCUMENT else ""
            if not more:
                yield ValueError(_reason(error))
                return
            buffer += more
            # So the work stays in proportion to the length of the longest record.
            size *= 2
            continue
        size = _CHUNK
        yield value
        buffer = buffer[end:]


def _document(name: str, value: Any) -> RawDocument | Problem:
    if not isinstance(value, dict):
        return Problem(name, 0, "is no record", "a JSON object with named fields is expected")
    found = document(name, value)
    if isinstance(found, Problem) and not known_values(value):
        return Problem(name, 0, "holds none of the fields that we know", found.hint)
    return found


def _reason(error: Exception) -> str:
    return "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
