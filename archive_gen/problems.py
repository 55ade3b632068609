"""Errors as values: what is wrong, where, and how to mend it.

A fault in one article is a ``Problem`` that is collected while the rest goes on.
Only what stops a whole command is an exception::

    ArchiveError            a command ends, with one or more problems
    ├── SettingsError       site.yaml can't be used                (exit status 2)
    ├── UsageError          the call makes no sense here           (exit status 2)
    └── OperationError      the work could not be finished         (exit status 1)
"""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PACKAGE = Path(__file__).parent
TRACED = "ARCHIVE_TRACEBACK"
"""The variable of the environment that lets a fault of the program be seen with its traceback."""
_OURS = "<<<<<<<"
_MARKS = (
    re.compile(rf"^{_OURS}(?=\s)", re.MULTILINE),
    re.compile(r"^=======\r?$", re.MULTILINE),
    re.compile(r"^>>>>>>>(?=\s|\Z)", re.MULTILINE),
)
"""What version control writes around and between two versions, in this order."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault: ``path:line: message — hint``, one line whatever it quotes.

    ``path`` is as the user would type it from the site's folder; ``line`` counts from 1,
    and 0 means the file as a whole.
    """

    path: str
    line: int
    message: str
    hint: str = ""

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}" if self.line else self.path
        whole = f"{where}: {self.message}" + (f" — {self.hint}" if self.hint else "")
        return " ".join(whole.splitlines())


def no_text(path: str, error: UnicodeDecodeError) -> Problem:
    """The file at ``path`` is in another encoding, from the line on that ``error`` is about."""
    line = error.object.count(b"\n", 0, error.start) + 1
    return Problem(path, line, "is not UTF-8 text", "save it with the encoding UTF-8")


def unreadable(path: str, error: OSError) -> Problem:
    """The file at ``path``, which was listed a moment ago, can't be opened or read."""
    gone = isinstance(error, FileNotFoundError)
    hint = "it is gone by now, or its name is not UTF-8" if gone else "check its permissions"
    return Problem(path, 0, f"can't be read: {error.strerror}", hint)


def named(error: OSError, path: str | Path) -> OSError:
    """``error`` with the file that it is about: a write that fails tells none, or a name of ours
    under which it was begun."""
    return OSError(error.errno, error.strerror, str(path)) if error.errno else error


@contextlib.contextmanager
def naming(path: str | Path) -> Iterator[None]:
    """Let a fault of the system in the block name a file or folder, if it names none."""
    try:
        yield
    except OSError as error:
        raise (error if error.filename else named(error, path)) from None


def failed_on(path: str, error: Exception) -> Problem:
    """The program itself fails on what is in the file at ``path``: a fault of ours or of a library.

    One such file must not stop thousands. Says where, for whoever mends it.
    """
    message = f"the program failed on it: {_told(error)}"
    return Problem(path, 0, message, "everything else goes on; please report this, with the file")


def failed(error: Exception) -> Problem:
    """The program itself fails, and no file is known on which it does."""
    hint = (
        "delete .archive/, which is made again, and do it once more; "
        f"else please report this, with what is told if {TRACED} is set to 1"
    )
    return Problem("archive", 0, f"the program failed: {_told(error)}", hint)


def _told(error: Exception) -> str:
    """What it is, and where it was raised."""
    import traceback  # every command loads this module, and hardly any needs that one

    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(_PACKAGE)]
    at = ours[-1] if ours else frames[-1]
    return f"{type(error).__name__} in {Path(at.filename).name}, line {at.lineno}"


def unmerged(path: str, text: str, first_line: int = 1) -> Problem | None:
    """What version control has left in the file at ``path`` to be decided, the first of it.

    ``text`` begins on ``first_line`` of the file.
    """
    if _OURS not in text:  # as a rule, and found out in no time
        return None
    places = [0]
    for mark in _MARKS:
        found = mark.search(text, places[-1])
        if not found:
            return None
        places.append(found.start())
    line = first_line + text.count("\n", 0, places[1])
    hint = "leave what is meant, and delete the lines of marks (<<<<<<<, ======= and >>>>>>>)"
    return Problem(path, line, "two versions stand here that were not merged", hint)


class ArchiveError(Exception):
    """A command can't go on; ``problems`` says why."""

    exit_status = 1

    def __init__(self, problems: Problem | Sequence[Problem]) -> None:
        self.problems = [problems] if isinstance(problems, Problem) else list(problems)
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type[ArchiveError], tuple[list[Problem]]]:
        # A worker process sends its errors home.
        return (type(self), (self.problems,))


class SettingsError(ArchiveError):
    """``site.yaml`` is missing or wrong."""

    exit_status = 2


class UsageError(ArchiveError):
    """What was asked for can't be done from here."""

    exit_status = 2


class OperationError(ArchiveError):
    """The work began and could not be finished (disk full, another build running, …)."""
