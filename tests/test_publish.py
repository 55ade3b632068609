"""``FolderSink``: whose folder it is, and what a reader or the next build finds at any moment.

What both sinks keep is in ``contracts/test_sinks.py``.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from archive_gen.building.publish import MARKER, FolderSink
from archive_gen.problems import UsageError
from tests.contracts.test_sinks import bring_to, contents


@pytest.fixture
def sink(tmp_path: Path) -> FolderSink:
    return FolderSink(tmp_path / "public")


def test_an_empty_folder_is_as_good_as_none(sink: FolderSink) -> None:
    sink.folder.mkdir()
    assert not sink.is_whole()
    bring_to(sink, {"index.html": b"home"})
    assert contents(sink) == {"index.html": b"home"}
    assert sink.is_whole()


def test_a_site_without_pages_is_whole(sink: FolderSink) -> None:
    bring_to(sink, {})
    assert sink.is_whole()
    assert contents(sink) == {}


@pytest.mark.parametrize("name", ["thesis.txt", ".git"])
def test_a_folder_with_files_of_others_is_refused_and_left_alone(
    sink: FolderSink, name: str
) -> None:
    sink.folder.mkdir()
    (sink.folder / name).write_text("years of work")
    with pytest.raises(UsageError, match="did not make"):
        sink.prepare()
    assert (sink.folder / name).read_text() == "years of work"


def test_a_link_or_a_file_is_no_folder(sink: FolderSink, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    sink.folder.symlink_to(elsewhere)
    with pytest.raises(UsageError, match="not a folder"):
        sink.prepare()
    sink.folder.unlink()
    sink.folder.symlink_to(tmp_path / "nowhere")
    with pytest.raises(UsageError, match="not a folder"):
        sink.prepare()
    sink.folder.unlink()
    sink.folder.write_text("a file")
    with pytest.raises(UsageError, match="not a folder"):
        sink.prepare()
    assert sink.folder.read_text() == "a file"


def test_names_with_a_dot_at_the_top_belong_to_others(sink: FolderSink) -> None:
    bring_to(sink, {"index.html": b"home"})
    (sink.folder / ".git").mkdir()
    (sink.folder / ".git" / "HEAD").write_text("ref")
    bring_to(sink, {"a/index.html": b"a"})
    assert contents(sink) == {"a/index.html": b"a"}
    assert (sink.folder / ".git" / "HEAD").read_text() == "ref"


def test_a_file_that_somebody_put_in_place_of_a_page_is_replaced(sink: FolderSink) -> None:
    bring_to(sink, {"index.html": b"home", "a/index.html": b"a"})
    (sink.folder / "index.html").unlink()
    (sink.folder / "index.html").mkdir()
    (sink.folder / "index.html" / "x").write_text("x")
    bring_to(sink, {"index.html": b"home", "a/index.html": b"a"})
    assert contents(sink) == {"index.html": b"home", "a/index.html": b"a"}


# -- killed at any moment

OLD = {
    "index.html": b"list/ gone/ ",
    "list/index.html": b"gone/ ",
    "gone/index.html": b"",
    "turned": b"",
}
NEW = {
    "index.html": b"list/ new/ ",
    "list/index.html": b"new/ other/ ",
    "new/index.html": b"other/ ",
    "other/index.html": b"",
    "turned/index.html": b"",
}


class Killed(BaseException):
    """Not caught by anything, as a kill is not."""


def kill_at(step: int, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Make the operating system end the program at the given change of a file's name."""
    done: list[str] = []

    def counted(change: Callable[..., object]) -> Callable[..., object]:
        def call(path: str | Path, *arguments: object, **options: object) -> object:
            if len(done) == step:
                raise Killed
            done.append(Path(path).name)
            return change(path, *arguments, **options)

        return call

    for name in ("rename", "replace", "unlink", "rmdir"):
        monkeypatch.setattr(os, name, counted(getattr(os, name)))
    return done


def steps_of(old: dict[str, bytes], new: dict[str, bytes], folder: Path) -> int:
    sink = FolderSink(folder / "public")
    if old:
        bring_to(sink, old)
    with pytest.MonkeyPatch.context() as patch:
        done = kill_at(-1, patch)
        bring_to(sink, new)
    return len(done)


@pytest.mark.parametrize("old", [{}, OLD], ids=["first", "update"])
def test_a_killed_build_leaves_a_site_that_works_and_the_next_one_repairs(
    old: dict[str, bytes], tmp_path: Path
) -> None:
    steps = steps_of(old, NEW, tmp_path / "count")
    assert steps >= (8 if old else 1)
    for step in range(steps):
        sink = FolderSink(tmp_path / str(step) / "public")
        if old:
            bring_to(sink, old)
        with pytest.MonkeyPatch.context() as patch:
            kill_at(step, patch)
            with pytest.raises(Killed):
                bring_to(sink, NEW)
        if old:
            assert_links_lead_somewhere(sink)
        else:
            assert not sink.exists()
        bring_to(sink, NEW)
        assert contents(sink) == NEW
        assert [path.name for path in sink.folder.parent.iterdir()] == ["public"]


def assert_links_lead_somewhere(sink: FolderSink) -> None:
    """From the home page on, as a reader goes."""
    pages = contents(sink)
    ahead, seen = [""], set()
    while ahead:
        url = ahead.pop()
        assert f"{url}index.html" in pages, f"{url} is linked to and not there"
        seen.add(url)
        ahead += set(pages[f"{url}index.html"].decode().split()) - seen


def test_the_marker_says_whose_the_folder_is(sink: FolderSink) -> None:
    bring_to(sink, {"index.html": b"home"})
    assert "archive-gen" in (sink.folder / MARKER).read_text()
    assert MARKER not in list(sink.files())
