"""The first archive of the documents: each command there does what is shown below it."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

DOCUMENT = Path(__file__).parent.parent / "docs" / "first-archive.md"
SCRAPED = Path(__file__).parent / "fixtures" / "first_archive" / "scraped"
_TOLD = 1
"""Status of a command that has something to tell."""


def commands() -> list[tuple[str, list[str]]]:
    """The commands of the document, in order, each with the lines of output shown for it."""
    found: list[tuple[str, list[str]]] = []
    for block in re.findall(r"```console\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            else:
                found[-1][1].append(line)
    return found


def run(command: str, folder: Path) -> list[str]:
    """What the command says in ``folder``, with its messages."""
    words = shlex.split(command)
    if words[0] == "archive":
        words = [sys.executable, "-m", "archive_gen", *words[1:]]
    environment = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "PYTHONUTF8": "1"}
    result = subprocess.run(
        words,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode in (0, _TOLD), result.stdout
    return result.stdout.splitlines()


def test_the_first_archive_is_made_as_described(tmp_path: Path) -> None:
    shutil.copytree(SCRAPED, tmp_path / "scraped")
    folder = tmp_path
    for command, shown in commands():
        if command.startswith("cd "):
            folder = folder / command[3:]
            continue
        said = run(command, folder)
        for line in shown:
            start, cut, _ = line.partition("…")
            assert any(s.startswith(start) if cut else s == line for s in said), (command, said)
    assert (folder / "public" / "index.html").is_file()
    assert not [*folder.glob("content/undated/*")]
    assert (folder.parent / "gazette-bag" / "bagit.txt").is_file()


def test_the_document_shows_enough_to_compare() -> None:
    assert sum(len(shown) for _, shown in commands()) > 20
