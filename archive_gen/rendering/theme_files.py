"""The files that make the look of a site: the archive's own before those of the shipped theme."""

from __future__ import annotations

import hashlib
import itertools
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from archive_gen.layout import TEMPLATES_FOLDER
from archive_gen.rendering import search_script
from archive_gen.urls import is_of_system

if TYPE_CHECKING:
    from collections.abc import Mapping

SHIPPED = Path(__file__).parent.parent / "theme"
ASSETS = "assets/"
ROOT = "root/"
"""The folder of ``templates/`` whose files the site has as they are: ``CNAME``, ``.htaccess``."""
_COPIED = ".theme"
"""The folder of ``templates/`` with the files of the theme as they were when they were copied."""


class ThemeFiles:
    """Templates and assets of one site, file by file: its ``templates/``, then the theme."""

    def __init__(self, site: Path) -> None:
        self.folders = [site / TEMPLATES_FOLDER, SHIPPED]

    def where(self, path: Path) -> str:
        """How a user knows a file of these folders; empty for any other file."""
        own, shipped = self.folders
        if path.is_relative_to(own):
            return f"templates/{path.relative_to(own).as_posix()}"
        if path.is_relative_to(shipped):
            return f"the theme's {path.relative_to(shipped).as_posix()}"
        return ""

    def is_own(self, name: str) -> bool:
        """Whether a file is the archive's own."""
        return (self.folders[0] / name).is_file()

    @property
    def own_templates(self) -> list[str]:
        """The templates that only the archive's folder has."""
        own, shipped = self.folders
        return [n for n in _files(own) if is_template(n) and not (shipped / n).is_file()]

    def copy(self, name: str) -> None:
        """Make a file of the theme the archive's own, to be changed."""
        own, _ = self.folders
        for path in (own / name, own / _COPIED / name):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(shipped(name))

    @property
    def copied(self) -> Mapping[str, bytes]:
        """Name → the theme's file that the archive's own was copied from, as it was then."""
        own, _ = self.folders
        copies = _files(own / _COPIED).items()
        return {name: path.read_bytes() for name, path in copies if self.is_own(name)}

    def outdated(self) -> list[str]:
        """The archive's own files that were copied from another theme than the one of today."""
        known = {*shipped_names()}
        return [n for n, was in self.copied.items() if n not in known or was != shipped(n)]

    def follow(self, name: str) -> None:
        """Take a file that was copied for one that was copied today."""
        copy = self.folders[0] / _COPIED / name
        if name in shipped_names():
            copy.write_bytes(shipped(name))
        else:  # the theme has it no more: it is the archive's alone
            copy.unlink()

    @cached_property
    def assets(self) -> Mapping[str, bytes]:
        """Name → bytes of every style, script and picture."""
        names = [name for name in shipped_names() if name.startswith(ASSETS)]
        found = {name.removeprefix(ASSETS): shipped(name) for name in names}
        own, _ = self.folders
        found |= {name: path.read_bytes() for name, path in _files(own / ASSETS).items()}
        return dict(sorted(found.items()))

    @cached_property
    def root_files(self) -> Mapping[str, bytes]:
        """Output path → bytes of the files that a server asks for at the root of the site."""
        folder = self.folders[0] / ROOT
        paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
        found = {path.relative_to(folder).as_posix(): path for path in paths}
        return {
            name: path.read_bytes() for name, path in found.items() if not is_of_system(path.name)
        }

    @cached_property
    def asset_paths(self) -> Mapping[str, str]:
        """Name → output path, which names the content: a new content has a new address."""
        return {name: _fingerprinted(name, data) for name, data in self.assets.items()}

    @cached_property
    def digest(self) -> str:
        """Of all templates and assets together."""
        digest = hashlib.blake2b(digest_size=16)
        files = [(name, path) for folder in self.folders for name, path in _files(folder).items()]
        read = ((name, path.read_bytes()) for name, path in files)
        for name, data in itertools.chain(read, self.root_files.items()):
            digest.update(f"{name}\0".encode("utf-8", "surrogateescape"))
            digest.update(hashlib.blake2b(data).digest())
        return digest.hexdigest()


def shipped_names() -> list[str]:
    """Every file of the shipped theme, as ``templates/`` would name it."""
    files = [name for name in _files(SHIPPED) if not name.startswith(search_script.FOLDER)]
    return sorted([*files, search_script.NAME])


def shipped(name: str) -> bytes:
    """A file of the shipped theme, by one of those names."""
    if name == search_script.NAME:
        return search_script.joined(SHIPPED)
    return (SHIPPED / name).read_bytes()


def _files(folder: Path) -> dict[str, Path]:
    """Name → path of all files below, but for those whose name begins with a dot."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if not any(part.startswith(".") for part in name.split("/")) and path.is_file():
            found[name] = path
    return found


def is_template(name: str) -> bool:
    """Whether a file of a theme is a template of pages or feeds, by its name."""
    return name.endswith((".html", ".xml")) and not name.startswith((ASSETS, ROOT))


def _fingerprinted(name: str, data: bytes) -> str:
    path = Path(name)
    digest = hashlib.sha256(data).hexdigest()[:8]
    return ASSETS + path.with_name(f"{path.stem}.{digest}{path.suffix}").as_posix()
