"""``archive export``."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import click

from archive_gen.cli.progress import Progress
from archive_gen.cli.shell import counted, json_option, site_option
from archive_gen.config import load_config
from archive_gen.export import COUNTED, export_bag
from archive_gen.layout import CONTENT_FOLDER, TEMPLATES_FOLDER


def _told(text: str) -> tuple[str, str]:
    label, colon, value = text.partition(":")
    is_line = label.isprintable() and len(value.strip().splitlines()) == 1
    if not colon or not label.strip() or not is_line:
        raise click.BadParameter(f"{text!r}: write it like 'Source-Organization: County Library'")
    if label.strip().lower() == COUNTED.lower():
        raise click.BadParameter(f"'{COUNTED}' is counted; leave it out")
    return label.strip(), value


@click.command(epilog="Example: archive export --bagit ../courier-bag")
@click.option(
    "--bagit",
    "target",
    type=click.Path(path_type=Path),
    required=True,
    metavar="DIR",
    help="Write a BagIt bag (RFC 8493) to this new folder.",
)
@click.option(
    "--info",
    multiple=True,
    metavar="'LABEL: VALUE'",
    callback=lambda _context, _parameter, values: tuple(map(_told, values)),
    help="A line of bag-info.txt, such as 'Source-Organization: County Library'; may be repeated.",
)
@click.option("--with-site", is_flag=True, help="Put the built site into it too.")
@json_option
@site_option
def command(
    target: Path, info: tuple[tuple[str, str], ...], site: Path, *, with_site: bool, as_json: bool
) -> None:
    """Put the whole archive into one package with checksums, for a repository to keep.

    It holds articles, originals, templates and settings; every BagIt tool can verify it.

    Exit status: 0 done, 1 it could not be written, 2 the folder is there already.
    """
    config = load_config(site)
    folders = (CONTENT_FOLDER, TEMPLATES_FOLDER, *((config.output,) if with_site else ()))
    progress = Progress()
    try:
        bag = export_bag(site, target, config, folders, info, partial(progress.step, "copying"))
    finally:
        progress.clear()
    if as_json:
        click.echo(json.dumps({"path": str(target), "files": bag.files, "bytes": bag.bytes}))
    else:
        click.echo(
            f"{counted(bag.files, 'file')}, {counted(bag.bytes, 'byte')}: the bag is in {target}"
        )
