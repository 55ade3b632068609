"""The page's files after an update are those that would be made from nothing."""

from __future__ import annotations

import dataclasses
import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_gen.search import browser
from archive_gen.search.notation import read_places, write_places
from archive_gen.search.page_update import PageUpdate
from archive_gen.search.whoosh_index import WhooshIndex
from tests.contracts.search_corpus import document

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from archive_gen.search.base import SearchDocument

_PARTS = ("ban", "kerl", "ös", "ing", "storm", "ed", "tör", "ly", "quo", "s", "ви", "ра")
_DOCUMENTS = 60


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


def other_day(old: SearchDocument, _chance: random.Random) -> SearchDocument:
    return dataclasses.replace(old, date="2014-02-03")


def the_latest(old: SearchDocument, _chance: random.Random) -> SearchDocument:
    return dataclasses.replace(old, path=f"new/{old.path}", date="2031-01-01")


EDITS = [one_more_word, one_word_less, other_text, other_title, other_tag, other_day, the_latest]


def applied(
    index: WhooshIndex,
    files: dict[str, bytes],
    changed: Sequence[SearchDocument],
    deleted: Sequence[str] = (),
) -> tuple[dict[str, bytes], bool]:
    """The files after an update, and whether only some of them were made."""
    paths = [*(document.path for document in changed), *deleted]
    page = PageUpdate(index, paths, files["manifest.js"])
    index.update(changed, deleted)
    changes = page.changes()
    if changes is None:
        return dict(browser.files(index)), False
    kept = {name: data for name, data in files.items() if name not in changes.removed}
    return kept | dict(changes.files), True


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_gives_the_files_of_a_new_index(
    tmp_path: Path, edit: Callable[[SearchDocument, random.Random], SearchDocument]
) -> None:
    chance = random.Random(edit.__name__)  # noqa: S311
    articles = {
        article.path: article
        for article in (made_up(chance, n, f"2015-{n % 12 + 1:02}-07") for n in range(_DOCUMENTS))
    }
    index = WhooshIndex(tmp_path)
    index.update(articles.values(), [])
    files = dict(browser.files(index))
    partly_once = False
    for _ in range(6):
        changed = [edit(article, chance) for article in chance.sample(list(articles.values()), 2)]
        articles |= {article.path: article for article in changed}
        files, partly = applied(index, files, changed)
        assert files == dict(browser.files(index))
        partly_once |= partly
    assert partly_once != (edit is other_day)
    path = next(iter(articles))
    files, _ = applied(index, files, [], [path])
    assert files == dict(browser.files(index))


def test_an_edit_leaves_most_files_alone(tmp_path: Path) -> None:
    chance = random.Random(1)  # noqa: S311
    articles = [made_up(chance, n, "2015-10-07") for n in range(_DOCUMENTS)]
    index = WhooshIndex(tmp_path)
    index.update(articles, [])
    count = sum(1 for _ in browser.files(index))
    manifest = dict(browser.files(index))["manifest.js"]
    page = PageUpdate(index, [articles[3].path], manifest)
    index.update([dataclasses.replace(articles[3], url="elsewhere/")], [])
    changes = page.changes()
    assert changes
    assert {name for name, _ in changes.files} < set(dict(browser.files(index)))
    assert len(changes.files) <= 3 < count


@given(st.sets(st.integers(0, 1 << 40), min_size=1).map(sorted))
def test_places_are_read_as_they_were_written(places: list[int]) -> None:
    assert [read_places(text) for text in write_places([places])] == [places]
