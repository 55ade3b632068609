"""Standard input: JSON lines, a page or a text, whichever it looks like."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, BinaryIO

from archive_gen.importers import html, json_lines, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive_gen.article import RawDocument
    from archive_gen.problems import Problem

_ENOUGH = 4096


def read(name: str, stream: BinaryIO) -> Iterator[RawDocument | Problem]:
    """The documents of a stream that has no name to go by."""
    buffered = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream)  # type: ignore[type-var]
    head = buffered.peek(_ENOUGH)[:_ENOUGH].removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith((b"{", b"[{", b"[\n")):
        return json_lines.read(name, buffered)
    if head[:200].lower().startswith((b"<!doctype", b"<html", b"<?xml", b"<!--")):
        return html.read(name, buffered)
    return text.read(name, buffered)
