"""The index: exact answers, whatever was added, changed and deleted before."""

from __future__ import annotations

import contextlib
import dataclasses
import random
import sys
import threading
import types
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive_gen.problems import OperationError
from archive_gen.search.searcher import Searcher
from archive_gen.search.values import IndexMissingError, QueryError, Results, SearchDocument
from archive_gen.search.whoosh.codec import BlockCodec
from archive_gen.search.whoosh.index import WhooshIndex
from tests import search_reference
from tests.contracts.search_corpus import QUERIES, corpus, document

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def index(tmp_path: Path) -> WhooshIndex:
    opened, new = WhooshIndex.open_or_create(tmp_path / "index")
    assert new
    return opened


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> WhooshIndex:
    """The corpus in three segments, some of it deleted."""
    opened = WhooshIndex(tmp_path_factory.mktemp("large") / "index")
    articles = corpus()
    opened.update([*articles[:70], document(300)], [])
    opened.update([*articles[60:130], document(7, title="changed later")], [])
    opened.update([*articles[130:], document(7)], [document(300).path])
    return opened


def titled(number: int, title: str, text: str = "Nothing else.") -> SearchDocument:
    return document(number, title=title, summary="", text=text, date="2015-10-07", language="en")


def first_title(index: WhooshIndex, query: str) -> str:
    return index.search(query).hits[0].title


def test_a_better_spelling_shares_a_title_with_the_other_words(index: WhooshIndex) -> None:
    often = [titled(n, f"Rates per annum {n}", "Rates per ton on the market.") for n in range(9)]
    index.update([*often, titled(10, "Paper market in New York")], [])
    results = index.search("pper market")
    assert results.searched == "paper market"


@pytest.mark.parametrize(
    ("query", "better", "worse"),
    [
        ("harbour walls fall", "Harbour walls fall again", "Harbour and pier, harbour and quay"),
        ("banks pay tax", "Banks pay tax late", "Bank pays tax bank pays"),
        ("man bites dog", "A man bites a dog", "Dog bites man"),
        ("council budget", "Council budget", "Council budget, council roads, council parks"),
        ("council budget", "Council budget of May in Q3", "Council budget disappoints inhabitants"),
        ("harbour wall falls", "Harbour walls fall", "Harbour renovated, wall everywhere fall"),
        ("wall*", "No harbour wall there", "Wallpaper walls"),
        ("banks pay ta*", "Banks pay tax late", "Bank pays tax bank pays"),
    ],
)
def test_a_title_that_is_what_was_typed_comes_first(
    index: WhooshIndex, query: str, better: str, worse: str
) -> None:
    everything = f"{query} {query} {query} walls fall"
    index.update([titled(1, better, everything), titled(2, worse, f"{everything} {query}")], [])
    assert first_title(index, query) == better


def test_a_word_that_is_another_one_by_a_slip_is_searched_as_both(index: WhooshIndex) -> None:
    often = [titled(n, f"Stake number {n}") for n in range(12)]
    slip = titled(20, "Investor boosts Western stake")
    typed = titled(21, "On drinking", "In the western world sake boosts the mood.")
    index.update([*often, slip, typed], [])
    results = index.search("boosts western sake")
    assert results.searched == "boosts western sake OR stake"
    assert [hit.title for hit in results.hits] == [slip.title, typed.title]


@pytest.mark.parametrize(
    ("title", "count", "widened"),
    [("On drinking", 10, True), ("On drinking", 11, False), ("Western sake boosts", 1, False)],
)
def test_what_a_title_or_many_articles_have_is_no_slip(
    index: WhooshIndex, title: str, count: int, widened: bool
) -> None:
    stakes = [titled(n, f"Stake number {n}") for n in range(100)]
    text = "In the western world sake boosts the mood."
    typed = [titled(n, title, text) for n in range(200, 200 + count)]
    index.update([*stakes, titled(300, "Investor boosts Western stake"), *typed], [])
    results = index.search("boosts western sake")
    assert (results.searched is not None, results.total) == (widened, count + widened)


