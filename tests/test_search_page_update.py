"""The page's files after an update are those that would be made from nothing."""

from __future__ import annotations

import dataclasses
import itertools
import random
import statistics
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_gen.parallel import ProcessMapper
from archive_gen.search import scoring
from archive_gen.search.analysis import Term
from archive_gen.search.page import best as page_best
from archive_gen.search.page import cuts as page_cuts
from archive_gen.search.page import index as page_index
from archive_gen.search.page import shards as page_shards
from archive_gen.search.page.best import LEVEL
from archive_gen.search.page.cuts import Cuts
from archive_gen.search.page.layout import Layout, moves
from archive_gen.search.page.lists import (
    Listed,
)
from archive_gen.search.page.numbers import date_in, order_key, tie
from archive_gen.search.page.update import PageUpdate
from archive_gen.search.rice import packed
from archive_gen.search.whoosh.index import WhooshIndex
from archive_gen.search.whoosh.place_bits import read_places, write_places
from archive_gen.search.whoosh.schema import Words
from tests.contracts.search_corpus import document

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from archive_gen.search.values import SearchDocument

_PARTS = ("ban", "kerl", "ös", "ing", "storm", "ed", "tör", "ly", "quo", "s", "ви", "ра")
_DOCUMENTS = 90
_DAYS = (
    *(f"2015-{month:02}-07" for month in range(1, 13)),
    *("2015-02-07T12:00:01Z", "2015-02-07T12:00:00Z", "", "2014", "2015", "2015-03"),
    *("2015-03/2015-04", "2015-12-30/2016-01-02"),
)


def words(chance: random.Random, count: int) -> str:
    return " ".join("".join(chance.choices(_PARTS, k=chance.randint(1, 4))) for _ in range(count))


def made_up(chance: random.Random, number: int, day: str) -> SearchDocument:
    return dataclasses.replace(
        document(number),
        title=words(chance, 5),
        text=words(chance, chance.choice((10, 80, 120))),
        date=day,
        language=chance.choice(("en", "de", "en")),
    )


def one_more_word(old: SearchDocument, chance: random.Random) -> SearchDocument:
    return dataclasses.replace(old, text=f"{old.text} {words(chance, 1)} only{chance.random()}")


def one_word_less(old: SearchDocument, _chance: random.Random) -> SearchDocument:
    return dataclasses.replace(old, text=old.text.partition(" ")[2])


def other_text(old: SearchDocument, chance: random.Random) -> SearchDocument:
    return dataclasses.replace(old, text=words(chance, 40))


def other_title(old: SearchDocument, chance: random.Random) -> SearchDocument:
    return dataclasses.replace(old, title=words(chance, 4))


def other_tag(old: SearchDocument, chance: random.Random) -> SearchDocument:
    return dataclasses.replace(old, tags=(words(chance, 1).upper(),))


def other_day(old: SearchDocument, chance: random.Random) -> SearchDocument:
    return dataclasses.replace(old, date=chance.choice((*_DAYS, "2015-03-08")))


def other_spelling(old: SearchDocument, _chance: random.Random) -> SearchDocument:
    return dataclasses.replace(
        old, tags=tuple(tag.upper() for tag in old.tags), place=old.place.upper()
    )


def the_latest(old: SearchDocument, _chance: random.Random) -> SearchDocument:
    return dataclasses.replace(old, path=f"new/{old.path}", date="2031-01-01")


EDITS = [
    other_spelling,
    one_more_word,
    one_word_less,
    other_text,
    other_title,
    other_tag,
    other_day,
    the_latest,
]


def applied(
    index: WhooshIndex,
    files: dict[str, bytes],
    changed: Sequence[SearchDocument],
    deleted: Sequence[str] = (),
) -> tuple[dict[str, bytes], bool]:
    """The files after an update, and whether only some of them were made: otherwise they are those
    of a new index, made as such."""
    paths = [*(document.path for document in changed), *deleted]
    page = PageUpdate(index, paths, files.get, ProcessMapper(2))
    index.update(changed, deleted)
    changes = page.changes()
    if changes is None:
        return dict(page_index.files(index)), False
    kept = {name: data for name, data in files.items() if name not in changes.removed}
    return kept | dict(changes.files), True


