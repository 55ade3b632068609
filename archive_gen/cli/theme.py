"""``archive theme``: the files of the look, and copies of them to edit."""

from __future__ import annotations

from pathlib import Path

import click

from archive_gen.cli.shell import Commands, site_option
from archive_gen.layout import TEMPLATES_FOLDER
from archive_gen.problems import Problem, UsageError
from archive_gen.rendering.theme_files import shipped, shipped_names
from archive_gen.texts import nearest

_EPILOG = """\b
Examples:
  archive theme eject
  archive theme eject article.html
"""


@click.group("theme", cls=Commands, epilog=_EPILOG)
def command() -> None:
    """See the files of the shipped theme, and copy one to change it."""


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
        target = site / TEMPLATES_FOLDER / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(shipped(name))
        click.echo(f"templates/{name}")


def _check(name: str, known: list[str], target: Path) -> None:
    if name not in known:
        meant = nearest(name, known)
        hint = f"did you mean '{meant}'?" if meant else "'archive theme eject' lists them"
        raise UsageError(Problem(name, 0, "is no file of the theme", hint))
    if target.exists():
        hint = "change it there, or remove it first"
        raise UsageError(Problem(f"templates/{name}", 0, "is there already", hint))