@pytest.mark.parametrize(
    ("printed", "typed"),
    [
        ("في عام ٢٠١٥", "2015"),
        ("सन २०१५", "2015"),
        ("in 2015", "۲۰۱۵"),
        ("อายุ ๑๒ ปี", "12"),
        ("เปิดแล้วปี๒๕๕๘", "2558"),
        ("ปี 2558", "๒๕๕๘"),
        ("ປີ ໒໐໑໕", "2015"),
        ("၂၀၁၅ ခုနှစ်", "2015"),
        ("ឆ្នាំ២០១៥", "2015"),
        ("المؤتمر", "الموتمر"),
        ("آب", "اب"),
        ("फ़रवरी", "फरवरी"),
        ("ቤተ መጻሕፍት", "መፃህፍት"),
        ("ሰላም", "ሠላም"),
        ("کتابخانه‌ی شهر", "کتابخانه"),
        ("کتابخانه‌ی شهر", "کتابخانه ی"),
    ],
)
def test_what_is_typed_finds_what_is_printed_otherwise(
    index: WhooshIndex, printed: str, typed: str
) -> None:
    index.update([document(1, text=printed, language="und")], [])
    assert index.search(typed).total == 1


@pytest.mark.parametrize(
    ("typed", "meant", "commoner"),
    [
        ("baot", "boat", "bat"),  # two letters swapped
        ("kank", "kink", "tank"),  # the same first letter
        ("bist", "bust", ""),  # the commonest
        ("kolzibr", "kolzibs", "kolzabs"),  # one slip rather than two
        ("hrabuor", "harbour", ""),  # two, in a long word
        ("hrabuo", None, "harbou"),
    ],
)
def test_the_likeliest_slip_is_put_right(
    index: WhooshIndex, typed: str, meant: str | None, commoner: str
) -> None:
    often = [titled(n, commoner or f"{meant}") for n in range(2, 11)]
    index.update([titled(1, meant or "Best"), titled(20, "Best"), *often], [])
    assert index.search(typed).searched == meant


@pytest.mark.parametrize(
    ("title", "text", "searched", "suggestion"),
    [
        ("The mill flooded", "One.", "mill flooded", None),
        ("One", "The mill flooded.", None, "mill flooded"),
        ("One", "The dill flooded.", None, None),  # no commoner than what was typed
    ],
)
def test_a_known_word_is_kept_unless_a_title_has_another_with_the_rest(
    index: WhooshIndex, title: str, text: str, searched: str | None, suggestion: str | None
) -> None:
    often = [titled(1 + 5 * number, "Mill") for number in range(1, 11)]
    index.update([titled(1, title, text), titled(2, "Two", "A bill of the council."), *often], [])
    results = index.search("bill flooded")
    assert (results.searched, results.suggestion) == (searched, suggestion)
    assert (results.least, results.total) == ((1, 2) if searched is None else (0, 1))


def test_what_is_offered_for_words_that_never_meet_is_found_with_the_rest_of_the_query(
    index: WhooshIndex,
) -> None:
    one, two = titled(1, "One", "The mill flooded."), titled(2, "Two", "A bill of the council.")
    index.update([one, two, *(titled(1 + 5 * n, "Mill") for n in range(1, 11))], [])
    assert index.search("bill flooded date:2015").suggestion == "mill flooded date:2015"
    assert index.search("bill flooded -mill").suggestion is None


def test_a_known_word_beside_a_filter_or_a_beginning_is_not_at_fault(index: WhooshIndex) -> None:
    often = [document(n, title="A port", text="Walls.", tags=("Sea",)) for n in range(10)]
    index.update([*often, titled(20, "A part")], [])
    for query in ("part wall*", "part wallz~", "part tag:sea"):
        results = index.search(query)
        assert (results.searched, results.suggestion) == (None, None)


def test_a_common_word_is_no_slip_of_another(index: WhooshIndex) -> None:
    often = [titled(n, f"Iran and Iraq {n}") for n in range(12)]
    index.update([*often, titled(20, "Iraq trade ships"), titled(21, "A", "Iran trade ships")], [])
    results = index.search("iran trade ships")
    assert (results.searched, results.total) == (None, 1)


