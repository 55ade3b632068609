"""``archive serve --watch``: what is heard of, and that readers see it."""

from __future__ import annotations

import contextlib
import errno
import signal
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from watchdog.observers.api import BaseObserver

from archive_gen.cli import group
from archive_gen.watch import Watch
from tests.test_serve import serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.archive_folder import ArchiveFolder

_LONG = 20
_SHORT = 0.5


@pytest.fixture
def watch(archive: ArchiveFolder) -> Iterator[Watch]:
    archive.article("2015/a.md")
    with contextlib.closing(Watch(archive.path)) as watch:
        yield watch


def replaced(path: Path, text: str) -> None:
    """As editors save: another file takes the place."""
    beside = path.with_name("beside.tmp")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


CHANGES: dict[str, Callable[[ArchiveFolder], object]] = {
    "an article is edited": lambda archive: archive.article("2015/a.md", "Other words."),
    "an article is new": lambda archive: archive.article("2016/05/b.md"),
    "an article goes": lambda archive: archive.delete("2015/a.md"),
    "an article gets a name": lambda archive: (archive.path / "content/2015/a.md").rename(
        archive.path / "content/2015/b.md"
    ),
    "an article is saved by an editor": lambda archive: replaced(
        archive.path / "content/2015/a.md", "---\ntitle: A\n---\nWords.\n"
    ),
    "settings": lambda archive: archive.settings("title: Other\n"),
    "settings are saved by an editor": lambda archive: replaced(
        archive.path / "site.yaml", "title: Other\n"
    ),
    "the first template": lambda archive: archive.template("404.html", "Nothing here."),
}


@pytest.mark.parametrize("change", CHANGES)
def test_it_hears_of_every_change_once(watch: Watch, archive: ArchiveFolder, change: str) -> None:
    assert not watch.wait(_SHORT)
    CHANGES[change](archive)
    assert watch.wait(_LONG)
    assert not watch.wait(_SHORT)


def test_it_hears_of_a_template_in_a_folder_that_came_later(
    watch: Watch, archive: ArchiveFolder
) -> None:
    for _ in range(2):
        archive.template("404.html", "Nothing here.")
        assert watch.wait(_LONG)
        archive.template("404.html", "Nothing at all.")
        assert watch.wait(_LONG)
        (archive.path / "templates" / "404.html").unlink()
        (archive.path / "templates").rmdir()
        assert watch.wait(_LONG)


def test_it_hears_nothing_of_what_is_no_source(watch: Watch, archive: ArchiveFolder) -> None:
    (archive.path / "content/2015/a.md").read_bytes()
    archive.write("_originals/ab/abcd.txt", "A raw text.")
    archive.write("2015/.a.md.swp", "An editor's own.")
    archive.build()
    (archive.path / "notes.txt").write_text("Not of the site.")
    assert not watch.wait(_SHORT)


def test_a_system_that_watches_no_more_folders_is_told_in_a_line(
    archive: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "inotify watch limit reached")

    monkeypatch.setattr(BaseObserver, "schedule", full)
    result = CliRunner().invoke(group, ["serve", "--watch", "--site", str(archive.path)])
    assert result.exit_code == 2
    assert result.stderr == (
        "--watch: can't be done: inotify watch limit reached — serve without --watch\n"
    )


def test_readers_see_what_changes(archive: ArchiveFolder, chromium: Browser) -> None:
    archive.article("2015/a.md", title="The ferry leaves", date="2015-10-07")
    with serving(archive.path, "--port", "0", "--watch") as process:
        assert process.stdout is not None
        address = next(line for line in process.stdout if "http://" in line).split()[4]
        page = chromium.new_page()
        page.goto(address)
        assert "The ferry leaves" in page.inner_text("main")
        archive.article("2015/a.md", title="The ferry stays", date="2015-10-07")
        page.get_by_text("The ferry stays").first.wait_for()
        archive.settings("title: {")  # is told by the build, and the site stays
        while "site.yaml" not in (process.stderr.readline() if process.stderr else ""):
            pass
        assert "The ferry stays" in page.inner_text("main")
        archive.settings("title: Port papers\n")
        page.get_by_text("Port papers").first.wait_for()
        page.goto(f"{address}no/such/page")
        assert "Port papers" in page.title()
        page.close()
        process.send_signal(signal.SIGINT)
        assert process.wait(_LONG) == 0
