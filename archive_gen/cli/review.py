"""``archive review``: doubtful articles, one by one."""

from __future__ import annotations

import dataclasses
import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive_gen.cli.articles import find_article
from archive_gen.cli.labels import explained
from archive_gen.cli.progress import Progress
from archive_gen.cli.shell import (
    json_option,
    note,
    printable,
    site_option,
    stops,
    tell,
)
from archive_gen.config import load_config
from archive_gen.intake.doubts import doubtful
from archive_gen.intake.ingest import LOW_CONFIDENCE
from archive_gen.intake.removal import remove
from archive_gen.intake.review import Review, accept, begin, decide
from archive_gen.intake.terms.vocabulary import vocabulary_of
from archive_gen.layout import CONTENT_FOLDER
from archive_gen.problems import ArchiveError, Problem

if TYPE_CHECKING:
    from archive_gen.intake.sources.source_files import Decision

_EPILOG = """\b
Examples:
  archive review
  archive review content/undated/some-story.md
  archive review --list --below 0.3
"""
_KEYS = "keep N, drop N, edit, accept, remove, skip, quit"
_COMMAND = re.compile(r"([a-z]+)\s*([0-9]{0,9})")
_QUIT = "quit"


@click.command("review", epilog=_EPILOG)
@click.argument("articles", nargs=-1, metavar="[ARTICLE]…")
@click.option(
    "--below",
    type=click.FloatRange(0, 1),
    default=LOW_CONFIDENCE,
    show_default=True,
    help="The confidence below which an article is doubtful.",
)
@click.option("--list", "only_list", is_flag=True, help="List them and end.")
@json_option
@site_option
def command(
    articles: tuple[str, ...], site: Path, *, below: float, only_list: bool, as_json: bool
) -> None:
    """Look at the articles that cleaning was not sure of, one by one.

    These are the ones of low confidence, those of which day and month of the date are open, and
    those without a headline or a story.

    Each line of the raw text is shown with what became of it. Answer with a word or its first
    letter: keep N or drop N (the number of a line), edit (in $EDITOR), accept, remove (it is no
    article), skip, quit.
    About a line that other articles of the source hold, too, you decide for all of them; about
    any other line for this article. What you accept is not shown again.

    Exit status: 0 done, 1 done but with problems, 2 not begun, 130 stopped with Ctrl-C.
    """
    content = site / CONTENT_FOLDER
    progress = Progress()
    try:
        doubts = [] if articles else doubtful(content, below, note, progress.step)
    finally:
        progress.clear()
    if not (articles or doubts):
        note("No article is doubtful: there is nothing to review.")
        return
    if only_list or as_json:
        for doubt in doubts:
            line = "  ".join(
                [
                    f"{doubt.confidence:.2f}",
                    f"{CONTENT_FOLDER}/{doubt.path}",
                    f"(from {doubt.input})",
                    *doubt.doubts,
                ]
            )
            record = json.dumps(dataclasses.asdict(doubt), ensure_ascii=False)
            click.echo(record if as_json else printable(line))
        return
    paths = [find_article(site, named) for named in articles] or [one.path for one in doubts]
    done: Counter[str] = Counter()
    with stops("What you decided stays. The same command goes on from here."):
        for number, path in enumerate(paths, start=1):
            answer = _review(content, path, f"{number:,} of {len(paths):,}")
            done[answer] += 1
            if answer == _QUIT:
                break
    removed = f", removed {done['remove']:,}" if done["remove"] else ""
    click.echo(f"Accepted {done['accept']:,}{removed} of {len(paths):,}.", err=True)


def _review(content: Path, path: str, place: str) -> str:
    """Go through one article; the answer that ended it."""
    review = begin(content, path)
    if isinstance(review, Problem):
        tell([review])
        return "skip"
    _show(review, path, place)
    while True:
        click.echo(click.style(f"{_KEYS} > ", bold=True), nl=False)
        line = sys.stdin.readline()
        word, number = _understood(line)
        if word in ("keep", "drop"):
            review = _decide(content, review, number, "keep" if word == "keep" else "drop")
        elif word == "edit":
            review = _edit(content, review, path)
        elif word == "accept":
            accept(content, review)
            return word
        elif (word == "remove" and _remove(content, path)) or word in ("skip", _QUIT):
            return word
        elif word != "remove":
            click.echo(f"Please answer with one of: {_KEYS}.")


def _remove(content: Path, path: str) -> bool:
    problems = [problem for _, problem in remove(content, [path]) if problem]
    tell(problems)
    return not problems


def _edit(content: Path, review: Review, path: str) -> Review:
    try:
        click.edit(filename=str(content / path))
    except click.ClickException as error:
        hint = "name an editor that is there in EDITOR"
        tell([Problem(f"{CONTENT_FOLDER}/{path}", 0, error.format_message(), hint)])
    again = begin(content, path)
    if isinstance(again, Problem):
        tell([again])
        return review
    return again


def _understood(line: str) -> tuple[str, int]:
    """The word that was meant, and a number; no more input means to quit."""
    match = _COMMAND.fullmatch(line.strip().lower())
    if not line:
        return _QUIT, 0
    words = ("keep", "drop", "edit", "accept", "remove", "skip", _QUIT)
    found = [word for word in words if match and word.startswith(match[1])]
    return (found[0] if found else ""), int(match[2] or 0) if match else 0


def _show(review: Review, path: str, place: str) -> None:
    cleaned = review.cleaned
    title = f"{CONTENT_FOLDER}/{path}  ({place}, confidence {cleaned.confidence:.2f})"
    click.echo("\n" + click.style(printable(title), bold=True))
    for line in cleaned.lines:
        if line.label is not None:
            click.echo(explained(line))
    for problem in cleaned.problems:
        click.echo(click.style(printable(problem.message), fg="yellow"))


def _decide(content: Path, review: Review, number: int, decision: Decision) -> Review:
    line = next((line for line in review.cleaned.lines if line.line == number and line.label), None)
    if line is None:
        click.echo(f"Give the number in front of a line that is shown, as in '{decision} 12'.")
        return review
    vocabulary = vocabulary_of(load_config(content.parent).tags)
    try:
        review, effect = decide(content, review, line.text, decision, vocabulary)
    except ArchiveError as error:
        tell(error.problems)
        return review
    done = "Kept" if decision == "keep" else "Dropped"
    where = "in this article"
    if effect.source:
        where = f"wherever {effect.source} repeats it ({effect.documents} documents)"
    changed = "" if effect.changed else "; this article stays as it is"
    click.echo(printable(f"{done} {where}{changed}."))
    return review
