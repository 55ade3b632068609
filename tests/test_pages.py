"""Which pages exist, what they show, and which of them an article's change can touch."""

from __future__ import annotations

import calendar
import datetime
from collections import Counter

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from archive_gen.catalogue.catalogue import Catalogue
from archive_gen.catalogue.changes import Before, EntryChange, entry_changes
from archive_gen.catalogue.entry import Entry
from archive_gen.config import SiteConfig, Story
from archive_gen.pages import (
    Group,
    aliases,
    all_groups,
    base,
    data,
    plan,
    sitemap,
    term_years,
    touched_groups,
)
from archive_gen.pages.base import Archive, Page
from archive_gen.pages.data import WHOLE
from archive_gen.pages.listing import (
    is_divided,
    landing_by_year,
    listings,
    listings_of_month,
    listings_of_year,
)
from archive_gen.pages.values import Listing, Period
from archive_gen.rendering.localised import gap
from archive_gen.urls import slugify
from tests.entries import PATHS, archives, entries_at, entry

CONFIG = SiteConfig(
    title="T",
    page_size=5,
    feed_size=3,
    base_url="https://example.org",
    tags={"Syria": ["Damascus", "C"], "C": ["syria"]},
)


SMALL = replace(CONFIG, page_size=1)
"""So few articles on a page that a list of a handful is divided into years and months."""
configs = st.sampled_from([CONFIG, SMALL])


def archive_of(entries: list[Entry], config: SiteConfig = CONFIG) -> Archive:
    return Archive(Catalogue(entries), config)


def pages_by_group(archive: Archive) -> dict[Group, list[Page]]:
    return {group: list(plan(group, archive)) for group in all_groups(archive)}


def all_pages(archive: Archive) -> dict[str, Page]:
    return {page.url: page for pages in pages_by_group(archive).values() for page in pages}


# -- the invariant of the incremental build

dates_of_months = st.lists(
    st.sampled_from(
        ["", "2014", "2014-01", "2014-02-03/2014-03", "2014-12-31", "2015", "2015-02-02", "2016"]
    ),
    max_size=6,
)
changes_of_paths = st.lists(st.sampled_from(PATHS), unique=True, min_size=1, max_size=3).flatmap(
    lambda paths: st.fixed_dictionaries(
        {path: st.one_of(st.none(), entries_at(path)) for path in paths}
    )
)


def changes_between(old: list[Entry], new: list[Entry]) -> list[EntryChange]:
    """What a build would find changed."""
    before, after = Catalogue(old), Catalogue(new)
    was = {e.path: e for e in old}
    now = {e.path: e for e in new}
    changed = {path for path in was.keys() | now.keys() if was.get(path) != now.get(path)}
    known = Before(was, before.elsewhere, before.terms.slugs)
    return list(entry_changes(known, changed, after))


def assert_touched_is_complete(old: list[Entry], new: list[Entry], config: SiteConfig) -> None:
    """But for where pages lead: where that changes, a build plans all of them."""
    was, now = archive_of(old, config), archive_of(new, config)
    before, after = pages_that_lead_nowhere(was), pages_that_lead_nowhere(now)
    touched = touched_groups(changes_between(old, new), now)
    different = {g for g in before.keys() | after.keys() if before.get(g, []) != after.get(g, [])}
    if was.navigation != now.navigation:
        touched.add(("sitemap", "pages"))
    assert different <= touched


def pages_that_lead_nowhere(archive: Archive) -> dict[Group, list[Page]]:
    found = pages_by_group(archive)
    return {group: [replace(page, navigation=()) for page in found[group]] for group in found}


@settings(max_examples=100, deadline=None)
@given(archives, changes_of_paths, configs)
def test_every_page_that_differs_is_touched(
    old: list[Entry], change: dict[str, Entry | None], config: SiteConfig
) -> None:
    kept = [e for e in old if e.path not in change]
    assert_touched_is_complete(old, kept + [e for e in change.values() if e], config)


@settings(max_examples=30, deadline=None)
@given(archives, archives, configs)
def test_every_page_that_differs_is_touched_when_all_is_new(
    old: list[Entry], new: list[Entry], config: SiteConfig
) -> None:
    assert_touched_is_complete(old, new, config)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(dates_of_months, dates_of_months, st.sampled_from([2, 3, WHOLE]))
@example(["2014-01", "2014-02", "2014-03", "2014-04"], [""], WHOLE)  # the months lead to it
@example(["2014-01", "2014-02", "2014-03"], [""], 3)  # the data of the list are in its years
@example(["2014-01", "2014-02"] * 3, ["2014-02-03/2014-03"], WHOLE)  # it stands in no month
def test_every_page_of_a_long_term_that_differs_is_touched(
    there: list[str], changed: list[str], whole: int
) -> None:
    def made(number: int, date: str) -> Entry:
        return entry(f"{number:03}.md", date, tags=("c",))

    old = [made(number, date) for number, date in enumerate(there)]
    with pytest.MonkeyPatch.context() as patch:
        for module in (data, term_years):
            patch.setattr(module, "WHOLE", whole)
        came = [made(500 + number, date) for number, date in enumerate(changed)]
        assert_touched_is_complete(old, old + came, SMALL)
        assert_touched_is_complete(old + came, old, SMALL)


