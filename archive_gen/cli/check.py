"""``archive check``."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from archive_gen.building.trace import Trace, TracedMapper
from archive_gen.check import CHECKS, Finding, Subject
from archive_gen.cli.progress import Progress
from archive_gen.cli.shell import (
    counted,
    jobs_option,
    json_option,
    printable,
    site_option,
)
from archive_gen.config import load_config
from archive_gen.parallel import ProcessMapper

if TYPE_CHECKING:
    from pathlib import Path

_EPILOG = """\b
Examples:
  archive check
  archive check originals articles --json
"""


@click.command(epilog=_EPILOG)
@click.argument("names", nargs=-1, type=click.Choice(list(CHECKS)), metavar="[CHECK]…")
@jobs_option
@json_option
@site_option
def command(names: tuple[str, ...], site: Path, *, jobs: int, as_json: bool) -> None:
    """Is the archive whole? Checks everything, or what CHECK names, and changes nothing.

    articles: front matter, keys, references. originals: each raw text against its checksum.
    sources: what was learned of each. site: every file of the built site, and the search
    index, against content/. links: every link inside the site.

    Exit status: 0 all is well, 1 something is not, 2 the settings can't be used.
    """
    progress = Progress()
    trace = Trace(progress.part)
    mapper = TracedMapper(ProcessMapper(jobs), trace)
    subject = Subject(site.absolute(), load_config(site), mapper)
    count = fixable = 0
    for name in [name for name in CHECKS if name in names or not names]:
        trace.phase(f"checking {name}")
        for finding in CHECKS[name](subject):
            count, fixable = count + 1, fixable + finding.fixable
            progress.clear()
            click.echo(_json_line(finding) if as_json else _line(finding))
    progress.clear()
    click.echo(_summary(subject, count, fixable), err=True)
    raise SystemExit(1 if count else 0)


def _line(finding: Finding) -> str:
    return printable(f"{finding.problem}  [{finding.code}]")


def _json_line(finding: Finding) -> str:
    record = asdict(finding.problem) | {"code": finding.code, "fixable": finding.fixable}
    return json.dumps(record, ensure_ascii=False)


def _summary(subject: Subject, count: int, fixable: int) -> str:
    articles = counted(subject.articles, "article")
    built = "" if subject.is_built else "; the site is not built yet"
    if not count:
        return f"{articles}: all is well{built}."
    mend = f", {fixable:,} of which a build mends" if fixable else ""
    return f"{articles}: {counted(count, 'finding')}{mend}{built}."
