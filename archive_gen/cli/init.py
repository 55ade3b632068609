"""``archive init``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from archive_gen.cli.front_matter import checked
from archive_gen.language_tags import is_language_tag
from archive_gen.layout import CONTENT_FOLDER, SETTINGS_FILE, TEMPLATES_FOLDER
from archive_gen.problems import Problem, UsageError

_LANGUAGE = "en"
_SETTINGS = """\
# The settings of this archive; each is described in docs/settings.md.
title: {title}
description: ""
language: {language}

# The public address, once there is one: feeds, sitemap and citations then carry it.
# base_url: https://archive.example.org
"""

_WELCOME = """\
---
title: How this archive works
tags: [Archive]
---
Each article is a Markdown file in the folder `content/`. This is one; change it or delete it.

Add scraped pages with `archive import PATH…`, publish with `archive build`, look at the result
with `archive serve`.
"""


@click.command(epilog="Example: archive init my-archive --title 'The Courier, 1987 to 2021'")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=".")
@click.option(
    "--title",
    default="News archive",
    callback=lambda _context, _parameter, value: _title(value),
    help="The archive's name.",
    show_default=True,
)
@click.option(
    "--language",
    default=_LANGUAGE,
    callback=checked(is_language_tag, "write a tag like en, pt-BR or zh-Hant"),
    help="Its language, as a tag like en or pt-BR.",
)
def command(folder: Path, title: str, language: str) -> None:
    """Start an archive in FOLDER: its settings, and a first article to change."""
    settings = folder / SETTINGS_FILE
    if settings.exists():
        hint = "change it there, or name another folder"
        raise UsageError(Problem(str(settings), 0, "an archive is here already", hint))
    (folder / CONTENT_FOLDER / "undated").mkdir(parents=True, exist_ok=True)
    (folder / TEMPLATES_FOLDER).mkdir(exist_ok=True)
    text = _SETTINGS.format(
        title=json.dumps(title, ensure_ascii=False), language=language or _LANGUAGE
    )
    settings.write_text(text, encoding="utf-8")
    welcome = folder / CONTENT_FOLDER / "undated" / "how-this-archive-works.md"
    if not any((folder / CONTENT_FOLDER).rglob("*.md")):
        welcome.write_text(_WELCOME, encoding="utf-8")
    click.echo(f"An archive begins in {folder}: import articles, then run 'archive build' there.")


def _title(written: str) -> str:
    if not written.strip():
        raise click.BadParameter("is empty: write a name, or leave the option out")
    return written
