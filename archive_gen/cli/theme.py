"""``archive theme``: the files of the look, and copies of them to edit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive_gen.cli.shell import Commands, note, site_option
from archive_gen.layout import TEMPLATES_FOLDER
from archive_gen.problems import Problem, UsageError
from archive_gen.rendering.theme_files import ThemeFiles, shipped, shipped_names
from archive_gen.texts import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_EPILOG = """\b
Examples:
  archive theme eject
  archive theme eject article.html
"""


@click.group("theme", cls=Commands, epilog=_EPILOG)
def command() -> None:
    """See the files of the shipped theme, copy one to change it, and follow the theme later."""


@command.command("eject", epilog="Example: archive theme eject _row.html assets/style.css")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@site_option
def eject(names: tuple[str, ...], site: Path) -> None:
    """Copy files of the theme into templates/, where they take the theme's place.

    Without NAME, lists the files that there are. A file that is in templates/ already is left
    alone. To change one block only, write a file that extends "theme/NAME" instead: then the rest
    goes on following the theme.
    """
    known = shipped_names()
    if not names:
        click.echo("\n".join(known))
        return
    for name in names:
        _check(name, known, site / TEMPLATES_FOLDER / name)
    for name in names:
        ThemeFiles(site).copy(name)
        click.echo(f"templates/{name}")


@command.command("changes", epilog="Example: archive theme changes article.html")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@site_option
def changes(names: tuple[str, ...], site: Path) -> None:
    """Show how the theme has changed since NAME was copied from it, as a diff.

    Without NAME, of each file that it has changed. Take over into templates/ what you want of it,
    then say so with 'archive theme accept': builds tell until you do.
    """
    theme = ThemeFiles(site)
    meant = _copied(names, theme)
    if not meant:
        note("The theme has changed no file that was copied from it.")
    for name in meant:
        click.echo("".join(_difference(name, theme)), nl=False)


@command.command("accept", epilog="Example: archive theme accept article.html")
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@site_option
def accept(names: tuple[str, ...], site: Path) -> None:
    """Say that NAME in templates/ has what you want of the theme as it is now."""
    theme = ThemeFiles(site)
    for name in _copied(names, theme):
        theme.follow(name)


def _copied(names: Sequence[str], theme: ThemeFiles) -> Sequence[str]:
    """The files that are meant; raises ``UsageError`` for one that is no copy of the theme's."""
    known = theme.copied
    for name in names:
        if name not in known:
            hint = "'archive theme eject' copies files of the theme, and notes that"
            raise UsageError(Problem(name, 0, "is no copy of a file of the theme", hint))
    return names or theme.outdated()


def _difference(name: str, theme: ThemeFiles) -> Iterator[str]:
    import difflib  # here: it takes long to load

    was = theme.copied[name]
    now = shipped(name) if name in shipped_names() else b""
    names = f"theme/{name} when it was copied", f"theme/{name}"
    return difflib.unified_diff(_lines(was), _lines(now), *names)


def _lines(data: bytes) -> list[str]:
    lines = data.decode("utf-8", "replace").splitlines(keepends=True)
    return [line if line.endswith("\n") else f"{line}\n" for line in lines]


def _check(name: str, known: list[str], target: Path) -> None:
    if name not in known:
        meant = nearest(name, known)
        hint = f"did you mean '{meant}'?" if meant else "'archive theme eject' lists them"
        raise UsageError(Problem(name, 0, "is no file of the theme", hint))
    if target.exists():
        hint = "change it there, or remove it first"
        raise UsageError(Problem(f"templates/{name}", 0, "is there already", hint))
