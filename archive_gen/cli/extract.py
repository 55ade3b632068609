"""``archive extract``: cleaning alone, as a pipe."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from typing import TYPE_CHECKING, BinaryIO

import click

from archive_gen.cli.shell import Number
from archive_gen.intake.extract import Extraction, extract, learn
from archive_gen.parallel import ProcessMapper, SerialMapper
from archive_gen.problems import naming

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archive_gen.cleaning import Learned
    from archive_gen.parallel import Mapper

_EPILOG = """\b
Examples:
  archive extract pages.jsonl > articles.jsonl
  zcat pages.jsonl.gz | archive extract --learn --jobs 4
"""


@click.command("extract", epilog=_EPILOG)
@click.argument("file", type=click.File("rb"), default="-", metavar="[FILE]")
@click.option("--learn", "learns", is_flag=True, help="Learn first what each source repeats.")
@click.option("--labels", is_flag=True, help="Add the label of each line.")
@click.option(
    "--jobs",
    type=Number(1, 256),
    default=1,
    show_default=True,
    metavar="N",
    help="Processes to clean with; the result is the same.",
)
def command(file: BinaryIO, *, learns: bool, labels: bool, jobs: int) -> None:
    """Clean pages without an archive: JSON lines in, JSON lines out.

    Each line of FILE (standard input if it is left out) is an object with `id` and `html`, `text`
    or `raw_text`, perhaps with `url`, `source` and `crawl_date`. Each line of the result, in the
    same order, has `id`, `title`, `summary`, `body` (a paragraph a line), `date`, `authors`,
    `source`, `place`, `language`, `tags`, `images` and `confidence`; or `problem`.
    """
    mapper: Mapper = ProcessMapper(jobs) if jobs > 1 else SerialMapper()
    learned: Mapping[str, Learned] = {}
    if learns:
        file = _rewindable(file)
        learned = learn(file, mapper)
        file.seek(0)
    failed = False
    for record in extract(file, Extraction(labels, learned), mapper):
        failed = failed or "problem" in record
        sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
    raise SystemExit(1 if failed else 0)


def _rewindable(file: BinaryIO) -> BinaryIO:
    """``file``, which is read twice; a pipe is kept on the disk meanwhile."""
    if file.seekable():
        return file
    kept = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the command
    with naming(tempfile.gettempdir()):
        shutil.copyfileobj(file, kept)
        kept.seek(0)
    return kept