def test_an_undated_article_with_another_spelling_touches_all_months_of_its_term() -> None:
    old = [entry(f"{n}.md", f"2014-0{n % 4 + 1}", tags=("c",)) for n in range(8)]
    new = [*old, *(entry(f"u{n}.md", "", tags=("C",)) for n in range(9))]
    assert_touched_is_complete(old, new, SMALL)
    assert_touched_is_complete(new, old, SMALL)


def test_a_tag_that_takes_the_address_of_another_name_touches_what_led_from_there() -> None:
    under_its_name = [entry("a.md", "2014", tags=("Syria",))]
    under_another = [*under_its_name, entry("b.md", "2014", tags=("Damascus",))]
    assert_touched_is_complete(under_its_name, under_another, CONFIG)
    assert_touched_is_complete(under_another, under_its_name, CONFIG)


def test_a_tag_that_gets_the_address_of_one_that_is_gone_touches_its_pages() -> None:
    both = [entry("a.md", "2014", tags=("C",)), entry("b.md", "2015", tags=("C++",))]
    assert_touched_is_complete(both, both[1:], CONFIG)
    assert_touched_is_complete(both[1:], both, CONFIG)


def test_a_new_day_touches_all_days_of_its_month() -> None:
    old = [entry(f"{day}.md", f"2015-10-0{day}") for day in (1, 3, 5)]
    assert_touched_is_complete(old, [*old, entry("7.md", "2015-10-07")], CONFIG)


def test_an_article_that_loses_its_date_touches_the_months_that_lead_to_it() -> None:
    old = [entry(f"{n}.md", f"2014-0{n % 4 + 1}", tags=("c",)) for n in range(16)]
    last = entry("15.md", "", tags=("c",))
    assert_touched_is_complete(old, [*old[:-1], last], SMALL)
    assert_touched_is_complete([*old[:-1], last], old, SMALL)


def test_one_new_article_touches_few_groups() -> None:
    old = [entry(f"{n:03}.md", f"{2000 + n % 20}-03-0{n % 9 + 1}", tags=("a",)) for n in range(200)]
    new = [*old, entry("new.md", "2021-05-05", tags=("b",))]
    touched = touched_groups(changes_between(old, new), archive_of(new))
    # The year is new: the pickers of twelve other years show it, and those of the two years before
    # it with a month and at most ten days each.
    assert 10 < len(touched) < 20 + 2 * (1 + 10) + 20


# -- all pages of a site


@settings(max_examples=40, deadline=None)
@given(archives, configs)
def test_no_two_pages_have_one_address(entries: list[Entry], config: SiteConfig) -> None:
    groups = pages_by_group(archive_of(entries, config))
    pages = [page for group in groups.values() for page in group]
    assert [url for url, n in Counter(page.url for page in pages).items() if n > 1] == []


@settings(max_examples=40, deadline=None)
@given(archives, configs)
def test_pages_link_only_to_pages(entries: list[Entry], config: SiteConfig) -> None:
    pages = all_pages(archive_of(entries, config))
    for page in pages.values():
        for url in links_in(page.data):
            assert url in pages, f"{page.url or 'the home page'} links to {url}"


@settings(max_examples=40, deadline=None)
@given(archives, configs)
def test_a_truncated_address_leads_to_a_page(entries: list[Entry], config: SiteConfig) -> None:
    pages = all_pages(archive_of(entries, config))
    for url in filter(lambda url: url.endswith("/"), pages):
        folders = url.split("/")[:-1]
        for depth in range(len(folders)):
            assert "".join(f"{folder}/" for folder in folders[:depth]) in pages, url


def links_in(value: object) -> set[str]:
    if isinstance(value, (tuple, list)):
        return {url for item in value for url in links_in(item)}
    names = getattr(value, "__struct_fields__", {})
    found = {url for name in names for url in links_in(getattr(value, name))}
    if isinstance(value, Listing):
        found |= {url for url in (value.url, value.older, value.newer, *value.pages) if url}
        found |= {part.url for part in value.parts}
    elif getattr(value, "url", ""):
        found.add(value.url)  # type: ignore[attr-defined]
    return found


def test_an_empty_archive_has_what_every_archive_has() -> None:
    assert all_pages(archive_of([])).keys() == {
        *("", "dates/", "undated/"),
        *("feed.xml", "feed.json", "undated/feed.xml", "sitemap.xml", "search/", "404.html"),
        *("robots.txt", "opensearch.xml", "manifest.json", "sitemaps/pages.xml"),
        *(
            f"{name}.{end}"
            for name in ("articles", "dates/days", "undated/articles")
            for end in ("json", "csv")
        ),
    }


def test_sitemaps_need_an_address_and_name_every_page_for_readers() -> None:
    entries = [entry("a.md", "2015-10-07", tags=("x",)), entry("b.md", versions=("a.md",))]
    bare = all_pages(archive_of(entries, SiteConfig(title="T")))
    assert [url for url in bare if "sitemap" in url] == []
    pages = all_pages(archive_of(entries))
    files = pages["sitemap.xml"].data.urls
    assert {"sitemap.xml", *files} == {url for url in pages if "sitemap" in url}
    urls = [url for file in files if "news" not in file for url in pages[file].data.urls]
    assert len(set(urls)) == len(urls)
    assert set(urls) == {url for url in pages if url.endswith("/") or not url} - {"search/"}


