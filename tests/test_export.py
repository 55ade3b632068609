"""``archive export --bagit``: a bag that the reference library finds valid and complete."""

from __future__ import annotations

from pathlib import Path

import bagit
import pytest
from click.testing import CliRunner, Result

from archive_gen.cli import group
from archive_gen.content import disk, store
from tests.archive_folder import ArchiveFolder


@pytest.fixture
def archive(tmp_path: Path) -> ArchiveFolder:
    archive = ArchiveFolder(tmp_path / "site", "title: 'Two\n\n  lines: of title'\n")
    raw = b"raw\r\ntext"
    path = store.original_path(store.checksum(raw), "text/plain")
    disk.write(archive.path / "content", path, raw)
    archive.article("2015/10/ferry.md", date="2015-10-07")
    archive.article("letters/na\u00efve \u043f\u0430\u0440\u043e\u043c.md")
    archive.template("base.html", "{# mine #}")
    archive.build()
    return archive


def export(archive: ArchiveFolder, target: Path, *more: str) -> Result:
    call = ["export", "--site", str(archive.path), "--bagit", str(target), *more]
    return CliRunner().invoke(group, call)


def payload(bag: Path) -> dict[str, bytes]:
    files = (path for path in (bag / "data").rglob("*") if path.is_file())
    return {path.relative_to(bag / "data").as_posix(): path.read_bytes() for path in files}


def test_the_reference_library_finds_it_valid(archive: ArchiveFolder, tmp_path: Path) -> None:
    target = tmp_path / "bag"
    assert export(archive, target).exit_code == 0
    bag = bagit.Bag(str(target))
    assert bag.is_valid()
    assert bag.info["External-Description"] == "Two lines: of title"
    there = {
        path.relative_to(archive.path).as_posix(): path.read_bytes()
        for folder in ("content", "templates")
        for path in (archive.path / folder).rglob("*")
        if path.is_file()
    }
    settings = (archive.path / "site.yaml").read_bytes()
    assert payload(target) == {**there, "site.yaml": settings}


def test_a_changed_byte_is_found(archive: ArchiveFolder, tmp_path: Path) -> None:
    target = tmp_path / "bag"
    export(archive, target)
    article = target / "data/content/2015/10/ferry.md"
    article.write_bytes(article.read_bytes().replace(b"S", b"s"))
    assert not bagit.Bag(str(target)).is_valid()


def test_the_same_archive_makes_the_same_bag(archive: ArchiveFolder, tmp_path: Path) -> None:
    for name in ("one", "two"):
        export(archive, tmp_path / name, "--with-site")
    one, two = (
        {path.relative_to(root): path.read_bytes() for path in root.rglob("*") if path.is_file()}
        for root in (tmp_path / "one", tmp_path / "two")
    )
    assert one == two
    assert any(path.parts[:2] == ("data", "public") for path in one)
    assert bagit.Bag(str(tmp_path / "one")).is_valid()


def test_what_is_there_is_never_replaced(archive: ArchiveFolder, tmp_path: Path) -> None:
    target = tmp_path / "bag"
    target.mkdir()
    (target / "mine.txt").write_text("keep")
    result = export(archive, target)
    assert result.exit_code == 2
    assert "is there already" in result.stderr
    assert [path.name for path in target.iterdir()] == ["mine.txt"]


def test_a_bag_cannot_hold_itself(archive: ArchiveFolder) -> None:
    result = export(archive, archive.path / "content" / "bag")
    assert result.exit_code == 2
    assert "a part of what it would hold" in result.stderr


def test_links_out_of_the_archive_are_not_followed(archive: ArchiveFolder, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    (archive.path / "content" / "link.md").symlink_to(secret)
    (archive.path / "content" / "folder").symlink_to(tmp_path)
    target = tmp_path / "bag"
    export(archive, target)
    assert not any(b"secret" in data for data in payload(target).values())


def test_what_a_system_leaves_in_folders_is_no_part_of_a_bag(
    archive: ArchiveFolder, tmp_path: Path
) -> None:
    export(archive, tmp_path / "before")
    for folder in (archive.path / "content", archive.path / "content" / "_originals"):
        folder.mkdir(exist_ok=True)
        (folder / ".DS_Store").write_text("icons")
        (folder / "._story.md").write_text("colours")
    export(archive, tmp_path / "after")
    assert payload(tmp_path / "after") == payload(tmp_path / "before")


def test_a_folder_that_cannot_be_written(archive: ArchiveFolder, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = export(archive, tmp_path / "file" / "bag")
    assert result.exit_code == 1
    assert "could not be written" in result.stderr
    assert "Traceback" not in result.output


def test_a_library_can_say_what_it_asks_of_every_bag(
    archive: ArchiveFolder, tmp_path: Path
) -> None:
    told = ("Source-Organization: Bibliothèque  de Tolland", "External-Identifier: a:1")
    described = ("--info", "external-description: Ferries")
    result = export(archive, tmp_path / "bag", "--info", told[0], "--info", told[1], *described)
    assert result.exit_code == 0, result.output
    bag = bagit.Bag(str(tmp_path / "bag"))
    assert bag.validate()
    assert bag.info["Source-Organization"] == "Bibliothèque de Tolland"
    assert bag.info["External-Identifier"] == "a:1"
    assert bag.info["external-description"] == "Ferries"
    assert "External-Description" not in bag.info


@pytest.mark.parametrize(
    "line",
    ["no colon", ": x", "Label:", "a\nb: c", "a: b\nc: d", "a: b\u2028c", "payload-oxum: 1.1"],
)
def test_a_line_that_no_bag_may_have_is_refused(
    archive: ArchiveFolder, tmp_path: Path, line: str
) -> None:
    assert export(archive, tmp_path / "bag", "--info", line).exit_code == 2
    assert not (tmp_path / "bag").exists()
