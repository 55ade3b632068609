"""What every command shares: finding the site, telling problems, ending with a status.

Results go to standard output, messages to standard error.
"""

from __future__ import annotations

import contextlib
import errno
import functools
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TextIO, TypeVar

import click

from archive_gen.layout import SETTINGS_FILE, STATE_FOLDER
from archive_gen.problems import TRACED, ArchiveError, Problem, UsageError, failed
from archive_gen.texts import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

STOPPED = 130
"""The exit status that shells use for Ctrl-C; a system that shuts down gets it, too."""
_ENDING = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
_WAYS = {
    errno.EISDIR: "move this folder away: a file is to have its name",
    errno.ENOTDIR: "move this file away: a folder is to have its name",
    errno.EEXIST: "move this file away: a folder is to have its name",
    errno.EACCES: "see who may read and write it, and that no other program has it open",
    errno.EMFILE: "let a program open more files: 'ulimit -n 4096', and do it again",
    errno.EROFS: "nothing can be written there: copy the archive to another disk",
    errno.EAGAIN: "let more processes run: 'ulimit -u 4096', or work with one: --jobs 1",
    errno.ENOMEM: "leave it more memory: end other programs, or work with one process: --jobs 1",
    errno.EDQUOT: "make room: your share of the disk is used up",
    errno.EFBIG: "let a file be so large: 'ulimit -f unlimited', or another disk (of FAT32: 4 GiB)",
    errno.ENOSPC: "make room on the disk, and do it again (FAT32 also limits a folder)",
}
"""What to do about a fault of the system."""
_NO_THREAD = "can't start new thread"
"""What Python says of a system that has no more of them."""
_OF_CLICK = (click.ClickException, click.Abort, click.exceptions.Exit)
"""What it ends commands with, and tells itself."""
P = ParamSpec("P")
R = TypeVar("R")


class Number(click.IntRange):
    """A whole number from ``min`` to ``max``."""

    name = "number"

    def _describe_range(self) -> str:
        """In words where click has an inequality."""
        return f"{self.min} to {self.max}"


