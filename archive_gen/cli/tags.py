"""``archive tags``: the tags in use, and terms that could become tags."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

import click

from archive_gen.cli.articles import all_stated, ask_all, find_article, paths_stating
from archive_gen.cli.progress import Progress
from archive_gen.cli.shell import (
    Commands,
    Number,
    counted,
    find_site,
    json_option,
    note,
    printable,
    site_option,
    tell,
)
from archive_gen.config import load_config
from archive_gen.content import store
from archive_gen.intake.terms.acceptance import TAGS, accept_into_settings
from archive_gen.intake.terms.renaming import rename_tag
from archive_gen.intake.terms.vocabulary import vocabulary_of
from archive_gen.layout import CONTENT_FOLDER, SETTINGS_FILE
from archive_gen.memo import Memo
from archive_gen.problems import Problem, UsageError
from archive_gen.texts import fold_term, tidy

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from archive_gen.intake.terms.suggestions import Suggestion

_AGAIN = "Tag what was imported before with 'archive clean --again'."


@click.group(
    cls=Commands, invoke_without_command=True, epilog="Example: archive tags suggest --limit 20"
)
@site_option
@json_option
@click.pass_context
def command(context: click.Context, site: Path | None, *, as_json: bool) -> None:
    """List the tags in use, commonest first, and say which the vocabulary lacks.

    The vocabulary is the setting `tags` in site.yaml.
    """
    if context.invoked_subcommand:
        return
    site = find_site(site)
    config = load_config(site)
    vocabulary = vocabulary_of(config.tags)
    counts = _counted((tags for (tags,) in all_stated(site, config, ["tags"])), vocabulary.tags)
    if not counts:
        note("No article has a tag. 'archive tags suggest' proposes some.")
    rows = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    for tag, count in rows:
        known = tag in vocabulary.tags
        if as_json:
            record = {"tag": tag, "articles": count, "vocabulary": known}
            click.echo(json.dumps(record, ensure_ascii=False))
        else:
            click.echo(f"{count:7,}  {printable(tag)}{'' if known else '  (not in site.yaml)'}")


@command.command("suggest", epilog="Example: archive tags suggest --limit 20")
@site_option
@click.option("--limit", type=Number(1, 10_000), default=50, show_default=True, help="Terms.")
@click.option(
    "--least",
    type=Number(2, 1_000_000),
    default=3,
    show_default=True,
    help="In so many articles at least.",
)
@json_option
def suggest_command(site: Path, limit: int, least: int, *, as_json: bool) -> None:
    """Propose terms that many articles share, as lines for the setting `tags` of site.yaml.

    Nothing is changed: `archive tags accept TERM` takes over what you want to have as a tag.
    """
    # Imported here: finding terms takes all that cleaning knows, and counting tags none of it.
    from archive_gen.intake.terms.suggestions import suggest, titled

    vocabulary = vocabulary_of(load_config(site).tags)
    found = suggest(ask_all(site, titled), vocabulary, limit=limit, least=least)
    if as_json:
        for item in found:
            record = {"term": item.term, "articles": item.count, "titles": list(item.titles)}
            click.echo(json.dumps(record, ensure_ascii=False))
    elif found:
        click.echo("tags:")
        for item in found:
            click.echo("\n".join(_shown(item)))
        click.echo("Accept one with 'archive tags accept TERM [--alias WORD]'.", err=True)
    else:
        click.echo("No term stands in enough articles.", err=True)


@command.command(
    "accept", epilog="Example: archive tags accept 'Estuary Bridge' --alias 'new bridge'"
)
@click.argument("term")
@click.option(
    "--alias",
    "aliases",
    multiple=True,
    metavar="WORD",
    help="Another word for it; may be given several times.",
)
@site_option
def accept_command(term: str, aliases: tuple[str, ...], site: Path) -> None:
    """Take TERM into the vocabulary: a tag in the setting `tags` of site.yaml.

    Comments and the layout of the file stay. What is there already is not written again: a
    tag that is there gets the words that it lacks. Tag what was imported before with `archive
    clean --again`.

    Exit status: 0 done, 1 a word leads to another tag, 2 not begun.
    """
    if not all(map(fold_term, (term, *aliases))):
        raise UsageError(Problem("TERM", 0, "is empty", "write the tag in quotes"))
    tag, is_new = accept_into_settings(site, TAGS, term, aliases)
    if is_new:
        click.echo(printable(f"Accepted '{tag}' into {SETTINGS_FILE}. {_AGAIN}"), err=True)
    else:
        click.echo(printable(f"'{tag}' is in {SETTINGS_FILE} already, with these words."), err=True)


@command.command("rename", epilog="Example: archive tags rename 'Burma' 'Myanmar'")
@click.argument("old")
@click.argument("new")
@site_option
def rename_command(old: str, new: str, site: Path) -> None:
    """Write NEW in place of the tag OLD in every article that has it.

    However they spell OLD. Nothing else in their files changes, and an article that has both keeps
    one. So two tags become one, too. A story that site.yaml gathers by OLD is named. With 'archive
    tags accept NEW --alias OLD' later imports write NEW as well, and the page of OLD leads there.

    Exit status: 0 done, 1 an article could not be changed, 2 not begun.
    """
    paths = paths_stating(site, load_config(site), "tags", tidy(old))
    problems = _rename(site, paths, old, new)
    for story in _gathered_by(old, site) if fold_term(old) != fold_term(new) else ():
        told = f"{SETTINGS_FILE} gathers the story '{story}' by '{old}': write '{new}' there."
        click.echo(printable(told), err=True)
    raise SystemExit(1 if problems else 0)


_SPLIT_EPILOG = """\b
Example:
  archive tags split Sport Football $(archive search --paths --limit 999 'tag:Sport football')
