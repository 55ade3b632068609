"""``archive addresses``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from archive_gen.check.base import Subject
from archive_gen.cli.shell import (
    jobs_option,
    json_option,
    note,
    site_option,
    tell,
)
from archive_gen.config import load_config
from archive_gen.moved import moved_articles
from archive_gen.parallel import ProcessMapper

if TYPE_CHECKING:
    from pathlib import Path


@click.command(epilog="Example: archive addresses --host courier.example > moved.txt")
@click.option(
    "--host",
    default="",
    metavar="NAME",
    help="Only of articles that were found there, and their old addresses without it.",
)
@jobs_option
@json_option
@site_option
def command(host: str, site: Path, *, jobs: int, as_json: bool) -> None:
    """List the original address of each article and its address now, a line each.

    A web server that knows the list leads readers from old links to the archive; see 'Publishing'
    in docs/building.md. Without base_url in site.yaml the new ones begin at the site's root.

    Exit status: 0 done, 1 done but for articles with faults, 2 not begun.
    """
    subject = Subject(site.absolute(), load_config(site), ProcessMapper(jobs))
    none = True
    for moved in moved_articles(subject, host):
        none = False
        if as_json:
            record = {"old": moved.old, "new": moved.new, "path": moved.path}
            click.echo(json.dumps(record, ensure_ascii=False))
        else:
            click.echo(f"{moved.old} {moved.new}")
    if none:
        note(f"No article has an original address{f' at {host}' if host else ''}.")
    unread = [problem for one in subject.readings if not one.entry for problem in one.problems]
    tell(unread)
    raise SystemExit(1 if unread else 0)
