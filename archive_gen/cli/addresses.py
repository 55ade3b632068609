"""``archive addresses``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from archive_gen.building import old_addresses
from archive_gen.building.seen import files_now
from archive_gen.cli.shell import (
    Commands,
    counted,
    find_site,
    jobs_option,
    json_option,
    note,
    site_option,
    tell,
)
from archive_gen.config import load_config
from archive_gen.content import store
from archive_gen.layout import CONTENT_FOLDER, STATE_FOLDER
from archive_gen.loading.packed import PackedEntries
from archive_gen.moved import Placed, keep_addresses, left_addresses, moved_articles, placed
from archive_gen.parallel import ProcessMapper
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from pathlib import Path

    from archive_gen.config import SiteConfig


@click.group(
    cls=Commands,
    invoke_without_command=True,
    epilog="Example: archive addresses --host courier.example > moved.txt",
)
@click.option(
    "--host",
    default="",
    metavar="NAME",
    help="Only of articles that were found there, and their old addresses without it.",
)
@jobs_option
@json_option
@site_option
@click.pass_context
def command(
    context: click.Context, host: str, site: Path | None, *, jobs: int, as_json: bool
) -> None:
    """List the original address of each article and its address now, a line each.

    A web server that knows the list leads readers from old links to the archive; see 'Publishing'
    in docs/building.md. Without base_url in site.yaml the new ones begin at the site's root.

    Exit status: 0 done, 1 done but for articles with faults, 2 not begun.
    """
    if context.invoked_subcommand:
        return
    site = find_site(site)
    config = load_config(site)
    articles, unread = _articles(site, config, jobs)
    none = True
    for moved in moved_articles(articles, config.base_url, host):
        none = False
        if as_json:
            record = {"old": moved.old, "new": moved.new, "path": moved.path}
            click.echo(json.dumps(record, ensure_ascii=False))
        else:
            click.echo(f"{moved.old} {moved.new}")
    if none:
        note(f"No article has an original address{f' at {host}' if host else ''}.")
    tell(unread)
    raise SystemExit(1 if unread else 0)


def _articles(site: Path, config: SiteConfig, jobs: int) -> tuple[list[Placed], list[Problem]]:
    """All that can be read, and what is wrong with the others."""
    files = files_now(site, config, ProcessMapper(jobs), jobs)
    problems = [problem for file in files.others for problem in file.problems]
    return placed(PackedEntries(files.articles).values(), config.language), problems


@command.command("keep", epilog="Example: archive addresses keep && archive build")
@jobs_option
@site_option
def keep_command(site: Path, *, jobs: int) -> None:
    """Let the addresses that articles had go on leading to them.

    Builds note them where site.yaml has a base_url: of articles with another date, another file
    name or another 'slug'. This writes them into the articles, as 'aliases'; the next build makes a
    page at each. Nothing else in their files changes.

    Exit status: 0 done, 1 an article could not be changed, 2 not begun.
    """
    state = site / STATE_FOLDER
    content, config = site / CONTENT_FOLDER, load_config(site)
    with store.writing(content):
        articles, unread = _articles(site, config, jobs)
        left = left_addresses(articles, old_addresses.noted(state))
        done = [*keep_addresses(content, left)]
        unwritten = [one for one in done if isinstance(one, Problem)]
        problems = [*unread, *unwritten]  # what is unread may have had one
        if not problems:
            old_addresses.forget(state)
    tell(problems)
    if done:
        written = counted(len(done) - len(unwritten), "article")
        note(f"Old addresses are in {written} now: 'archive build' makes pages that lead on.")
    else:
        note("No article had another address when it was built.")
    raise SystemExit(1 if problems else 0)
