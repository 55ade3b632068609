"""``--site``: the archive that a command is about."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from archive_gen.cli import group
from tests.archive_folder import ArchiveFolder


@pytest.mark.parametrize("inside", [False, True])
@pytest.mark.parametrize("is_first", [False, True])
@pytest.mark.parametrize(
    "call",
    [
        ["tags", "rename", "Boats", "Ships"],
        ["tags", "accept", "Boats"],
        ["names", "accept", "authors", "Ada Quill", "--alias", "A. Quill"],
        ["sources", "keep", "post", "Read on"],
        ["tags"],
    ],
)
def test_the_archive_that_is_named_is_meant(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    call: list[str],
    *,
    is_first: bool,
    inside: bool,
) -> None:
    """Before or behind the name of a command below another, in an archive's folder or in none."""
    named, other = ArchiveFolder(tmp_path / "named"), ArchiveFolder(tmp_path / "other")
    for archive in (named, other):
        archive.article("a.md", tags="[Boats]")
        archive.write("_sources/post.yaml", "source: Post\n")
    before = tree(other.path)
    monkeypatch.chdir(other.path if inside else tmp_path)
    site = ["--site", str(named.path)]
    result = CliRunner().invoke(group, [call[0], *site, *call[1:]] if is_first else [*call, *site])
    assert result.exit_code == 0, result.output
    assert tree(other.path) == before
    assert call == ["tags"] or tree(named.path) != before


def tree(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