def test_articles_are_alike_by_words_that_few_others_have(tmp_path: Path) -> None:
    asked, alone = titled(1, "Lantern festival", "The ferry left."), titled(30, "Odd", "Quite so.")
    some = [titled(2, "Lantern festival returns"), titled(3, "A lantern")]
    others = [titled(n, "Ferry", "The ferry left.") for n in range(10, 16)]
    index = WhooshIndex(tmp_path / "index")
    index.update([asked, alone, *some, *others], [])
    alike = {article.path for article in (*some, *others)}
    searcher = Searcher(index.folder)
    for limit in (0, 1, 3, 8, 20):
        results = searcher.similar(asked.path, limit=limit)
        assert results
        assert (results.total, results.limit) == (8, limit)
        assert len({hit.path for hit in results.hits} & alike) == len(results.hits) == min(8, limit)
        assert [hit.path for hit in results.hits][:1] == [some[0].path][:limit]
    nothing = searcher.similar(alone.path)
    assert nothing
    assert (nothing.total, nothing.hits) == (0, ())
    index.update([], [alone.path])
    assert searcher.similar(alone.path) is None


@pytest.mark.parametrize(
    ("slips", "often", "suggested"), [(1, 10, True), (1, 9, False), (2, 20, True), (3, 40, False)]
)
def test_what_finds_many_times_as_much_is_suggested_where_there_is_little(
    index: WhooshIndex, slips: int, often: int, suggested: bool
) -> None:
    articles = [titled(n, f"Letter {n}", "They receive it.") for n in range(often)]
    index.update(
        [*articles, *(titled(50 + n, "One", "They recieve it.") for n in range(slips))], []
    )
    results = index.search("recieve")
    assert (results.suggestion, results.searched) == ("receive" if suggested else None, None)
    assert results.total == slips


def test_for_two_slips_that_articles_have_it_is_offered_to_put_both_right(
    index: WhooshIndex,
) -> None:
    often = [titled(n, f"Letter {n}", "They receive what the government sends.") for n in range(12)]
    slips = [titled(20, "One", "They recieve it."), titled(21, "Two", "The goverment knows.")]
    index.update([*often, *slips], [])
    results = index.search("recieve goverment")
    assert (results.suggestion, results.total) == ("receive government", 2)


def test_the_word_is_replaced_that_leads_to_a_title(index: WhooshIndex) -> None:
    slip = titled(1, "Southwest plans to begin service")
    others = [titled(2, "Northwest plans", "It began."), titled(3, "Southwest"), titled(4, "Began")]
    index.update([slip, *others], [])
    assert index.search("southwest plans began").searched == "southwest plans begin"


@pytest.mark.parametrize(
    ("query", "found"), [("tv", True), ("MPs", True), ("dlr", True), ("mr", False)]
)
def test_abbreviations_have_a_plural(index: WhooshIndex, query: str, found: bool) -> None:
    index.update([titled(1, "TVs for every MP", "Mrs Smith paid 50 dlrs to the pa.")], [])
    assert bool(index.search(query).total) is found


@pytest.mark.parametrize("query", QUERIES)
def test_the_first_ten_are_the_first_ten_of_all(large: WhooshIndex, query: str) -> None:
    expected = search_reference.search(corpus(), query)
    for page in (1, 2):
        results = large.search(query, limit=10, page=page)
        expected = expected or meant(corpus(), results)
        assert results.total == len(expected)
        assert [hit.path for hit in results.hits] == [
            path for path, _ in expected[10 * (page - 1) : 10 * page]
        ]


@pytest.mark.parametrize("query", ["harbour", "harbour OR quay", "harbour council"])
def test_of_many_that_are_equally_good_the_newest_come_first(
    index: WhooshIndex, query: str
) -> None:
    articles = [
        dataclasses.replace(
            titled(n, "News", "Harbour council"),
            date=f"{1900 + n}",
            source="",
            authors=(),
            place="",
            tags=(),
        )
        for n in range(140)
    ]
    index.update(articles[:70], [])  # in a segment of its own
    index.update(articles[70:], [])
    expected = [article.date for article in reversed(articles[-10:])]
    assert [hit.date.text for hit in index.search(query).hits if hit.date] == expected


