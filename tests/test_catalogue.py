from __future__ import annotations

import random
from collections import Counter, UserDict

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from archive_gen.catalogue.catalogue import Catalogue
from archive_gen.catalogue.entry import Entry
from archive_gen.catalogue.order import term_key
from archive_gen.urls import short_digest
from tests.entries import DATES, archives, entry


def paths(entries: object) -> list[str]:
    return [entry.path for entry in entries]  # type: ignore[attr-defined]


def facts(catalogue: Catalogue) -> object:
    return (
        catalogue.by_path,
        list(catalogue.dated),
        list(catalogue.undated),
        catalogue.collisions,
        catalogue.terms.slugs,
        [catalogue.terms.of(taxonomy) for taxonomy in ("tags", "sources")],
        {path: catalogue.versions(e) for path, e in catalogue.by_path.items()},
        {path: sorted(catalogue.linking_to(e)) for path, e in catalogue.by_path.items()},
        [catalogue.found_at(f"p.example/{number}") for number in range(4)],
    )


@settings(max_examples=40)
@given(archives, st.randoms(use_true_random=False))
def test_the_order_of_reading_does_not_matter(entries: list[Entry], rng: random.Random) -> None:
    shuffled = entries.copy()
    rng.shuffle(shuffled)
    assert facts(Catalogue(shuffled)) == facts(Catalogue(entries))


class CountedReads(UserDict[str, Entry]):
    """Entries by path, and how often each was read."""

    def __init__(self, entries: list[Entry]) -> None:
        super().__init__({each.path: each for each in entries})
        self.reads: Counter[str] = Counter()

    def __getitem__(self, path: str) -> Entry:
        self.reads[path] += 1
        return super().__getitem__(path)


def test_a_first_build_reads_what_is_known_of_each_article_once() -> None:
    known = CountedReads([entry(f"{n:05}.md", "2015") for n in range(50)])
    catalogue = Catalogue.of_all(known, "en")
    assert facts(catalogue) == facts(Catalogue([*known.data.values()]))
    assert set(known.reads.values()) == {1}


def test_of_a_large_archive_nothing_that_is_known_stays_in_memory_as_objects() -> None:
    many = [entry(f"{n:05}.md", f"{1900 + n % 100}") for n in range(20_500)]
    known = CountedReads(many)
    catalogue = Catalogue.of_all(known, "en")
    assert not [path for path, reads in known.reads.items() if reads == 1]
    assert [*catalogue.dated] == [*Catalogue(many).dated]


@settings(max_examples=40)
@given(archives)
def test_every_article_has_a_place_and_an_address_of_its_own(entries: list[Entry]) -> None:
    catalogue = Catalogue(entries)
    assert sorted(paths([*catalogue.dated, *catalogue.undated])) == sorted(paths(entries))
    assert len({e.url for e in catalogue.by_path.values()}) == len(entries)


@settings(max_examples=40)
@given(archives)
def test_each_address_that_is_not_the_claimed_one_is_reported(entries: list[Entry]) -> None:
    catalogue = Catalogue(replace(entry, aliases=()) for entry in entries)
    moved = {e.path for e in entries if catalogue.by_path[e.path].url != e.url}
    assert {f"content/{path}" for path in moved} == {p.path for p in catalogue.collisions}


def test_the_first_by_path_keeps_the_address_and_the_other_is_told_how_to_get_one() -> None:
    catalogue = Catalogue([entry("b/x.md", "2015"), entry("a/x.md", "2015")])
    assert catalogue.by_path["a/x.md"].url == "2015/x/"
    other = catalogue.by_path["b/x.md"].url
    assert other.startswith("2015/x-")
    (problem,) = catalogue.collisions
    assert "/2015/x/" in problem.message
    assert "content/a/x.md" in problem.message
    assert other in problem.hint


