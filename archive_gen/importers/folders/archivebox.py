"""A folder in which ArchiveBox keeps a page that it saved in many ways: one of them is read.

Its ``index.json`` tells the address of the page, when it was saved, and what it was filed under.
https://github.com/ArchiveBox/ArchiveBox/wiki
"""

from __future__ import annotations

import dataclasses
import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from archive_gen.article import RawDocument
from archive_gen.importers.base import MAX_DOCUMENT
from archive_gen.importers.crawls.copies import stated_address
from archive_gen.importers.record_dates import read_date
from archive_gen.importers.records.marks import object_of
from archive_gen.importers.records.record import known_values
from archive_gen.urls import is_web_address

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from archive_gen.dates import ArchiveDate
    from archive_gen.importers.base import Found, Importer

_INDEX = "index.json"
_FIELDS = frozenset("url timestamp history sources".split())
_WHOLE = ("singlefile.html", "output.html")
_STORIES = ("readability/content.html", "mercury/content.html")
"""Without what stands around a story, its headline too."""
_CRAWLED = "warc"
_ORIGIN = "the notes of ArchiveBox"


def best_copies(folder: Path, names: Collection[str]) -> list[Path] | None:
    """The files to read of those in ``folder``, which has files of these ``names``; None if it is
    no folder of a page."""
    saved = _saved(folder) if _INDEX in names else None
    if saved is None:
        return None
    of_wget = [str(one.get("output")) for one in _results(saved, "wget")][-1:]
    pages = (folder / one for one in (*_WHOLE, *of_wget, *_STORIES))
    page = next((one for one in pages if _is_in(folder, one)), None)
    return [page] if page else sorted((folder / _CRAWLED).glob("*.warc.gz"))


def importer_beside(path: Path) -> Importer | None:
    """How a page is read that was saved so; None for any other file."""
    place = f"/{path.as_posix()}"
    name = next((one for one in (*_WHOLE, *_STORIES) if place.endswith(f"/{one}")), "")
    saved = _saved(path.parents[name.count("/")]) if name else None
    if saved is None:
        return None
    title = saved.get("title") if name in _STORIES else None
    known = known_values({"url": saved["url"], "tags": saved.get("tags"), "title": title})
    when = min((str(one.get("start_ts")) for one in _results(saved)), default="")
    return partial(_read, known, read_date(when[: len("2015-10-07")]))


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


def _saved(folder: Path) -> Mapping[str, Any] | None:
    """What is noted in ``folder`` of the page that was saved there."""
    try:
        with (folder / _INDEX).open("rb") as stream:
            noted = json.loads(stream.read(MAX_DOCUMENT))
    except (OSError, ValueError, RecursionError):
        return None
    is_page = isinstance(noted, dict) and noted.keys() >= _FIELDS
    return noted if is_page and isinstance(noted["history"], dict) else None


def _results(saved: Mapping[str, Any], *ways: str) -> list[Mapping[str, Any]]:
    """What became of saving it in these ways, or in any."""
    lists = (saved["history"].get(way) for way in ways or saved["history"])
    return [object_of(one) for found in lists if isinstance(found, list) for one in found]


def _is_in(folder: Path, file: Path) -> bool:
    """Whether there is such a file, in ``folder`` or below."""
    try:
        return file.is_file() and file.resolve().is_relative_to(folder.resolve())
    except OSError:  # the name may be longer than any
        return False