def test_sitemaps_are_split_where_the_protocol_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "LIMIT", 3)
    pages = all_pages(archive_of([entry(f"{n}.md", "2015") for n in range(6)]))
    named = [url for url in pages["sitemap.xml"].data.urls if "2015" in url]
    assert named == ["sitemaps/2015.xml", "sitemaps/2015-2.xml", "sitemaps/2015-3.xml"]
    assert [len(pages[url].data.urls) for url in named] == [3, 3, 1]


def test_a_long_year_has_a_sitemap_for_each_month(monkeypatch: pytest.MonkeyPatch) -> None:
    dates = ("2014-01-02", "2015", "2015-03", "2015-03-04", "2015-10-07", "2015-10-07")
    entries = [entry(f"{n}.md", date) for n, date in enumerate(dates)]
    whole = all_pages(archive_of(entries))
    monkeypatch.setattr(data, "WHOLE", 4)
    pages = all_pages(archive_of(entries))
    files = [url for url in pages["sitemap.xml"].data.urls if "201" in url]
    assert files == [f"sitemaps/{name}.xml" for name in ("2014", "2015", "2015-03", "2015-10")]
    urls = [url for file in files[1:] for url in pages[file].data.urls]
    assert sorted(urls) == sorted(whole["sitemaps/2015.xml"].data.urls)
    articles = {entry.url for entry in entries}
    assert [len(articles & {*pages[file].data.urls}) for file in files] == [1, 1, 2, 2]


def test_the_news_sitemap_has_the_newest_days_reckoned_from_the_newest_article() -> None:
    dates = ("2015-10-05", "2015-10-06", "2015-10-07T10:00Z", "2015-10", "2016", "2015-10-07")
    dates = (*dates, "2015-10-07/2015-10-08")
    pages = all_pages(archive_of([entry(f"{date[:16]}.md", date) for date in dates]))
    shown = [row.date.text for row in pages["sitemaps/news.xml"].data.entries]
    assert shown == ["2015-10-07T10:00Z", "2015-10-07", "2015-10-06"]
    pages = all_pages(archive_of([entry("a.md", "2015")]))
    assert "sitemaps/news.xml" not in {*pages, *pages["sitemap.xml"].data.urls}
    many = archive_of([entry(f"{n}.md", "2015-10-07") for n in range(1_001)])
    (page,) = plan(("sitemap", "news"), many)
    assert len(page.data.entries) == 1_000


# -- lists


@given(st.integers(0, 40), st.integers(1, 7))
def test_every_article_is_on_one_numbered_page_and_the_newest_on_the_first(
    count: int, size: int
) -> None:
    entries = [entry(f"{n:03}.md", "2015") for n in range(count)]
    urls = [e.url for e in reversed(entries)]
    (landing_url, landing), *numbered = listings("list/", entries, size)
    assert landing_url == landing.url == "list/"
    assert [row.url for row in landing.entries] == urls[:size]
    assert [url for url, _ in numbered] == list(landing.pages)
    assert bool(numbered) == (count > size)
    if numbered:
        newest_first = [row.url for _, page in reversed(numbered) for row in page.entries]
        assert newest_first == urls
        assert all(len(page.entries) == size for _, page in numbered[:-1])


@given(st.integers(0, 40), st.integers(1, 7))
def test_older_leads_from_the_landing_page_to_the_oldest_and_newer_back(
    count: int, size: int
) -> None:
    entries = [entry(f"{n:03}.md", "2015") for n in range(count)]
    pages = dict(listings("list/", entries, size))
    shown = list(pages["list/"].entries)
    url = pages["list/"].older
    while url:
        older_first = pages[url]
        # The next page begins among what was shown or right after it: nothing is left out.
        rows = list(older_first.entries)
        assert shown[-1] in rows or entries_follow(shown[-1], rows[0])
        shown += [row for row in rows if row not in shown]
        if older_first.older:
            assert pages[older_first.older].newer == url
        url = older_first.older
    assert [row.url for row in shown] == [e.url for e in reversed(entries)]
    for url, page in pages.items():
        if page.number:
            assert page.newer in pages
            assert url == f"list/page-{page.number}/"


def entries_follow(newer: object, older: object) -> bool:
    def number(row: object) -> int:
        return int(row.title.removesuffix(".md"))  # type: ignore[attr-defined]

    return number(newer) == number(older) + 1


@given(st.integers(1, 30), st.integers(1, 10), st.integers(2, 7))
def test_full_numbered_pages_stay_as_they_are(count: int, more: int, size: int) -> None:
    entries = [entry(f"{n:03}.md", "2015") for n in range(count + more)]
    before = dict(listings("list/", entries[:count], size))
    after = dict(listings("list/", entries, size))
    for url, page in before.items():
        if page.number and page.newer != "list/":
            assert after[url] == page


dates = st.sampled_from(["", "2013-05", "2014", "2014-02-01", "2015-02-02", "2016-01", "2016-12"])


