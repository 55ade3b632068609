"""The layout of ``content/``: articles by date, originals by checksum, lessons by source."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive_gen.content import disk
from archive_gen.layout import CONTENT_FOLDER
from archive_gen.locks import exclusive
from archive_gen.problems import Problem, naming
from archive_gen.urls import short_digest, slugify

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from archive_gen.article import Article

_ORIGINALS = "_originals"
SOURCES = "_sources"
_REDACTED = "_redacted.txt"
_GONE = " redacted"
"""Behind a checksum: the original itself may not be here any more."""
_REDACTED_HEAD = b"# Originals of which no import makes an article, by checksum.\n"
_BYTE_FOR_BYTE = b"# Each is named by its checksum.\n* -text\n"
_UNCOUNTED = f"{SOURCES}/.uncounted"
_LEARNED = f"{SOURCES}/.learned"
_ENDINGS = {"text/plain": ".txt", "text/html": ".html", "text/markdown": ".markdown"}
_OTHER = ".bin"
_RECORD = ".json"
_ORIGINAL = re.compile(rb"^original:[ \t]*[\"']?(sha256:[0-9a-f]{64})\b", re.MULTILINE)
_URL = re.compile(rb"^url:[ \t]*[\"']?(https?://\S+?)[\"']?(?:\s|$)", re.MULTILINE)
_CHECKSUM = re.compile(rf"\b(sha256:[0-9a-f]{{64}})\b({_GONE})?")
_NAME = re.compile(r"sha256:[0-9a-f]{64}")
_DIGITS = re.compile(r"[0-9a-f]{64}")
_HEAD = 1 << 14
"""Front matter longer than this has its ``original`` and ``url`` looked for in vain."""
_BUSY = Problem(CONTENT_FOLDER, 0, "another command is writing articles", "wait for its end")


@dataclass(frozen=True, slots=True)
class Head:
    """What the first lines of an article's file tell."""

    path: str
    original: str
    """``sha256:…``; empty if it has none."""
    url: str


def heads(content: Path, paths: Iterable[str]) -> Iterator[Head]:
    """The beginning of each article at ``paths`` that can be read; none is parsed."""
    for path in paths:
        try:
            with (content / path).open("rb", buffering=0) as stream:
                data = stream.read(_HEAD)
        except OSError:
            continue
        yield head(path, data)


def head(path: str, data: bytes) -> Head:
    """What the first lines of the article at ``path`` tell, even if they are broken."""
    url = _URL.search(_front(data))
    return Head(path, original_of(data), url[1].decode("utf-8", "replace") if url else "")


def original_of(data: bytes) -> str:
    """The ``original`` that the first lines of an article tell; empty if they tell none."""
    front = _front(data)
    found = _ORIGINAL.search(front) if b"original:" in front else None
    return found[1].decode("ascii") if found else ""


def _front(data: bytes) -> bytes:
    return data[:_HEAD].partition(b"\n---")[0]


# --- originals and what is kept beside them ---------------------------------------------------


def checksum(data: bytes) -> str:
    """What names an original: ``sha256:…``."""
    return "sha256:" + hashlib.sha256(data).hexdigest()


def original_path(original: str, media_type: str) -> str:
    """Where the original with that checksum lies."""
    return _beside(original, _ENDINGS.get(media_type.partition(";")[0], _OTHER))


def record_path(original: str) -> str:
    """Where the record of its import lies."""
    return _beside(original, _RECORD)


def _beside(original: str, ending: str) -> str:
    digits = original.removeprefix("sha256:")
    return f"{_ORIGINALS}/{digits[:2]}/{digits}{ending}"


def originals(content: Path) -> Iterator[tuple[str, str]]:
    """Every file of ``_originals/`` by its path below ``content``, with the checksum it is named
    by. Sorted; names that are no checksum belong to others."""
    for folder in _folders_of_originals(content):
        for path in sorted(folder.iterdir()):
            if _DIGITS.fullmatch(path.stem) and path.suffix in (*_ENDINGS.values(), _OTHER):
                yield f"{_ORIGINALS}/{folder.name}/{path.name}", f"sha256:{path.stem}"


def save_originals(content: Path, originals: Mapping[str, bytes]) -> None:
    """Write originals, each by its path below ``content``. Git leaves their line ends alone."""
    ruled = f"{_ORIGINALS}/.gitattributes"
    rule = {} if (content / ruled).exists() else {ruled: _BYTE_FOR_BYTE}
    disk.write_all(content, {**rule, **originals})


def records(content: Path) -> Iterator[tuple[str, int, int]]:
    """Checksum, size and ``mtime_ns`` of the record of each import, in no order; none is opened."""
    for folder in _folders_of_originals(content):
        with os.scandir(folder) as entries:
            for entry in entries:
                stem = entry.name.removesuffix(_RECORD)
                if stem != entry.name and _DIGITS.fullmatch(stem):
                    status = entry.stat(follow_symlinks=False)
                    yield f"sha256:{stem}", status.st_size, status.st_mtime_ns


def _folders_of_originals(content: Path) -> list[Path]:
    """Empty if there are no originals. Raises ``OSError`` if they can't be listed."""
    try:
        found = sorted((content / _ORIGINALS).iterdir())
    except FileNotFoundError:
        return []
    return [path for path in found if len(path.name) == 2 and path.is_dir()]