def test_an_address_that_looks_like_a_suffixed_one_is_not_taken_away() -> None:
    suffixed = f"x-{short_digest('b/x.md')}"
    for first, second in (("a", "z"), ("z", "a")):
        catalogue = Catalogue(
            [
                entry(f"{first}/x.md", "2015"),
                entry("b/x.md", "2015"),
                entry(f"{second}/y.md", "2015", slug=suffixed),
            ]
        )
        assert len({e.url for e in catalogue.by_path.values()}) == 3


@settings(max_examples=40)
@given(archives)
def test_neighbours_lead_through_all_dated_articles(entries: list[Entry]) -> None:
    catalogue = Catalogue(entries)
    for before, after in zip([None, *catalogue.dated], [*catalogue.dated, None], strict=True):
        if before:
            assert catalogue.neighbours(before)[1] == after
        if after:
            assert catalogue.neighbours(after)[0] == before
    for undated in catalogue.undated:
        assert catalogue.neighbours(undated) == (None, None)


def test_neighbours_of_an_article_that_is_not_there_are_those_of_its_place() -> None:
    catalogue = Catalogue([entry("a.md", "2015"), entry("c.md", "2017")])
    assert paths(catalogue.neighbours(entry("b.md", "2016"))) == ["a.md", "c.md"]


def test_order_is_by_date_then_path_and_undated_by_title() -> None:
    catalogue = Catalogue(
        [
            entry("d.md", "2015-10-07"),
            entry("c.md", "2015-10"),
            entry("b.md", "2015-10-07"),
            entry("a.md", "2015-10-07T09:00"),
            entry("u.md", title="b"),
            entry("v.md", title="A"),
        ]
    )
    assert paths(catalogue.dated) == ["c.md", "b.md", "d.md", "a.md"]
    assert paths(catalogue.undated) == ["v.md", "u.md"]


@settings(max_examples=40)
@given(archives)
def test_periods_hold_what_is_dated_in_them(entries: list[Entry]) -> None:
    catalogue = Catalogue(entries)
    for period in catalogue.timeline.periods():
        expected = [e for e in catalogue.dated if e.date and period in e.date.periods]
        assert list(catalogue.in_period(period)) == expected != []
    assert sum(len(catalogue.in_period(year)) for year in catalogue.timeline.years()) == len(
        catalogue.dated
    )
    assert list(catalogue.timeline.years()) == sorted(
        p for p in catalogue.timeline.periods() if len(p) == 4
    )


@settings(max_examples=60)
@given(archives)
def test_a_list_is_divided_by_what_its_articles_stand_in(entries: list[Entry]) -> None:
    catalogue = Catalogue(entries)
    years: dict[str, list[str]] = {}
    months: dict[str, list[str]] = {}
    for e in catalogue.everything:
        period = e.date.period if e.date else ""
        years.setdefault(period[:4], []).append(e.path)
        if period:
            months.setdefault(period[:7] if period[4:] else f"{period}-00", []).append(e.path)
    divided = catalogue.everything.by_year()
    assert {year: paths(some) for year, some in divided.items()} == years
    assert list(divided) == sorted(years)
    divided = catalogue.everything.by_month()
    assert {month: paths(some) for month, some in divided.items()} == months
    assert list(divided) == sorted(months)
    for period in catalogue.timeline.periods():
        alone = [e.path for e in catalogue.dated if e.date and e.date.period == period]
        assert paths(catalogue.only_in(period)) == alone
        assert catalogue.only_in(period).urls == [catalogue.by_path[path].url for path in alone]
    assert paths(catalogue.everything.dated) == paths(catalogue.dated)


def test_an_interval_of_several_months_is_in_none_of_them() -> None:
    dates = [
        "2014-05",
        "2015-01-05",
        "2015-02-03/2015-03-09",
        "2015-02-05",
        "2015-02-05/2015-02-07",
    ]
    catalogue = Catalogue([entry(f"{date[:7]}-{n}.md", date) for n, date in enumerate(dates)])
    months = catalogue.everything.by_month()
    assert [(month, len(some)) for month, some in months.items()] == [
        ("2014-05", 1),
        ("2015-00", 1),
        ("2015-01", 1),
        ("2015-02", 2),
    ]