def test_scores_are_those_of_exhaustive_scoring(large: WhooshIndex) -> None:
    for query in ("port flood", "council OR hafen", "b*k", "title:port"):
        scores = [round(score / 65536, 4) for _, score in search_reference.search(corpus(), query)]
        hits = large.search(query, limit=1000).hits
        assert [hit.score for hit in hits] == scores


def test_to_rank_by_many_words_takes_no_longer_than_to_read_what_matches(
    index: WhooshIndex,
) -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    chance = random.Random(1)  # noqa: S311
    articles = [titled(n, " ".join(chance.choices(letters, k=9))) for n in range(300)]
    index.update(articles, [])
    query = " OR ".join(letters)
    index.search(query)
    assert calls_of(lambda: index.search(query)) < 100 * len(articles)


def calls_of(work: Callable[[], object]) -> int:
    """How many functions are called for it: how long it takes, on any machine."""
    count = 0

    def called(*_: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(called)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def meant(articles: list[SearchDocument], results: Results) -> list[tuple[str, int]]:
    """What an answer to a query without a match says that it answers."""
    if not results.searched and not results.least:
        return []
    return search_reference.search(articles, results.searched or results.query, results.least)


WORDS = st.sampled_from(
    ["bank", "banks", "river", "élan", "elan", "flood", "港口", "中国港口", "Bank's"]
)
TEXTS = st.lists(WORDS, max_size=12).map(" ".join)
ARTICLES = st.builds(
    SearchDocument,
    path=st.sampled_from([f"{letter}.md" for letter in "abcdefghij"]),
    url=st.just("u/"),
    title=TEXTS,
    summary=TEXTS,
    text=TEXTS,
    date=st.sampled_from(["", "2015", "2015-10", "2015-10-07", "2015-10-07T10:00:00Z", "2016~"]),
    source=st.sampled_from(["", "Post"]),
    authors=st.just(()),
    place=st.sampled_from(["", "River Bank"]),
    tags=st.lists(st.sampled_from(["Flood", "flood", "Élan vital"]), max_size=2).map(tuple),
    language=st.sampled_from(["en", "fr", "zh", "xx"]),
    digest=st.just("d"),
)
UPDATES = st.lists(
    st.tuples(st.lists(ARTICLES, max_size=6), st.lists(st.sampled_from(["a.md", "b.md", "z.md"]))),
    min_size=1,
    max_size=4,
)
SIMPLE = st.one_of(
    WORDS,
    WORDS.map("title:{}".format),
    st.lists(WORDS, min_size=2, max_size=3).map(lambda words: '"' + " ".join(words) + '"'),
    st.sampled_from(["b*", "?ank", "river~", "tag:flood", 'tag:"elan vital"', "date:2015"]),
    st.sampled_from(["date:..2015-10", "after:2015-10", "is:undated", "lang:en", "source:p*"]),
)
ASKED = st.recursive(
    SIMPLE,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(" ".join),
        st.tuples(inner, inner).map(" OR ".join),
        inner.map("-({})".format),
        inner.map("({})".format),
    ),
    max_leaves=5,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(updates=UPDATES, queries=st.lists(ASKED, min_size=1, max_size=6))
def test_any_history_gives_the_answers_of_its_end(
    tmp_path_factory: pytest.TempPathFactory,
    updates: list[tuple[list[SearchDocument], list[str]]],
    queries: list[str],
) -> None:
    folder = tmp_path_factory.mktemp("history")
    index, fresh = WhooshIndex(folder / "index"), WhooshIndex(folder / "fresh")
    held: dict[str, SearchDocument] = {}
    for changed, deleted in updates:
        index.update(changed, deleted)
        held = {path: doc for path, doc in held.items() if path not in deleted}
        held |= {doc.path: doc for doc in changed}
    assert list(index.documents()) == sorted(held.values(), key=lambda doc: doc.path)
    assert index.digests() == {path: doc.digest for path, doc in held.items()}
    fresh.update(held.values(), [])
    for query in queries:
        results = index.search(query, limit=3)
        assert results == fresh.search(query, limit=3)
        expected = search_reference.search(list(held.values()), query)
        expected = expected or meant(list(held.values()), results)
        assert (results.total, [hit.path for hit in results.hits]) == (
            len(expected),
            [path for path, _ in expected[:3]],
        )


def test_undated_articles_are_last_in_both_orders(large: WhooshIndex) -> None:
    for sort in ("newest", "oldest"):
        hits = large.search("port", limit=1000, sort=sort).hits
        dates = [hit.date.text if hit.date else "" for hit in hits]
        first = dates.index("")
        assert not any(dates[first:])
        years = [date[:4] for date in dates[:first]]
        assert years == sorted(years, reverse=sort == "newest")


def test_the_value_of_a_field_is_no_operator(index: WhooshIndex) -> None:
    values = ("OR", "NOT", "AND")
    index.update([titled(n, "News") for n in range(3)], [])
    index.update(
        [dataclasses.replace(titled(n, "Port"), place=v) for n, v in enumerate(values)], []
    )
    for number, value in enumerate(values):
        assert [hit.path for hit in index.search(f"place:{value} port").hits] == [
            document(number).path
        ]


@pytest.mark.parametrize("query", ["TAG:flood", "Is:UNDATED", "(council)) tag:flood"])
def test_fields_and_brackets_as_people_write_them(index: WhooshIndex, query: str) -> None:
    index.update([document(0, tags=("Flood",), date=""), document(1)], [])
    results = index.search(query)
    assert ([hit.path for hit in results.hits], results.least) == ([document(0).path], 0)


def test_a_colon_behind_a_word_that_is_no_field_is_just_a_colon(index: WhooshIndex) -> None:
    index.update([document(0)], [])
    assert index.search("harbour:council").total == 1
    assert index.search("council:harbour").total == 0
    assert index.search('council:"flood barriers"').total == 1
    assert index.search('xylophone:"flood barriers"').missing


def test_facets_count_all_matches(index: WhooshIndex) -> None:
    index.update(
        [
            document(
                0,
                path="a",
                tags=("Flood", "flood", "Dyke"),
                date="2015-10-07",
                source="Post",
                place="Wendry",
            ),
            document(
                0, path="b", tags=("River", "Flood"), date="2015", source="Post", place="wendry"
            ),
            document(0, path="c", tags=("River",), date="", source=""),
        ],
        [],
    )
    results = index.search("port", limit=1)
    assert results.total == 3
    assert results.facets == {
        "years": {"2015": 2},
        "tags": {"Flood": 2, "River": 2, "Dyke": 1},
        "sources": {"Post": 2},
        "places": {"Wendry": 2},
    }
    assert [*results.facets["tags"]] == ["Flood", "River", "Dyke"]
    for tag in results.facets["tags"]:
        assert index.search(f'tag:"{tag}"').total > 0


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("lantern", {"one", "two"}),
        ("LANTERNS", {"one", "two"}),
        ('"lantern"', {"one"}),
        ('"Lanterns"', {"two"}),
        ("title:lanterns", {"one", "two"}),
        ('title:"lanterns"', {"two"}),
        ('"lantern burns"', {"one"}),
        ('"lantern burn"', set()),
        ("lantern-burns", {"one"}),
        ("lantern*", {"one", "two"}),
        ("lantern?", {"one", "two"}),  # a question
        ("l?ntern", {"one"}),
        ("lantren~", {"one"}),
        ("lantren~2", {"one", "two"}),
    ],
)
def test_what_is_quoted_is_not_bent(index: WhooshIndex, query: str, found: set[str]) -> None:
    index.update(
        [
            document(0, path="one", title="A lantern", text="The lantern burns."),
            document(0, path="two", title="All lanterns", text="Lanterns burn."),
        ],
        [],
    )
    results = index.search(query)
    assert ({hit.path for hit in results.hits} if results.searched is None else set()) == found


