"""The pictures of an imported page, copied to the article that shows them.

A copy is named by what the page calls it and by its content: so it is the same on any machine,
is made once, and two pictures never have one name.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote

import msgspec

from archive_gen.pictures import Picture, examine, is_beside, oversized
from archive_gen.problems import Problem
from archive_gen.urls import path_of, slugify

if TYPE_CHECKING:
    from archive_gen.article import Image, RawDocument
    from archive_gen.cleaning import Cleaned

_MOST = 64 << 20
"""Bytes of all pictures of one article."""
_LONGEST = 40
_SMALLEST = 2
"""Pixels: what is smaller holds the place of a picture that was not loaded."""


@dataclass(frozen=True, slots=True)
class Found:
    """What came with a page and is copied to its article."""

    names: Mapping[str, str]
    """Address as the page writes it → name of the file beside the article."""
    files: Mapping[str, bytes]
    """Name of the file → its bytes."""
    problems: tuple[Problem, ...]
    """A line for each file that is not what its address says."""


def find(raw: RawDocument, cleaned: Cleaned) -> Found:
    """The files of the article's pictures that came with ``raw``."""
    names: dict[str, str] = {}
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    if raw.beside is None:
        return Found(names, files, ())
    left = _MOST
    for image in cleaned.article.images:
        picture, fault = _first(raw, cleaned.pictures.get(image, ()))
        if picture is None or len(picture.data) > left:
            problems += [fault] if fault else []
            continue
        names[picture.address] = picture.name
        if picture.name not in files:
            files[picture.name] = picture.data
            left -= len(picture.data)
    return Found(names, files, tuple(problems))


def with_pictures(cleaned: Cleaned, names: Mapping[str, str]) -> Cleaned:
    """``cleaned`` with the files of ``names`` instead of the addresses that its pictures had.

    Of a picture that did not come with the page only its words and an address on the web stay.
    """
    images = tuple(_kept(image, cleaned, names) for image in cleaned.article.images)
    images = tuple(image for image in images if image.src or image.caption or image.credit)
    if images == cleaned.article.images:
        return cleaned
    article = msgspec.structs.replace(cleaned.article, images=images)
    return dataclasses.replace(cleaned, article=article)


def _kept(image: Image, cleaned: Cleaned, names: Mapping[str, str]) -> Image:
    sources = cleaned.pictures.get(image)
    if sources is None:  # as a person or the record that it came in states it
        return image
    gone = "" if is_beside(image.src) else image.src
    return msgspec.structs.replace(image, src=next((names[s] for s in sources if s in names), gone))


@dataclass(frozen=True, slots=True)
class _File:
    address: str
    name: str
    data: bytes


def _first(raw: RawDocument, sources: tuple[str, ...]) -> tuple[_File | None, Problem | None]:
    """The first of the addresses that a picture came under; else what is wrong with the last."""
    fault: Problem | None = None
    for address in sources:
        data = raw.beside(address) if raw.beside else None
        if data is None:
            continue
        found = oversized(len(data), address) or examine(address, data)
        if isinstance(found, Problem):
            message = f"its picture '{address[:60]}' was left out: it {found.message}"
            fault = Problem(raw.name, 0, message, "save it as JPEG, PNG or WebP beside the article")
        elif min(found.width, found.height) >= _SMALLEST:
            return _File(address, copy_name(address, found), data), None
    return None, fault


def copy_name(address: str, picture: Picture) -> str:
    """The name of the copy of what a page has under ``address``."""
    stem = slugify(PurePosixPath(unquote(path_of(address))).stem or "picture")[:_LONGEST].strip("-")
    return f"{stem}-{picture.digest[:10]}.{picture.ending}"
