"""The values that pages show: plain data, none that no template prints.

``docs/templates.md`` describes the variables of each template.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from archive_gen.catalogue.entry import Entry, Row, Term
from archive_gen.pictures import Picture


class Link(Struct, frozen=True):
    """A link with its text."""

    title: str
    url: str
    language: str = ""
    """Of the text, where it may differ from the page's."""


class TermLinks(Struct, frozen=True):
    """The terms that an article has in one taxonomy."""

    taxonomy: str
    title: str
    links: tuple[Link, ...]


class StorySteps(Struct, frozen=True):
    """A story that an article belongs to, and the articles just before and after it there."""

    name: str
    url: str
    previous: Link | None
    next: Link | None


class Document(Struct, frozen=True):
    """A document beside an article's page."""

    meant: str
    """How the article's file names it."""
    address: str
    """Its own, beside the page."""
    kind: str
    """``PDF``, ``DOCX``, ``MP3``."""
    size: int
    """In bytes."""


class ArticleData(Struct, frozen=True):
    """``article.html``, which also gets ``article`` and ``body``."""

    entry: Entry
    terms: tuple[TermLinks, ...]
    previous: Link | None
    next: Link | None
    source_previous: Link | None
    """Within the source, where that is another than ``previous`` and ``next``."""
    source_next: Link | None
    stories: tuple[StorySteps, ...]
    versions: tuple[Row, ...]
    """Other versions of this story, oldest first, without their summaries."""
    comparison: str
    """The url of the page that compares the versions; empty if there is one only."""
    related: tuple[Row, ...]
    """The most alike first, without their summaries."""
    pictures: tuple[Picture, ...]
    """Those beside its file, in the order it names them."""
    linked: tuple[tuple[str, str], ...]
    """Where its text leads that is the address of an article here, as ``urls.address_key`` writes
    it, and the url of that."""
    documents: tuple[Document, ...]
    """Those beside its file to which its text leads, or of which it is the text."""


class Part(Struct, frozen=True):
    """A part of a list that is too long for one page, which has a page of its own."""

    name: str
    """The year, month or day; empty for articles of which it is not known."""
    url: str
    count: int


class Listing(Struct, frozen=True):
    """Rows of a list, newest first, and the way to the rest.

    The landing page (``number`` 0) shows the newest articles. A long list is divided into parts
    by the calendar; where that is no help, into numbered pages that count from the oldest
    article, so that page 1 is the same for ever once it is full.
    """

    entries: tuple[Row, ...]
    number: int
    """0 for the landing page, else the page's number."""
    url: str
    """The landing page of this list, or of this part of it."""
    older: str
    """Url of the page with the articles just before these; empty if there are none."""
    newer: str
    pages: tuple[str, ...]
    """On the landing page of a long list: the urls of all numbered pages, oldest first."""
    parts: tuple[Part, ...] = ()
    """On the landing page of a divided list: all its parts, oldest first."""
    part: str | None = None
    """On the pages of a part: its ``name``. ``url`` and the other pages are then the part's."""


class Period(Struct, frozen=True):
    """A year, month or day that has articles."""

    period: str
    """``2015``, ``2015-10`` or ``2015-10-07``."""
    url: str
    count: int


class MonthGrid(Struct, frozen=True):
    """One month as a calendar, weeks from Monday."""

    period: str
    """``2015-10``."""
    url: str
    """Empty if the month has no article."""
    count: int
    weeks: tuple[tuple[Period | int, ...], ...]
    """Seven cells a week: a ``Period`` for a day with articles, else the day's number, or 0
    outside the month."""


class DayCell(Struct, frozen=True):
    """A day with articles in the map of a year."""

    column: int
    """Weeks since the one that holds 1 January."""
    row: int
    """0 is Monday."""
    day: Period


class YearGrid(Struct, frozen=True):
    """A year as a map of its days: a column a week."""

    year: Period
    months: tuple[tuple[int, int], ...]
    """Column and row of the first day of each month."""
    last: tuple[int, int]
    """Column and row of 31 December."""
    days: tuple[DayCell, ...]
    """Those that have articles."""


class PeriodData(Struct, frozen=True):
    """``year.html``, ``month.html`` and ``day.html``."""

    period: str
    count: int
    """0 on numbered pages, which do not show it."""
    listing: Listing
    months: tuple[MonthGrid, ...]
    """Twelve on a year's landing page, one on a month's, none elsewhere."""
    pickers: tuple[tuple[Link, ...], ...]
    """On a landing page: years, then months, then days to go to, down to its own length, of those
    that have articles; the titles are the periods. A year shows all years, its months and days
    those beside it."""
    parents: tuple[Link, ...]
    """The year, then the month, that hold this period."""
    previous: Link | None
    """The nearest earlier period of the same length that has articles."""
    next: Link | None
    data: str
    """The url of the articles as data, without its ending."""
    feed: str
    """The url of its feed."""


class UndatedData(Struct, frozen=True):
    """``undated.html``: articles whose date nobody knows."""

    count: int
    listing: Listing
    data: str
    """The url of the articles as data, without its ending."""
    feed: str
    """The url of its feed."""


