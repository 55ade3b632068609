"""Which files ``content/`` holds."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from archive_gen.content import listing
from archive_gen.content.stamps import decode_stamps

# Of so many bytes that several processes share the work.
_MANY = b"x" * (1 << 20)


def put(content: Path, path: str, text: str = "---\ntitle: x\n---\n") -> None:
    (content / path).parent.mkdir(parents=True, exist_ok=True)
    (content / path).write_text(text, encoding="utf-8")


def test_scan_lists_articles_sorted_and_nothing_else(tmp_path: Path) -> None:
    articles = ["2015/10/b.md", "2015/10-notes/c.md", "2015/a.md", "a.md", "undated/z.md"]
    for path in [
        *articles,
        "_originals/ab/x.md",
        ".trash/x.md",
        "2015/.x.md",
        "2015/_x.md",
        "a.txt",
    ]:
        put(tmp_path, path)
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "link.md").symlink_to(tmp_path / "a.md")
    found = list(listing.scan(tmp_path))
    assert [file.path for file in found] == sorted(articles)
    assert found[0].size == (tmp_path / found[0].path).stat().st_size
    assert list(listing.scan(tmp_path / "nothing here")) == []


def test_in_whatever_order_a_folder_was_filled_it_is_the_same(tmp_path: Path) -> None:
    names = ["b.md", "a.md", "c.jpg", "d.md"]
    for folder, order in (("one", names), ("other", names[::-1])):
        for name in order:
            put(tmp_path / folder, name)
            os.utime(tmp_path / folder / name, (1_500_000_000, 1_500_000_000))
    assert listing.stamps_of(tmp_path / "one") == listing.stamps_of(tmp_path / "other")


@pytest.mark.skipif(sys.platform != "linux", reason="the system does not tell what is open")
def test_no_folder_stays_open(tmp_path: Path) -> None:
    for number in range(9):
        put(tmp_path, f"{number}/a.md")
    before = len([*Path("/proc/self/fd").iterdir()])
    assert len([*listing.scan(tmp_path)]) == 9
    assert len([*Path("/proc/self/fd").iterdir()]) == before


def test_processes_list_together_what_one_lists_alone(tmp_path: Path) -> None:
    content = tmp_path / "content"
    for path in ("a.md", "2015/10/b.md", "2015/10/b.jpg", "2015/11/c.md", "2016/d.md", "gone/e.md"):
        put(content, path)
    alone = listing.stamps_of(content)
    assert listing.stamps_of(content, dict.fromkeys(alone, _MANY), 2) == alone
    shutil.rmtree(content / "gone")
    put(content, "2016/new/deep/f.md")
    now = listing.stamps_of(content, dict.fromkeys(alone, _MANY), 2)
    assert now == listing.stamps_of(content)
    assert now.keys() == {"", "2015/10/", "2015/11/", "2016/", "2016/new/deep/"}
    assert listing.stamps_of(tmp_path / "nothing here", dict.fromkeys(alone, _MANY), 2) == {}


@pytest.mark.parametrize("change", ["nothing", "empty", "edited", "added", "new folder", "deleted"])
def test_what_a_build_takes_is_loaded_once_if_a_folder_is_not_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    monkeypatch.setattr(listing, "_MANY", 0)
    for path in ("a.md", "2015/10/b.md", "2015/11/c.md", "2016/d.md"):
        put(tmp_path, path)
    known = listing.stamps_of(tmp_path)
    if change == "edited":
        put(tmp_path, "2015/10/b.md", "---\ntitle: another\n---\n")
        put(tmp_path, "2016/d.md", "---\ntitle: another\n---\n")
    elif change == "deleted":
        (tmp_path / "2015/11/c.md").unlink()
    elif change == "empty":
        (tmp_path / "2017/01").mkdir(parents=True)
    elif change != "nothing":
        put(tmp_path, "2016/e.md" if change == "added" else "2015/12/e.md")
    loaded: list[bool] = []
    now = listing.stamps_of(tmp_path, known, 2, lambda: loaded.append(True))
    assert now == listing.stamps_of(tmp_path)
    assert loaded == [True] * (now != known)


def test_a_folder_that_became_a_link_is_not_listed_through_it(tmp_path: Path) -> None:
    put(tmp_path / "content", "2015/10/a.md")
    known = dict.fromkeys(listing.stamps_of(tmp_path / "content"), _MANY)
    (tmp_path / "content/2015").rename(tmp_path / "elsewhere")
    (tmp_path / "content/2015").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    assert listing.stamps_of(tmp_path / "content", known, 2) == {}


def test_a_folder_that_became_a_file_is_no_folder(tmp_path: Path) -> None:
    put(tmp_path, "2015.md/a.md")
    known = dict.fromkeys(listing.stamps_of(tmp_path), _MANY)
    shutil.rmtree(tmp_path / "2015.md")
    put(tmp_path, "2015.md")
    ((folder, files),) = listing.stamps_of(tmp_path, known, 2).items()
    assert (folder, [name for name, *_ in decode_stamps(files)]) == ("", ["2015.md"])


_DENIED = """
import sys
def deny(event, arguments):
    if event == "os.scandir" and str(arguments[0]).endswith("secret"):
        raise PermissionError(13, "Permission denied", arguments[0])
    if event == "open" and str(arguments[0]).endswith(("secret", "gone.md")):
        kind = PermissionError(13, "Permission denied")
        raise kind if str(arguments[0]).endswith("secret") else FileNotFoundError(2, "No such file")
sys.addaudithook(deny)
from archive_gen.cli import main
main(sys.argv[1:])
"""


_REDACT = ["redact", "a.md", "--passage", "Text", "--reason", "Privacy.", "--yes"]


@pytest.mark.parametrize("command", [["build"], ["import", "text.txt"], ["check"], _REDACT])
def test_what_cannot_be_listed_or_opened_ends_nothing(tmp_path: Path, command: list[str]) -> None:
    article = "---\ntitle: T\n---\n\nText.\n"
    for name in ("a.md", "secret/b.md", "gone.md"):
        (tmp_path / "content" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "content" / name).write_text(article, "utf-8")
    (tmp_path / "site.yaml").write_text("title: T\n", "utf-8")
    (tmp_path / "text.txt").write_text("A headline\n" + "The ferry came late again. " * 9, "utf-8")
    call = [sys.executable, "-c", _DENIED, *command, "--site", str(tmp_path)]
    done = subprocess.run(call, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert done.returncode == 1
    assert "content/secret: can't be read: Permission denied" in done.stdout + done.stderr
    if command[0] == "build":
        assert list(tmp_path.glob("public/**/a/index.html"))
    if command[0] == "import":
        assert "new" in done.stdout


def test_of_an_archive_with_a_folder_that_cannot_be_listed_there_is_no_bag(tmp_path: Path) -> None:
    put(tmp_path, "archive/content/secret/b.md", "archive/content/a.md")
    (tmp_path / "archive/site.yaml").write_text("title: T\n", "utf-8")
    call = [sys.executable, "-c", _DENIED, "export", "--bagit", "bag", "--site", "archive"]
    done = subprocess.run(call, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "secret: the bag could not be written: Permission denied" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["archive"]


def test_a_name_that_is_no_text_is_found_as_what_cannot_be_opened(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/caf\xe9.md"
    try:
        with open(name, "wb"):  # noqa: PTH123 (bytes)
            pass
    except OSError:
        pytest.skip("this file system takes no such name")
    (found,) = listing.scan(tmp_path)
    assert found.path == "caf\\udce9.md"
