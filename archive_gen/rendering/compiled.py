"""Compiled templates and their dependencies, kept on disk for the next process.

Each piece has a checksum: code with a flipped bit may do anything. A damaged piece is as good as
missing, and what can't be written is made again.
"""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

import jinja2
import msgspec

from archive_gen.rendering.dependencies import Dependencies
from archive_gen.seals import DamagedStateError, seal, unseal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from jinja2.bccache import Bucket

_DEPENDENCIES = "dependencies"
_DECODER = msgspec.json.Decoder(dict[str, Dependencies])


class CompiledTemplates(jinja2.BytecodeCache):
    """Compiled templates in ``folder``, good for all that share the name ``made_for``."""

    def __init__(self, folder: Path, made_for: str) -> None:
        self._folder = folder
        self._made_for = made_for

    def load_bytecode(self, bucket: Bucket) -> None:
        """See ``jinja2.BytecodeCache``."""
        if code := self._read(bucket.key):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """See ``jinja2.BytecodeCache``."""
        self._write(bucket.key, bucket.bytecode_to_string())

    def dependencies(self) -> Mapping[str, Dependencies]:
        """Those of each template that makes pages; empty if they are not kept."""
        kept = self._read(_DEPENDENCIES)
        return _DECODER.decode(kept) if kept else {}

    def keep_dependencies(self, found: Mapping[str, Dependencies]) -> None:
        """Keep them: reading what all templates refer to takes long."""
        self._write(_DEPENDENCIES, msgspec.json.encode(found, order="deterministic"))

    def forget_others(self) -> None:
        """Remove what was made for other settings, templates or programs."""
        for path in self._folder.iterdir():
            if not path.name.startswith(self._made_for):
                path.unlink(missing_ok=True)

    def _read(self, name: str) -> bytes:
        """A piece; empty if it is missing or damaged."""
        with contextlib.suppress(OSError, DamagedStateError):
            return unseal(self._path(name).read_bytes(), self._made_for, name)
        return b""

    def _write(self, name: str, data: bytes) -> None:
        path = self._path(name)
        beside = path.with_name(f".{os.getpid()}.{path.name}")
        with contextlib.suppress(OSError):
            beside.write_bytes(seal(data, self._made_for, name))
            beside.replace(path)

    def _path(self, name: str) -> Path:
        return self._folder / f"{self._made_for}_{name}"