@pytest.fixture(
    params=[(page_cuts.MOST, page_shards.MIN_SHARD, page_shards.MAX_SHARD), (12, 200, 300)]
)
def _whole_and_cut(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """No archive of a test has lists that are cut; with parts so small all common words' are.

    The same with entries that a shard has no room for.
    """
    most, least_of_shard, most_of_shard = request.param
    monkeypatch.setattr(page_cuts, "MOST", most)
    monkeypatch.setattr(page_shards, "MIN_SHARD", least_of_shard)
    monkeypatch.setattr(page_shards, "MAX_SHARD", most_of_shard)
    monkeypatch.setattr(page_best, "LEAST", 10)


@pytest.mark.usefixtures("_whole_and_cut")
@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_gives_the_files_of_a_new_index(
    tmp_path: Path, edit: Callable[[SearchDocument, random.Random], SearchDocument]
) -> None:
    chance = random.Random(edit.__name__)  # noqa: S311
    articles = {
        article.path: article
        for article in (made_up(chance, n, _DAYS[n % len(_DAYS)]) for n in range(_DOCUMENTS))
    }
    index = WhooshIndex(tmp_path)
    index.update(articles.values(), [])
    files = dict(page_index.files(index))
    partly_once = False
    for _ in range(4):
        changed = [edit(article, chance) for article in chance.sample(list(articles.values()), 2)]
        articles |= {article.path: article for article in changed}
        files, partly = applied(index, files, changed)
        assert not partly or files == dict(page_index.files(index))
        partly_once |= partly
    assert partly_once
    path = next(iter(articles))
    files, partly = applied(index, files, [], [path])
    assert not partly or files == dict(page_index.files(index))


def test_what_comes_and_goes_leaves_most_files_alone(tmp_path: Path) -> None:
    chance = random.Random(5)  # noqa: S311
    days = [f"2015-{n % 6 + 1:02}-{n % 27 + 1:02}" for n in range(250)]
    articles = [
        dataclasses.replace(document(n), title=f"x{n}", summary="", tags=(), date=day)
        for n, day in enumerate(days)
    ]
    articles = [
        dataclasses.replace(
            article, text=" ".join((words(chance, 2), *(f"y{n}x{k}" for k in range(40))))
        )
        for n, article in enumerate(articles)
    ]
    index = WhooshIndex(tmp_path)
    index.update(articles, [])
    files = dict(page_index.files(index))
    counts = []
    for article in chance.sample(articles, 5):
        for changed, deleted in (([], [article.path]), ([article], [])):
            after, partly = applied(index, files, changed, deleted)
            assert partly
            counts.append(sum(files.get(name) != data for name, data in after.items()))
            files = after
    assert files == dict(page_index.files(index))
    assert statistics.median(counts) * 2 < len(files)


_MOMENTS = st.tuples(
    st.sampled_from([0, 20150000000000, 20151000000000, 20151007000000, 20151008000000]),
    st.one_of(st.just(0), st.sampled_from([120000, 120001, 120002]), st.integers(0, 235959)),
).map(lambda pair: pair[0] + (pair[1] if pair[0] % 100_000_000 else 0))
_KEYS = st.sets(st.builds(order_key, _MOMENTS, st.integers(0, 1000).map(str).map(tie)), min_size=1)


@given(_KEYS, st.data())
def test_a_number_says_what_comes_first_and_depends_on_its_day_alone(
    keys: set[int], data: st.DataObject
) -> None:
    layout = Layout.of([*keys], [*keys])
    assert layout.numbers == sorted(set(layout.numbers))
    gone = data.draw(st.sampled_from(sorted(keys)))
    fewer = Layout.of(*[[key for key in keys if key != gone]] * 2)
    if fewer.first != layout.first:
        return
    old = dict(zip(layout.keys, layout.numbers, strict=True))
    new = dict(zip(fewer.keys, fewer.numbers, strict=True))
    moved = {key for key, number in new.items() if old[key] != number}
    assert {date_in(key) for key in moved} <= {date_in(gone)}
    found = moves(fewer, {gone}, set())
    assert found.moved == moved
    before, after = contents(layout), contents(fewer)
    assert found.written == {name for name in after if before.get(name) != after[name]}
    assert found.lost == before.keys() - after.keys()


def contents(layout: Layout) -> dict[str, list[tuple[int, int]]]:
    pairs = list(zip(layout.numbers, layout.keys, strict=True))
    return {name: pairs[members] for name, members in layout.blocks()}


def test_an_article_less_moves_few() -> None:
    keys = [order_key(20151000000000 + 1_000_000 * (n % 10), tie(str(n))) for n in range(1000)]
    layout = Layout.of(keys, keys)
    moved = [
        len(moves(Layout.of(*[[k for k in keys if k != gone]] * 2), {gone}, set()).moved)
        for gone in layout.keys[::10]
    ]
    assert sum(moved) < 3 * len(moved)


@pytest.mark.parametrize("years", [1, 30])
def test_no_folder_has_more_files_than_fat32_keeps(years: int) -> None:
    """65,534 entries, of which one name takes two or more."""
    keys = [
        order_key(((2015 + n % years) * 10_000 + month * 100 + 1 + n % 28) * 1_000_000, tie(str(n)))
        for n, month in enumerate(itertools.islice(itertools.cycle(range(1, 13)), 150_000))
    ]
    layout = Layout.of(keys, keys)
    folders = Counter(name.rpartition("/")[0] for name, _ in layout.blocks())
    assert sum(folders.values()) > 25_000
    assert max(folders.values()) < 5_000
    assert len(folders) < 500


def test_an_edit_leaves_most_files_alone(tmp_path: Path) -> None:
    chance = random.Random(1)  # noqa: S311
    articles = [made_up(chance, n, "2015-10-07") for n in range(_DOCUMENTS)]
    index = WhooshIndex(tmp_path)
    index.update(articles, [])
    files = dict(page_index.files(index))
    page = PageUpdate(index, [articles[3].path], files.get, ProcessMapper(2))
    index.update([dataclasses.replace(articles[3], url="elsewhere/")], [])
    changes = page.changes()
    assert changes
    assert {name for name, _ in changes.files} < set(files)
    assert len(changes.files) <= 3 < len(files)


def test_an_article_more_or_less_touches_one_piece_of_a_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_cuts, "MOST", 10)
    articles = [
        dataclasses.replace(
            document(n),
            text=f"all {'some' * (n % 2)} y{n}",
            date=f"2015-{n % 12 + 1:02}-{n // 12 + 1:02}",
            language="en",
        )
        for n in range(200)
    ]
    index = WhooshIndex(tmp_path)
    index.update(articles, [])
    files = dict(page_index.files(index))
    pieces = {name for name in files if name.startswith("common/")}
    assert len([name for name in pieces if name.startswith("common/w-all-0-")]) > 30
    assert len([name for name in pieces if name.startswith("common/w-some-0-")]) > 10
    article = articles[77]
    for changed, deleted in (
        ([], [article.path]),
        ([article], []),
        ([dataclasses.replace(article, text=f"{article.text} all")], []),
    ):
        after, partly = applied(index, files, changed, deleted)
        assert partly
        touched = {name for name in pieces if files.get(name) != after[name]}
        touched = {name.replace("-places", "") for name in touched}
        assert touched
        assert len({name.rpartition("-")[0] for name in touched}) == len(touched)
        files = after
    assert files == dict(page_index.files(index))


