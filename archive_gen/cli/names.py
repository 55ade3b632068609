"""``archive names``: authors, sources and places in use, and which of them may be one."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import click

from archive_gen.cli.articles import all_stated
from archive_gen.cli.shell import Commands, find_site, json_option, note, printable, site_option
from archive_gen.config import STORIES, load_config
from archive_gen.intake.terms.acceptance import accept_into_settings
from archive_gen.intake.terms.variants import variants
from archive_gen.layout import SETTINGS_FILE
from archive_gen.loading.names import names_of
from archive_gen.memo import Memo
from archive_gen.problems import Problem, UsageError
from archive_gen.texts import fold_term

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from archive_gen.intake.terms.variants import Variants

_Counts = dict[str, int]
_SETTING = "names"
# Tags have commands of their own, and who names a story chooses its name.
_NOT_NAMES = ("tags", STORIES)
_of_option = click.option(
    "--of", "taxonomy", metavar="TAXONOMY", help="Of one taxonomy, such as authors, alone."
)


@click.group(
    cls=Commands, invoke_without_command=True, epilog="Example: archive names --of authors"
)
@site_option
@_of_option
@json_option
@click.pass_context
def command(
    context: click.Context, site: Path | None, taxonomy: str | None, *, as_json: bool
) -> None:
    """List authors, sources, places and the terms of your own taxonomies, commonest first.

    Names that the setting `names` in site.yaml makes one are one here.
    """
    if context.invoked_subcommand:
        return
    site = find_site(site)
    found = _counted(site, taxonomy)
    if not any(found.values()):
        note("No article has such a name.")
    for name, counts in found.items():
        for term, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
            if as_json:
                record = {"taxonomy": name, "name": term, "articles": count}
                click.echo(json.dumps(record, ensure_ascii=False))
            else:
                click.echo(f"{count:7,}  {name}  {printable(term)}")


@command.command("suggest", epilog="Example: archive names suggest --of authors")
@site_option
@_of_option
@json_option
def suggest_command(site: Path, taxonomy: str | None, *, as_json: bool) -> None:
    """Propose names that may be one, as lines for the setting `names` of site.yaml.

    Names with the same words, with initials for a word, or with a slip in one. Whether two persons
    are one, nobody knows but you: nothing is changed until you accept it.
    """
    found = {name: variants(counts) for name, counts in _counted(site, taxonomy).items()}
    found = {name: groups for name, groups in found.items() if groups}
    if as_json:
        for name, groups in found.items():
            for group in groups:
                click.echo(json.dumps(_record(name, group), ensure_ascii=False))
    elif found:
        click.echo(f"{_SETTING}:")
        for name, groups in found.items():
            click.echo("\n".join([f"  {name}:", *map(_shown, groups)]))
        note("Accept one with 'archive names accept TAXONOMY NAME --alias OTHER'.")
    else:
        note("No two names look like one.")


@command.command(
    "accept", epilog="Example: archive names accept authors 'Leila Haddow' --alias 'L. Haddow'"
)
@click.argument("taxonomy")
@click.argument("name")
@click.option(
    "--alias",
    "aliases",
    multiple=True,
    required=True,
    metavar="OTHER",
    help="What articles write that means NAME; may be given several times.",
)
@site_option
def accept_command(taxonomy: str, name: str, aliases: tuple[str, ...], site: Path) -> None:
    """Let NAME stand for others wherever the archive shows or finds them.

    That writes them into the setting `names` of site.yaml, whose comments and layout stay. The next
    build puts their articles on one page, and lets the pages of the others lead there. No article's
    file changes.

    Exit status: 0 done, 1 one of them leads to another name, 2 not begun.
    """
    _demand(taxonomy, load_config(site).taxonomies)
    if not all(map(fold_term, (name, *aliases))):
        raise UsageError(Problem("NAME", 0, "is empty", "write the name in quotes"))
    written, is_new = accept_into_settings(site, (_SETTING, taxonomy), name, aliases)
    done = f"Accepted '{written}' into" if is_new else f"'{written}' has these names already in"
    click.echo(printable(f"{done} {SETTINGS_FILE}."), err=True)


def _counted(site: Path, taxonomy: str | None) -> Mapping[str, _Counts]:
    """Taxonomy → name as most write it → articles that have it."""
    config = load_config(site)
    if taxonomy:
        _demand(taxonomy, config.taxonomies)
    spellings: dict[str, dict[str, Counter[str]]] = {
        name: defaultdict(Counter)
        for name in config.taxonomies
        if name == taxonomy or not (taxonomy or name in _NOT_NAMES)
    }
    keys = [config.taxonomies[name].key for name in spellings]
    counted = [*zip(spellings.values(), map(config.names_by_key.get, keys), strict=True)]
    folded = Memo(fold_term)
    for stated in all_stated(site, config, keys):
        for (by_key, name_of), values in zip(counted, stated, strict=True):
            names = names_of(values, name_of) if name_of else values
            for key, value in {folded[name]: name for name in names}.items():
                by_key[key][value] += 1
    return {
        name: {_commonest(counts): counts.total() for counts in by_key.values()}
        for name, by_key in spellings.items()
    }


def _commonest(spellings: Counter[str]) -> str:
    return min(spellings, key=lambda spelling: (-spellings[spelling], spelling))


def _demand(taxonomy: str, known: Iterable[str]) -> None:
    if taxonomy not in known:
        hint = f"there are {', '.join(known)}"
        raise UsageError(Problem("TAXONOMY", 0, f"there is no '{taxonomy}'", hint))


def _record(taxonomy: str, group: Variants) -> Mapping[str, object]:
    others = list(group.others)
    return {"taxonomy": taxonomy, "name": group.name, "others": others, "articles": group.count}


def _shown(group: Variants) -> str:
    others = ", ".join(map(_quoted, group.others))
    return f"    # {group.count:,} articles\n    {_quoted(group.name)}: [{others}]"


def _quoted(text: str) -> str:
    return printable(json.dumps(text, ensure_ascii=False))
