"""The documents to which an imported page leads and that came with it, copied to its article.

They are found before the page is cleaned: a link to one is kept also where others are not. Those
to which the story does not lead are left where they are.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from archive_gen.importers import is_page
from archive_gen.importers.beside import documents
from archive_gen.intake.pictures import Found, copy_name
from archive_gen.pictures import MAX_DOCUMENT, Picture, examine_file, oversized_file
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from archive_gen.article import RawDocument


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
