"""``FolderSink``: whose folder it is, and what a reader or the next build finds at any moment."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive_gen.building.publish import MARKER, FolderSink
from archive_gen.problems import UsageError


@pytest.fixture
def sink(tmp_path: Path) -> FolderSink:
    return FolderSink(tmp_path / "public")


def contents(sink: FolderSink) -> dict[str, bytes]:
    return {path: (sink.folder / path).read_bytes() for path in sink.files()}


def bring_to(sink: FolderSink, site: dict[str, bytes]) -> list[str]:
    """Publish as one build does; the paths that were staged."""
    sink.prepare()
    had = set(sink.files())
    staged = [path for path, data in site.items() if sink.stage(path, data)]
    sink.publish(staged, sorted(had - site.keys()))
    return staged


def test_a_first_build_publishes_everything(sink: FolderSink) -> None:
    site = {"index.html": b"home", "2015/10/a/index.html": b"a", "feed.xml": b""}
    assert sorted(bring_to(sink, site)) == sorted(site)
    assert contents(sink) == site


def test_nothing_is_seen_before_it_is_published(sink: FolderSink) -> None:
    bring_to(sink, {"index.html": b"old"})
    assert sink.stage("index.html", b"new")
    assert sink.stage("a/index.html", b"a")
    assert contents(sink) == {"index.html": b"old"}


def test_what_a_killed_build_staged_is_published_by_no_other(sink: FolderSink) -> None:
    sink.prepare()
    sink.stage("gone/index.html", b"of an article that was deleted since")
    bring_to(FolderSink(sink.folder), {"index.html": b"home"})
    assert contents(sink) == {"index.html": b"home"}


def test_what_is_there_already_is_not_staged(sink: FolderSink) -> None:
    site = {"index.html": b"home", "a/index.html": b"a"}
    bring_to(sink, site)
    assert bring_to(sink, site) == []
    assert bring_to(sink, {**site, "a/index.html": b"b"}) == ["a/index.html"]
    assert contents(sink)["a/index.html"] == b"b"


def test_what_waits_has_no_folder_of_its_own(sink: FolderSink) -> None:
    site = {f"2015/10/{number:02}/a/index.html": b"old" for number in range(60)}
    bring_to(sink, site)
    sink.prepare()
    staged = [path for path in site if sink.stage(path, b"new")]
    [waiting] = [path for path in sink.folder.parent.iterdir() if path != sink.folder]
    folders = [path for path in waiting.rglob("*") if path.is_dir()]
    assert len(folders) <= 16 < len(staged)
    sink.publish(staged, [])
    assert set(contents(sink).values()) == {b"new"}
    assert list(sink.folder.parent.iterdir()) == [sink.folder]


# Each name can be a file in one build and a folder in the next.
SITES: Any = st.dictionaries(
    st.sampled_from(["a", "a/index.html", "a/b", "a/b/index.html", "c/index.html", "d.css"]),
    st.sampled_from([b"", b"1", b"two"]),
).map(lambda site: {p: d for p, d in site.items() if not any(o.startswith(p + "/") for o in site)})


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sites=st.lists(SITES, min_size=1, max_size=5))
def test_any_site_can_follow_any_other(
    sites: list[dict[str, bytes]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    sink = FolderSink(tmp_path_factory.mktemp("site") / "public")
    for site in sites:
        bring_to(sink, site)
        assert contents(sink) == site
    folders = [path for path in sink.folder.rglob("*") if path.is_dir()]
    assert all(any(folder.iterdir()) for folder in folders), "an empty folder is left"
    assert [path.name for path in sink.folder.parent.iterdir()] == ["public"]


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


@pytest.mark.skipif(not os.path.ismount("/proc"), reason="needs a disk that is mounted")
def test_another_disk_is_no_folder() -> None:
    with pytest.raises(UsageError, match="archive's own disk — set another 'output:'"):
        FolderSink(Path("/proc")).prepare()


def test_names_with_a_dot_at_the_top_belong_to_others(sink: FolderSink) -> None:
    bring_to(sink, {"index.html": b"home"})
    (sink.folder / ".git").mkdir()
    (sink.folder / ".git" / "HEAD").write_text("ref")
    bring_to(sink, {"a/index.html": b"a"})
    assert contents(sink) == {"a/index.html": b"a"}
    assert (sink.folder / ".git" / "HEAD").read_text() == "ref"


def test_what_a_system_notes_of_folders_is_no_file_of_the_site(sink: FolderSink) -> None:
    bring_to(sink, {"a/index.html": b"a"})
    for name in (".DS_Store", "._index.html", "Thumbs.db", "Desktop.ini", ".directory"):
        (sink.folder / "a" / name).write_text("icons")
    for name in ("._", "DS_Store", "thumbs.db.html", "a.DS_Store"):
        (sink.folder / "a" / name).write_text("of somebody")
    theirs = {"a/._", "a/DS_Store", "a/a.DS_Store", "a/thumbs.db.html"}
    assert {*sink.files()} == {"a/index.html", *theirs}


def test_a_file_that_somebody_put_in_place_of_a_page_is_replaced(sink: FolderSink) -> None:
    bring_to(sink, {"index.html": b"home", "a/index.html": b"a"})
    (sink.folder / "index.html").unlink()
    (sink.folder / "index.html").mkdir()
    (sink.folder / "index.html" / "x").write_text("x")
    bring_to(sink, {"index.html": b"home", "a/index.html": b"a"})
    assert contents(sink) == {"index.html": b"home", "a/index.html": b"a"}


def test_a_page_that_somebody_took_out_may_go(sink: FolderSink) -> None:
    bring_to(sink, {"index.html": b"home", "a/index.html": b"a"})
    (sink.folder / "a" / "index.html").unlink()
    sink.prepare()
    sink.publish([], ["a/index.html"])
    assert contents(sink) == {"index.html": b"home"}
    assert not (sink.folder / "a").exists()


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
            assert not sink.folder.exists()
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