def test_the_best_of_a_word_are_made_again_only_for_one_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_cuts, "MOST", 10)
    monkeypatch.setattr(page_best, "LEAST", 20)
    articles = [
        dataclasses.replace(
            document(n),
            text="all " * (60 if n % 10 == 0 else 1) + f"y{n}",
            date=f"2015-{n % 12 + 1:02}-{n // 12 + 1:02}",
            language="en",
        )
        for n in range(200)
    ]
    index = WhooshIndex(tmp_path)
    index.update(articles, [])
    files = dict(page_index.files(index))
    for article, is_best in ((articles[77], False), (articles[70], True)):
        for changed, deleted in (([], [article.path]), ([article], [])):
            page = PageUpdate(index, [article.path], files.get, ProcessMapper(1))
            index.update(changed, deleted)
            changes = page.changes()
            assert changes
            made = dict(changes.files)
            assert ("best/en-w-all.js" in made) == is_best
            files |= made
    assert files == dict(page_index.files(index))


def test_nobody_looks_for_the_best_of_a_rare_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_cuts, "MOST", 8)
    index = WhooshIndex(tmp_path)
    index.update([harbours(n, f"harbour y{n} z{n % 30}") for n in range(60)], [])
    files = dict(page_index.files(index))
    asked: set[str] = set()

    def read(name: str) -> bytes | None:
        asked.add(name)
        return files.get(name)

    page = PageUpdate(index, [harbours(8, "").path], read, ProcessMapper(1))
    index.update([], [harbours(8, "").path])
    assert page.changes()
    best = {name for name in asked if name.startswith("best/")}
    assert "best/en-w-harbour.js" in best <= files.keys()