@settings(max_examples=40)
@given(archives)
def test_periods_of_one_length_are_linked_in_a_chain(entries: list[Entry]) -> None:
    catalogue = Catalogue(entries)
    for length in (4, 7, 10):
        chain = sorted(p for p in catalogue.timeline.periods() if len(p) == length)
        for n, period in enumerate(chain):
            assert catalogue.timeline.adjacent(period) == (
                chain[n - 1] if n else None,
                chain[n + 1] if n + 1 < len(chain) else None,
            )


def test_an_empty_period_lies_between_those_that_are_not() -> None:
    catalogue = Catalogue([entry("a.md", "2013-05-01"), entry("b.md", "2016-02")])
    assert catalogue.timeline.adjacent("2015") == ("2013", "2016")
    assert catalogue.timeline.adjacent("2014-01") == ("2013-05", "2016-02")
    assert catalogue.timeline.adjacent("2014-01-01") == ("2013-05-01", None)
    assert list(catalogue.in_period("2015")) == []


# -- terms


@given(st.text(max_size=12))
def test_a_terms_key_is_its_own_key(name: str) -> None:
    assert term_key(term_key(name)) == term_key(name)


@settings(max_examples=40)
@given(archives)
def test_every_use_of_a_term_is_found_under_it(entries: list[Entry]) -> None:
    catalogue = Catalogue(entries)
    for e in catalogue.by_path.values():
        for name in e.terms["tags"]:
            term = catalogue.terms.named("tags", name)
            assert term is not None
            assert e in catalogue.with_term(term)
    terms = catalogue.terms.of("tags")
    assert len({term.url for term in terms}) == len(terms)
    assert [term.slug for term in terms] == sorted(term.slug for term in terms)
    for term in terms:
        users = catalogue.with_term(term)
        assert term.count == len(users) == len(set(paths(users)))
        assert any(term.name in e.terms["tags"] for e in users)
        assert paths(users) == [
            path for path in paths([*catalogue.undated, *catalogue.dated]) if path in paths(users)
        ]


def test_spellings_are_one_term_with_the_commonest_name() -> None:
    catalogue = Catalogue(
        [
            entry("a.md", tags=("SYRIA",)),
            entry("b.md", tags=("Syria",)),
            entry("c.md", tags=("syria",)),
            entry("d.md", tags=("Syria",)),
            entry("e.md", tags=("Ｓｙｒｉａ",)),
            entry("f.md", tags=("Cafe\u0301",)),
            entry("g.md", tags=("Café",)),
        ]
    )
    assert [(t.slug, t.count) for t in catalogue.terms.of("tags")] == [("cafe", 2), ("syria", 5)]
    cafe, syria = catalogue.terms.of("tags")
    assert syria.name == "Syria"
    assert cafe.name == "Cafe\u0301"  # of two as common, the first
    spellings = catalogue.terms.spellings
    assert spellings("tags", "syria")["Syria"] == 2
    assert spellings("tags", "other") == spellings("x", "syria") == {}


def times_shared(among: list[Entry]) -> dict[str, int]:
    keys = [{term_key(name) for name in e.terms["tags"]} for e in among]
    return Counter(key for each in keys for key in each)


@settings(max_examples=40)
@given(archives)
def test_terms_that_articles_share_are_counted(entries: list[Entry]) -> None:
    catalogue = Catalogue(entries)
    terms = catalogue.terms.of("tags")
    for term in terms * 3:  # who asks often is answered in another way
        members = catalogue.with_term(term)
        assert catalogue.terms.shared("tags", members.numbers) == times_shared([*members])
    for one in terms:
        for other in terms:
            both = catalogue.with_term(one).among(catalogue.with_term(other))
            assert paths(both) == [
                path
                for path in paths(catalogue.with_term(one))
                if path in paths(catalogue.with_term(other))
            ]


