"""The home page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive_gen import markup
from archive_gen.config import STORIES
from archive_gen.pages.base import Archive, Page
from archive_gen.pages.data import data_url
from archive_gen.pages.days import newest_years
from archive_gen.pages.periods import period_of
from archive_gen.pages.values import HomeData, Period, StoryCard, TopTerms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archive_gen.catalogue.catalogue import Catalogue
    from archive_gen.catalogue.entry import Entry, Term

_ADDRESS = ""
_LATEST = 10
_TOP = 12
_PICKS = 5
_YEARS = 60
_STORIES = 6
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")


def names(archive: Archive) -> Iterable[str]:  # noqa: ARG001 (the contract)
    """One group."""
    return ("",)


def touched(entry: Entry, archive: Archive) -> Iterable[str]:  # noqa: ARG001
    """By every article: it counts them."""
    return ("",)


def plan(name: str, archive: Archive) -> Iterator[Page]:  # noqa: ARG001
    """One page."""
    catalogue = archive.catalogue
    years = catalogue.timeline.years()
    latest = catalogue.dated[: -_LATEST - 1 : -1] or catalogue.undated[:_LATEST]
    stories = _stories(archive)
    data = HomeData(
        count=len(catalogue.by_path),
        first=years[0] if years else "",
        last=years[-1] if years else "",
        undated=len(catalogue.undated),
        about=markup.to_html(archive.config.about),
        stories=tuple(_card(term, archive) for term in stories[:_STORIES]),
        all_stories=len(stories),
        latest=tuple(entry.row() for entry in latest),
        years=tuple(period_of(year, catalogue) for year in years),
        top=tuple(_top_terms(archive)),
        months=tuple(
            (period_of(year, catalogue), tuple(_twelve_months(year, catalogue)))
            for year in years[: -_YEARS - 1 : -1]
        ),
        days=newest_years(catalogue),
        picks=tuple(entry.row() for entry in _picks(catalogue)),
        data=data_url(_ADDRESS),
    )
    yield Page(_ADDRESS, "home.html", data)


def _stories(archive: Archive) -> list[Term]:
    """As a person ordered them in the settings; then those that only articles name."""
    places = {name: place for place, name in enumerate(archive.config.stories)}
    return sorted(
        archive.catalogue.terms.of(STORIES),
        key=lambda term: (places.get(term.name, len(places)), -term.count),
    )


def _card(term: Term, archive: Archive) -> StoryCard:
    years = sorted(filter(None, archive.catalogue.with_term(term).by_year()))
    story = archive.config.stories.get(term.name)
    return StoryCard(
        name=term.name,
        url=term.url,
        count=term.count,
        first=years[0] if years else "",
        last=years[-1] if years else "",
        about=markup.to_html(_BLANK_LINE.split(story.about.strip(), 1)[0]) if story else "",
    )


def _twelve_months(year: str, catalogue: Catalogue) -> Iterator[Period | None]:
    for month in (f"{year}-{number:02}" for number in range(1, 13)):
        yield period_of(month, catalogue) if catalogue.in_period(month) else None


def _picks(catalogue: Catalogue) -> Iterator[Entry]:
    """Evenly spread over what is not among the latest: no clock and no chance decides."""
    older = len(catalogue.dated) - _LATEST
    if older >= _PICKS:
        for number in range(_PICKS):
            yield catalogue.dated[(2 * number + 1) * older // (2 * _PICKS)]


def _top_terms(archive: Archive) -> Iterator[TopTerms]:
    for name, taxonomy in archive.config.taxonomies.items():
        terms = archive.catalogue.terms.of(name)
        if terms and name != STORIES:
            top = sorted(terms, key=lambda term: -term.count)[:_TOP]
            yield TopTerms(name, taxonomy.title, f"{name}/", len(terms), tuple(top))
