"""Parsed articles, kept on disk between the phases of a build: each file is parsed once.

Workers append what they read to a file each; a later phase, in whatever process, finds an
article by its place. The files lie in the folder of derived state and end with the build.
"""

from __future__ import annotations

import os
import sys
import threading
from typing import TYPE_CHECKING

import msgspec

from archive_gen.article import Article
from archive_gen.content.imported import Import
from archive_gen.problems import naming

if TYPE_CHECKING:
    from collections.abc import Sequence
    from io import FileIO
    from pathlib import Path


class ReadyArticle(msgspec.Struct, frozen=True):
    """An article, parsed, with its body as safe HTML."""

    article: Article
    body: str
    imported: Import | None
    """None for an article that was written here."""


class Place(msgspec.Struct, frozen=True):
    """Where an article is kept."""

    file: str
    start: int
    length: int


_ENCODER = msgspec.msgpack.Encoder(enc_hook=str)
_DECODER = msgspec.msgpack.Decoder(ReadyArticle)


def keep(folder: Path, articles: Sequence[ReadyArticle | None]) -> list[Place | None]:
    """Keep articles; returns the place of each."""
    written = [_ENCODER.encode(ready) if ready else b"" for ready in articles]
    name = f"{os.getpid()}-{threading.get_ident()}"
    folder.mkdir(parents=True, exist_ok=True)
    with naming(folder), (folder / name).open("ab") as stream:
        start = stream.tell()
        stream.write(b"".join(written))
    places: list[Place | None] = []
    for data in written:
        places.append(Place(name, start, len(data)) if data else None)
        start += len(data)
    return places


class Reader:
    """Finds what ``keep`` kept in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, FileIO] = {}

    def __reduce__(self) -> tuple[type[Reader], tuple[Path]]:
        return Reader, (self._folder,)

    def read(self, place: Place) -> ReadyArticle:
        """The article of a place."""
        stream = self._files.get(place.file)
        if stream is None:
            stream = self._files[place.file] = (self._folder / place.file).open("rb", buffering=0)
        return _DECODER.decode(_read_at(stream, place))


def _read_at(stream: FileIO, place: Place) -> bytes:
    """Not mapped into memory, where it would stay to the end."""
    if sys.platform == "win32":
        stream.seek(place.start)
        return stream.read(place.length)
    # Processes may share the stream, and its position with it.
    return os.pread(stream.fileno(), place.length, place.start)
