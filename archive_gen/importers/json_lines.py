"""JSON lines, an array, values one after the other, or one object: records with named fields."""

from __future__ import annotations

import codecs
import io
import itertools
import json
import re
import shutil
import tempfile
from functools import partial
from typing import IO, TYPE_CHECKING, Any, BinaryIO

from archive_gen.importers.base import (
    MAX_DOCUMENT,
    OF_CRAWLERS,
    LeftOut,
    no_text,
    numbered,
    read_whole,
    rejoined,
    without_packing,
)
from archive_gen.importers.encodings import MIXED, decode, is_binary
from archive_gen.importers.records import sanity
from archive_gen.importers.records.record import document, known_values
from archive_gen.importers.records.wrapped import records
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from archive_gen.article import RawDocument
    from archive_gen.importers.base import Found

_CHUNK = 1 << 20
_LOOK = 4096
_BETWEEN = frozenset(" \t\r\n,")
_NEXT = re.compile(r"\}[ \t\r\n]{0,99},?[ \t\r\n]{0,99}(?=\{)")
"""Where a record may begin after another one."""
_LIST_OF_PAGES = re.compile(rb'\{\s?"format":\s?"json-pages-')
"""So a list of the pages begins that lie in web archives beside it."""
_OBJECT = re.compile(r"(\s*(?:\[\s*)?)\{\s*\"")
_TRIES = 1000
"""So many of these places are tried behind a broken record."""
_BY_LINES = "write one record a line: jq -c '.[]'"
_LIST_BY_LINES = "write one record a line: jq -c '.NAME[]', with the NAME of the list of articles"


def read(name: str, stream: BinaryIO) -> Iterator[Found]:
    """A document for each record; large files are read piece by piece."""
    buffered = io.BufferedReader(stream) if not hasattr(stream, "peek") else stream  # type: ignore[type-var]
    head = _skip_blank(buffered)
    if is_binary(buffered.peek(_LOOK)[:_LOOK]):
        yield no_text(name)
    elif head == b"[":
        yield from _array(name, buffered)
    else:
        yield from _any(name, buffered)


def is_record(text: str) -> bool:
    """Whether ``text`` begins with an object of JSON that has fields, perhaps in a list."""
    start = _OBJECT.match(text)
    if not start:
        return False
    try:
        value, _ = json.JSONDecoder(strict=False).raw_decode(text, start.end(1))
    except (ValueError, RecursionError):
        return False
    return bool(value)


def _any(name: str, buffered: Any) -> Iterator[Found]:
    first = buffered.readline(MAX_DOCUMENT + 1)
    # A file of one value is no list of lines, though it be written in one line.
    one = without_packing(name).lower().endswith(".json") and not buffered.peek(1)
    if _LIST_OF_PAGES.match(first):
        yield LeftOut(OF_CRAWLERS, name)
        return
    if _is_json(first) and not one:
        lines = rejoined(first, buffered)
        is_of_sanity = sanity.is_document(_value(first))
        yield from (_documents_of_sanity if is_of_sanity else _lines)(name, lines)
        return
    second = buffered.readline(MAX_DOCUMENT + 1)
    rest = rejoined(first + second, buffered)
    if _is_broken(first) and _is_record(second):
        yield from _lines(name, rest)
    else:
        yield from _values_or_lines(name, rest)


def _skip_blank(stream: Any) -> bytes:
    """The first byte that says something; what comes before it is read away, but for lines."""
    if stream.peek(3)[:3] == codecs.BOM_UTF8:
        stream.read(3)
    blank = stream.peek(64)
    return bytes(blank.lstrip()[:1])


def _is_json(line: bytes) -> bool:
    return not isinstance(_value(line), Exception)


def _value(line: bytes) -> Any:
    """What a line says; an exception where it is no JSON."""
    try:
        return json.loads(decode(line) or line, strict=False)
    except (ValueError, RecursionError) as error:
        return error


def _is_broken(line: bytes) -> bool:
    """Whether a line that is no JSON is what is left of a record: a value goes on behind these."""
    return not line.rstrip().endswith((b"{", b"[", b",", b":"))


def _is_record(line: bytes) -> bool:
    return line.lstrip()[:1] == b"{" and _is_json(line)


def _values_or_lines(name: str, stream: BinaryIO) -> Iterator[Found]:
    """Objects over several lines, as tools print them; if that is not so, lines of which the
    first is broken."""
    data = read_whole(name, stream)
    if isinstance(data, Problem):
        yield Problem(name, 0, data.message, _LIST_BY_LINES)
        return
    if not data.strip():
        yield Problem(name, 0, "is empty", "leave it out")
        return
    values = list(_values(io.BytesIO(data)))
    if not values or isinstance(values[0], ValueError):
        yield from _lines(name, io.BytesIO(data))
    elif len(values) == 1:
        yield from _documents(name, values[0])
    else:
        yield from _in_order(name, values)


