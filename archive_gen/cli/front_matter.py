"""Options that state front matter: what a person knows of an article when calling a command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

from archive_gen.dates import ArchiveDate, NoDateError, parse_date
from archive_gen.language_tags import is_language_tag
from archive_gen.texts import tidy
from archive_gen.urls import is_web_address

if TYPE_CHECKING:
    from collections.abc import Callable

_F = TypeVar("_F", bound="Callable[..., Any]")


def checked(
    check: Callable[[str], object], hint: str
) -> Callable[[click.Context, click.Parameter, str | None], Any]:
    """An option's value as ``check`` reads it; false or ``ValueError`` is a usage error."""

    def read(_context: click.Context, _parameter: click.Parameter, value: str | None) -> Any:
        if not value:
            return None
        try:
            result = check(value)
        except ValueError as error:
            raise click.BadParameter(f"{error}; {hint}") from None
        if result is False:
            raise click.BadParameter(f"'{value}': {hint}")
        return value if result is True else result

    return read


def _date(text: str) -> ArchiveDate:
    try:
        return parse_date(text)
    except NoDateError as error:
        from archive_gen.cleaning.dates.meant import meant_date  # only who errs waits for it

        if meant := meant_date(text):
            raise ValueError(f"{error}; write {meant} if that is meant") from None
        raise


def _tidied(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    return tidy(value) if value else None


def _each_tidied(
    _context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]
) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(tidy, values))))


_OPTIONS = (
    click.option(
        "--date",
        metavar="DATE",
        callback=checked(_date, "dates are like 2015-10-07, 2015-10 or 2015"),
        help="When it appeared: 2015-10-07, 2015-10, 2015, …",
    ),
    click.option("--source", metavar="NAME", callback=_tidied, help="The publication."),
    click.option(
        "--url",
        metavar="URL",
        callback=checked(is_web_address, "write an address that begins with https:// or http://"),
        help="The address it was found at.",
    ),
    click.option(
        "--tag",
        "tags",
        multiple=True,
        metavar="TAG",
        callback=_each_tidied,
        help="A tag; may be repeated.",
    ),
    click.option(
        "--author",
        "authors",
        multiple=True,
        metavar="NAME",
        callback=_each_tidied,
        help="May be repeated.",
    ),
    click.option(
        "--place", metavar="NAME", callback=_tidied, help="Where the story was filed from."
    ),
    click.option(
        "--language",
        metavar="TAG",
        callback=checked(is_language_tag, "write a tag like en, pt-BR or zh-Hant"),
        help="Its language: en, pt-BR, …",
    ),
)


def front_matter_options(function: _F) -> _F:
    """Add the options; the command gets a value for each, by front-matter key."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function
