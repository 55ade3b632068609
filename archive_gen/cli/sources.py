"""``archive sources``: what was learned of each source, and a person's decisions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from archive_gen.cli.shell import (
    Commands,
    counted,
    find_site,
    json_option,
    note,
    printable,
    site_option,
    tell,
)
from archive_gen.content import disk, store
from archive_gen.intake.sources.decisions import save_decision, save_links
from archive_gen.intake.sources.joining import join
from archive_gen.intake.sources.source_files import (
    Decision,
    Source,
    decisions,
    file_name,
    parse_bytes,
)
from archive_gen.layout import CONTENT_FOLDER
from archive_gen.problems import OperationError, Problem, UsageError
from archive_gen.texts import nearest

_EPILOG = """\b
Examples:
  archive sources
  archive sources show sputnik
  archive sources drop sputnik 'Subscribe to our newsletter'
"""
_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_AGAIN = "Clean what is there with 'archive clean --again'."


@click.group("sources", cls=Commands, epilog=_EPILOG, invoke_without_command=True)
@json_option
@site_option
@click.pass_context
def command(context: click.Context, site: Path | None, *, as_json: bool) -> None:
    """List the sources, or decide about the lines of one.

    Each source has a file in content/_sources/, with the lines that its articles share. A line
    of three articles or more, and a tenth of them, is its furniture.
    """
    if context.invoked_subcommand is None:
        _list_all(find_site(site) / CONTENT_FOLDER, as_json=as_json)


@command.command("show", epilog="Example: archive sources show sputnik")
@click.argument("name")
@json_option
@site_option
def show(name: str, site: Path, *, as_json: bool) -> None:
    """Show what was learned of a source: its lines, and who decided on them."""
    _, source = _read(site / CONTENT_FOLDER, name)
    lines = decisions(source)
    if as_json:
        records = [
            {"line": d.line, "documents": d.documents, "by": d.by, "kept": d.kept} for d in lines
        ]
        click.echo(json.dumps({**_record(source), "lines": records}, ensure_ascii=False))
        return
    click.echo(click.style(printable(source.name), bold=True) + f"  {_told(source)}")
    for one in lines:
        kept = "keep" if one.kept else "drop"
        left = f"{one.documents:>7,}  {kept}  {one.by:<10}"
        click.echo(
            click.style(left, fg="green" if one.kept else "red") + f"  {printable(one.line)}"
        )


@command.command("keep", epilog="Example: archive sources keep sputnik 'Our correspondent writes:'")
@click.argument("name")
@click.argument("line")
@site_option
def keep(name: str, line: str, site: Path) -> None:
    """Let LINE be story wherever it stands in articles of a source."""
    with store.writing(site / CONTENT_FOLDER):
        _decide(site / CONTENT_FOLDER, name, line, "keep")


@command.command("drop", epilog="Example: archive sources drop sputnik 'Subscribe now'")
@click.argument("name")
@click.argument("line")
@site_option
def drop(name: str, line: str, site: Path) -> None:
    """Let LINE be furniture wherever it stands in articles of a source."""
    with store.writing(site / CONTENT_FOLDER):
        _decide(site / CONTENT_FOLDER, name, line, "drop")


@command.command("links", epilog="Example: archive sources links sputnik keep")
@click.argument("name")
@click.argument("decision", type=click.Choice(["keep", "drop"]))
@site_option
def links(name: str, decision: Decision, site: Path) -> None:
    """Let web pages of a source keep the links and the emphasis of their stories, or not.

    They don't unless you say so. Articles of feeds, exports and databases always do.
    """
    content = site / CONTENT_FOLDER
    with store.writing(content):
        file, source = _read(content, name)
        save_links(content, file, decision)
    done = "are kept" if decision == "keep" else "are left out"
    click.echo(printable(f"Links of {source.name} {done}. {_AGAIN}"), err=True)


@command.command("merge", epilog="Example: archive sources merge base.yaml ours.yaml theirs.yaml")
@click.argument("base", type=_FILE)
@click.argument("ours", type=_FILE)
@click.argument("theirs", type=_FILE)
def merge(base: Path, ours: Path, theirs: Path) -> None:
    """Join two versions of a source's file; BASE is the one that both began with.

    The result is written to OURS: what either counted since BASE adds up, and what either
    decided holds. git calls this by itself where docs/importing.md was followed. Documents that
    both imported count twice until 'archive clean --again' counts anew.

    Exit status: 0 done, 1 a line was kept by one and dropped by the other (it is kept), or a
    file can't be read, 2 not begun.
    """
    try:
        texts = [path.read_bytes().decode("utf-8") for path in (base, ours, theirs)]
        text, disputed = join(*texts)
    except ValueError as error:
        hint = "join the two by hand, or take one and run 'archive clean --again'"
        raise OperationError(Problem(str(ours), 0, str(error), hint)) from None
    disk.write(ours.resolve().parent, ours.name, text.encode("utf-8"))
    hint = "it is kept now; 'archive sources drop' decides otherwise"
    tell(Problem(str(ours), 0, f"one kept and one dropped '{line}'", hint) for line in disputed)
    raise SystemExit(1 if disputed else 0)


def _list_all(content: Path, *, as_json: bool) -> None:
    faults: list[Problem] = []
    names = list(store.source_names(content))
    if not names:
        note("Nothing is known of a source yet: an import learns it.")
    for name in names:
        path = store.source_path(name)
        data = disk.read(content, path) or b""
        _, source, problems = parse_bytes(data, f"content/{path}")
        faults += problems[:1]
        if source is None:
            continue
        if as_json:
            click.echo(json.dumps({"name": name, **_record(source)}, ensure_ascii=False))
        else:
            click.echo(printable(f"{name:<24}  {source.name}  {_told(source)}"))
    tell(faults)
    raise SystemExit(1 if faults else 0)


def _record(source: Source) -> dict[str, Any]:
    learned = source.learned()
    return {
        "source": source.name,
        "documents": source.counts.documents,
        "furniture": len(learned.furniture),
        "keep": list(source.keep),
        "drop": list(source.drop),
        "links": source.links,
        "day_first": learned.day_first,
    }


def _told(source: Source) -> str:
    learned = source.learned()
    parts = [
        counted(source.counts.documents, "document"),
        f"{counted(len(learned.furniture), 'line')} of furniture",
    ]
    if learned.day_first is not None:
        parts.append(f"the {'day' if learned.day_first else 'month'} first in dates")
    if learned.keeps_links:
        parts.append("links kept")
    return f"({', '.join(parts)})"


def _read(content: Path, name: str) -> tuple[str, Source]:
    """The source that a person means, by the name of its file."""
    names = store.source_names(content)
    file = name if name in names else file_name(name)
    if file not in names:
        meant = nearest(file, names)
        hint = f"did you mean '{meant}'?" if meant else "'archive sources' lists all"
        raise UsageError(Problem(name, 0, "there is no such source", hint))
    path = store.source_path(file)
    _, source, problems = parse_bytes(disk.read(content, path) or b"", f"content/{path}")
    if source is None:
        raise OperationError(problems)
    return file, source


def _decide(content: Path, name: str, line: str, decision: Decision) -> None:
    file, source = _read(content, name)
    save_decision(content, file, line, decision)
    done = "Kept" if decision == "keep" else "Dropped"
    click.echo(printable(f"{done} in {source.name}: {line}. {_AGAIN}"), err=True)
