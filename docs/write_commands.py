"""Writes ``docs/commands.md`` from the commands' own help: ``make docs``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive_gen.cli import COMMANDS, group

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEAD = """# Commands

Results go to standard output, messages to standard error. Exit status: 0 done, 1 done with
problems, 2 could not start. This page is made by `make docs`.
"""


def commands_page() -> str:
    """The reference of all commands, as Markdown."""
    return "\n".join([_HEAD, *(_section(name) for name in COMMANDS)])


def _section(name: str) -> str:
    parent = click.Context(group, info_name="archive", **group.context_settings)
    command = group.get_command(parent, name)
    if command is None:
        raise LookupError(name)
    return f"## archive {name}\n\n" + "\n".join(_helps(command, name, parent))


def _helps(command: click.Command, name: str, parent: click.Context) -> Iterator[str]:
    """The help of a command, and of those below it."""
    context = click.Context(command, info_name=name, parent=parent, terminal_width=96)
    context.show_default = False
    yield f"```text\n{command.get_help(context)}\n```\n"
    if isinstance(command, click.Group):
        for below in command.commands.values():
            yield from _helps(below, str(below.name), context)


if __name__ == "__main__":
    (Path(__file__).parent / "commands.md").write_text(commands_page(), encoding="utf-8")