"""


@command.command("split", epilog=_SPLIT_EPILOG)
@click.argument("old")
@click.argument("new")
@click.argument("articles", metavar="ARTICLE…", nargs=-1, required=True)
@site_option
def split_command(old: str, new: str, articles: tuple[str, ...], site: Path) -> None:
    """Write NEW in place of the tag OLD in some of the articles that have it.

    So one tag becomes two. It is done as 'archive tags rename' does it.

    Exit status: 0 done, 1 an article could not be changed, 2 not begun.
    """
    paths = [*dict.fromkeys(find_article(site, one) for one in articles)]
    raise SystemExit(1 if _rename(site, paths, old, new) else 0)


def _rename(site: Path, paths: Sequence[str], old: str, new: str) -> list[Problem]:
    """What is wrong with those of ``paths`` that could not be changed; it is told already."""
    old, new = tidy(old), tidy(new)
    if not (fold_term(old) and fold_term(new)):
        raise UsageError(Problem("OLD NEW", 0, "one is empty", "write each tag in quotes"))
    content = site / CONTENT_FOLDER
    with store.writing(content):
        looked_at = Progress().each("reading", paths, len(paths))
        done = [*rename_tag(content, looked_at, old, new)]
    problems = [one for one in done if isinstance(one, Problem)]
    tell(problems)
    if done:
        written = counted(len(done) - len(problems), "article")
        told = f"'{new}' is in place of '{old}' in {written}."
    else:
        told = f"No article has a tag '{old}' that is not '{new}': 'archive tags' lists them all."
    click.echo(printable(told), err=True)
    return problems


def _gathered_by(tag: str, site: Path) -> list[str]:
    """The stories whose articles are those with a tag."""
    stories = load_config(site).stories.items()
    return [name for name, story in stories if fold_term(tag) in map(fold_term, story.tags)]


def _shown(item: Suggestion) -> Iterator[str]:
    yield f"  # {item.count:,} articles, such as: {printable('; '.join(item.titles))[:160]}"
    yield f"  {json.dumps(item.term, ensure_ascii=False)}: []"


def _counted(articles: Iterable[Sequence[str]], vocabulary: Collection[str]) -> dict[str, int]:
    """Tag → articles that have it, however they spell it: as the vocabulary does, or most do."""
    spellings: dict[str, Counter[str]] = {fold_term(tag): Counter({tag: 0}) for tag in vocabulary}
    folded = Memo(fold_term)
    for tags in articles:
        for key, tag in {folded[tag]: tag for tag in tags}.items():
            spellings.setdefault(key, Counter())[tag] += 1
    return {_name(counts, vocabulary): counts.total() for counts in spellings.values()}


def _name(spellings: Counter[str], vocabulary: Collection[str]) -> str:
    return min(spellings, key=lambda tag: (tag not in vocabulary, -spellings[tag], tag))
