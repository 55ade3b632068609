"""Files as they are sent: in blocks, whole or the part that is asked for, or not once more.

Players ask for parts: to seek in a film or a sound, and to begin before all of it is there.
(RFC 9110, 14. Of several ranges at once none is given but the whole file, as that allows.)
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_BLOCK = 1 << 20
_RANGE = re.compile(r"bytes=[ \t]*([0-9]{0,18})-([0-9]{0,18})[ \t]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FilePart:
    """Bytes of an open file; whoever has it closes the file."""

    file: BinaryIO
    span: range
    tag: str
    """Another one for other contents of the file, as ``ETag`` has it."""

    @classmethod
    def whole(cls, path: Path) -> FilePart:
        """All of a file. Raises ``OSError``."""
        file = path.open("rb")
        state = os.fstat(file.fileno())
        return cls(file, range(state.st_size), f'"{state.st_mtime_ns:x}-{state.st_size:x}"')

    def __len__(self) -> int:
        """So many bytes."""
        return len(self.span)

    def blocks(self) -> Iterator[bytes]:
        """The bytes, a megabyte at most each; fewer than said if the file got shorter."""
        self.file.seek(self.span.start)
        left = len(self)
        while block := self.file.read(min(left, _BLOCK)):
            left -= len(block)
            yield block


def is_among(tag: str, tags: str) -> bool:
    """Whether a header ``If-None-Match`` names a tag (RFC 9110, 13.1.2)."""
    named = [text.strip().removeprefix("W/") for text in tags.split(",")]
    return tag in named or named == ["*"]


def span_asked(text: str, size: int) -> range | None:
    """The bytes that a header ``Range`` names, of so many.

    Empty if there are none such; None if the header is to be ignored.
    """
    found = _RANGE.fullmatch(text)
    first, last = found.groups() if found else ("", "")
    if not (first or last):
        return None
    if not first:
        return range(max(size - int(last), 0), size)
    if last and int(last) < int(first):
        return None
    return range(int(first), min(int(last) + 1, size) if last else size)
