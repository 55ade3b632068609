"""The layout of ``content/``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from archive_gen import store
from archive_gen.article import Article
from archive_gen.dates import parse_date
from archive_gen.problems import OperationError

if TYPE_CHECKING:
    from pathlib import Path


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
    found = list(store.scan(tmp_path))
    assert [file.path for file in found] == sorted(articles)
    assert found[0].size == (tmp_path / found[0].path).stat().st_size
    assert list(store.scan(tmp_path / "nothing here")) == []


def test_an_original_is_kept_once_byte_for_byte(tmp_path: Path) -> None:
    data = b"\xff\xfeany bytes\r\n"
    name = store.save_original(tmp_path, data, "text/plain")
    digits = name.removeprefix("sha256:")
    kept = tmp_path / "_originals" / digits[:2] / f"{digits}.txt"
    before = kept.stat().st_mtime_ns
    assert store.save_original(tmp_path, data, "text/plain") == name
    assert kept.read_bytes() == data
    assert kept.stat().st_mtime_ns == before
    assert [file.name for file in kept.parent.iterdir()] == [kept.name]


@pytest.mark.parametrize(
    ("date", "folder"),
    [("2015-10-07", "2015/10"), ("2015-10", "2015/10"), ("2015~", "2015"), ("", "undated")],
)
def test_an_article_goes_below_its_date(tmp_path: Path, date: str, folder: str) -> None:
    article = Article("A Story", date=parse_date(date) if date else None)
    assert store.article_path(tmp_path, article) == f"{folder}/a-story.md"


def test_a_taken_path_gets_a_suffix_of_the_article(tmp_path: Path) -> None:
    put(tmp_path, "undated/a-story.md")
    one = store.article_path(tmp_path, Article("A story", original="sha256:1"))
    two = store.article_path(tmp_path, Article("A story", original="sha256:2"))
    assert len({one, two, "undated/a-story.md"}) == 3
    assert store.article_path(tmp_path, Article("A story", original="sha256:1")) == one


def test_imported_finds_articles_by_their_original(tmp_path: Path) -> None:
    one, two = "sha256:" + "1" * 64, "sha256:" + "2" * 64
    put(tmp_path, "a.md", f"---\ntitle: x\noriginal: {one}\n---\noriginal: {two}\n")
    put(tmp_path, "b.md", f"---\r\noriginal: '{two}'\r\ntitle: x\r\n---\r\n")
    put(tmp_path, "c.md", f"---\ntitle: x\n---\n\n---\noriginal: {one}\n---\n")
    assert store.imported(tmp_path) == {one: "a.md", two: "b.md"}


def test_nothing_is_written_outside(tmp_path: Path) -> None:
    content, outside = tmp_path / "content", tmp_path / "outside"
    content.mkdir()
    outside.mkdir()
    (content / "2015").symlink_to(outside, target_is_directory=True)
    for path in ("2015/a.md", "../outside/a.md"):
        with pytest.raises(OperationError):
            store.write(content, path, b"x")
    assert list(outside.iterdir()) == []


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    store.write(tmp_path, "a.md", b"old")
    with pytest.raises(TypeError):
        store.write(tmp_path, "a.md", "not bytes")  # type: ignore[arg-type]
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {"a.md": b"old"}