def test_a_phrase_of_a_title_stands_together_in_the_title(index: WhooshIndex) -> None:
    index.update(
        [
            document(0, path="one", title="The lantern that burns", text="A lantern burns."),
            document(0, path="two", title="Now the lantern burns", text=""),
        ],
        [],
    )
    assert {hit.path for hit in index.search('"lantern burns"').hits} == {"one", "two"}
    assert [hit.path for hit in index.search('title:"lantern burns"').hits] == ["two"]


def test_words_of_one_language_do_not_bend_those_of_another(index: WhooshIndex) -> None:
    english = document(0, path="en", title="", summary="", text="a porter", language="en")
    french = document(0, path="fr", title="", summary="", text="les portes", language="fr")
    index.update(
        [dataclasses.replace(d, tags=(), place="", source="") for d in (english, french)], []
    )
    assert [hit.path for hit in index.search("porte").hits] == ["fr"]
    assert {hit.path for hit in index.search("porter").hits} == {"en", "fr"}


@pytest.mark.parametrize(
    ("typed", "better"),
    [
        ("counsil", "council"),
        ("tag:flood bankres", "tag:flood bankers"),
        ("council", None),
        ("qqqqq", None),
        ("zz", None),
        ("Resident's counci", "Resident's council"),
        ("título", None),
        ("source:bankres OR bankres", "source:bankres OR bankers"),
        ("title:title counsil", None),
        ("bankre* OR bankres", "bankre* OR bankers"),
        ("qqqqq~ OR bankres", "qqqqq~ OR bankers"),
        ('"flood bariers"', '"flood barriers"'),
        ("bankrs " * 142, None),  # with all the letters it is too long to be asked
    ],
)
def test_a_better_spelling(index: WhooshIndex, typed: str, better: str | None) -> None:
    index.update([document(0, tags=("Flood",))], [])
    results = index.search(typed)
    assert results.searched == better
    if better:
        assert results.hits == index.search(better).hits


