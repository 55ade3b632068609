"""The order that is kept between builds, brought up to date, is the one made from nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from archive_gen.building.state import BuildState
from archive_gen.catalogue.catalogue import Catalogue
from archive_gen.catalogue.entry import Entry
from archive_gen.catalogue.order import Order, decoded, encoded, place_of
from tests.entries import archives, entries_at, entry


def order_of(entries: list[Entry]) -> Order:
    return Order.of(sorted(entries, key=lambda entry: place_of(entry, "en")), "en")


def by_path(entries: list[Entry]) -> dict[str, Entry]:
    return {entry.path: entry for entry in entries}


def applied(old: list[Entry], new: list[Entry]) -> Order:
    """The order of ``old`` after it became ``new``."""
    was, now = by_path(old), by_path(new)
    order = order_of(old)
    order.apply(
        [entry for path, entry in was.items() if now.get(path) != entry],
        [entry for path, entry in now.items() if was.get(path) != entry],
        was.__getitem__,
    )
    return order


@settings(max_examples=150, deadline=None)
@given(archives, archives)
def test_it_is_the_same_after_any_change(old: list[Entry], new: list[Entry]) -> None:
    assert applied(old, new) == order_of(new)


@settings(max_examples=50, deadline=None)
@given(archives, st.data())
def test_it_is_the_same_after_changes_that_move_no_article(
    old: list[Entry], data: st.DataObject
) -> None:
    others = [data.draw(entries_at(e.path)) for e in old]
    new = [replace(o, date=e.date, title=e.title) for e, o in zip(old, others, strict=True)]
    assert applied(old, new) == order_of(new)


@settings(max_examples=50, deadline=None)
@given(archives)
def test_another_text_is_nothing_new(entries: list[Entry]) -> None:
    edited = [replace(entry, digest="another", summary="Another.") for entry in entries]
    assert not order_of(entries).apply(entries, edited, by_path(entries).__getitem__)
    assert not entries or order_of(entries).apply(entries, [], by_path(entries).__getitem__)


@settings(max_examples=50)
@given(archives)
def test_it_is_kept_as_it_is(entries: list[Entry]) -> None:
    assert decoded(encoded(order_of(entries))) == order_of(entries)


@settings(max_examples=50, deadline=None)
@given(archives, archives)
def test_a_catalogue_of_it_finds_each_article(old: list[Entry], new: list[Entry]) -> None:
    fresh = Catalogue(new)
    kept = Catalogue.of_order(applied(old, new), {}, by_path(new), Catalogue(old).terms.slugs)
    assert [*kept.dated, *kept.undated] == [*fresh.dated, *fresh.undated]
    assert kept.by_path == fresh.by_path
    assert kept.terms.slugs == fresh.terms.slugs
    assert kept.urls == fresh.urls == [e.url for e in (*fresh.undated, *fresh.dated)]


def test_the_name_of_a_term_is_not_the_spelling_that_came_first() -> None:
    old = [entry("b.md", "2015", tags=("c",))]
    new = [entry("a.md", "2014", tags=("C",)), *old]
    kept = Catalogue.of_order(applied(old, new), {}, by_path(new), {})
    assert kept.terms.of("tags") == Catalogue(new).terms.of("tags")


def test_the_undated_are_in_the_order_of_the_alphabet() -> None:
    titles = ["Zorn", "„Ende“", "Ål", "Eiche", "ärlig", "G20", "G7"]
    entries = [entry(f"{number}.md", title=title) for number, title in enumerate(titles)]
    *old, last = sorted(entries, key=lambda entry: place_of(entry, "sv"))
    order = Order.of([*old[:2], last], "sv")
    assert order.apply([last], old[2:], by_path(entries).__getitem__)
    assert order == Order.of(old, "sv")
    listed = {
        language: [entry.title for entry in Catalogue(entries, language).undated]
        for language in ("de", "sv")
    }
    assert listed["de"] == ["Ål", "ärlig", "Eiche", "„Ende“", "G7", "G20", "Zorn"]
    assert listed["sv"] == ["Eiche", "„Ende“", "G7", "G20", "Zorn", "Ål", "ärlig"]


_TOLD_BY_LINUX = Path("/proc/self/io")


def read_so_far() -> int:
    """Bytes that this process has read."""
    return int(_TOLD_BY_LINUX.read_text("ascii").split()[1])


@pytest.mark.skipif(not _TOLD_BY_LINUX.exists(), reason="the system does not tell what is read")
def test_who_looks_for_facts_reads_no_order(tmp_path: Path) -> None:
    names = [f"{number:030}" for number in range(20_000)]
    state = BuildState(tmp_path)
    state.set_order(Order(paths=names, claims=names))
    state.facts.number = 7
    state.commit()
    state.close()
    reading = BuildState.open_to_read(tmp_path)
    assert reading is not None
    before = read_so_far()
    assert reading.facts.number == 7
    assert read_so_far() - before < 50_000
    assert reading.order().paths == names
    assert read_so_far() - before > 1_000_000
    reading.close()