@given(st.lists(dates, max_size=40), dates, st.integers(1, 4))
def test_an_article_that_comes_late_shifts_only_the_pages_of_its_year(
    there: list[str], late: str, size: int
) -> None:
    old = [entry(f"{n:03}.md", date, tags=("x",)) for n, date in enumerate(there)]
    new = entry("late.md", late, tags=("x",))
    before, after = (listings_by_year(made, size) for made in (old, [*old, new]))
    year = f"list/{late[:4] or 'undated'}/"
    for url, page in before.items():
        if url != "list/" and not url.startswith(year):
            # Only its links to the years beside it may be new.
            assert after[url].entries == page.entries
    if len(after) > 1:
        rows = [row.url for url, page in after.items() if url != "list/" for row in page.entries]
        assert {new.url, *(e.url for e in old)} == set(rows)


def listings_by_year(entries: list[Entry], size: int) -> dict[str, Listing]:
    """All pages of a list of articles."""
    found = Catalogue(entries).with_term_key("tags", "x")
    pages = {"list/": landing_by_year("list/", found, size)}
    if pages["list/"].parts:
        years = found.by_year()
        for year, members in years.items():
            pages |= listings_of_year("list/", years, year, size)
            if year and is_divided(members, size):
                for month in members.by_month():
                    pages |= listings_of_month("list/", years, month, size)
    return pages


def test_a_long_list_shows_its_newest_and_leads_to_its_years() -> None:
    entries = [
        entry(f"{n:02}.md", f"20{10 + n // 5}-03-0{n % 5 + 1}", tags=("x",)) for n in range(20)
    ]
    pages = all_pages(archive_of([*entries, entry("u.md", tags=("x",))]))
    landing = pages["tags/x/"].data.listing
    assert [row.title for row in landing.entries] == ["19.md", "18.md", "17.md", "16.md", "15.md"]
    assert [(part.name, part.url, part.count) for part in landing.parts] == [
        ("", "tags/x/undated/", 1),
        *((f"{year}", f"tags/x/{year}/", 5) for year in range(2010, 2014)),
    ]
    part = pages["tags/x/2012/"].data.listing
    assert (part.part, part.older, part.newer) == ("2012", "tags/x/2011/", "tags/x/2013/")


def test_a_long_year_of_a_term_leads_to_its_months() -> None:
    dates = [*(f"2015-0{n % 3 + 1}-0{n % 9 + 1}" for n in range(18)), "2015", "2014-07", "2016"]
    entries = [entry(f"{n:02}.md", date, tags=("x",)) for n, date in enumerate(dates)]
    pages = all_pages(archive_of(entries))
    year = pages["tags/x/2015/"].data.listing
    assert [(part.name, part.url, part.count) for part in year.parts] == [
        ("", "tags/x/2015/00/", 1),
        *((f"2015-0{month}", f"tags/x/2015/0{month}/", 6) for month in (1, 2, 3)),
    ]
    assert len(year.entries) == 5
    assert "tags/x/2015/page-1/" not in pages
    unknown, first, last = (pages[f"tags/x/2015/{m}/"].data.listing for m in ("00", "01", "03"))
    assert (unknown.older, unknown.newer) == ("tags/x/2014/", "tags/x/2015/01/")
    assert (first.part, first.pages) == (
        "2015-01",
        ("tags/x/2015/01/page-1/", "tags/x/2015/01/page-2/"),
    )
    assert last.newer == "tags/x/2016/"
    assert "tags/x/2014/07/" not in pages


def test_an_article_of_a_long_year_of_a_term_makes_pages_of_its_month_new_alone() -> None:
    old = [
        entry(f"{n:03}.md", f"2015-{n // 30 + 1:02}-{n % 28 + 1:02}", tags=("x",))
        for n in range(360)
    ]
    new = [*old, entry("new.md", "2015-06-15", tags=("x",))]
    touched = touched_groups(changes_between(old, new), archive_of(new))
    assert {group for group in touched if group[0] in ("term-year", "term-month")} == {
        ("term-year", "tags/2015/x"),
        ("term-month", "tags/2015-06/x"),
    }


def test_a_long_year_leads_to_its_months_and_keeps_what_no_month_has() -> None:
    entries = [entry(f"{n:02}.md", f"2015-0{n % 3 + 1}-01") for n in range(12)]
    pages = all_pages(archive_of([*entries, entry("some-day.md", "2015")]))
    parts = pages["2015/"].data.listing.parts
    assert [(part.name, part.url, part.count) for part in parts] == [
        ("", "2015/00/", 1),
        *((f"2015-0{month}", f"2015/0{month}/", 4) for month in (1, 2, 3)),
    ]
    unknown = pages["2015/00/"].data
    assert [row.title for row in unknown.listing.entries] == ["some-day.md"]
    assert (unknown.count, unknown.months, unknown.pickers) == (0, (), ())
    assert "2015/page-1/" not in pages


# -- what pages show