def test_a_better_spelling_leaves_operators_and_fields_as_they_are(index: WhooshIndex) -> None:
    index.update([document(0, text="a nod")], [])
    assert index.search("not NOT qqqqq").searched == "nod NOT qqqqq"
    index.update([titled(1, "Updated"), document(2, title="Updated", date="", text="")], [])
    assert index.search("is:undated undated").searched == "is:undated updated"
    index.update([], [document(2).path])
    assert index.search("is:undated undated").total == 0


def test_no_word_of_a_deleted_article_is_suggested(index: WhooshIndex) -> None:
    index.update([document(0), document(1, path="k.md", text="labyrinthine")], [])
    index.update([], ["k.md"])
    assert index.search("labirinthine").total == 0


def test_a_form_of_a_deleted_article_leads_to_no_others(tmp_path: Path) -> None:
    """Without its mark, "première" would not lead to "premier"; that it does, the article says."""
    left = [
        document(n, title="", summary="", text=text, tags=(), language="fr")
        for n, text in enumerate(("Le premier pont.", "Un quai.", "Une rue.", "Une place."))
    ]
    index, fresh = WhooshIndex(tmp_path / "index"), WhooshIndex(tmp_path / "fresh")
    index.update([*left, document(9, text="La première pierre.", language="fr")], [])
    assert index.search("premiere").total == 2
    index.update([], [document(9).path])
    fresh.update(left, [])
    assert index.search("premiere") == fresh.search("premiere")


def test_a_form_of_a_deleted_article_is_none_in_the_title_of_another(tmp_path: Path) -> None:
    left = [
        document(1, title="Storm", text="Storms", language="xx"),
        *(titled(n, "Port") for n in range(2, 5)),
    ]
    index, fresh = WhooshIndex(tmp_path / "index"), WhooshIndex(tmp_path / "fresh")
    index.update([*left, titled(9, "Storm")], [])
    index.update([], [document(9).path])
    fresh.update(left, [])
    assert index.search("storms") == fresh.search("storms")


WIDE = " ".join(f"*{letter}*" for letter in "abcdefghij")
FUZZY = " OR ".join(f"word{number}~" for number in range(20))


