"""The archive as one BagIt bag (RFC 8493): every file with its checksums, for a repository to keep.

Written by ourselves rather than by the reference library, which reads each file twice, changes
the process's working folder and stamps the bag with today's date; the tests validate with it.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import archive_gen
from archive_gen.layout import SETTINGS_FILE
from archive_gen.problems import OperationError, Problem, UsageError
from archive_gen.urls import is_of_system

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from archive_gen.config import SiteConfig

_ALGORITHMS = ("sha256", "sha512")
_PIECE = 1 << 20
_PAYLOAD = "data"
COUNTED = "Payload-Oxum"
"""What ``bag-info.txt`` says of the bag's size; nobody else may."""


@dataclass(slots=True)
class Bag:
    """What was written."""

    files: int = 0
    bytes: int = 0
    manifests: dict[str, list[str]] = field(default_factory=lambda: {n: [] for n in _ALGORITHMS})
    """Algorithm → lines of its manifest."""


def export_bag(
    site: Path,
    target: Path,
    config: SiteConfig,
    folders: tuple[str, ...],
    told: Sequence[tuple[str, str]] = (),
    on_file: Callable[[int, int], None] = lambda _number, _total: None,
) -> Bag:
    """Copy ``folders`` of the archive, and its settings, into a new bag at ``target``.

    What is ``told`` of it, label and value, stands in ``bag-info.txt``. ``on_file`` hears how many
    files were copied, and of how many.

    The bag appears as a whole or not at all, and holds no date: the same archive gives the same
    bytes. Raises ``UsageError`` if ``target`` is there or lies inside a folder to be copied.
    """
    _check_target(site, target, folders)
    staging = target.with_name(f".{target.name}.part")
    shutil.rmtree(staging, ignore_errors=True)
    bag = Bag()
    try:
        paths = [*_files(site, folders)]
        for path in paths:
            _copy(site / path, staging / _PAYLOAD / path, path, bag)
            on_file(bag.files, len(paths))
        for name, text in _tag_files(config, bag, told).items():
            (staging / name).write_bytes(text)
        staging.replace(target)
    except OSError as error:
        shutil.rmtree(staging, ignore_errors=True)
        where = error.filename or target
        raise OperationError(
            Problem(str(where), 0, f"the bag could not be written: {error.strerror}")
        ) from None
    return bag


def _check_target(site: Path, target: Path, folders: tuple[str, ...]) -> None:
    if target.exists():
        raise UsageError(Problem(str(target), 0, "is there already", "name a new folder"))
    inside = Path(os.path.realpath(target))
    for folder in folders:
        if inside.is_relative_to(os.path.realpath(site / folder)):
            hint = f"name a folder outside {folder}/"
            raise UsageError(Problem(str(target), 0, "is a part of what it would hold", hint))


def _files(site: Path, folders: tuple[str, ...]) -> Iterator[str]:
    """Every regular file but those of systems, sorted, by its path with slashes.

    Links are not followed. Raises ``OSError`` if a folder can't be listed.
    """

    def stop(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):  # not every archive has each of them
            raise error

    yield SETTINGS_FILE
    for folder in folders:
        for parent, below, names in os.walk(site / folder, onerror=stop):
            below.sort()
            for name in sorted(names):
                path = Path(parent, name)
                if path.is_file() and not path.is_symlink() and not is_of_system(name):
                    yield path.relative_to(site).as_posix()


def _copy(source: Path, target: Path, path: str, bag: Bag) -> None:
    digests = [hashlib.new(name) for name in _ALGORITHMS]
    target.parent.mkdir(parents=True, exist_ok=True)
    with source.open("rb") as reading, target.open("xb") as writing:
        while piece := reading.read(_PIECE):
            writing.write(piece)
            bag.bytes += len(piece)
            for digest in digests:
                digest.update(piece)
    bag.files += 1
    for digest in digests:
        bag.manifests[digest.name].append(f"{digest.hexdigest()}  {_PAYLOAD}/{_encoded(path)}\n")


def _encoded(path: str) -> str:
    """As RFC 8493 §2.1.3 wants it. (``bagit`` 1.9 itself does not yet decode ``%25``.)"""
    return path.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _tag_files(
    config: SiteConfig, bag: Bag, told: Sequence[tuple[str, str]]
) -> Mapping[str, bytes]:
    """File name → bytes of everything beside the payload."""
    described = any(label.lower() == "external-description" for label, _ in told)
    information = [
        *([] if described else [("External-Description", config.title)]),
        *told,
        ("Bag-Software-Agent", f"archive-gen {archive_gen.__version__}"),
        (COUNTED, f"{bag.bytes}.{bag.files}"),
    ]
    lines = (f"{key}: {' '.join(value.split())}\n" for key, value in information)
    files = {
        "bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "bag-info.txt": "".join(lines).encode("utf-8"),
    }
    for name, manifest in bag.manifests.items():
        files[f"manifest-{name}.txt"] = "".join(manifest).encode("utf-8", "surrogateescape")
    tags = {
        f"tagmanifest-{algorithm}.txt": "".join(
            f"{hashlib.new(algorithm, data).hexdigest()}  {name}\n" for name, data in files.items()
        ).encode()
        for algorithm in _ALGORITHMS
    }
    return files | tags
