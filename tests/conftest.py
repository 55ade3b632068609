from pathlib import Path

import pytest

from tests.archive_folder import ArchiveFolder


@pytest.fixture
def archive(tmp_path: Path) -> ArchiveFolder:
    """An empty archive in a folder of its own, built with the shipped theme."""
    return ArchiveFolder(tmp_path / "archive")