def harbours(number: int, text: str) -> SearchDocument:
    date = f"2015-{number % 12 + 1:02}-{number // 12 + 1:02}"
    article = dataclasses.replace(document(number), title="", summary="", language="en")
    return dataclasses.replace(article, text=text, date=date)


def test_the_best_of_a_word_that_are_lost_are_made_again_with_an_article_that_has_another_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_cuts, "MOST", 8)
    monkeypatch.setattr(page_best, "LEAST", 10)
    index = WhooshIndex(tmp_path)
    index.update(
        [harbours(n, "harbours bridge" if n in (7, 9) else "harbour") for n in range(60)], []
    )
    files = dict(page_index.files(index))
    assert files.pop("best/en-w-harbour.js")
    files, partly = applied(index, files, [harbours(9, "harbours harbours")])
    assert partly
    assert files == dict(page_index.files(index))


def test_another_form_of_a_word_may_make_its_list_a_cut_one_or_a_whole_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The family weighs in the article what it weighed before."""
    monkeypatch.setattr(page_cuts, "MOST", 40)
    monkeypatch.setattr(page_best, "LEAST", 10)
    forms = ("bridge", "bridges", "bridged")
    index = WhooshIndex(tmp_path)
    # One article more with "bridge", and half of all have it.
    index.update([harbours(n, forms[0 if n < 31 else n % 2 + 1]) for n in range(63)], [])
    files = dict(page_index.files(index))
    names = set()
    for form in ("bridge", "bridges", "bridge"):
        files, partly = applied(index, files, [harbours(40, form)])
        assert partly
        assert files == dict(page_index.files(index))
        names.add("best/en-w-bridg.js" in files)
    assert names == {True, False}


def test_where_no_list_is_cut_no_best_are_looked_for(tmp_path: Path) -> None:
    index = WhooshIndex(tmp_path)
    index.update([harbours(n, "harbour") for n in range(60)], [])
    files = dict(page_index.files(index))
    read: list[str] = []

    def reading(name: str) -> bytes | None:
        read.append(name)
        return files.get(name)

    page = PageUpdate(index, ["2/9.md"], reading, ProcessMapper(1))
    index.update([harbours(9, "harbour bridge")], [])
    assert page.changes()
    assert read
    assert not [name for name in read if name.startswith("best/")]


def test_an_article_is_not_analysed_once_more_for_the_best(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_cuts, "MOST", 100)
    index = WhooshIndex(tmp_path)
    articles = [
        dataclasses.replace(harbours(0, f"harbour y{n}"), path=f"{n}.md", date=f"{1000 + n}")
        for n in range(800)
    ]
    index.update(articles, [])
    files = dict(page_index.files(index))
    edits = [dataclasses.replace(a, text=f"{a.text} harbour") for a in articles[:35]]
    page = PageUpdate(index, [edit.path for edit in edits], files.get, ProcessMapper(1))
    index.update(edits, [])
    analysed: list[SearchDocument] = []
    of = Words.of

    def counted(document: SearchDocument) -> Words:
        analysed.append(document)
        return of(document)

    monkeypatch.setattr(Words, "of", counted)
    changes = page.changes()
    assert changes
    assert "best/en-w-harbour.js" in dict(changes.files)
    # Twice for its words and twice for its keywords, as more are asked about than are kept.
    assert len(analysed) <= 4 * 2 * len(edits)


def test_what_words_weigh_beside_each_other_is_that_of_a_new_index_after_each_update(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Words that are common or not by one article, in few of the best or in many."""
    monkeypatch.setattr(page_cuts, "MOST", 8)
    monkeypatch.setattr(page_best, "LEAST", 10)
    chance = random.Random(5)  # noqa: S311
    weights = (0, 0, 0, 1, 1, 2, 9)

    def text() -> str:
        many = " ".join(f"c{n} " * chance.choice(weights) for n in range(6))
        some = " ".join(f"s{n}" for n in range(12) if chance.random() < 0.13 + n / 100)
        return f"{many} {some} {'long ' * chance.choice((0, 30))}"

    index = WhooshIndex(tmp_path)
    articles = {n: harbours(n, text()) for n in range(100)}
    index.update([*articles.values()], [])
    files = dict(page_index.files(index))
    families = set()
    for _ in range(40):
        number = chance.randrange(110)
        deleted = articles.pop(number, None) if chance.random() < 0.4 else None
        if not deleted:
            articles[number] = harbours(number, text())
        changed = [articles[number]] if number in articles else []
        files, partly = applied(index, files, changed, [deleted.path] if deleted else [])
        assert files == dict(page_index.files(index))
        families |= {(partly, name.split("-")[2]) for name in files if name.startswith("pairs/en")}
    once = {word for partly, word in families if partly}
    assert {f"c{n}" for n in range(6)} < once
    always = {n.split("-")[2] for n in files if n.startswith("pairs/en")}
    assert once - always


