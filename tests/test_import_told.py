"""An article's page tells how it came, as the record of its import says it now."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive_gen.cli import group
from archive_gen.intake.ingest import ingest
from archive_gen.intake.learning import Stated
from archive_gen.parallel import SerialMapper
from tests.archive_folder import ArchiveFolder
from tests.test_import_learning import REFRAIN, pages


@pytest.fixture
def imported(tmp_path: Path) -> ArchiveFolder:
    """An archive that learned too late what its first two pages share."""
    archive = ArchiveFolder(tmp_path / "site")
    files = pages(tmp_path / "in")
    for batch in (files[:2], files[2:]):
        stated = Stated({"source": "Post"})
        list(ingest(archive.path / "content", batch, stated, SerialMapper()))
    return archive


def record(archive: ArchiveFolder) -> Path:
    return min(archive.path.glob("content/_originals/*/*.json"))


def told(archive: ArchiveFolder) -> str:
    """What the page of that record's article says of it."""
    html = next(
        data.decode()
        for path, data in archive.output().items()
        if path.endswith("/index.html") and record(archive).stem in data.decode()
    )
    details = re.search(r'<details class="provenance">.*?<dl>(.*?)</dl>', html, re.DOTALL)
    assert details
    return " ".join(re.sub("<[^>]+>", " ", details[1]).split())


def test_the_page_tells_the_file_the_day_and_the_lines(imported: ArchiveFolder) -> None:
    file = record(imported)
    known = json.loads(file.read_bytes())
    file.write_text(json.dumps(known | {"crawled": "2016-02-03"}))
    imported.build()
    text = told(imported)
    kept, dropped = known["kept"], known.get("dropped", 0)
    for part in (
        f"Imported from {known['input']} (text/plain)",
        "Fetched February 3, 2016",
        f"made of {kept} Lines left out: menus, notices, teasers {dropped}",
        f"Checksum of the original sha256:{file.stem}",
    ):
        assert part in text


@pytest.mark.parametrize(
    "damage", [b"", b"[]", b'{"input": 5}', b'{"input": "a", "media_type": "b", "kept": "x"}', None]
)
def test_a_record_that_cannot_be_read_leaves_the_checksum(
    imported: ArchiveFolder, damage: bytes | None
) -> None:
    file = record(imported)
    imported.build()
    page = told(imported)
    if damage is None:
        file.write_bytes(b"\xff" * 9)
    else:
        file.write_bytes(damage)
    imported.forget()
    assert imported.build().problems == []
    assert told(imported) == f"Checksum of the original sha256:{file.stem}" != page


def test_a_day_that_is_none_is_left_out(imported: ArchiveFolder) -> None:
    file = record(imported)
    file.write_text(json.dumps(json.loads(file.read_bytes()) | {"crawled": "<b>yesterday"}))
    assert imported.build().problems == []
    assert "Fetched" not in told(imported)


def test_lines_that_are_counted_anew_are_told_anew(imported: ArchiveFolder) -> None:
    """Also if a person had done to the article already what the cleaning does now."""
    for path in imported.path.glob("content/undated/*.md"):
        text = path.read_text("utf-8")
        path.write_text(text.replace(f"{REFRAIN}\n\n", "").replace(f"\n\n{REFRAIN}", ""), "utf-8")
    articles = {path: path.read_bytes() for path in imported.path.glob("content/undated/*.md")}
    assert not any(REFRAIN.encode() in data for data in articles.values())
    for path in articles:
        os.utime(path, (1e9, 1e9))  # a build trusts the time of a file that is not fresh
    imported.build()
    before = {path: path.read_bytes() for path in imported.path.glob("content/_originals/*/*.json")}
    arguments = ["clean", "--again", "--site", str(imported.path)]
    assert CliRunner().invoke(group, arguments).exit_code == 0
    assert articles == {path: path.read_bytes() for path in articles}
    assert before != {path: path.read_bytes() for path in before}
    imported.build()
    stepwise = imported.output()
    imported.forget()
    imported.build()
    assert imported.output() == stepwise
