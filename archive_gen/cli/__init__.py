"""The ``archive`` command: a table of names; each command is a module here, loaded when called.

Loading only what is called keeps a search as quick as its index. A command module holds one
``click`` command named ``command``.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import archive_gen
from archive_gen.cli.shell import Commands, ends_with_status, stoppable
from archive_gen.problems import Problem, UsageError
from archive_gen.texts import encodable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Below the 10,240 that macOS allows at most, whatever it says. An index of 100,000 articles that
# came in small batches has 300 in use.
_MANY_FILES = 8_192
COMMANDS = {
    "addresses": "List where each article was found, and where it is now.",
    "build": "Render what changed and bring the search index up to date.",
    "check": "Is the archive whole? Checks originals, articles, site and links.",
    "clean": "Clean articles again from their originals.",
    "export": "Put the whole archive into one package with checksums.",
    "extract": "Clean pages without an archive: JSON lines in, JSON lines out.",
    "import": "Clean raw articles and add them to the archive.",
    "init": "Start an archive in a folder.",
    "names": "List authors, sources and places, and those that may be one.",
    "new": "Begin an article: a Markdown file in its place.",
    "redact": "Take an article, or passages of it, out of everything.",
    "remove": "Take out articles that are none: front pages, forms, tests.",
    "review": "Look at the articles that cleaning was not sure of, one by one.",
    "search": "Search the archive.",
    "serve": "Show the built site in a browser, with search.",
    "show": "Show what an article states, and where each value comes from.",
    "sources": "What was learned of each source, and what you decide about its lines.",
    "tags": "List the tags in use and propose others.",
    "theme": "Copy a file of the theme, to change it.",
}
"""Name → the line that ``archive --help`` shows, so that help loads no command."""


class _Commands(Commands):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"{__name__}.{cmd_name.replace('import', 'import_')}")
        command = module.command
        if not isinstance(command, click.Command):
            raise TypeError(f"{module.__name__} holds no command")
        return command

    @ends_with_status
    def invoke(self, ctx: click.Context) -> Any:
        """Load the command and run it; Ctrl-C while it is loaded ends it, too."""
        return super().invoke(ctx)

    def format_commands(
        self,
        ctx: click.Context,  # noqa: ARG002
        formatter: click.HelpFormatter,
    ) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(archive_gen.__version__, prog_name="archive", message="%(prog)s %(version)s")
def group() -> None:
    """Turn scraped news articles into an archive to browse, search and keep."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run ``archive``: the entry point of the package."""
    if arguments is None:
        _read_names_as_utf8()
    _open_closed_streams()
    _read_and_write_all_letters()
    _let_many_files_be_open()
    _run(None if arguments is None else list(arguments))


@ends_with_status
def _run(arguments: list[str] | None) -> None:
    _demand_text(sys.argv[1:] if arguments is None else arguments)
    with stoppable():
        group.main(arguments, prog_name="archive", color=False if _is_plain() else None)


def _demand_text(arguments: Iterable[str]) -> None:
    """Raise ``UsageError`` for bytes that are no text: only the name of a file may be such."""
    for argument in arguments:
        if argument != encodable(argument) and not _names_file(argument):
            hint = "write it in the encoding of the terminal, which is UTF-8 as a rule"
            raise UsageError(Problem(argument, 0, "is neither text nor a file", hint))


def _names_file(argument: str) -> bool:
    """Whether an argument that is no text names a file that is there, or one in such a folder."""
    import glob  # here: next to nobody waits for it

    name = argument.partition("=")[2] if argument.startswith("--") else argument
    odd = (path for path in (name, str(Path(name).parent)) if path != encodable(path))
    return any(any(glob.iglob(path, recursive=True)) for path in odd)  # noqa: PTH207 (also roots)


def _read_names_as_utf8() -> None:
    """Begin again, as later Pythons do by themselves, where names of files are read otherwise.

    A locale without UTF-8 would give articles other addresses, or names that no file has.
    """
    if sys.getfilesystemencoding() != "utf-8" and os.environ.get("PYTHONUTF8") != "1":
        os.environ["PYTHONUTF8"] = "1"
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606 (no shell)


def _open_closed_streams() -> None:
    """Let standard streams that a shell has closed (``>&-``) lead to and from nowhere.

    Else the next file that is opened, a database perhaps, has the number of one of them.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            # It is open as long as the program runs; the lowest free number is the stream's.
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123


def _read_and_write_all_letters() -> None:
    """Let other programs read UTF-8, and a terminal show what it has no letter for as ``?``.

    What is typed in another encoding is an answer that nobody understands.
    """
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding=None if sys.stdout.isatty() else "utf-8", errors="replace")


def _let_many_files_be_open() -> None:
    """As many as the system allows: macOS begins with 256, and an index may have more in use."""
    if sys.platform == "win32":  # begins with more
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _MANY_FILES if hard == resource.RLIM_INFINITY else min(hard, _MANY_FILES)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with contextlib.suppress(OSError, ValueError):  # not allowed: it goes on with what it has
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _is_plain() -> bool:
    """Whether nobody wants colours (https://no-color.org), or the terminal has none."""
    return bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