def test_a_month_shows_its_calendar() -> None:
    entries = [entry("a.md", "2016-02-29"), entry("b.md", "2016-02"), entry("c.md", "2016-02-01")]
    pages = all_pages(archive_of([*entries, entry("u.md")]))
    data = pages["2016/02/"].data
    (month,) = data.months
    assert month.count == data.count == 3
    days = [cell for week in month.weeks for cell in week]
    assert all(len(week) == 7 for week in month.weeks)
    numbers = [int(d.period[-2:]) if isinstance(d, Period) else d for d in days]
    assert [n for n in numbers if n] == list(range(1, 30))
    assert [d.period for d in days if isinstance(d, Period)] == ["2016-02-01", "2016-02-29"]
    assert numbers.index(1) == calendar.weekday(2016, 2, 1)
    assert [month.url for month in pages["2016/"].data.months] == ["", "2016/02/", *[""] * 10]
    assert pages["dates/"].data.undated == 1


@pytest.mark.parametrize("year", ["0001", "9999"])
def test_the_calendar_of_the_first_and_of_the_last_year_is_no_problem(year: str) -> None:
    pages = all_pages(archive_of([entry("a.md", f"{year}-12-31"), entry("b.md", f"{year}-01-01")]))
    assert len(pages[f"{year}/"].data.months) == 12


@pytest.mark.parametrize(
    ("earlier", "later", "missing"),
    [
        ("2015-10-07", "2015-10-08", None),
        ("2015-10-07", "2015-10-09", ("2015-10-08", "2015-10-08")),
        ("2012-02-27", "2012-03-02", ("2012-02-28", "2012-03-01")),
        ("2015-11", "2016-02", ("2015-12", "2016-01")),
        ("2015-11", "2015-12", None),
        ("0999", "1002", ("1000", "1001")),
    ],
)
def test_the_gap_between_two_periods(
    earlier: str, later: str, missing: tuple[str, str] | None
) -> None:
    assert gap(earlier, later) == missing


def test_pickers_lead_to_what_there_is() -> None:
    dates = ("2009", "2010", "2014-03-01", "2015-10-07", "2015-10-31", "2015-12", "2016", "2020")
    pages = all_pages(archive_of([entry(f"{date}.md", date) for date in dates]))
    shown = {
        url: [[link.title for link in row] for row in pages[url].data.pickers]
        for url in ("2015/", "2015/12/", "2015/10/07/")
    }
    near, months = ["2010", "2014", "2015", "2016", "2020"], ["2015-10", "2015-12"]
    assert shown == {
        "2015/": [["2009", *near]],
        "2015/12/": [near, months],
        "2015/10/07/": [near, months, ["2015-10-07", "2015-10-31"]],
    }
    parents = {url: [link.url for link in pages[url].data.parents] for url in shown}
    assert parents == {"2015/": [], "2015/12/": ["2015/"], "2015/10/07/": ["2015/", "2015/10/"]}


def test_a_year_leads_to_its_neighbours_and_not_to_two_centuries() -> None:
    pages = all_pages(archive_of([entry(f"{year}.md", str(year)) for year in range(1820, 2021)]))
    for year, first, last in ((1820, 1820, 1832), (1900, 1888, 1912), (2020, 2008, 2020)):
        (row,) = pages[f"{year}/"].data.pickers
        assert [link.title for link in row] == [str(n) for n in range(first, last + 1)]


def test_the_home_page_picks_from_the_whole_run() -> None:
    entries = [entry(f"{n:02}.md", f"20{n + 10}") for n in range(60)]
    home = all_pages(archive_of(entries))[""].data
    assert [row.date.year for row in home.picks] == [2015, 2025, 2035, 2045, 2055]
    assert {row.url for row in home.picks}.isdisjoint(row.url for row in home.latest)
    assert all_pages(archive_of(entries[:12]))[""].data.picks == ()


def test_an_article_known_to_the_month_stands_on_no_day() -> None:
    pages = all_pages(archive_of([entry("a.md", "2015-10")]))
    readable = {url for url in pages if url.startswith("2015") and url.endswith("/")}
    assert readable == {"2015/", "2015/10/", "2015/10/a/"}


def test_an_article_shows_its_terms_as_it_spells_them_once_each() -> None:
    entries = [
        entry("a.md", "2015", tags=("SYRIA", "syria", "War")),
        entry("b.md", "2015", tags=("Syria",)),
        entry("c.md", "2015", tags=("Syria",)),
    ]
    (terms,) = all_pages(archive_of(entries))["2015/a/"].data.terms
    assert (terms.taxonomy, terms.title) == ("tags", "Tags")
    assert [link.url for link in terms.links] == ["tags/syria/", "tags/war/"]
    assert terms.links[0].title in ("SYRIA", "syria")


def test_an_article_shows_those_before_and_after_and_its_other_versions() -> None:
    entries = [
        entry("a.md", "2014"),
        entry("b.md", "2015", versions=("u.md",)),
        entry("c.md", "2016"),
        entry("u.md"),
    ]
    pages = all_pages(archive_of(entries))
    data = pages["2015/b/"].data
    assert (data.previous.url, data.next.url) == ("2014/a/", "2016/c/")
    assert [row.url for row in data.versions] == ["undated/u/"]
    undated = pages["undated/u/"].data
    assert (undated.previous, undated.next) == (None, None)
    assert [row.url for row in undated.versions] == ["2015/b/"]