def is_saved(content: Path, original: str) -> bool:
    """Whether the original with that checksum is there, of whatever kind."""
    return any((content / path).is_file() for path in _paths_of(original))


def remove_original(content: Path, original: str) -> None:
    """Remove the original with that checksum, and the record of its import."""
    for path in (*_paths_of(original), record_path(original)):
        (content / path).unlink(missing_ok=True)


def _paths_of(original: str) -> list[str]:
    return [_beside(original, ending) for ending in (*_ENDINGS.values(), _OTHER)]


def checksum_of_file(path: Path) -> str:
    """``checksum`` of a file of any size, read piece by piece."""
    with path.open("rb") as stream:
        return "sha256:" + hashlib.file_digest(stream, "sha256").hexdigest()


def taken_out(content: Path) -> frozenset[str]:
    """The originals of which no import makes an article, by checksum."""
    return frozenset(name for name, _ in _noted(content))


def redacted(content: Path) -> frozenset[str]:
    """Those of ``taken_out`` that may not be here any more."""
    return frozenset(name for name, mark in _noted(content) if mark)


def note_taken_out(content: Path, checksums: Collection[str]) -> None:
    """Add to ``taken_out``. What a person has written in the file stays."""
    _note(content, sorted(set(checksums) - taken_out(content)))


def note_redacted(content: Path, checksums: Collection[str]) -> None:
    """Add to ``redacted``, in the same way."""
    _note(content, [f"{name}{_GONE}" for name in sorted(set(checksums) - redacted(content))])


def _noted(content: Path) -> list[tuple[str, str]]:
    return _CHECKSUM.findall((disk.read(content, _REDACTED) or b"").decode("utf-8", "replace"))


def _note(content: Path, lines: Sequence[str]) -> None:
    if lines:
        before = disk.read(content, _REDACTED) or _REDACTED_HEAD
        if not before.endswith(b"\n"):
            before += b"\n"
        after = before + "".join(f"{line}\n" for line in lines).encode("ascii")
        disk.write(content, _REDACTED, after)


# --- sources ----------------------------------------------------------------------------------


def source_path(name: str) -> str:
    """Where what was learned of a source lies; ``name`` is that of its file, without ending."""
    return f"{SOURCES}/{name}.yaml"


def source_names(content: Path) -> list[str]:
    """The names of all files of sources, sorted, without ending."""
    return sorted(file.stem for file in (content / SOURCES).glob("[!.]*.yaml"))


def uncounted(content: Path) -> frozenset[str]:
    """The originals that were saved and whose lines were not: an import was ended between."""
    data = disk.read(content, _UNCOUNTED) or b""
    return frozenset(filter(_NAME.fullmatch, data.decode("ascii", "replace").split()))


def note_uncounted(content: Path, checksums: Sequence[str]) -> None:
    """Add to ``uncounted``; any number of processes may do so at a time."""
    path = disk.checked(content, _UNCOUNTED)
    # Behind what a full disk may have cut off.
    data = "".join(f"\n{name}" for name in checksums).encode("ascii")
    with naming(path), path.open("ab", buffering=len(data) + 2) as stream:
        stream.write(data)


def set_uncounted(content: Path, checksums: Collection[str]) -> None:
    """Let ``uncounted`` be these."""
    if checksums:
        data = "".join(f"{name}\n" for name in sorted(checksums)).encode("ascii")
        disk.write(content, _UNCOUNTED, data)
    else:
        (content / _UNCOUNTED).unlink(missing_ok=True)


def write_learned(content: Path, files: Mapping[str, bytes], left: Collection[str]) -> None:
    """Write files of sources and let ``uncounted`` be ``left``: all of it, or nothing.

    What is to be done is written down first; after a crash, whoever writes next does it
    (``writing``).
    """
    texts = {path: data.decode("utf-8") for path, data in files.items()}
    disk.write(content, _LEARNED, json.dumps([texts, sorted(left)]).encode("ascii"))
    _finish_learned(content)


def _finish_learned(content: Path) -> None:
    """Do what ``write_learned`` has begun, if it was stopped."""
    begun = disk.read(content, _LEARNED)
    if begun is None:
        return
    texts, left = json.loads(begun)
    disk.write_all(content, {path: text.encode("utf-8") for path, text in texts.items()})
    set_uncounted(content, left)
    (content / _LEARNED).unlink()


# --- articles ---------------------------------------------------------------------------------


def article_path(content: Path, article: Article, taken: Collection[str] = ()) -> str:
    """Where a new article goes: below its year and month, or ``undated/``.

    A path that is there, or among those ``taken``, gets a suffix that follows from the article.
    """
    folder = article.date.period[:7].replace("-", "/") if article.date else "undated"
    slug = article.slug or slugify(article.title)
    path = f"{folder}/{slug}.md"
    salt = article.original or article.title + article.body
    while path in taken or (content / path).exists():
        path = f"{folder}/{slug}-{short_digest(salt)}.md"
        salt += "+"
    return path


@contextlib.contextmanager
def writing(content: Path) -> Iterator[None]:
    """Keep other commands from writing; raises ``OperationError`` if one already does.

    For whatever writes what follows from what it has read: two at once would each undo a part
    of the other's work.
    """
    with exclusive(content.parent, "content", _BUSY):
        _finish_learned(content)
        yield
