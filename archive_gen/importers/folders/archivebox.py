"""A folder in which ArchiveBox keeps a page that it saved in many ways: one of them is read.

Its ``index.json``, since version 0.9 ``index.jsonl``, tells the address of the page, when it was
saved, and what it was filed under. https://github.com/ArchiveBox/ArchiveBox/wiki
"""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from archive_gen.article import RawDocument
from archive_gen.importers.base import MAX_DOCUMENT
from archive_gen.importers.crawls.copies import stated_address
from archive_gen.importers.record_dates import read_date
from archive_gen.importers.records.marks import object_of, objects_of
from archive_gen.importers.records.record import known_values
from archive_gen.urls import is_web_address

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from archive_gen.dates import ArchiveDate
    from archive_gen.importers.base import Found, Importer

_INDEX, _INDEX_BY_LINES = "index.json", "index.jsonl"
_FIELDS = frozenset("url timestamp history sources".split())
_SNAPSHOT = "Snapshot"
_WHOLE = ("singlefile/singlefile.html", "dom/output.html", "singlefile.html", "output.html")
"""The first two as since version 0.9."""
_STORIES = ("readability/content.html", "mercury/content.html")
"""Without what stands around a story, its headline too."""
_CRAWLED = "warc"
_ORIGIN = "the notes of ArchiveBox"


@dataclass(frozen=True, slots=True)
class _Saved:
    """What is noted of a page that was saved."""

    known: Mapping[str, Any]
    when: str
    of_wget: tuple[str, ...]
    """The file that wget made, if it did."""


def best_copies(folder: Path, names: Collection[str]) -> list[Path] | None:
    """The files to read of those in ``folder``, which has files of these ``names``; None if it is
    no folder of a page."""
    saved = _saved(folder) if {_INDEX, _INDEX_BY_LINES}.intersection(names) else None
    if saved is None:
        return None
    pages = (folder / one for one in (*_WHOLE, *saved.of_wget, *_STORIES))
    page = next((one for one in pages if _is_in(folder, one)), None)
    return [page] if page else sorted((folder / _CRAWLED).glob("*.warc.gz"))


def importer_beside(path: Path) -> Importer | None:
    """How a page is read that was saved so; None for any other file."""
    place = f"/{path.as_posix()}"
    name = next((one for one in (*_WHOLE, *_STORIES) if place.endswith(f"/{one}")), "")
    saved = _saved(path.parents[name.count("/")]) if name else None
    if saved is None:
        return None
    left_out = () if name in _STORIES else ("title",)
    known = {key: value for key, value in saved.known.items() if key not in left_out}
    return partial(_read, known_values(known), read_date(saved.when[: len("2015-10-07")]))


def _read(
    known: Mapping[str, Any], when: ArchiveDate | None, name: str, stream: BinaryIO
) -> Iterator[Found]:
    from archive_gen.importers import html  # as all importers it is loaded when it is asked for

    for item in html.read(name, stream):
        yield _told(item, known, when) if isinstance(item, RawDocument) else item


def _told(page: RawDocument, known: Mapping[str, Any], when: ArchiveDate | None) -> RawDocument:
    """A page with what is known of it; what it states itself it knows better."""
    states_own = is_web_address(stated_address(page.text))
    told = {key: value for key, value in known.items() if key != "url" or not states_own}
    return dataclasses.replace(
        page,
        known={**told, **page.known},
        origins={**dict.fromkeys(told, _ORIGIN), **page.origins},
        crawled=page.crawled or when,
    )


def _saved(folder: Path) -> _Saved | None:
    """What is noted in ``folder`` of the page that was saved there."""
    noted = _noted(folder / _INDEX_BY_LINES)
    if noted and noted[0].get("type") == _SNAPSHOT and isinstance(noted[0].get("url"), str):
        return _by_lines(noted[0], noted[1:])
    for whole in _noted(folder / _INDEX)[:1]:
        if whole.keys() >= _FIELDS and isinstance(whole["history"], dict):
            return _as_one(whole)
    return None


def _as_one(noted: Mapping[str, Any]) -> _Saved:
    results = {way: objects_of(found) for way, found in noted["history"].items()}
    starts = [str(one.get("start_ts")) for found in results.values() for one in found]
    of_wget = [str(one.get("output")) for one in results.get("wget", ())][-1:]
    return _Saved(_told_of(noted), min(starts, default=""), tuple(of_wget))


def _by_lines(snapshot: Mapping[str, Any], results: list[Mapping[str, Any]]) -> _Saved:
    of_wget = [str(one.get("output_str")) for one in results if one.get("plugin") == "wget"][-1:]
    when = snapshot.get("downloaded_at") or snapshot.get("created_at")
    return _Saved(_told_of(snapshot), str(when or ""), tuple(of_wget))


def _told_of(noted: Mapping[str, Any]) -> dict[str, Any]:
    return {key: noted.get(key) for key in ("url", "tags", "title")}


def _noted(file: Path) -> list[Mapping[str, Any]]:
    """The objects in a file, which is one or has one a line; none if it is no such file."""
    try:
        with file.open("rb") as stream:
            text = stream.read(MAX_DOCUMENT)
        lines = text.splitlines() if file.name == _INDEX_BY_LINES else [text]
        return [object_of(json.loads(line)) for line in lines if line.strip()]
    except (OSError, ValueError, RecursionError):
        return []


def _is_in(folder: Path, file: Path) -> bool:
    """Whether there is such a file, in ``folder`` or below."""
    try:
        return file.is_file() and file.resolve().is_relative_to(folder.resolve())
    except OSError:  # the name may be longer than any
        return False
