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

_BEGINS = re.compile(rb"From .{0,200}?\d\d:\d\d.{0,30}?\d{4}|From - ")
"""The line before each mail: sender and time."""
_QUOTED = re.compile(rb"^>(?=>*From )", re.MULTILINE)


def read(name: str, stream: BinaryIO) -> Iterator[Found]:
    """The document of each mail, in their order; read mail by mail."""
    for number, data in enumerate(_mails(stream), start=1):
        member = f"{name}#{number}"
        if len(data) > MAX_DOCUMENT:
            size = f"a mail is larger than {MAX_DOCUMENT >> 20} MiB"
            yield Problem(member, 0, size, "leave it out; no article is as large as that")
        elif data.strip():
            yield from mail.read(member, io.BytesIO(_QUOTED.sub(b"", data)))


def _mails(stream: BinaryIO) -> Iterator[bytes]:
    """The bytes of each mail, without those that are more than one may have."""
    lines: list[bytes] = []
    size = 0
    after_blank = True
    while line := stream.readline(MAX_DOCUMENT + 1):
        if after_blank and _BEGINS.match(line[:500]):
            yield b"".join(lines)
            lines, size = [], 0
        elif size <= MAX_DOCUMENT:
            lines.append(line)
            size += len(line)
        after_blank = not line.strip()
    yield b"".join(lines)
