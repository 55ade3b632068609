"""A feed that is too large to be parsed at once, as feeds of some of its entries.

Where an entry begins and ends is found by the markup alone, for the parser of feeds mends more
faults than any of XML does, and each part is left to it as it was written.
"""

from __future__ import annotations

import codecs
import mmap
import re
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from typing import IO, TYPE_CHECKING, BinaryIO

from archive_gen.importers.base import MAX_DOCUMENT, WIDE_XML
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEAD = 1 << 16
"""So many bytes tell what a file is."""
_CHUNK = 1 << 20
_DECLARATION = re.compile(rb"\s*<\?xml\b[^>]*\?>")
_PROLOG = re.compile(
    rb"<!--(?:.*?-->|.*)|<\?(?:.*?\?>|.*)|<!DOCTYPE(?:[^\[>]*(?:\[[^\]]*\]\s*)?>|.*)|<",
    re.DOTALL | re.IGNORECASE,
)
"""What is not closed goes on to the end."""
_ROOT = re.compile(rb"<((?:[\w.-]{1,60}:)?)(rss|feed|rdf)(?=[\s>])", re.IGNORECASE)
_EMPTY = re.compile(rb"[^<>]*/>")
"""With which the tag of an element that holds nothing ends."""
_OF_RDF = re.compile(rb"<((?:[\w.-]{1,60}:)?item)(?=[\s>])", re.IGNORECASE)
_CLOSING = {b"<!--": b"-->", b"<![CDATA[": b"]]>", b"<?": b"?>"}
"""What holds no markup of the feed."""


@dataclass(frozen=True, slots=True)
class Part:
    """A feed of some entries of another one."""

    data: bytes
    first: int
    """The number of its first entry among those of the whole, from 1."""
    count: int


@dataclass(frozen=True, slots=True)
class Divided:
    """A feed that is read in parts, as often as is asked for."""

    text: mmap.mmap
    entry: bytes
    """The name of the element of an entry, with its prefix."""
    before: bytes
    """What stands before the first entry: the feed's own title and the like."""
    after: bytes
    """What else stands outside of entries; with ``before``, the feed without any."""

    def spans(self) -> Iterator[tuple[int, int]]:
        """Begin and end of each entry."""
        return _spans(self.text, self.entry)

    @property
    def is_cut(self) -> bool:
        """Whether the file ends before the feed does."""
        return not self.after.strip()

    def parts(self, size: int, most: int) -> Iterator[Part]:
        """All entries, ``size`` bytes or a few more in each part; those of more than ``most``
        are passed over."""
        size = max(size, len(self.before) + len(self.after))  # which is read with each part
        held: list[bytes] = []
        room = size
        for number, (begin, end) in enumerate(self.spans(), start=1):
            is_passed = end - begin > most
            if held and (is_passed or room <= 0):
                yield self._part(held, number)
                held, room = [], size
            if not is_passed:
                held.append(self.text[begin:end])
                room -= end - begin
        if held:
            yield self._part(held, number + (not is_passed))

    def _part(self, entries: list[bytes], following: int) -> Part:
        data = b"".join((self.before, *entries, self.after))
        return Part(data, following - len(entries), len(entries))


@contextmanager
def divided(name: str, stream: BinaryIO, most: int) -> Iterator[Divided | Problem]:
    """The feed in ``stream``, which is kept in a file meanwhile, in the system's folder for
    these; a problem if it is none, or has more than ``most`` bytes outside of its entries."""
    with tempfile.TemporaryFile() as kept:
        _copy(stream, kept)
        kept.flush()
        with mmap.mmap(kept.fileno(), 0, access=mmap.ACCESS_READ) as text:
            yield _divided(name, text, most)


def _divided(name: str, text: mmap.mmap, most: int) -> Divided | Problem:
    entry = _entry(text)
    first = next(_spans(text, entry), None) if entry else None
    if first is None:
        message = f"is larger than {MAX_DOCUMENT >> 20} MiB, and no feed"
        return Problem(name, 0, message, "divide it into files of one document each")
    room = most - first[0]
    around: list[bytes] = []
    at = first[0]
    for begin, end in chain(_spans(text, entry), ((len(text), 0),)):
        room -= begin - at
        if room < 0:
            message = f"has more than {most >> 20} MiB outside of its entries"
            return Problem(name, 0, message, "divide it into several feeds")
        around.append(text[at:begin])
        at = end
    return Divided(text, entry, text[: first[0]], b"".join(around))


def _entry(text: mmap.mmap) -> bytes:
    """The name that an element of an entry has in a feed; empty if the root is none of a feed."""
    root = _root(text[:_HEAD])
    if not root:
        return b""
    prefix, kind = root[1], root[2].lower()
    if kind == b"rdf":  # its entries are of another vocabulary
        found = _OF_RDF.search(text)
        return found[1] if found else b""
    return prefix + (b"entry" if kind == b"feed" else b"item")


def _root(head: bytes) -> re.Match[bytes] | None:
    """The opening tag of a feed, by the head of its file; group 1 is its prefix, 2 its name."""
    first = next((one for one in _PROLOG.finditer(head) if one[0] == b"<"), None)
    return _ROOT.match(head, first.start()) if first else None


def is_cut(data: bytes) -> bool:
    """Whether a feed that is read at once ends before its root element does."""
    root = _root(data[:_HEAD])
    if not root or _EMPTY.match(data, root.end()):
        return False
    return b"</" + root[0][1:].lower() not in data[-_HEAD:].lower()


def _spans(text: mmap.mmap, entry: bytes) -> Iterator[tuple[int, int]]:
    """Begin and end of each entry. One that is not closed ends where the next one begins, or the
    file."""
    begin = -1
    for mark in _marks(text, entry):
        if begin >= 0:
            yield begin, mark.end() if mark[1] else mark.start()
        elif mark[2]:  # it is empty
            yield mark.span()
        begin = -1 if mark[1] or mark[2] else mark.start()
    if begin >= 0:
        yield begin, len(text)


def _marks(text: mmap.mmap, entry: bytes) -> Iterator[re.Match[bytes]]:
    """The tags of entries: group 1 is there at an end, group 2 at one without content."""
    mark = re.compile(
        rb"<!--|<!\[CDATA\[|<\?|<(/?)%s(?:\s*(/?)>|(?=\s))" % re.escape(entry), re.IGNORECASE
    )
    never_closed: set[bytes] = set()
    at = 0
    while found := mark.search(text, at):
        at = found.end()
        closing = _CLOSING.get(found[0].upper())
        if closing is None:
            yield found
        elif closing not in never_closed:
            end = text.find(closing, at)
            if end < 0:  # it is text then, and so are all that follow
                never_closed.add(closing)
            else:
                at = end + len(closing)


def _copy(stream: BinaryIO, kept: IO[bytes]) -> None:
    """Write what is in ``stream`` to ``kept``, text of a wide encoding as UTF-8."""
    head = stream.read(_CHUNK)
    encoding = next((name for mark, name in WIDE_XML if head.startswith(mark)), "")
    if not encoding:
        while head:
            kept.write(head)
            head = stream.read(_CHUNK)
        return
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    data = _as_utf8(decoder, head)
    declaration = _DECLARATION.match(data)  # it would name the other encoding
    kept.write(data[declaration.end() if declaration else 0 :])
    while head:
        head = stream.read(_CHUNK)
        kept.write(_as_utf8(decoder, head))


def _as_utf8(decoder: codecs.IncrementalDecoder, data: bytes) -> bytes:
    return decoder.decode(data, final=not data).encode("utf-8", "replace")
