"""The documents that are copied to an article: the one of which it is the text, and those to which
an imported page leads and that came with it.

These are found before the page is cleaned: a link to one is kept also where others are not. Those
to which the story does not lead are left where they are.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import quote

from archive_gen.article import SourceFile
from archive_gen.content import store
from archive_gen.importers import is_page
from archive_gen.importers.beside import documents
from archive_gen.intake.pictures import Found, copy_name
from archive_gen.pictures import (
    MAX_DOCUMENT,
    Picture,
    examine_file,
    is_document,
    oversized_file,
)
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Collection

    from archive_gen.article import RawDocument


@dataclass(frozen=True, slots=True)
class Own:
    """The file of which an article is the text, and which is kept beside it."""

    name: str
    """Of its copy."""
    checksum: str
    data: bytes | Path
    """Its bytes, or where it lies."""


def find(raw: RawDocument) -> Found:
    """The documents that came with ``raw`` under an address to which it leads, 256 MiB at most."""
    names: dict[str, str] = {}
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    left = MAX_DOCUMENT
    for address in documents(raw.text) if raw.beside else ():
        data = raw.beside(address) if raw.beside else None
        if not data:
            continue
        written, mark, place = address.partition("#")
        plain = written.partition("?")[0]
        found = _examined(plain, data)
        if isinstance(found, Problem):
            message = f"its document '{address[:60]}' was left out: it {found.message}"
            problems.append(Problem(raw.name, 0, message, found.hint))
            continue
        name = copy_name(plain, found)
        left -= 0 if name in files else len(data)
        if left < 0:
            break
        names[address], files[name] = f"{name}{mark}{place}", data
    return Found(names, files, tuple(problems))


def own(raw: RawDocument) -> Own | None:
    """The file of which ``raw`` is the text; None if there is none. Raises ``OSError`` if it can't
    be read any more."""
    file = _file_of(raw)
    data = file.read() if file else b""
    found = examine_file(file.name, data) if file else None
    if file is None or not isinstance(found, Picture):
        return None
    return Own(copy_name(quote(file.name), found), store.checksum(data), file.data)


def is_taken_out(raw: RawDocument, taken_out: Collection[str]) -> bool:
    """Whether the file of which ``raw`` is the text is one of those, by their checksums. One that
    can't be read any more is none: whoever copies it tells."""
    file = _file_of(raw) if taken_out else None
    try:
        return file is not None and store.checksum(file.read()) in taken_out
    except OSError:
        return False


def _file_of(raw: RawDocument) -> SourceFile | None:
    """Of a post that an archive has, the one that it names and that lies beside it."""
    named = raw.known.get("extra", {}).get("document")
    if raw.document or raw.beside is None or not isinstance(named, str) or not is_document(named):
        return raw.document
    data = raw.beside(quote(named))
    return SourceFile(PurePosixPath(named).name, data) if data else None


def kept(found: Found, body: str) -> Found:
    """``found`` without the files to which the text of the article, ``body``, does not lead."""
    files = {name: data for name, data in found.files.items() if name in body}
    names = {address: to for address, to in found.names.items() if to.partition("#")[0] in files}
    return dataclasses.replace(found, names=names, files=files)


def _examined(address: str, data: bytes) -> Picture | Problem:
    """A document; none is what a server said in place of one, or any page that could run."""
    if is_page(data):
        return Problem(address, 0, "is a web page", "bring the document itself, if it is to be had")
    return oversized_file(len(data), address) or examine_file(address, data)