def test_an_article_leads_to_those_whose_addresses_are_in_its_text() -> None:
    places = ("p.example/1", "p.example/2", "p.example/3")
    entries = [
        entry("a.md", "2014", links=places),
        entry("b.md", "2015", found_at="p.example/2"),
        entry("c.md", "2013", found_at="p.example/2"),
        entry("d.md", "2016", found_at="p.example/3", links=("p.example/4",)),
    ]
    pages = all_pages(archive_of(entries))
    linked = (("p.example/2", "2013/c/"), ("p.example/3", "2016/d/"))
    assert pages["2014/a/"].data.linked == linked
    assert pages["2016/d/"].data.linked == ()


def test_an_article_leads_through_its_stories() -> None:
    archive = archive_of(
        [
            entry("a.md", "2015-01-01", stories=("Flood",)),
            entry("b.md", "2015-01-02"),
            entry("c.md", "2015-01-03", stories=("flood", "Bridge")),
            entry("d.md", "2015-01-04", stories=("FLOOD",)),
        ]
    )
    pages = all_pages(archive)
    flood, bridge = pages["2015/01/03/c/"].data.stories
    assert (flood.name, flood.url) == ("flood", "stories/flood/")
    assert (flood.previous.url, flood.next.url) == ("2015/01/01/a/", "2015/01/04/d/")
    assert (bridge.previous, bridge.next) == (None, None)
    assert pages["2015/01/02/b/"].data.stories == ()
    assert pages["2015/01/03/c/"].data.terms == ()  # they are not told twice
    assert pages["stories/flood/"].template == "story.html"


def test_the_home_page_shows_stories_in_the_order_of_the_settings() -> None:
    said = Story(about="It *rained*.\n\nAnd rained.")
    config = replace(CONFIG, stories={"Ferry": Story(), "Flood": said, "Unused": said})
    entries = [
        entry("a.md", "2013-11-06", stories=("Flood", "Bridge")),
        entry("b.md", "2017", stories=("Flood", "Bridge", "Ferry", "Dam")),
        entry("c.md", "", stories=("Bridge", "Ferry")),
        entry("d.md", "", stories=("Dam", "Mill", *"PQ")),
    ]
    home = all_pages(archive_of(entries, config))[""].data
    told = [(story.name, story.count, story.first, story.last) for story in home.stories]
    assert told == [
        ("Ferry", 2, "2017", "2017"),
        ("Flood", 2, "2013", "2017"),
        ("Bridge", 3, "2013", "2017"),
        ("Dam", 2, "2017", "2017"),
        ("Mill", 1, "", ""),
        ("P", 1, "", ""),
    ]
    assert home.all_stories == 7
    assert [story.about for story in home.stories[:3]] == ["", "<p>It <em>rained</em>.</p>", ""]
    assert home.stories[1].url == "stories/flood/"
    assert home.top == ()  # they are not told twice


def test_the_navigation_leads_to_lists_that_have_terms() -> None:
    bare = all_pages(archive_of([entry("a.md", "2015")]))
    assert {page.navigation for page in bare.values()} == {()}
    assert not {"stories/", "tags/"} & bare.keys()
    named = all_pages(archive_of([entry("a.md", "2015", stories=("Flood",), tags=("x",))]))
    assert {page.navigation for page in named.values()} == {
        (("tags", "Tags"), ("stories", "Stories"))
    }
    assert named["sitemaps/pages.xml"].data.urls[3:] == ("tags/", "stories/")


def test_the_settings_say_what_a_story_is() -> None:
    config = replace(CONFIG, stories={"Flood": Story(about="What *happened*.")})
    assert "stories/" not in all_pages(archive_of([], config))
    told = all_pages(archive_of([entry("a.md", stories=("Flood",), tags=("Flood",))], config))
    assert told["stories/flood/"].data.about == "<p>What <em>happened</em>.</p>"
    assert told["tags/flood/"].data.about == ""


def test_a_tag_shows_its_years_and_the_tags_that_often_come_with_it() -> None:
    entries = [
        entry("a.md", "2014", tags=("Syria", "War")),
        entry("b.md", "2016", tags=("syria", "war", "War", "Once")),
        entry("c.md", tags=("Syria", "Peace")),
        *(entry(f"d{n}.md", "2016", tags=("Peace", "WAR")) for n in range(3)),
    ]
    data = all_pages(archive_of(entries))["tags/syria/"].data
    assert data.years == (("2014", 1), ("2015", 0), ("2016", 1))
    # Named as these articles do, whatever most others call it.
    assert [(link.title, link.url) for link in data.together] == [("War", "tags/war/")]


def test_every_list_has_a_feed_of_its_newest_articles() -> None:
    entries = [
        entry(f"{n}.md", f"201{n}-03-04", tags=("x",), authors=("A",) * (n < 1)) for n in range(6)
    ]
    entries += [entry("u.md", tags=("x", "old"))]
    pages = all_pages(archive_of(entries))
    shown = {
        url: [item.path for item in page.data.entries]
        for url, page in pages.items()
        if url.endswith("feed.xml")
    }
    days = [f"201{n}/03/04/" for n in range(6)]
    assert shown == {
        "feed.xml": ["5.md", "4.md", "3.md"],
        "tags/x/feed.xml": ["5.md", "4.md", "3.md"],
        "tags/old/feed.xml": ["u.md"],
        "authors/a/feed.xml": ["0.md"],
        "undated/feed.xml": ["u.md"],
        **{f"{day[:n]}feed.xml": [f"{day[3]}.md"] for day in days for n in (5, 8, 11)},
    }
    assert pages["authors/a/feed.xml"].data.entries[0].authors == ("A",)
    for url in ("feed", "tags/x/feed", "tags/old/feed", "authors/a/feed"):
        assert pages[f"{url}.json"].data == pages[f"{url}.xml"].data


