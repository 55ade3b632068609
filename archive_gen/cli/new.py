"""``archive new``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from archive_gen.article import Article
from archive_gen.cli.front_matter import front_matter_options
from archive_gen.cli.shell import site_option
from archive_gen.content import disk, frontmatter, store
from archive_gen.layout import CONTENT_FOLDER
from archive_gen.problems import Problem, UsageError
from archive_gen.texts import tidy

if TYPE_CHECKING:
    from pathlib import Path


@click.command(epilog="Example: archive new 'Flood inquiry opens' --date 2015-03-12")
@click.argument("title")
@front_matter_options
@click.option("--edit", is_flag=True, help="Open it in your editor ($EDITOR).")
@site_option
def command(title: str, site: Path, *, edit: bool, **known: Any) -> None:
    """Begin an article with TITLE: a Markdown file in its place, with front matter.

    Prints the file's path. What is not known is left out; without a date the article is
    listed under Undated.

    Exit status: 0 done, 1 another command is writing articles, 2 an option is wrong.
    """
    title = tidy(title)
    if not title:
        raise UsageError(Problem("TITLE", 0, "is empty", "write the headline in quotes"))
    article = Article(title, **{key: value for key, value in known.items() if value})
    content = site / CONTENT_FOLDER
    with store.writing(content):  # an import may be about to take the same place
        path = store.article_path(content, article)
        disk.write(content, path, frontmatter.dump(article).encode("utf-8"))
    click.echo(content / path)
    if edit:
        click.edit(filename=str(content / path))
