"""The lists of all words that the page has, and the endings by which it knows forms."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from archive_gen.parallel import ProcessMapper
from archive_gen.search import analysis
from archive_gen.search.page import index as page_index
from archive_gen.search.page.endings import endings_of
from archive_gen.search.page.update import PageUpdate
from archive_gen.search.page.words import mark_of, read_words, written_words
from archive_gen.search.whoosh.index import WhooshIndex
from tests.contracts.search_corpus import document

if TYPE_CHECKING:
    from pathlib import Path

_WORDS = st.text("abcä中𠀀", min_size=4, max_size=4)


@given(st.dictionaries(_WORDS, st.integers(2, 63)))
def test_words_are_read_as_they_were_written(marks: dict[str, int]) -> None:
    assert read_words(4, written_words(marks)) == marks


def test_a_mark_tells_how_many_articles_have_a_word_roughly() -> None:
    marks = [mark_of(count, in_title=False) for count in (0, 1, 2, 3, 4, 7, 8, 1_000_000)]
    assert marks == [0, 2, 4, 4, 6, 6, 8, 40]
    assert mark_of(1, in_title=True) == 3


def test_an_edit_writes_only_lists_in_which_a_mark_changes(tmp_path: Path) -> None:
    articles = [
        dataclasses.replace(document(n), title="x", text=f"all y{n:03}", language="en", summary="")
        for n in range(60)
    ]
    index = WhooshIndex(tmp_path)
    index.update(articles, [])
    files = dict(page_index.files(index))

    def written(text: str) -> tuple[set[str], set[str]]:
        page = PageUpdate(index, [articles[7].path], files.get, ProcessMapper(1))
        index.update([dataclasses.replace(articles[7], text=text)], [])
        changes = page.changes()
        assert changes
        files.update(changes.files)
        for name in changes.removed:
            del files[name]
        assert files == dict(page_index.files(index))
        names = {name for name, _ in changes.files}
        return tuple(
            {n for n in some if n.startswith("words/")} for some in (names, changes.removed)
        )  # type: ignore[return-value]

    assert written("all all y007") == (set(), set())
    assert written("all y007 unheardofthing") == ({"words/14.js"}, set())
    assert written("all unheardofthing") == ({"words/4.js"}, set())
    assert written("all y007") == ({"words/4.js"}, {"words/14.js"})


def test_every_language_with_a_stemmer_has_endings_that_it_takes() -> None:
    english = endings_of(["en"])["en"][0].split()
    assert {"s", "ed", "ing", "ly"} <= {*english}
    assert "t" not in english
    assert all(analysis.stem("en", f"repoman{ending}") for ending in english)
    found = endings_of([*analysis._STEMMERS, ""])
    assert found.keys() == analysis._STEMMERS.keys()
    assert all(endings for endings, _ in found.values())


def test_a_short_word_has_endings_behind_some_letters_only() -> None:
    _, text = endings_of(["en"])["en"]
    english = dict(pair.split(":") for pair in text.split())
    assert "t" in english["s"]
    assert "u" not in english["s"]  # Snowball takes no s from "us"
