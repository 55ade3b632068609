"""The output folder: what is published there appears all or nothing for a reader.

A build *stages* what is new, then *publishes*: new files first, then those that replace others
(they may link to the new ones), last the removal of what is gone. So at no moment does a page
that a reader can reach link to one that is not there. The first build of a folder appears as a
whole, by one rename: only it is staged as the folders that it will have. A later one needs none.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from archive_gen.problems import Problem, UsageError, named
from archive_gen.urls import is_of_system

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MARKER = ".archive-gen"
_MARKER_TEXT = "This folder is made by archive-gen, which replaces and removes files in it.\n"


@dataclass(slots=True)
class FolderSink:
    """Where a site is published. Paths in it are relative, with forward slashes.

    ``stage`` may be called from several processes.
    """

    folder: Path
    _staging: Path = field(init=False)
    _is_new: bool = field(default=False, init=False)
    """There is no site yet: what is staged becomes it."""

    def __post_init__(self) -> None:
        # Beside the output, so that every rename stays within one file system.
        self._staging = self.folder.with_name(f".{self.folder.name}.staging")

    def prepare(self) -> None:
        """Clear what a killed build left; raise ``UsageError`` if the folder is not ours."""
        if self._is_elsewhere():
            hint = (
                "set another 'output:', and copy the site that is built there to where it is read"
            )
            raise UsageError(
                Problem(self.folder.name, 0, "is not a folder on the archive's own disk", hint)
            )
        if self._is_there() and not (self.folder / MARKER).exists():
            raise UsageError(
                Problem(
                    f"{self.folder.name}/",
                    0,
                    "holds files that archive-gen did not make, and a build replaces what is there",
                    "empty it, or set another 'output:' in site.yaml",
                )
            )
        self.abandon()
        self._is_new = not self._is_there()

    def _is_elsewhere(self) -> bool:
        """Whether it is there, and nothing can be put into it by renaming."""
        if self.folder.is_symlink():
            return True
        try:
            found = self.folder.stat()
        except FileNotFoundError:
            return False
        on_this_disk = found.st_dev == self.folder.parent.stat().st_dev
        return not (stat.S_ISDIR(found.st_mode) and on_this_disk)

    def abandon(self) -> None:
        """Give back the room of what was staged and is not published."""
        shutil.rmtree(self._staging, ignore_errors=True)

    def is_whole(self) -> bool:
        """Whether the folder is one that a build finished."""
        return (self.folder / MARKER).is_file()

    def is_made_from(self, digest: str) -> bool:
        """Whether it is the one that was published with that digest, and no older or newer one
        that a backup, version control or a person has put in its place."""
        return self.read(MARKER) == _marker(digest)

    def stage(self, path: str, data: bytes) -> bool:
        """Write ``data`` beside the site, unless it is what the site has at ``path``.

        Returns whether it was written, and so waits to be published.
        """
        if not self._is_new and holds(f"{self.folder}/{path}", data):
            return False
        try:
            self._write(path, data)
        except OSError as error:
            raise named(error, f"{self.folder}/{path}") from None
        return True

    def _write(self, path: str, data: bytes) -> None:
        target = self._staged(path)
        if self._is_new and path.endswith("/index.html"):  # as a rule the first of its folder
            _make_folder(target.removesuffix("/index.html"))
        try:
            _write(target, data)
        except FileNotFoundError:
            _make_folder(os.path.dirname(target))  # noqa: PTH120 (faster)
            _write(target, data)

    def read(self, path: str) -> bytes | None:
        """A file of the site; None if there is none that can be read."""
        try:
            return (self.folder / path).read_bytes()
        except OSError:
            return None

    def publish(self, staged: Iterable[str], removed: Iterable[str], made_from: str = "") -> None:
        """Rename the staged files into the site, new ones first, then remove.

        ``made_from`` is a digest of all that the site is made from; see ``is_made_from``.
        """
        self.stage(MARKER, _marker(made_from))
        if self._is_new and not self._is_there():
            with contextlib.suppress(FileNotFoundError):
                self.folder.rmdir()
            self._staging.rename(self.folder)
        else:
            self._replace(staged, removed)

    def _replace(self, staged: Iterable[str], removed: Iterable[str]) -> None:
        # As texts: a new program moves every page, and a ``Path`` takes ten times as long.
        exists = os.path.exists
        paths = [path for path in (MARKER, *staged) if exists(self._staged(path))]
        for path in sorted(paths, key=lambda path: exists(f"{self.folder}/{path}")):
            self._move(path)
        for path in removed:
            self._remove(path)
        self.abandon()

    def _is_there(self) -> bool:
        """Whether anything is in the folder."""
        return self.folder.is_dir() and any(self.folder.iterdir())

    def _staged(self, path: str) -> str:
        """Where a file waits."""
        if self._is_new:
            return f"{self._staging}/{path}"
        # A folder for each page would take as long as the page. In a single one FAT could not hold
        # the files of a large site.
        name = hashlib.blake2b(path.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
        return f"{self._staging}/{name[0]}/{name[1:]}"

    def has(self, path: str) -> bool:
        """Whether there is a file, also one that ``files`` leaves out."""
        return (self.folder / path).is_file()

    def files(self) -> Iterator[str]:
        """Every file; names that begin with a dot at the top belong to others, and what
        a system leaves in any folder does."""
        for parent, _, names in os.walk(self.folder):
            for name in names:
                path = (Path(parent) / name).relative_to(self.folder).as_posix()
                if not (path.startswith(".") or is_of_system(name)):
                    yield path

    def _move(self, path: str) -> None:
        staged, target = self._staged(path), f"{self.folder}/{path}"
        try:
            os.replace(staged, target)  # noqa: PTH105 (faster)
        except OSError:  # its folder is not there yet, or something else is in its place
            self._make_room(self.folder / path)
            os.replace(staged, target)  # noqa: PTH105

    def _make_room(self, target: Path) -> None:
        if target.is_dir():
            shutil.rmtree(target)
        for parent in target.relative_to(self.folder).parents[:-1]:
            if (self.folder / parent).is_file():  # a page's folder, where a file was
                (self.folder / parent).unlink()
        target.parent.mkdir(parents=True, exist_ok=True)

    def _remove(self, path: str) -> None:
        target = self.folder / path
        if target.is_dir() and not target.is_symlink():  # a page's folder now
            return
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            target.unlink()
        for parent in target.relative_to(self.folder).parents[:-1]:
            try:
                (self.folder / parent).rmdir()
            except OSError:  # not empty: still in use
                return


def _marker(made_from: str) -> bytes:
    return f"{_MARKER_TEXT}Made from {made_from}\n".encode()


# Most of what a cold build waits for is the file system: no calls but those that it takes.
_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)


def _write(path: str, data: bytes) -> None:
    descriptor = os.open(path, _NEW_FILE, 0o666)
    try:
        while data := data[os.write(descriptor, data) :]:
            pass
    finally:
        os.close(descriptor)


def _make_folder(path: str) -> None:
    """With those around it; it may be there."""
    try:
        os.mkdir(path)  # noqa: PTH102
    except FileExistsError:
        return
    except FileNotFoundError:
        os.makedirs(path, exist_ok=True)  # noqa: PTH103


def holds(path: str, data: bytes) -> bool:
    """Whether the file at ``path`` has just these bytes."""
    try:
        if os.stat(path).st_size != len(data):  # noqa: PTH116
            return False
        with open(path, "rb") as stream:  # noqa: PTH123
            return stream.read() == data
    except OSError:
        return False
