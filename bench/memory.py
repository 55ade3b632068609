"""The memory of a program and of all processes that it starts, while it runs."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

_PROC = Path("/proc")
_PAUSE = 0.1
"""Seconds between two looks: adding up the pages of a large process takes some milliseconds."""


class PeakMemory:
    """Watches a process from ``with`` to its end; ``mb`` is then the most that all held at once.

    What processes share is counted once (Linux' *proportional set size*); 0 where the system
    does not tell.
    """

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.mb = 0.0
        self._process = process
        self._ended = threading.Event()
        self._watcher = threading.Thread(target=self._watch)

    def __enter__(self) -> PeakMemory:
        self._watcher.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._ended.set()
        self._watcher.join()

    def _watch(self) -> None:
        while not self._ended.wait(_PAUSE):
            held = sum(map(_held_kb, _family(self._process.pid)))
            self.mb = max(self.mb, held / 1024)


def _family(pid: int) -> Iterator[int]:
    yield pid
    for children in _PROC.glob(f"{pid}/task/*/children"):
        try:
            found = children.read_text("ascii").split()
        except OSError:  # it has ended
            continue
        for child in found:
            yield from _family(int(child))


def _held_kb(pid: int) -> int:
    try:
        lines = (_PROC / str(pid) / "smaps_rollup").read_text("ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
