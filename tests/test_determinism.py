"""The same articles make the same bytes wherever, whenever and in whatever order they are read."""

from __future__ import annotations

import hashlib
import itertools
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.archive_folder import ArchiveFolder

pytestmark = pytest.mark.soak
_BUILDS = 16 if os.environ.get("ARCHIVE_SOAK") else 4
_SAMPLE = Path(__file__).resolve().parent.parent
_ZONES = ("UTC", "Pacific/Kiritimati", "America/St_Johns", "Asia/Kathmandu")
_LOCALES = ("C", "C.UTF-8", "de_DE.UTF-8", "ar_EG.UTF-8", "tr_TR.UTF-8")
_FOLDERS = ("a", "with space", "ünïcode", "deep/er/and/deeper")
_JOBS = ("1", "2", "8")


def digest(site: Path) -> str:
    """Of every path and byte of a folder."""
    whole = hashlib.blake2b()
    for path in sorted(path for path in site.rglob("*") if path.is_file()):
        whole.update(f"{path.relative_to(site).as_posix()}\0".encode())
        whole.update(hashlib.blake2b(path.read_bytes()).digest())
    return whole.hexdigest()


def varied(archive: Path, number: int) -> subprocess.CompletedProcess[str]:
    """Build under circumstances that are the ``number``-th of their kinds."""
    command = [sys.executable, str(Path(__file__).with_name("varied_build.py")), str(number)]
    command += ["build", "--jobs", _JOBS[number % 3]]
    circumstances = {
        "PYTHONHASHSEED": str(number * 7919),
        "TZ": _ZONES[number % 4],
        "LC_ALL": _LOCALES[number % 5],
        "LANG": _LOCALES[(number + 1) % 5],
        "COLUMNS": str(40 + number * 20),
        "HOME": str(archive.parent),
    }
    # From another folder each second time.
    here = archive if number % 2 else archive.parent
    command += [] if number % 2 else ["--site", archive.name]
    return subprocess.run(
        command,
        cwd=here,
        env=os.environ | circumstances,
        capture_output=True,
        text=True,
        check=False,
    )


def write_crowd(archive: ArchiveFolder) -> None:
    """Enough for several processes, with ties everywhere: dates, titles, tags, addresses."""
    for number in range(420):
        archive.article(
            f"{number % 7}/{number}.md",
            body=f"Words of {number % 20} and a harbour, {number % 11}.",
            title=f"Twin {number % 30}",
            date=f"2015-{number % 3 + 1:02}-{number % 5 + 1:02}",
            tags=f"[T{number % 4}, T{number % 6}, t{number % 3}]",
            source=f"Source {number % 2}",
        )


@pytest.mark.parametrize("kind", ["sample", "crowd"])
def test_one_digest_under_all_circumstances(tmp_path: Path, kind: str) -> None:
    original = tmp_path / "original"
    if kind == "sample":
        original.mkdir()
        for name in ("content", "templates"):
            shutil.copytree(_SAMPLE / name, original / name)
        shutil.copy(_SAMPLE / "site.yaml", original)
    else:
        write_crowd(ArchiveFolder(original))
    digests: dict[str, int] = {}
    for number, umask in zip(range(_BUILDS), itertools.cycle((0o022, 0o077)), strict=False):
        archive = tmp_path / str(number) / _FOLDERS[number % 4] / "archive"
        # Times of files are of their copying; the folders' own order differs, too.
        shutil.copytree(original, archive, copy_function=shutil.copyfile)
        before = os.umask(umask)
        try:
            built = varied(archive, number)
        finally:
            os.umask(before)
        assert built.returncode == 0, built.stderr
        digests[digest(archive / "public")] = number
    assert len(digests) == 1, digests
