"""Hears when what a site is built from changes: articles, pictures, templates, settings."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

from archive_gen.content.listing import OWN_PAGES
from archive_gen.layout import CONTENT_FOLDER, SETTINGS_FILE, TEMPLATES_FOLDER
from archive_gen.rendering.theme_files import ROOT

if TYPE_CHECKING:
    from watchdog.observers.api import ObservedWatch

_FOLDERS = (CONTENT_FOLDER, TEMPLATES_FOLDER)
# That a file was only read is none of it.
_CHANGES: list[type[FileSystemEvent]] = [
    *(DirCreatedEvent, DirDeletedEvent, DirMovedEvent),
    *(FileCreatedEvent, FileDeletedEvent, FileModifiedEvent, FileMovedEvent),
]
_QUIET = 0.1
"""Seconds without a change, after which a program has written all that it was about to."""
_LONGEST = 2.0
"""Seconds after which what has changed counts, though more does."""


class Watch(FileSystemEventHandler):
    """Hears of changes in the archive ``site`` until it is closed.

    Raises ``OSError`` where the system watches no more folders.
    """

    def __init__(self, site: Path) -> None:
        self._site = site.resolve()
        self._changed = threading.Event()
        self._failure: OSError | None = None
        self._observer = Observer()
        self._watched: dict[str, ObservedWatch] = {}
        self._observer.start()
        try:
            # Not what lies deeper: a site of many folders is built there.
            self._observer.schedule(self, str(self._site), event_filter=_CHANGES)
            for name in _FOLDERS:
                self._begin(name)
        except OSError:
            self.close()
            raise

    def close(self) -> None:
        """Hear no more."""
        self._observer.stop()
        self._observer.join()

    def wait(self, seconds: float) -> bool:
        """Whether anything changed since the last time, or does within ``seconds``.

        Raises ``OSError`` once a folder can be watched no more.
        """
        if not self._changed.wait(seconds):
            return False
        end = time.monotonic() + _LONGEST
        while self._changed.is_set() and time.monotonic() < end:
            self._changed.clear()
            self._changed.wait(_QUIET)
        if self._failure:
            raise self._failure
        return True

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Called by the observer, in its thread."""
        for path in filter(None, (event.src_path, event.dest_path)):
            # All of it lies in the archive, which a system may spell in other letters than we.
            parts = Path(str(path)).parts[len(self._site.parts) :]
            if len(parts) == 1 and parts[0] in _FOLDERS:
                self._begin_again(parts[0])
            if _is_source(parts):
                self._changed.set()

    def _begin_again(self, name: str) -> None:
        try:
            self._begin(name)
        except FileNotFoundError:
            pass  # it is gone again
        except OSError as error:
            self._failure = error
            self._changed.set()

    def _begin(self, name: str) -> None:
        """Watch a folder that is there, or is there again."""
        if name in self._watched:
            self._observer.unschedule(self._watched.pop(name))
        folder = self._site / name
        if folder.is_dir():
            self._watched[name] = self._observer.schedule(
                self, str(folder), recursive=True, event_filter=_CHANGES
            )


def _is_source(parts: tuple[str, ...]) -> bool:
    if parts == (SETTINGS_FILE,):
        return True
    if parts[:2] == (TEMPLATES_FOLDER, ROOT.strip("/")):
        return True
    # What begins so is no source: what is being written, and of articles originals and the like.
    passed_over = {CONTENT_FOLDER: "_.", TEMPLATES_FOLDER: "."}.get(parts[0], "") if parts else ""
    below = parts[2:] if parts[:2] == (CONTENT_FOLDER, OWN_PAGES) else parts[1:]
    return bool(passed_over) and not any(part[0] in passed_over for part in below)