@pytest.mark.parametrize(
    "query",
    [
        *("date:2015-13", "date:soon", "date:..", "date:2016..2015", "before:x", "is:good"),
        *("x" * 1001, "(" * 21 + "a", f"{WIDE} k?k", f"flood NOT ({WIDE} ab*)", f"{FUZZY} x~2"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(large: WhooshIndex, query: str) -> None:
    with pytest.raises(QueryError, match=r"^[A-Z0-9'].*\.$"):
        large.search(query)


@pytest.mark.parametrize("query", [f"{WIDE} abc*", FUZZY, "x" * 1000, "(" * 20 + "a", "(a) " * 21])
def test_what_is_just_not_too_much_is_answered(large: WhooshIndex, query: str) -> None:
    assert large.search(query).total >= 0


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    query=st.text(st.sampled_from("ab* ?~\"()-:'“’ORNTAND.tagdei\u0301中\x00\ud800"), max_size=40)
)
def test_whatever_is_typed_is_answered_or_refused(large: WhooshIndex, query: str) -> None:
    with contextlib.suppress(QueryError):
        large.search(query)


def test_a_search_without_an_index_says_so(tmp_path: Path) -> None:
    index = WhooshIndex(tmp_path / "none")
    with pytest.raises(IndexMissingError):
        index.search("port")
    assert (index.digests(), list(index.documents()), index.exists()) == ({}, [], False)
    assert not (tmp_path / "none").exists()


def test_a_broken_index_is_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    WhooshIndex(folder).update(corpus(20), [])
    for path in folder.iterdir():
        if path.suffix in (".trm", ".toc", ".pst"):
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])
    assert WhooshIndex(folder).search("port").total == 20  # its own files are whole
    index, new = WhooshIndex.open_or_create(folder)
    assert new
    index.update(corpus(20), [])
    assert index.search("port").total == 20


def test_an_index_of_another_version_is_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    WhooshIndex(folder).update(corpus(5), [])
    (folder / "stamp").write_text("0 another\nabc\n")
    assert WhooshIndex(folder).digests() == {}
    _, new = WhooshIndex.open_or_create(folder)
    assert new


def test_an_index_that_names_modules_which_are_gone_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoosh pickles classes by the modules that they are in, and those are moved at times."""
    folder = tmp_path / "index"
    gone = types.ModuleType("archive_gen.search.gone")
    vars(gone)["BlockCodec"] = BlockCodec
    with monkeypatch.context() as earlier:
        earlier.setitem(sys.modules, gone.__name__, gone)
        earlier.setattr(BlockCodec, "__module__", gone.__name__)
        WhooshIndex(folder).update(corpus(5), [])
    assert WhooshIndex(folder).digests() == {}
    index, new = WhooshIndex.open_or_create(folder)
    assert new
    index.update(corpus(5), [])
    assert len(index.digests()) == 5


def test_a_failed_update_changes_nothing(index: WhooshIndex) -> None:
    index.update(corpus(5), [])
    before = index.digests()

    def failing() -> object:
        yield document(50)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        index.update(failing(), [document(0).path])  # type: ignore[arg-type]
    assert index.digests() == before
    index.update([document(50)], [])
    assert len(index.digests()) == 6


def test_two_updates_exclude_each_other(index: WhooshIndex) -> None:
    index.update(corpus(3), [])
    inside, leave = threading.Event(), threading.Event()

    def slow() -> object:
        inside.set()
        leave.wait(60)
        yield document(9)

    other = WhooshIndex(index.folder)
    thread = threading.Thread(target=lambda: other.update(slow(), []))  # type: ignore[arg-type]
    thread.start()
    inside.wait(60)
    try:
        with pytest.raises(OperationError, match="another process"):
            index.update(corpus(1), [])
        assert index.search("port").total == 3
    finally:
        leave.set()
        thread.join()
    assert index.search("port").total == 4


def test_the_same_articles_give_the_same_answers_in_any_order(tmp_path: Path) -> None:
    first, second = WhooshIndex(tmp_path / "1"), WhooshIndex(tmp_path / "2")
    first.update(corpus(40), [])
    for article in reversed(corpus(40)):
        second.update([article], [])
    for query in ("port", "council OR wasser", "tag:harbour", "porr"):
        assert first.search(query) == second.search(query)
