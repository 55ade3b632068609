"""Databases below ``.archive/`` that can be made again from ``content/`` at any time."""

from __future__ import annotations

import contextlib
import errno
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from archive_gen.locks import NoLocksError, exclusive
from archive_gen.problems import OperationError, Problem
from archive_gen.seals import DamagedStateError, demand_whole, drop_sum, is_whole, write_sum

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

Note: TypeAlias = "Callable[[str], None]"
"""Is told a sentence for the user that is no fault of any input."""

Phase = Literal["reading", "learning", "cleaning"]
Watch: TypeAlias = "Callable[[Phase, int, int], None]"
"""Hears how many files or documents are done in a phase, and of how many; 0 if nobody knows."""


def to_nobody(_sentence: str) -> None:
    """A ``Note`` that is not heard."""


def unwatched(_phase: Phase, _done: int, _total: int) -> None:
    """A ``Watch`` that does not look."""


_UNWRITABLE = (errno.EROFS, errno.EACCES, errno.EPERM)
_BUSY = Problem("content", 0, "another command reads what is known of imports", "wait for its end")


@dataclass(frozen=True, slots=True)
class Form:
    """What is in a database."""

    schema: str
    version: int
    """From 1."""


class _OtherVersionError(sqlite3.DatabaseError):
    """Another version of the program has made it."""


@contextlib.contextmanager
def open_derived(
    file: Path, form: Form, refresh: Callable[[sqlite3.Connection], None], note: Note
) -> Iterator[sqlite3.Connection]:
    """The database in ``file``, brought up to date by ``refresh``, for one process at a time.

    One of another version is replaced, and so is a damaged one, of which ``note`` hears. Raises
    ``OperationError`` while another process has it, and where it can't be opened or written.
    """
    with exclusive(file.parent.parent, file.stem, _BUSY):
        try:
            with contextlib.closing(_whole_or_new(file, form, refresh, note)) as connection:
                yield connection
        except sqlite3.OperationalError as error:
            hint = "see that the disk has room"
            shown = f"{file.parent.name}/{file.name}"
            raise OperationError(Problem(shown, 0, str(error), hint)) from None
        finally:
            write_sum(file)


@contextlib.contextmanager
def derived_or_read(
    file: Path, form: Form, refresh: Callable[[sqlite3.Connection], None], note: Note
) -> Iterator[sqlite3.Connection]:
    """``open_derived``; where nothing can be written, all that it would hold is made in memory."""
    with contextlib.ExitStack() as stack:
        try:
            connection = stack.enter_context(open_derived(file, form, refresh, note))
        except (OSError, NoLocksError) as error:
            if isinstance(error, OSError) and error.errno not in _UNWRITABLE:
                raise
            connection = stack.enter_context(contextlib.closing(sqlite3.connect(":memory:")))
            connection.executescript(form.schema)
            refresh(connection)
        yield connection


def opened_to_read(file: Path, form: Form) -> sqlite3.Connection | None:
    """The database in ``file`` as the last command left it; None if it left none that is whole.

    Nothing is written, so a folder will do that can't be. Raises ``sqlite3.Error``.
    """
    if not is_whole(file):
        return None
    connection = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)
    if connection.execute("PRAGMA user_version").fetchone()[0] == form.version:
        return connection
    connection.close()
    return None


def _whole_or_new(
    file: Path, form: Form, refresh: Callable[[sqlite3.Connection], None], note: Note
) -> sqlite3.Connection:
    try:
        demand_whole(file)
        return _open(file, form, refresh)
    except sqlite3.OperationalError:
        raise
    except _OtherVersionError:
        pass
    except (sqlite3.DatabaseError, DamagedStateError):
        note(f"{file.parent.name}/{file.name} was damaged: it was made from nothing.")
    _discard(file)
    return _open(file, form, refresh)


def _open(
    file: Path, form: Form, refresh: Callable[[sqlite3.Connection], None]
) -> sqlite3.Connection:
    drop_sum(file)
    connection = sqlite3.connect(file, timeout=30)
    try:
        connection.execute("PRAGMA synchronous = OFF")  # what a crash loses is made again
        found = connection.execute("PRAGMA user_version").fetchone()[0]
        if found not in (0, form.version):
            raise _OtherVersionError
        if found == 0:
            # At once: half of the tables would be in the way of the next command.
            whole = f"{form.schema} PRAGMA user_version = {form.version};"
            connection.executescript(f"BEGIN; {whole} COMMIT;")
        refresh(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _discard(file: Path) -> None:
    file.unlink(missing_ok=True)
    # A database without its journal is broken, a journal without its database is nothing.
    file.with_name(f"{file.name}-journal").unlink(missing_ok=True)
