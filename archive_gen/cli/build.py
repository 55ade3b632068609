"""``archive build``."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import click
import msgspec

from archive_gen.building.current import Listed, report_if_current
from archive_gen.building.report import BuildReport
from archive_gen.building.trace import Trace, TracedMapper
from archive_gen.cli.progress import Progress
from archive_gen.cli.shell import (
    counted,
    jobs_option,
    json_option,
    printable,
    site_option,
    tell,
)
from archive_gen.garbage import seldom_collect


@click.command(epilog="Example: archive build && archive serve")
@site_option
@jobs_option
@click.option("--strict", is_flag=True, help="Publish nothing while any article has a fault.")
@click.option(
    "--explain-changes",
    "explain",
    is_flag=True,
    help="Say what changed, and what was rendered for it.",
)
@click.option(
    "--verify", is_flag=True, help="Read every article, even those with their old size and time."
)
@click.option(
    "--profile",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write which process did what when, for chrome://tracing, Perfetto or Speedscope.",
)
@json_option
def command(
    site: Path,
    jobs: int,
    profile: Path | None,
    *,
    strict: bool,
    explain: bool,
    verify: bool,
    as_json: bool,
) -> None:
    """Render what changed and bring the search index up to date.

    Exit status: 0 done, 1 done but some articles have faults, or nothing could be published, 2 the
    settings can't be used, 130 stopped with Ctrl-C.
    """
    seldom_collect()  # loading the program makes many values, too
    site = site.absolute()
    report = None if verify or profile else _current(site, jobs)
    if not isinstance(report, BuildReport):
        progress = Progress()
        trace = Trace(progress.part)
        report = _build(site, jobs, trace, report, strict=strict, verify=verify)
        progress.clear()
        if profile:
            profile.write_text(json.dumps(trace.chrome_events()), "utf-8")
    tell(report.problems)
    if explain and not as_json:
        click.echo(_explained(report))
    click.echo(json.dumps(_as_json(report)) if as_json else _summary(report, site))
    raise SystemExit(1 if report.problems else 0)


def _current(site: Path, jobs: int) -> BuildReport | Listed | None:
    return report_if_current(site, jobs, on_first=_load_build, on_change=_load_change)


def _load_build() -> None:
    """Load what every build takes, while there is nothing else to do."""
    import archive_gen.building.build
    import archive_gen.config  # noqa: F401


def _load_change() -> None:
    """Load what a change of a few articles takes, too; others do so while articles are read."""
    _load_build()
    import archive_gen.rendering.render
    import archive_gen.search.page.index
    import archive_gen.search.page.update  # noqa: F401


def _build(
    site: Path, jobs: int, trace: Trace, listed: Listed | None, *, strict: bool, verify: bool
) -> BuildReport:
    # Imported here: finding that nothing changed, which most builds do, needs none of it.
    from archive_gen.building.build import build
    from archive_gen.building.publish import FolderSink
    from archive_gen.config import load_config
    from archive_gen.parallel import ProcessMapper

    config = load_config(site)
    try:
        return build(
            site,
            config,
            mapper=TracedMapper(ProcessMapper(jobs), trace),
            sink=FolderSink(site / config.output),
            strict=strict,
            verify=verify,
            listed=listed,
            on_phase=trace.phase,
        )
    finally:
        trace.phase("")


def _as_json(report: BuildReport) -> dict[str, Any]:
    parent, worker = _peak_rss_mb()
    # With the change of each article, of a first build these are many.
    values: dict[str, Any] = msgspec.to_builtins(report)
    return values | {
        "seconds": {phase: round(seconds, 4) for phase, seconds in report.seconds.items()},
        "peak_rss_mb": max(parent, worker),
        "peak_rss_parent_mb": parent,
        "peak_rss_worker_mb": worker,
    }


def _summary(report: BuildReport, site: Path) -> str:
    output = site / report.output
    lines = [
        f"{counted(report.articles, 'article')}, {counted(report.pages, 'page')}: "
        f"{report.rendered:,} rendered, {counted(report.written, 'file')} written, "
        f"{report.deleted:,} removed; "
        f"{report.indexed:,} indexed, {report.unindexed:,} taken from the index "
        f"({report.seconds['total']:.2f} s)"
    ]
    phases = {phase: seconds for phase, seconds in report.seconds.items() if phase != "total"}
    if len(phases) > 1:
        took = (f"{phase} {seconds:.2f}" for phase, seconds in phases.items())
        lines.append(f"Seconds: {', '.join(took)}")
    if report.drafts:
        lines.append(f"{counted(report.drafts, 'draft')}, not in the site")
    if report.problems:
        lines.append(f"{counted(len(report.problems), 'problem')}: see above")
    lines += report.notes
    lines.append(f"The site is in {_shown(output)}: open {_shown(output / 'index.html')}")
    return "\n".join(lines)


def _explained(report: BuildReport) -> str:
    lines = [f"{kind:<8} {printable(name)}" for name, kind in report.changes.items()]
    kinds = (f"{number:,} {kind}" for kind, number in sorted(report.rendered_by_kind.items()))
    return "\n".join([*lines, f"rendered: {', '.join(kinds) or 'nothing'}"])


def _shown(path: Path) -> str:
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative


def _peak_rss_mb() -> tuple[float, float]:
    """The most memory that this process, and its largest worker, held; 0 where nobody says."""
    try:
        import resource
    except ImportError:  # Windows
        return 0.0, 0.0
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    parent = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    worker = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / unit
    return round(parent, 1), round(worker, 1)