def test_undated_articles_come_last_in_a_feed() -> None:
    pages = all_pages(archive_of([entry("a.md", "2015"), entry("u.md", tags=("x",))]))
    assert [item.path for item in pages["feed.xml"].data.entries] == ["a.md", "u.md"]


def test_lists_are_there_as_data() -> None:
    entries = [entry(f"{n}.md", f"2015-0{n + 1}-05", tags=("x",)) for n in range(6)]
    undated_one = replace(entry("u.md", authors=("A", "B")), place="Rome")
    pages = all_pages(archive_of([*entries, undated_one]))
    counts = {
        "": 7,
        "2015/": 6,
        "2015/03/": 1,
        "2015/03/05/": 1,
        "tags/x/": 6,
        "authors/a/": 1,
        "undated/": 1,
    }
    for url, count in counts.items():
        assert pages[url].data.data == f"{url}articles"
        for ending in ("json", "csv"):
            data = pages[f"{url}articles.{ending}"].data
            assert len(data.rows) == count
            assert all(len(row) == len(data.columns) for row in data.rows)
    undated = pages["undated/articles.json"].data
    told = dict(zip(undated.columns, undated.rows[0], strict=True))
    assert {"title": "u.md", "authors": ("A", "B"), "place": "Rome"}.items() <= told.items()
    assert not {"sources", "places"} & told.keys()
    assert pages["dates/days.csv"].data.rows[0] == ("2015-01-05", 1, "2015/01/05/")
    assert pages["tags/terms.json"].data.rows == (("x", 6, "tags/x/"),)


def test_where_nobody_wants_lists_as_data_there_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data, "WHOLE", 3)
    entries = [entry(f"{n}.md", f"2015-03-0{n + 1}", tags=("x",)) for n in range(6)]
    pages = all_pages(archive_of(entries, replace(CONFIG, list_files=False)))
    files = {url for url in pages if url.endswith((".csv", ".json", ".xml")) and "map" not in url}
    assert files == {"feed.xml", "feed.json", "manifest.json", "opensearch.xml"}


def articles_in_data(url: str, pages: dict[str, Page]) -> list[str]:
    """The addresses of the articles that a file names, itself or through its parts."""
    data = pages[url].data
    named = [row[data.columns.index("url")] for row in data.rows]
    if data.columns[0] != "part":
        return named
    found = [articles_in_data(part, pages) for part in named]
    assert [len(urls) for urls in found] == [row[1] for row in data.rows]
    assert all(pages[part].data.list_url in pages for part in named)
    return [url for urls in found for url in urls]


def test_the_data_of_a_very_long_list_lead_to_those_of_its_parts() -> None:
    few = ["2010", "2011", "2011-06-07", ""]
    dates = [*few, *["2011-05"] * 3, *["2011-05-06"] * (WHOLE + 1)]
    entries = [entry(f"{n:04}.md", date, tags=("x",)) for n, date in enumerate(dates)]
    pages = all_pages(archive_of(entries))
    for ending in ("json", "csv"):
        for url in ("", "tags/x/"):
            named = articles_in_data(f"{url}articles.{ending}", pages)
            assert sorted(named) == sorted(e.url for e in entries)
        parts = {url: count for _, count, url in pages[f"2011/05/articles.{ending}"].data.rows}
        assert parts == {
            f"2011/05/00/articles.{ending}": 3,
            f"2011/05/06/articles.{ending}": WHOLE + 1,
        }
    for url in ("2011/", "2011/00/", "2011/05/00/", "tags/x/", "tags/x/2010/"):
        assert pages[url].data.data == f"{url}articles"


def test_another_name_of_a_tag_leads_to_it() -> None:
    pages = all_pages(archive_of([entry("a.md", tags=("SYRIA",))]))
    assert pages["tags/damascus/"].data.target.url == "tags/syria/"
    assert pages["tags/c/"].data.target.title == "SYRIA"
    pages = all_pages(archive_of([entry("a.md", tags=("Syria", "C"))]))
    assert pages["tags/c/"].template == "term.html"
    assert "tags/damascus/" not in all_pages(archive_of([entry("a.md")]))


