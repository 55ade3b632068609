"""The page's manifest: keys as one text, and a name for what the index holds."""

from __future__ import annotations

import dataclasses
import itertools
import json
import string
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from archive_gen.search import analysis
from archive_gen.search.page import files as page_files
from archive_gen.search.page import index as page_index
from archive_gen.search.page import shards as page_shards
from archive_gen.search.page.manifest import Manifest, keys_in, written_keys
from archive_gen.search.whoosh.index import WhooshIndex
from tests.contracts.search_corpus import document

if TYPE_CHECKING:
    from pathlib import Path

    from archive_gen.search.values import SearchDocument


@given(st.lists(st.text(), unique=True))
def test_keys_are_read_as_they_were(texts: list[str]) -> None:
    keys = sorted({analysis.keyword(text) for text in texts} - {""})
    assert keys_in(written_keys(keys)) == keys


def test_a_long_beginning_is_shared_in_part() -> None:
    keys = ["a" * 40, "a" * 40 + "b", "a" * 41]
    assert keys_in(written_keys(keys)) == keys


@given(st.lists(st.integers(0, 2 * page_shards.MAX_SHARD)))
def test_a_shard_is_too_long_only_by_an_entry_that_little_stands_before(lengths: list[int]) -> None:
    entries = [(f"{n:03}", "x" * length) for n, length in enumerate(lengths)]
    shards = [*page_shards.shards(entries)]
    assert [*itertools.chain(*shards)] == entries
    for shard in shards:
        *before, last = itertools.starmap(page_shards.entry_size, shard)
        stand = sum(before)
        assert stand <= page_shards.MIN_SHARD / 2 or stand + last <= page_shards.MAX_SHARD


@given(st.text())
def test_no_key_has_a_capital_letter(text: str) -> None:
    keys = [analysis.keyword(text), *map(analysis.key, analysis.words(text))]
    assert not {*"".join(keys)} & {*string.ascii_uppercase}


def build_of(folder: Path, documents: list[SearchDocument]) -> str:
    index = WhooshIndex(folder)
    index.update(documents, [])
    files = dict(page_index.files(index))
    manifest = Manifest.read(page_files.value_in(files["manifest.js"]))
    assert json.loads(json.dumps(manifest.value)) == manifest.value
    return manifest.build


def test_the_build_is_another_one_for_other_articles_alone(tmp_path: Path) -> None:
    articles = [document(number) for number in range(9)]
    build = build_of(tmp_path / "1", articles)
    assert build_of(tmp_path / "2", articles[::-1]) == build
    assert build_of(tmp_path / "3", articles[1:]) != build
    other = dataclasses.replace(articles[0], digest="other")
    assert build_of(tmp_path / "4", [other, *articles[1:]]) != build
