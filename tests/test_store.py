"""The layout of ``content/``."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from archive_gen.article import Article
from archive_gen.content import disk, store
from archive_gen.dates import parse_date
from archive_gen.problems import OperationError

if TYPE_CHECKING:
    from pathlib import Path


def put(content: Path, path: str, text: str = "---\ntitle: x\n---\n") -> None:
    (content / path).parent.mkdir(parents=True, exist_ok=True)
    (content / path).write_text(text, encoding="utf-8")


def test_originals_are_listed_and_what_lies_beside_them_is_not(tmp_path: Path) -> None:
    data = b"\xff\xfeany bytes\r\n"
    name = store.checksum(data)
    path = store.original_path(name, "text/plain;content=article")
    beside = {"_originals/x.txt": b"", "_originals/ab": b"", f"_originals/0/{path[-68:]}": b""}
    assert [*store.originals(tmp_path), *store.records(tmp_path)] == []
    disk.write_all(tmp_path, {path: data, store.record_path(name): b"{}", **beside})
    assert list(store.originals(tmp_path)) == [(path, name)]
    assert [(found, size) for found, size, _ in store.records(tmp_path)] == [(name, 2)]
    assert path.endswith(f"/{name.removeprefix('sha256:')}.txt")
    assert disk.read(tmp_path, path) == data
    assert disk.read(tmp_path, store.original_path(name, "text/html")) is None


def test_an_original_of_any_kind_goes_with_its_record(tmp_path: Path) -> None:
    name = store.checksum(b"%PDF")
    files = {store.original_path(name, "application/pdf"): b"%PDF", store.record_path(name): b"{}"}
    store.save_originals(tmp_path, files)
    rules = tmp_path / "_originals" / ".gitattributes"
    assert b"* -text\n" in rules.read_bytes()
    rules.write_bytes(b"# Somebody's own.\n* -text -diff\n")
    store.save_originals(tmp_path, files)
    assert rules.read_bytes() == b"# Somebody's own.\n* -text -diff\n"
    assert store.is_saved(tmp_path, name)
    store.remove_original(tmp_path, name)
    assert not store.is_saved(tmp_path, name)
    assert [*store.originals(tmp_path), *store.records(tmp_path)] == []


def test_files_of_one_write_are_all_there_or_none(tmp_path: Path) -> None:
    files = {f"2015/{n}.md": bytes([n]) for n in range(40)}
    disk.write_all(tmp_path, files)
    assert {f"2015/{f.name}": f.read_bytes() for f in (tmp_path / "2015").iterdir()} == files
    with pytest.raises(OperationError):
        disk.write_all(tmp_path, {"2016/a.md": b"", "../b.md": b""})
    assert list((tmp_path / "2016").iterdir()) == []


def test_what_is_noted_after_a_line_without_an_end_is_read(tmp_path: Path) -> None:
    first, second = (store.checksum(data) for data in (b"1", b"2"))
    store.note_redacted(tmp_path, [first])
    [noted] = tmp_path.iterdir()
    noted.write_bytes(noted.read_bytes().rstrip())  # as an editor may leave it
    store.note_redacted(tmp_path, [second])
    assert store.redacted(tmp_path) == {first, second}


@pytest.mark.parametrize(
    ("date", "folder"),
    [("2015-10-07", "2015/10"), ("2015-10", "2015/10"), ("2015~", "2015"), ("", "undated")],
)
def test_an_article_goes_below_its_date(tmp_path: Path, date: str, folder: str) -> None:
    article = Article("A Story", date=parse_date(date) if date else None)
    assert store.article_path(tmp_path, article) == f"{folder}/a-story.md"
    named = Article("A Story", date=article.date, slug="mine")
    assert store.article_path(tmp_path, named) == f"{folder}/mine.md"


def test_a_taken_path_gets_a_suffix_of_the_article(tmp_path: Path) -> None:
    put(tmp_path, "undated/a-story.md")
    one = store.article_path(tmp_path, Article("A story", original="sha256:1"))
    two = store.article_path(tmp_path, Article("A story", original="sha256:2"))
    assert len({one, two, "undated/a-story.md"}) == 3
    assert store.article_path(tmp_path, Article("A story", original="sha256:1")) == one
    assert store.article_path(tmp_path, Article("A story", original="sha256:1"), {two}) == one
    put(tmp_path, one)
    three = store.article_path(tmp_path, Article("A story", original="sha256:1"), {two})
    assert three not in (one, two)
    assert store.article_path(tmp_path, Article("A story", original="sha256:1"), {three}) != three


def test_heads_name_original_and_address_of_each_article(tmp_path: Path) -> None:
    one, two = "sha256:" + "1" * 64, "sha256:" + "2" * 64
    url = "https://example.org/it's?b=c"
    put(tmp_path, "a.md", f"---\ntitle: x\noriginal: {one}\n---\noriginal: {two}\n")
    put(tmp_path, "b.md", f"---\r\noriginal: '{two}'\r\nurl: \"{url}\"\r\n---\r\n")
    put(tmp_path, "d.md", f"---\nurl: {url} # mine\ntitle: x\n---\n")
    put(tmp_path, "e.md", f"---\ntitle: x\nurl: {url}\n---\n")
    put(tmp_path, "c.md", f"---\ntitle: x\n---\n\n---\noriginal: {one}\n---\n")
    paths = [f"{name}.md" for name in "abcdef"]
    found = [(head.path, head.original, head.url) for head in store.heads(tmp_path, paths)]
    assert found == [
        ("a.md", one, ""),
        ("b.md", two, url),
        ("c.md", "", ""),
        *((f"{name}.md", "", url) for name in "de"),
    ]


def test_what_was_to_be_learned_is_written_by_whoever_writes_next(tmp_path: Path) -> None:
    content = tmp_path / "content"
    source, left = store.source_path("post"), store.checksum(b"1")
    disk.write(content, source, b"before")
    store.note_uncounted(content, [])
    [uncounted] = (content / "_sources").glob(".*")
    uncounted.unlink()
    uncounted.mkdir()  # no file can be written in its place
    with pytest.raises(OSError):  # noqa: PT011 (of one kind or another)
        store.write_learned(content, {source: b"after"}, [left])
    uncounted.rmdir()
    with store.writing(content):
        assert disk.read(content, source) == b"after"
        assert store.uncounted(content) == {left}


def test_uncounted_originals_are_noted_until_they_are_not(tmp_path: Path) -> None:
    one, two = "sha256:" + "1" * 64, "sha256:" + "2" * 64
    assert store.uncounted(tmp_path) == frozenset()
    store.note_uncounted(tmp_path, [one])
    [noted] = (tmp_path / "_sources").glob(".*")
    noted.write_bytes(noted.read_bytes() + b"\nsha256:0123")  # a disk that is full
    store.note_uncounted(tmp_path, [two])
    assert store.uncounted(tmp_path) == {one, two}
    store.set_uncounted(tmp_path, [two])
    assert store.uncounted(tmp_path) == {two}
    store.set_uncounted(tmp_path, [])
    assert list((tmp_path / "_sources").iterdir()) == []


def test_nothing_is_written_outside(tmp_path: Path) -> None:
    content, outside = tmp_path / "content", tmp_path / "outside"
    content.mkdir()
    outside.mkdir()
    (content / "2015").symlink_to(outside, target_is_directory=True)
    (content / "b.md").symlink_to(outside / "b.md")
    for path in ("2015/a.md", "../outside/a.md", "b.md"):
        with pytest.raises(OperationError):
            disk.write(content, path, b"x")
    assert list(outside.iterdir()) == []


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    disk.write(tmp_path, "a.md", b"old")
    with pytest.raises(TypeError):
        disk.write(tmp_path, "a.md", "not bytes")  # type: ignore[arg-type]
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {"a.md": b"old"}


@pytest.mark.parametrize("count", [1, 2, 40])
def test_a_file_is_on_the_disk_before_it_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    """Without power, a disk may know a name that was given and nothing of what is in the file."""
    names = [f"{number}.md" for number in range(count)]
    flushed = set()
    flush = os.fsync

    def noted(descriptor: int) -> None:
        assert not any((tmp_path / name).exists() for name in names)
        flushed.add(os.fstat(descriptor).st_ino)
        flush(descriptor)

    monkeypatch.setattr(os, "fsync", noted)
    disk.write_all(tmp_path, dict.fromkeys(names, b"words"))
    assert flushed == {(tmp_path / name).stat().st_ino for name in names}
