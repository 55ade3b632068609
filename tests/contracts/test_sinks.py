"""What every ``Sink`` keeps."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive_gen.building.publish import FolderSink, MemorySink, Sink


@pytest.fixture(params=["folder", "memory"])
def sink(request: pytest.FixtureRequest, tmp_path: Path) -> Sink:
    return new_sink(request.param, tmp_path)


def new_sink(kind: str, folder: Path) -> Sink:
    return FolderSink(folder / "public") if kind == "folder" else MemorySink()


def contents(sink: Sink) -> dict[str, bytes]:
    if isinstance(sink, MemorySink):
        assert list(sink.files()) == sorted(sink.published)
        return sink.published
    assert isinstance(sink, FolderSink)
    return {path: (sink.folder / path).read_bytes() for path in sink.files()}


def bring_to(sink: Sink, site: dict[str, bytes]) -> list[str]:
    """One build's use of a sink; the paths that were staged."""
    if isinstance(sink, FolderSink):
        sink.prepare()
    had = set(sink.files())
    staged = [path for path, data in site.items() if sink.stage(path, data)]
    sink.publish(staged, sorted(had - site.keys()))
    return staged


def test_a_first_build_publishes_everything(sink: Sink) -> None:
    site = {"index.html": b"home", "2015/10/a/index.html": b"a", "feed.xml": b""}
    assert sorted(bring_to(sink, site)) == sorted(site)
    assert contents(sink) == site


def test_nothing_is_seen_before_it_is_published(sink: Sink) -> None:
    bring_to(sink, {"index.html": b"old"})
    assert sink.stage("index.html", b"new")
    assert sink.stage("a/index.html", b"a")
    assert contents(sink) == {"index.html": b"old"}


def test_what_is_there_already_is_not_staged(sink: Sink) -> None:
    site = {"index.html": b"home", "a/index.html": b"a"}
    bring_to(sink, site)
    assert bring_to(sink, site) == []
    assert bring_to(sink, {**site, "a/index.html": b"b"}) == ["a/index.html"]
    assert contents(sink)["a/index.html"] == b"b"


def test_files_are_named_in_order(sink: Sink) -> None:
    bring_to(sink, dict.fromkeys(["b/index.html", "a.css", "index.html", "b.css", "b/a/x"], b""))
    assert sorted(sink.files()) == ["a.css", "b.css", "b/a/x", "b/index.html", "index.html"]
    assert list(sink.files()) == list(sink.files())


# Each name can be a file in one build and a folder in the next.
SITES: Any = st.dictionaries(
    st.sampled_from(["a", "a/index.html", "a/b", "a/b/index.html", "c/index.html", "d.css"]),
    st.sampled_from([b"", b"1", b"two"]),
).map(lambda site: {p: d for p, d in site.items() if not any(o.startswith(p + "/") for o in site)})


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sites=st.lists(SITES, min_size=1, max_size=5))
@pytest.mark.parametrize("kind", ["folder", "memory"])
def test_any_site_can_follow_any_other(
    kind: str, sites: list[dict[str, bytes]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    sink = new_sink(kind, tmp_path_factory.mktemp("site"))
    for site in sites:
        bring_to(sink, site)
        assert contents(sink) == site
    if isinstance(sink, FolderSink):
        folders = [path for path in sink.folder.rglob("*") if path.is_dir()]
        assert all(any(folder.iterdir()) for folder in folders), "an empty folder is left"
        assert [path.name for path in sink.folder.parent.iterdir()] == ["public"]