class TermData(Struct, frozen=True):
    """``term.html``, and ``story.html`` for stories: one term of any taxonomy."""

    taxonomy: str
    taxonomy_title: str
    name: str
    url: str
    """Of its landing page."""
    count: int
    """0 on numbered pages, which do not show it."""
    listing: Listing
    years: tuple[tuple[str, int], ...]
    """On the landing page: the articles of each year from its first to its last."""
    together: tuple[Link, ...]
    """On the landing page: the terms of the same taxonomy that its articles have most often."""
    feed: str
    """The url of its own feeds, without their endings."""
    data: str
    """The url of the articles as data, without its ending."""
    about: str
    """Safe HTML on the landing page of a story: its ``about`` setting."""
    other_names: tuple[str, ...]
    """On the landing page: what it stands for, by the ``names`` setting."""
    condition: str
    """Of a query that finds its articles."""


class DataData(Struct, frozen=True):
    """``data.json`` and ``data.csv``: the rows of a list, for programs."""

    title: str
    list_url: str
    """The page that shows the list."""
    columns: tuple[str, ...]
    """``url`` is among them."""
    rows: tuple[tuple[Any, ...], ...]
    """Texts, numbers and tuples of texts."""


class VersionsData(Struct, frozen=True):
    """``versions.html``, which also gets ``bodies``: the versions of one story, oldest first."""

    entries: tuple[Entry, ...]


class RedirectData(Struct, frozen=True):
    """``redirect.html``: a page that leads to another."""

    target: Link
    is_article: bool = False
    """Whether it leads to an article, not to a tag."""


class NothingData(Struct, frozen=True):
    """``robots.txt`` and ``opensearch.xml``, which show settings only."""


class TermIndexData(Struct, frozen=True):
    """``terms.html``: all terms of one taxonomy, in the order of the site's language."""

    taxonomy: str
    title: str
    terms: tuple[Term, ...]
    data: str
    """The url of the terms as data, without its ending."""


class TopTerms(Struct, frozen=True):
    """The most used terms of a taxonomy."""

    taxonomy: str
    title: str
    url: str
    total: int
    terms: tuple[Term, ...]


class StoryCard(Struct, frozen=True):
    """A story as the home page shows it."""

    name: str
    url: str
    count: int
    first: str
    """The year of its oldest article; empty if none has a date."""
    last: str
    about: str
    """Safe HTML: the first paragraph of what is said of it."""


class HomeData(Struct, frozen=True):
    """``home.html``."""

    count: int
    first: str
    """The year of the oldest article; empty if no article has a date."""
    last: str
    undated: int
    about: str
    """Safe HTML: the ``about`` setting."""
    stories: tuple[StoryCard, ...]
    """The first few, in the order of the settings; those that only articles name come last."""
    all_stories: int
    latest: tuple[Row, ...]
    years: tuple[Period, ...]
    """Oldest first; gaps are left out."""
    top: tuple[TopTerms, ...]
    """Of all taxonomies but that of stories."""
    months: tuple[tuple[Period, tuple[Period | None, ...]], ...]
    """The newest sixty years that have articles, newest first, each with its twelve months; None
    for a month without articles."""
    days: tuple[YearGrid, ...]
    """The newest years day by day, newest first: as many as the page can bear."""
    picks: tuple[Row, ...]
    """Articles from all over the run, oldest first."""
    data: str
    """The url of all articles as data, without its ending."""


class DatesData(Struct, frozen=True):
    """``dates.html`` at ``dates/``: every year with its months."""

    years: tuple[tuple[Period, tuple[Period, ...]], ...]
    undated: int
    data: str
    """The url of the number of articles of each day as data, without its ending."""


class SearchData(Struct, frozen=True):
    """``search.html``: the static page is made without a query."""

    query: str
    results: Any
    """``search.values.Results`` when the local server answers, else None."""
    error: str
    sort: str = "relevance"
    """The order of the results: a ``search.values.SortOrder``."""


class OwnPageData(Struct, frozen=True):
    """``page.html``: a page that is no article."""

    title: str
    language: str
    body: str
    """Safe HTML."""


class NotFoundData(Struct, frozen=True):
    """``404.html``."""


class FeedItem(Row, frozen=True):
    """What a feed shows of an article."""

    path: str
    """Its file below ``content/``, which its permanent identifier is made from."""
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    pictures: tuple[Picture, ...]
    """Those beside its file, in the order it names them."""
    rights: str
    """Those that its own file states."""


class FeedData(Struct, frozen=True):
    """``feed.xml`` and ``feed.json``: the newest articles of a list, newest first."""

    term: str
    """The name of the term that the list is of; empty for another list."""
    period: str
    """The same for a year, month or day."""
    url: str
    """The page of the list; empty for the whole archive."""
    entries: tuple[FeedItem, ...]
    """Undated ones last."""


class SitemapData(Struct, frozen=True):
    """``sitemap.xml`` and ``sitemap_index.xml``: made only when ``base_url`` is set."""

    urls: tuple[str, ...]
    """Of pages, or of the other sitemaps."""


class NewsSitemapData(Struct, frozen=True):
    """``news_sitemap.xml``: the articles of the newest days, newest first."""

    entries: tuple[Row, ...]
    """Without their summaries."""