def _documents_of_sanity(name: str, stream: BinaryIO) -> Iterator[Found]:
    """Those of an export, which is read twice: the names of authors may stand behind posts."""
    with tempfile.TemporaryFile() as kept:
        shutil.copyfileobj(stream, kept, _CHUNK)
        kept.seek(0)
        called = sanity.names(map(_value, iter(partial(kept.readline, MAX_DOCUMENT), b"")))
        kept.seek(0)
        yield from _lines(name, kept, partial(sanity.completed, called=called))


def _lines(
    name: str, stream: IO[bytes], completed: Callable[[Any], Any] = lambda value: value
) -> Iterator[Found]:
    for number in itertools.count(1):
        line = stream.readline(MAX_DOCUMENT + 1)
        if not line:
            return
        if len(line) > MAX_DOCUMENT:
            size = f"a record is larger than {MAX_DOCUMENT >> 20} MiB"
            yield Problem(name, number, size, "leave it out; no article is as large as that")
            while line and not line.endswith(b"\n"):
                line = stream.readline(_CHUNK)
        elif line.strip():
            value = _value(line)
            if isinstance(value, Exception):
                what = f"is not JSON: {_reason_in_line(value)}"
                yield Problem(name, number, what, "one record a line")
                continue
            yield from _documents(f"{name}#{number}", completed(value))


def _array(name: str, stream: BinaryIO) -> Iterator[Found]:
    text = io.TextIOWrapper(stream, "utf-8", errors=MIXED)
    while text.read(1) != "[":
        pass
    yield from _in_order(name, _decoded(text, "]"))


def _values(stream: BinaryIO) -> Iterator[Any]:
    return _decoded(io.TextIOWrapper(stream, "utf-8", errors=MIXED), "")


def _in_order(name: str, values: Any) -> Iterator[Found]:
    for number, value in enumerate(values, start=1):
        if isinstance(value, ValueError):
            yield Problem(name, 0, f"record {number} is not JSON: {_reason(value)}", _BY_LINES)
        else:
            yield from _documents(f"{name}#{number}", value)


def _decoded(text: io.TextIOWrapper, closing: str) -> Iterator[Any]:
    """The values up to ``closing``, or the end, each as soon as it is there; a ``ValueError`` in
    place of one that is broken. They go on behind it where one has the fields of the last."""
    decoder = json.JSONDecoder(strict=False)  # tools leave line ends in strings
    buffer, at = "", 0
    size = _CHUNK
    ended = False
    last: Any = None
    while True:
        at = _between(buffer, at)
        is_empty = at == len(buffer)
        if (closing and buffer.startswith(closing, at)) or (ended and is_empty and not closing):
            return
        try:
            value, end = decoder.raw_decode(buffer, at)
            if end == len(buffer) and not ended and not isinstance(value, (dict, list)):
                raise ValueError("it ends too early")  # perhaps more of a number follows
        except (ValueError, RecursionError) as error:
            if at:  # dropped only here: behind each value, all that follows would be copied
                buffer, at = buffer[at:], 0
                continue
            more = text.read(size) if len(buffer) <= MAX_DOCUMENT else ""
            ended = not more
            if ended and (buffer or closing):
                yield ValueError(_reason(error))
                buffer = _behind_broken(decoder, buffer, last)
                if not buffer:
                    return
            buffer += more
            # So the work stays in proportion to the length of the longest record.
            size *= 2
            continue
        size = _CHUNK
        yield value
        last = value
        at = end


def _between(buffer: str, at: int) -> int:
    """Where the next value begins."""
    while buffer[at : at + 1] in _BETWEEN:
        at += 1
    return at


def _behind_broken(decoder: json.JSONDecoder, buffer: str, last: Any) -> str:
    """``buffer`` from the next record on that has most of the fields of ``last``, so that none of
    what is nested in the broken one is taken for a record; empty if there is none."""
    if not isinstance(last, dict):
        return ""
    for place in itertools.islice(_NEXT.finditer(buffer), _TRIES):
        try:
            value, _ = decoder.raw_decode(buffer, place.end())
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict) and 2 * len(value.keys() & last.keys()) > len(last):
            return buffer[place.end() :]
    return ""


def _documents(name: str, value: Any) -> Iterator[Found]:
    for member, record in numbered(name, list(records(value))):
        is_out = isinstance(record, LeftOut)
        yield LeftOut(record.kind, member) if is_out else _document(member, record)


def _document(name: str, value: Any) -> RawDocument | Problem:
    if not isinstance(value, dict):
        return Problem(name, 0, "is no record", "a JSON object with named fields is expected")
    found = document(name, value)
    if isinstance(found, Problem) and not known_values(value):
        return Problem(name, 0, "holds none of the fields that we know", found.hint)
    return found


def _reason(error: Exception) -> str:
    return "it is nested too deeply" if isinstance(error, RecursionError) else str(error)


def _reason_in_line(error: Exception) -> str:
    """Without lines, which would be taken for those of the file."""
    if not isinstance(error, json.JSONDecodeError):
        return _reason(error)
    return f"{error.msg.removesuffix(' at')} at character {error.pos + 1}"