class Commands(click.Group):
    """A command with commands below it: a slip in the name of one is told."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """See ``click.Group``."""
        known = self.list_commands(ctx)
        if args and not args[0].startswith("-") and args[0] not in known:
            meant = nearest(args[0], known)
            hint = f"; did you mean '{meant}'?" if meant else ""
            ctx.fail(f"there is no command '{args[0]}'{hint}")
        return super().resolve_command(ctx, args)


def _named_site(
    context: click.Context, _parameter: click.Parameter, given: Path | None
) -> Path | None:
    """Of a group what was given: it or the command below it finds the folder."""
    if isinstance(context.command, click.Group):
        return given
    above = context.parent.params.get("site") if context.parent else None
    return find_site(given or above)


site_option = click.option(
    "--site",
    "site",
    type=click.Path(path_type=Path, file_okay=False),
    callback=_named_site,
    metavar="DIR",
    help="The archive's folder.  [default: the nearest one upwards with a site.yaml]",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
jobs_option = click.option(
    "--jobs",
    type=Number(1, 256),
    default=os.cpu_count() or 1,
    show_default="one a core",
    help="Processes to work with.",
)


def find_site(given: Path | None) -> Path:
    """The folder that holds ``site.yaml``: the one given, or the nearest upwards.

    Raises ``UsageError`` if there is none.
    """
    candidates = [given] if given is not None else _upwards()
    for folder in candidates:
        if (folder / SETTINGS_FILE).is_file():
            return folder
    where = f"{given}" if given is not None else "this folder or any above it"
    hint = "go to an archive's folder, name it with --site, or make one with 'archive init'"
    raise UsageError(Problem(str(given or "."), 0, f"no site.yaml in {where}", hint))


def _upwards() -> list[Path]:
    """The folder one is in, and all above it; nothing if it was deleted meanwhile."""
    try:
        here = Path.cwd()
    except FileNotFoundError:
        return []
    return [here, *here.parents]


def ends_with_status(command: Callable[P, R]) -> Callable[P, R]:
    """Let ``ArchiveError``, a failing disk and Ctrl-C end ``command`` with a line, no traceback."""

    @functools.wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            with _half_done_work_ended():
                return command(*args, **kwargs)
        except ArchiveError as error:
            tell(error.problems)
            raise SystemExit(error.exit_status) from None
        except KeyboardInterrupt:
            click.echo("Stopped.", err=True)
            raise SystemExit(STOPPED) from None
        except BrokenPipeError:
            sys.stderr.close()
            raise SystemExit(0) from None
        except OSError as error:
            # Of two, the first is a name of ours, under which the other was written.
            where = error.filename2 or error.filename or "archive"
            tell([_of_system(error, str(where))])
            _give_up_output()
            raise SystemExit(1) from None
        except Exception as error:
            if isinstance(error, _OF_CLICK) or os.environ.get(TRACED):
                raise
            tell([_unforeseen(error)])
            raise SystemExit(1) from None

    return wrapped


def _of_system(error: OSError, where: str) -> Problem:
    return Problem(where, 0, error.strerror or str(error), _WAYS.get(error.errno or 0, ""))


def _unforeseen(error: Exception) -> Problem:
    """A fault of the system that is no ``OSError``, or of the program."""
    # By name: a command that has no database need not load what reads one.
    if type(error).__module__ == "sqlite3":
        hint = "see that the disk has room and is sound, or delete .archive/ and try again"
        return Problem(STATE_FOLDER, 0, f"can't be read or written: {error}", hint)
    if isinstance(error, MemoryError):
        return Problem("archive", 0, "memory ran out", _WAYS[errno.ENOMEM])
    if _NO_THREAD in str(error):
        return Problem("archive", 0, _NO_THREAD, _WAYS[errno.EAGAIN])
    return failed(error)


@contextlib.contextmanager
def stoppable() -> Iterator[None]:
    """Let the signals with which a system ends programs, and a terminal that is closed, do what
    Ctrl-C does, but for those that somebody (``nohup``) lets be ignored."""
    defaults = [number for number in _ENDING if signal.getsignal(number) is signal.SIG_DFL]
    for number in defaults:
        signal.signal(number, signal.default_int_handler)
    try:
        yield
    finally:
        for number in defaults:
            signal.signal(number, signal.SIG_DFL)


@contextlib.contextmanager
def stops(told: str) -> Iterator[None]:
    """Let Ctrl-C and its like end the command with what is ``told``, and the status for it.

    So does the end of whoever reads its output (``| head``): what it does is not done then.
    """
    try:
        with _half_done_work_ended():
            yield
    except KeyboardInterrupt:
        click.echo(f"Stopped. {told}", err=True)
        raise SystemExit(STOPPED) from None
    except BrokenPipeError:
        # What is still to be written goes nowhere, or Python would complain of it at its end.
        _write_nowhere(sys.stdout)
        try:
            click.echo(f"Stopped, as nobody reads its output any more. {told}", err=True)
        except BrokenPipeError:  # as it was led into the same pipe
            _write_nowhere(sys.stderr)
        raise SystemExit(STOPPED) from None


def _give_up_output() -> None:
    """Let what standard output has no room for be lost, or Python would fail of it at its end."""
    try:
        sys.stdout.flush()
    except OSError:
        _write_nowhere(sys.stdout)


def _write_nowhere(stream: TextIO) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


@contextlib.contextmanager
def _half_done_work_ended() -> Iterator[None]:
    """Where an exception leaves the block, end what its frames still hold, here and in this thread.

    Python would end it when it next looks for garbage, perhaps in the thread that hands out work to
    processes, which can neither wait for itself nor close a database of this one.
    """
    try:
        yield
    except BaseException as error:
        import traceback

        traceback.clear_frames(error.__traceback__)
        raise


def tell(problems: Iterable[Problem]) -> None:
    """Print problems, a line each, on standard error."""
    for problem in problems:
        click.echo(click.style(printable(str(problem)), fg="yellow"), err=True)


def note(sentence: str) -> None:
    """Print what is no problem, but good to know, on standard error."""
    click.echo(printable(sentence), err=True)


def counted(number: int, noun: str) -> str:
    """``1,204 articles``, ``1 article``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


_UNSEEN = frozenset(
    "\t\n\u00a0\u00ad\u061c\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u200b\u200c\u200d\u200e\u200f\u202f\u205f\u2060\u3000"
)
"""Blanks, joiners and marks of direction that texts have and that steer nothing. Those that turn
the order of what follows around are not among them."""


def printable(text: str) -> str:
    """``text`` without control characters: what came from outside can't steer a terminal."""
    return "".join(c if c.isprintable() or c in _UNSEEN else "\ufffd" for c in text)
