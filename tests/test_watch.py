"""``archive serve --watch``: what is heard of, and that readers see it."""

from __future__ import annotations

import contextlib
import errno
import http.client
import signal
import sys
import threading
import time
import urllib.request
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner
from watchdog.observers.api import BaseObserver

from archive_gen.cli import group
from archive_gen.locks import exclusive
from archive_gen.problems import Problem
from archive_gen.serving import watch as watching
from archive_gen.serving.server import SiteServer
from archive_gen.serving.watch import Watch
from tests.test_serve import serving

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.archive_folder import ArchiveFolder

_LONG = 60
_SHORT = 0.5


@pytest.fixture
def watch(archive: ArchiveFolder, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    # On a busy machine what belongs together is heard of with pauses.
    monkeypatch.setattr(watching, "_QUIET", _SHORT)
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
    "a page that is no article": lambda archive: archive.write(
        "_pages/about.md", "---\ntitle: About\n---\nWords.\n"
    ),
    "settings": lambda archive: archive.settings("title: Other\n"),
    "settings are saved by an editor": lambda archive: replaced(
        archive.path / "site.yaml", "title: Other\n"
    ),
    "the first template": lambda archive: archive.template("404.html", "Nothing here."),
    "a part of the theme": lambda archive: archive.template("_row.html", "A row."),
}


@pytest.mark.parametrize("change", CHANGES)
def test_it_hears_of_every_change_once(watch: Watch, archive: ArchiveFolder, change: str) -> None:
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


def test_it_hears_of_a_file_for_the_root_of_the_site(watch: Watch, archive: ArchiveFolder) -> None:
    for text in ("On", "Off"):  # the first makes a folder, too
        archive.template("root/.htaccess", text)
        assert watch.wait(_LONG)


def test_it_hears_nothing_of_what_is_no_source(watch: Watch, archive: ArchiveFolder) -> None:
    (archive.path / "content/2015/a.md").read_bytes()
    archive.write("_originals/ab/abcd.txt", "A raw text.")
    archive.write("2015/.a.md.swp", "An editor's own.")
    archive.build()
    (archive.path / "notes.txt").write_text("Not of the site.")
    assert not watch.wait(_SHORT)


def test_changes_without_end_are_heard_of_meanwhile(watch: Watch, archive: ArchiveFolder) -> None:
    ended = threading.Event()

    def write() -> None:
        number = 0
        while not ended.wait(0.02):
            archive.article("2015/a.md", f"Words {(number := number + 1)}.")

    thread = threading.Thread(target=write)
    thread.start()
    assert watch.wait(_LONG)
    assert thread.is_alive()
    ended.set()
    thread.join()


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


@contextlib.contextmanager
def watched(archive: ArchiveFolder, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The server, and its address."""
    with serving(archive.path, "--port", "0", "--watch", *arguments) as process:
        assert process.stdout is not None
        yield process, next(line for line in process.stdout if "http://" in line).split()[4]
        process.kill()


def asked(address: str, path: str = "api/build") -> str:
    with urllib.request.urlopen(f"{address}{path}", timeout=_LONG) as answer:  # noqa: S310
        text: str = answer.read().decode()
        return text


def becomes(value: Callable[[], object], wanted: object) -> None:
    """Wait for it."""
    end = time.monotonic() + _LONG
    while (found := value()) != wanted and time.monotonic() < end:
        time.sleep(0.05)
    assert found == wanted


def test_what_changes_while_another_build_runs_is_built_after_it(archive: ArchiveFolder) -> None:
    archive.article("2015/a.md", title="Before")
    with watched(archive) as (_, address):
        busy = Problem("archive", 0, "busy", "")
        with exclusive(archive.path, "build", busy):
            archive.article("2015/a.md", title="After")
            time.sleep(1.5)
            assert "Before" in asked(address, "undated/")
        becomes(lambda: "After" in asked(address, "undated/"), wanted=True)


def test_only_another_site_is_a_new_build(archive: ArchiveFolder) -> None:
    archive.article("2015/a.md", title="Before")
    with watched(archive) as (process, address):
        assert process.stdout is not None
        shown = asked(address)
        assert f'data-build="{shown}"' in asked(address, "undated/")
        archive.write("2015/notes.txt", "No article.")
        assert process.stdout.readline().startswith("0 files written")
        archive.article("2015/a.md", title="Before")  # as it was, at another time
        assert process.stdout.readline().startswith("0 files written")
        assert asked(address) == shown
        archive.article("2015/a.md", title="After")
        becomes(lambda: asked(address) != shown, wanted=True)


def test_readers_who_wait_for_builds_keep_no_other_waiting(archive: ArchiveFolder) -> None:
    archive.article("2015/a.md")
    with watched(archive) as (_, address), contextlib.ExitStack() as stack:
        for _ in range(SiteServer.connections + 1):
            host = urlsplit(address).netloc
            connection = http.client.HTTPConnection(host, timeout=_LONG)
            stack.callback(connection.close)
            connection.request("GET", "/api/build")
            assert connection.getresponse().read()


@pytest.mark.skipif(sys.platform == "win32", reason="has no such signals")
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("at", ["first", "later"])
def test_a_server_that_ends_stops_its_build(
    archive: ArchiveFolder, stop: signal.Signals, at: str
) -> None:
    for number in range(2_000):
        archive.article(f"{number}.md", "Words of an article. " * 40, tags="[a, b, c]")
    if at == "later":
        archive.build()
    with serving(archive.path, "--port", "0", "--watch") as process:
        if at == "later":
            assert process.stdout is not None
            next(line for line in process.stdout if "http://" in line)
            archive.settings("title: Another\n")
        becomes((archive.path / ".public.staging").exists, wanted=True)
        process.send_signal(stop)
        assert process.wait(_LONG) == 0
        with exclusive(archive.path, "build", Problem("archive", 0, "a build goes on", "")):
            pass


def test_readers_see_what_changes(archive: ArchiveFolder, chromium: Any) -> None:
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
        assert process.stderr is not None
        assert any("site.yaml" in line for line in process.stderr)
        assert "The ferry stays" in page.inner_text("main")
        archive.settings("title: Port papers\n")
        page.get_by_text("Port papers").first.wait_for()
        page.goto(f"{address}no/such/page")
        assert "Port papers" in page.title()
        page.close()
        process.send_signal(signal.SIGINT)
        assert process.wait(_LONG) == 0
