"""Runs ``archive`` in a child process where one operation on the disk fails, or is the last.

The interpreter's audit events tell of each file that is opened for writing, each rename, removal
and new folder, before it happens; a hook that raises makes it fail as a full or broken disk would.
"""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
import sys
import tempfile
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from archive_gen.cli import main

Kind = Literal["kill", "full", "broken", "interrupted", "full for good", "read-only"]
KINDS: tuple[Kind, ...] = ("kill", "full", "broken", "interrupted", "full for good")
_OPERATIONS = {
    *("os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.fsync")
}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_ERRNO = {
    "full": errno.ENOSPC,
    "full for good": errno.ENOSPC,
    "read-only": errno.EROFS,
    "broken": errno.EIO,
    "interrupted": errno.EINTR,
}


@dataclass(frozen=True)
class Outcome:
    """How a command ended."""

    status: int
    """The exit status; negative: the signal that ended it."""
    output: str
    """Standard output and standard error."""
    moments: int
    """How many operations on the disk there were."""


class Fault:
    """What happens at operation number ``moment`` (from 0) on files below ``folder``.

    Without ``moment``, operations are only counted.
    """

    def __init__(
        self, folder: Path, kind: Kind = "kill", moment: int = -1, largest: int = -1
    ) -> None:
        self.folder = str(folder)
        self.kind = kind
        self.moment = moment
        self.largest = largest
        """Bytes that no file may exceed: a write fails in its middle. Negative: no limit."""
        self.count = 0

    def arm(self) -> None:
        """Let it happen, in this process and for the rest of its life."""
        if self.largest >= 0:
            import resource

            resource.setrlimit(resource.RLIMIT_FSIZE, (self.largest, self.largest))
        sys.addaudithook(self)
        # The interpreter tells nobody of this one.
        flush = os.fsync

        def fsync(descriptor: int) -> None:
            self("os.fsync", (self.folder, descriptor))
            flush(descriptor)

        os.fsync = fsync  # type: ignore[assignment]

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self._is_operation(event, arguments):
            return
        here = self.count
        self.count += 1
        if self.kind == "kill" and here == self.moment:
            os.kill(os.getpid(), signal.SIGKILL)
        for_good = self.kind in ("full for good", "read-only") and here > self.moment >= 0
        struck = here == self.moment or for_good
        # Giving room back still works on a full disk.
        if struck and (
            self.kind in ("broken", "interrupted", "read-only")
            or event not in ("os.remove", "os.rmdir")
        ):
            code = _ERRNO[self.kind]
            raise OSError(code, os.strerror(code), str(arguments[0]))

    def _is_operation(self, event: str, arguments: tuple[Any, ...]) -> bool:
        if event == "open":
            path, _, flags = arguments
            return isinstance(flags, int) and bool(flags & _WRITING) and self._is_ours(path)
        return event in _OPERATIONS and self._is_ours(arguments[0])

    def _is_ours(self, path: object) -> bool:
        return isinstance(path, str | bytes | os.PathLike) and os.fsdecode(path).startswith(
            self.folder
        )


def run(arguments: list[str], fault: Fault) -> Outcome:
    """``archive ARGUMENTS`` in a process of its own."""
    with tempfile.TemporaryDirectory() as scratch:
        output, counted = Path(scratch, "output"), Path(scratch, "count")
        child = _SERVER.Process(target=_run_child, args=(arguments, fault, output, counted))
        child.start()
        child.join(_PATIENCE)
        if child.exitcode is None:
            child.kill()
            raise TimeoutError(f"{arguments} does not end")
        moments = int(counted.read_text()) if counted.exists() else 0
        return Outcome(child.exitcode, output.read_text(), moments)


def _run_child(arguments: list[str], fault: Fault, output: Path, counted: Path) -> None:
    status = 70
    with output.open("w", encoding="utf-8") as stream:
        sys.stdout = sys.stderr = stream
        fault.arm()
        try:
            main(arguments)
        except SystemExit as error:
            status = error.code if isinstance(error.code, int) else 1
        except BaseException:
            traceback.print_exc()  # the test looks for it
    counted.write_text(str(fault.count))
    os._exit(status)


# A child of the test runner itself would inherit locks that its threads hold; one of a server
# that has loaded what a build needs starts in a fifth of the time of a fresh interpreter.
_SERVER = multiprocessing.get_context("forkserver")
_SERVER.set_forkserver_preload(["tests.faults", "tests.loaded"])
_PATIENCE = 60
