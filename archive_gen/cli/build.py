"""``archive build``."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from archive_gen.build import BuildReport, build
from archive_gen.cli.shell import ends_with_status, json_option, printable, site_option, tell
from archive_gen.config import load_config
from archive_gen.parallel import ProcessMapper
from archive_gen.publish import FolderSink

if TYPE_CHECKING:
    from pathlib import Path


@click.command(epilog="Example: archive build && archive serve")
@site_option
@click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    default=os.cpu_count() or 1,
    show_default="one a core",
    help="Processes to work with.",
)
@click.option("--strict", is_flag=True, help="Publish nothing while any article has a fault.")
@click.option(
    "--explain-changes",
    "explain",
    is_flag=True,
    help="Say what changed, and what was rendered for it.",
)
@json_option
@ends_with_status
def command(site: Path, jobs: int, *, strict: bool, explain: bool, as_json: bool) -> None:
    """Render what changed and bring the search index up to date.

    Exit status: 0 done, 1 done but some articles have faults, 2 the settings can't be used.
    """
    config = load_config(site)
    output = site.absolute() / config.output
    show_phase = _phase_line if sys.stderr.isatty() and not as_json else lambda _phase: None
    report = build(
        site.absolute(),
        config,
        mapper=ProcessMapper(jobs),
        sink=FolderSink(output),
        strict=strict,
        on_phase=show_phase,
    )
    if sys.stderr.isatty() and not as_json:
        click.echo("\r\033[K", nl=False, err=True)
    tell(report.problems)
    if explain and not as_json:
        click.echo(_explained(report))
    click.echo(json.dumps(_as_json(report)) if as_json else _summary(report, output))
    raise SystemExit(1 if report.problems else 0)


def _as_json(report: BuildReport) -> dict[str, Any]:
    return asdict(report) | {
        "seconds": {phase: round(seconds, 4) for phase, seconds in report.seconds.items()},
        "peak_rss_mb": round(_peak_rss_mb(), 1),
    }


def _summary(report: BuildReport, output: Path) -> str:
    lines = [
        f"{_count(report.articles, 'article')}, {_count(report.pages, 'page')}: "
        f"{report.rendered} rendered, {report.written} files written, {report.deleted} removed; "
        f"{report.indexed} indexed, {report.unindexed} taken from the index "
        f"({report.seconds['total']:.2f} s)"
    ]
    if report.problems:
        lines.append(f"{_count(len(report.problems), 'problem')}: see above")
    lines.append(f"The site is in {_shown(output)}: open {_shown(output / 'index.html')}")
    return "\n".join(lines)


def _explained(report: BuildReport) -> str:
    lines = [f"{kind:<8} {printable(name)}" for name, kind in report.changes.items()]
    kinds = (f"{number} {kind}" for kind, number in sorted(report.rendered_by_kind.items()))
    return "\n".join([*lines, f"rendered: {', '.join(kinds) or 'nothing'}"])


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _shown(path: Path) -> str:
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative


def _phase_line(phase: str) -> None:
    click.echo(f"\r\033[K{phase} …", nl=False, err=True)


def _peak_rss_mb() -> float:
    """Of the largest process; 0 where the system does not say."""
    try:
        import resource
    except ImportError:  # Windows
        return 0.0
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return max(process.ru_maxrss for process in usage) / unit