def test_other_names_are_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not for each of them, nor for each article that has a tag."""
    asked: list[str] = []
    monkeypatch.setattr(base, "slugify", lambda text: asked.append(text) or slugify(text))
    tags = {f"Tag {n}": [f"word {n}", f"name {n}"] for n in range(20)}
    entries = [entry(f"{n}.md", tags=(f"Tag {n}",)) for n in range(20)]
    archive = archive_of(entries, replace(CONFIG, tags=tags))
    pages = [page for name in aliases.names(archive) for page in aliases.plan(name, archive)]
    touched = {name for one in entries for name in aliases.touched(one, archive)}
    assert len(pages) == len(touched) == len(asked) == 40


def test_the_home_page_counts_and_shows_the_newest() -> None:
    entries = [entry(f"{n:02}.md", f"20{n + 10}") for n in range(15)] + [entry("u.md")]
    home = all_pages(archive_of(entries))[""].data
    assert (home.count, home.undated, home.first, home.last) == (16, 1, "2010", "2024")
    assert [row.title for row in home.latest] == [f"{n:02}.md" for n in range(14, 4, -1)]
    assert [year.period for year in home.years] == [str(year) for year in range(2010, 2025)]
    entries = [entry(f"{year}.md", f"{year}-02") for year in range(1950, 2015)]
    months = all_pages(archive_of(entries))[""].data.months
    assert [year.period for year, _ in months] == [str(year) for year in range(2014, 1954, -1)]
    twelve = [period and period.period for period in months[0][1]]
    assert twelve == [None, "2014-02", *[None] * 10]


def test_the_home_page_shows_what_there_is_when_nothing_has_a_date() -> None:
    home = all_pages(archive_of([entry("u.md", sources=("Post",))]))[""].data
    assert (home.first, home.last, home.years) == ("", "", ())
    assert [row.title for row in home.latest] == ["u.md"]
    many = all_pages(archive_of([entry(f"{n:02}.md") for n in range(12)]))[""].data
    assert [row.title for row in many.latest] == [f"{n:02}.md" for n in range(10)]
    assert [top.taxonomy for top in home.top] == ["sources"]


def test_the_home_page_shows_the_most_used_terms_and_what_the_archive_is() -> None:
    tags = [tuple(f"t{n:02}" for n in range(14) if n % count == 0) for count in (1, 3, 4)]
    entries = [entry(f"{n}.md", tags=some) for n, some in enumerate(tags)]
    home = all_pages(archive_of(entries, replace(CONFIG, about="*Old* news")))[""].data
    [top] = home.top
    assert (top.taxonomy, top.url, top.total) == ("tags", "tags/", 14)
    most = ["t00", "t12", "t03", "t04", "t06", "t08", "t09"]
    assert [term.name for term in top.terms] == [*most, "t01", "t02", "t05", "t07", "t10"]
    assert home.about == "<p><em>Old</em> news</p>"


def test_the_feed_has_the_newest_articles_that_have_a_date() -> None:
    entries = [entry(f"{n}.md", f"201{n}") for n in range(5)] + [entry("u.md")]
    feed = all_pages(archive_of(entries))["feed.xml"].data
    assert [e.path for e in feed.entries] == ["4.md", "3.md", "2.md"]


# -- the map of days on the home page


def squares(entries: list[Entry]) -> dict[str, tuple[int, int]]:
    data = all_pages(archive_of(entries))[""].data
    return {c.day.period: (c.column, c.row) for grid in data.days for c in grid.days}


@settings(max_examples=60, deadline=None)
@given(st.dates().filter(lambda day: day.year >= 1000))
def test_a_day_has_its_square(day: datetime.date) -> None:
    first = day.replace(month=1, day=1)
    january = [first + datetime.timedelta(days=number) for number in range(24)]
    found = squares([entry(f"{one}.md", one.isoformat()) for one in {*january, day}])
    monday = first - datetime.timedelta(days=first.weekday())
    assert found[day.isoformat()] == ((day - monday).days // 7, day.weekday())


def test_days_that_nobody_knows_have_no_square() -> None:
    known = [entry(f"{day}.md", f"2015-03-{day:02}") for day in range(1, 25)]
    unknown = [
        entry("a.md", "2015"),
        entry("b.md", "2015-03"),
        entry("c.md"),
        entry("d.md", "2014"),
    ]
    assert set(squares(known + unknown)) == {f"2015-03-{day:02}" for day in range(1, 25)}
    (year,) = all_pages(archive_of(known + unknown))[""].data.days
    assert (year.months[0], year.months[11], year.last) == ((0, 3), (48, 1), (52, 3))


def test_years_that_are_all_but_empty_have_no_map_of_days() -> None:
    """The months say the same. A year that has only begun takes the map from no other."""
    few = [entry(f"{day}.md", f"2015-03-{day:02}") for day in range(1, 24)]
    assert squares(few) == {}
    full = [entry(f"b{day}.md", f"2014-{1 + day % 12:02}-{1 + day % 28:02}") for day in range(84)]
    begun = [entry("c.md", "2015-01-01")]
    days = list(squares(full + begun))
    assert days[0] == "2015-01-01" > days[1] == "2014-01-01"


@pytest.mark.parametrize(("a_year", "drawn"), [(366, 2), (300, 2), (100, 8), (24, 33), (1, 0)])
def test_the_map_of_days_has_a_bound(a_year: int, drawn: int) -> None:
    days = [
        (datetime.date(year, 1, 1) + datetime.timedelta(days=number)).isoformat()
        for year in range(1960, 2020)
        for number in range(a_year)
    ]
    found = squares([entry(f"{day}.md", day) for day in set(days)])
    years = sorted({day[:4] for day in found})
    # Whole years, the newest. Where every day has articles, 1 January of the next year counts.
    assert len({year for year in years if year <= "2019"}) == drawn
    assert not drawn or years[-1] >= "2019"
    assert len(found) <= 800
    for year in years:
        assert {d for d in days if d[:4] == year} == {d for d in found if d[:4] == year}