@settings(max_examples=40)
@given(archives, st.sampled_from(DATES), st.integers(1, 3))
def test_around_an_article_are_the_nearest_with_a_term(
    entries: list[Entry], date: str, count: int
) -> None:
    catalogue = Catalogue(entries)
    for asked in (*catalogue.everything, entry("b/xx.md", date)):
        place = catalogue.order.place_of(asked)
        for term in catalogue.terms.of("tags"):
            members = [e for e in catalogue.with_term(term) if e.date and asked.date]
            before = [e for e in members if catalogue.order.place_of(e) < place]
            after = [e for e in members if catalogue.order.place_of(e) > place]
            around = catalogue.around(asked, "tags", term_key(term.name), count)
            assert around == (before[-count:], after[:count])
        assert catalogue.around(asked, "tags", "none has it", count) == ([], [])


# -- links


@settings(max_examples=40)
@given(archives)
def test_links_of_texts_lead_to_articles_and_back(entries: list[Entry]) -> None:
    catalogue = Catalogue(entries)
    for e in catalogue.everything:
        linking = [o.path for o in entries if e.found_at in o.links]
        assert sorted(catalogue.linking_to(e)) == sorted(linking)
        for place in e.links:
            there = [o for o in catalogue.everything if o.found_at == place]
            assert catalogue.found_at(place) == (there[0] if there else None)
    assert catalogue.found_at("p.example/other") is None


def test_addresses_that_share_a_checksum_are_not_taken_for_each_other() -> None:
    catalogue = Catalogue(
        [entry("a.md", found_at="plumless"), entry("b.md", links=("buckeroo", "plumless"))]
    )
    assert catalogue.found_at("buckeroo") is None
    assert paths([catalogue.found_at("plumless")]) == ["a.md"]


def test_different_terms_never_share_an_address() -> None:
    taken = f"c-{short_digest('c#')}"
    catalogue = Catalogue([entry("a.md", tags=("C", "C++", "C#", taken, "!", "?"))])
    terms = catalogue.terms.of("tags")
    assert len({term.slug for term in terms}) == len(terms) == 6
    assert "c" in {term.slug for term in terms}


def test_an_unknown_taxonomy_or_term_is_empty() -> None:
    catalogue = Catalogue([])
    assert list(catalogue.terms.of("tags")) == []
    assert catalogue.terms.named("tags", "a") is None


# -- versions


@settings(max_examples=40)
@given(archives)
def test_versions_are_the_same_from_each_of_them(entries: list[Entry]) -> None:
    catalogue = Catalogue(entries)
    named = {name for e in entries for name in e.versions if name in catalogue.by_path}
    assert catalogue.in_versions() == sorted(named | {e.path for e in entries if e.versions})
    stories = {
        path: frozenset(paths([*catalogue.versions(e), e])) for path, e in catalogue.by_path.items()
    }
    for path, story in stories.items():
        assert all(stories[other] == story for other in story)
        for other in catalogue.by_path[path].versions:
            assert other in story or other not in catalogue.by_path


def test_versions_are_oldest_first_through_circles_and_names_that_lead_nowhere() -> None:
    catalogue = Catalogue(
        [
            entry("a.md", "2017", versions=("b.md", "a.md")),
            entry("b.md", "2016", versions=("a.md", "gone.md")),
            entry("c.md", versions=("b.md",)),
            entry("d.md", "2015", versions=("c.md",)),
            entry("e.md", "2014", versions=("gone.md",)),
        ]
    )
    assert paths(catalogue.versions(catalogue.by_path["a.md"])) == ["d.md", "b.md", "c.md"]
    assert catalogue.versions(catalogue.by_path["e.md"]) == []