def test_an_article_that_is_edited_while_another_of_its_day_comes_weighs_what_it_weighs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the 33rd of a day all that are there get another number."""
    monkeypatch.setattr(page_cuts, "MOST", 90)
    monkeypatch.setattr(page_best, "LEAST", 10)
    articles = [
        dataclasses.replace(
            harbours(0, "harbour"), path=f"{n}.md", date=f"2015-01-{n // 32 + 1:02}"
        )
        for n in range(800)
    ]
    index = WhooshIndex(tmp_path)
    index.update(articles, [])
    files = dict(page_index.files(index))
    edited = dataclasses.replace(articles[40], text="harbour harbour")
    come = dataclasses.replace(articles[40], path="new.md")
    files, partly = applied(index, files, [edited, come])
    assert partly
    assert files == dict(page_index.files(index))


def pairs(number: int) -> SearchDocument:
    """One of ten articles is of the best of "harbour"."""
    words = ["harbour " * (40 if number % 10 == 0 else 1), "bridge", *(["quay"] * (number % 2))]
    return harbours(number, " ".join(words))


def test_another_weight_in_one_of_the_best_of_another_word_makes_one_column_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_cuts, "MOST", 8)
    monkeypatch.setattr(page_best, "LEAST", 10)
    index = WhooshIndex(tmp_path)
    index.update([pairs(n) for n in range(100)], [])
    files = dict(page_index.files(index))
    made = []
    for number in (11, 10):
        article = dataclasses.replace(pairs(number), text=f"{pairs(number).text} quay")
        after, partly = applied(index, files, [article])
        assert partly
        assert after == dict(page_index.files(index))
        differ = {name for name in after if after[name] != files.get(name)}
        made.append({name.rpartition("-")[0] for name in differ if name.startswith("pairs/en")})
        files = after
    assert "pairs/en-w-harbour" not in made[0]
    assert "pairs/en-w-harbour" in made[1]


def test_columns_that_are_lost_are_made_again_and_all_files_without_the_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_cuts, "MOST", 8)
    monkeypatch.setattr(page_best, "LEAST", 10)
    index = WhooshIndex(tmp_path)
    index.update([pairs(n) for n in range(100)], [])
    files = dict(page_index.files(index))
    lost = [name for name in files if name.startswith("pairs/en-w-harbour-")]
    assert lost
    for name in lost:
        del files[name]
    files, partly = applied(index, files, [], [pairs(10).path])
    assert partly
    assert files == dict(page_index.files(index))
    del files["pairs/counts.js"]
    files, partly = applied(index, files, [pairs(10)])
    assert not partly
    assert files == dict(page_index.files(index))


_POSTINGS = st.dictionaries(
    st.integers(0, 400),
    st.builds(scoring.pack_posting, st.integers(1, 63), st.integers(0, 15), st.booleans()),
    min_size=1,
)


@given(st.lists(_POSTINGS, min_size=1, max_size=3), st.integers(1, 60))
def test_no_other_document_weighs_more_than_the_best_say(
    family: list[dict[int, int]], least: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(page_best, "LEAST", least)
        terms = [Listed([*t], [*t.values()], []) for t in (dict(sorted(t.items())) for t in family)]
        found = page_best.best(page_best.weighed(terms))
    weights: Counter[int] = Counter()
    lengths: dict[int, int] = {}
    for term in family:
        for number, posting in term.items():
            weights[number] += posting >> 5
            lengths.setdefault(number, posting >> 1 & 15)
    known = {n: min(weights[n], 63) << 5 | length << 1 for n, length in lengths.items()}
    best = {n: posting for n, posting in known.items() if LEVEL[posting] >= found.low}
    assert len(best) >= min(least, len(known))
    for number in known.keys() - best:
        assert known[number] >> 5 <= found.others[lengths[number]]
    # The others could score as much only where they weigh more.
    for weight, length in itertools.product(range(1, 64), range(16)):
        low = LEVEL[weight << 5 | length << 1] < found.low
        assert low == (weight <= found.others[length])


_DAY_NUMBERS = st.sets(st.integers(0, 300).map(lambda n: n * n << 24), max_size=120).map(sorted)


@given(_DAY_NUMBERS, st.integers(1, 20))
def test_cuts_leave_no_part_too_long_and_none_empty(numbers: list[int], most: int) -> None:
    before, page_cuts.MOST = page_cuts.MOST, most
    try:
        cuts = Cuts.of(numbers)
    finally:
        page_cuts.MOST = before
    for kind, starts in enumerate(cuts.starts):
        parts = [numbers[here] for here in cuts.slices(kind, numbers)]
        assert [number for part in parts for number in part] == numbers
        assert all(parts[1:])
        assert len(parts) == len(starts) > 1
        for piece, part in enumerate(parts):
            first, end = cuts.numbers(kind, piece)
            assert all(first <= number < end for number in part)
            assert {cuts.piece(kind, number) for number in part} <= {piece}
            # Those with few that follow go with it: less than one of each length.
            assert len(part) <= (most << kind) * (1 + page_cuts._BITS // page_cuts._FEW)
    word = Term("en", "a", "a")
    assert cuts.kind(word, len(numbers)) == (0 if cuts.starts else None)
    assert cuts.kind(Term("en", "a", "a" * 25), len(numbers)) is None


_PLACES = st.sets(st.one_of(st.integers(0, 999), st.integers(1000, 1 << 18)), min_size=1)


@given(_PLACES.map(sorted), st.integers(0, 15), st.integers(0, 63))
def test_places_are_read_as_they_were_written(
    places: list[int], length_class: int, more: int
) -> None:
    in_title = places[0] < scoring.TITLE_PLACES
    weight = len(places) + more + 3 * in_title
    posting = scoring.pack_posting(weight, length_class, in_title)
    [bits] = write_places([posting], [places])
    assert read_places(bits, posting) == places
    assert len(packed(bits)) == -(-len(bits) // 6)
