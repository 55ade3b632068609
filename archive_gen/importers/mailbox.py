"""A mailbox in one file (mbox, RFC 4155), as mail programs export a folder: each mail in it."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, BinaryIO

from archive_gen.importers import mail
from archive_gen.importers.base import MAX_DOCUMENT
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive_gen.importers.base import Found

_ZONE = rb"(?: [+-]\d{4}| [A-Z]{3,5})?"
BEGINS = re.compile(
    rb"From (?:\S.{0,200}? )?(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) "
    rb"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ \d]?\d \d\d:\d\d(?::\d\d)?"
    rb"%b \d{4}%b[ \t]*\r?$" % (_ZONE, _ZONE),
    re.MULTILINE,
)
"""The line before each mail: sender, and time as C's ``asctime`` writes it. A sentence may begin
with ``From`` and name a time, too."""
_QUOTED = re.compile(rb"^>(?=>*From )", re.MULTILINE)


def read(name: str, stream: BinaryIO) -> Iterator[Found]:
    """The document of each mail, in their order; read mail by mail."""
    for number, data in enumerate(filter(bytes.strip, _mails(stream)), start=1):
        member = f"{name}#{number}"
        if len(data) > MAX_DOCUMENT:
            size = f"a mail is larger than {MAX_DOCUMENT >> 20} MiB"
            yield Problem(member, 0, size, "leave it out; no article is as large as that")
        else:
            yield from mail.read(member, io.BytesIO(_QUOTED.sub(b"", data)))


def _mails(stream: BinaryIO) -> Iterator[bytes]:
    """The bytes of each mail, without those that are more than one may have."""
    lines: list[bytes] = []
    size = 0
    after_blank = True
    while line := stream.readline(MAX_DOCUMENT + 1):
        if after_blank and BEGINS.match(line[:500]):
            yield b"".join(lines)
            lines, size = [], 0
        elif size <= MAX_DOCUMENT:
            lines.append(line)
            size += len(line)
        after_blank = not line.strip()
    yield b"".join(lines)
