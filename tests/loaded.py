"""Importing this loads all that an import and a build load late, by making one of each.

A process that is forked from one that did so takes half of the time.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from click.testing import CliRunner

from archive_gen.cli import group
from tests.archive_folder import ArchiveFolder

DUMPS = Path(__file__).resolve().parent / "fixtures/dumps"

with tempfile.TemporaryDirectory() as _folder:
    _archive = ArchiveFolder(Path(_folder) / "site")
    _call = ["import", str(DUMPS), "--jobs", "1", "--site", str(_archive.path)]
    assert CliRunner().invoke(group, _call).exit_code == 0
    assert _archive.build().problems == []
