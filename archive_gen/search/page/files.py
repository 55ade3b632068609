"""The files of the page's index, of which each hands one value to ``archiveSearch.add``.

Of all of them a name and the content; ``index`` says what they are. Numbers are in the
``notation``, and lists as ``lists`` writes them.
"""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING, Any

from archive_gen.search.page.best import Best, best_name
from archive_gen.search.page.cuts import list_name, places_name
from archive_gen.search.page.lists import written_numbers
from archive_gen.search.page.pairs import COUNTS, Columns, key_of
from archive_gen.search.page.shards import Shard, shard_name
from archive_gen.search.page.words import words_name, written_words
from archive_gen.search.snippets import beginning
from archive_gen.search.values import SearchDocument

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from archive_gen.search.page.layout import Layout
    from archive_gen.search.page.manifest import Manifest
    from archive_gen.search.page.vocabulary import Root
    from archive_gen.search.page.words import Marks
    from archive_gen.search.whoosh.postings import WhooshPostings

File = tuple[str, bytes]
"""Name below ``search/`` and content."""
MANIFEST = "manifest"


def terms_file(shard: Shard) -> File:
    """A shard of terms."""
    return _shard(f"terms/{shard_name(shard[0][0])}", shard)


def places_file(shard: Shard, places_of: Callable[[str], str | None]) -> File:
    """The places of the words of a shard of terms; None, or 0, for a key that is no word."""
    name = f"places/{shard_name(shard[0][0])}"
    return _file(name, [places_of(word) or 0 for word, _ in shard])


def best_file(root: Root, found: Best) -> File:
    """The best documents of a family."""
    return _file(best_name(root), found)


def columns_file(name: str, columns: Columns) -> File:
    """What families weigh in the best documents of another."""
    return _shard(name, sorted(columns.items()))


def counts_file(counts: Mapping[Root, int]) -> File:
    """How many documents each family has."""
    return _shard(COUNTS, sorted((key_of(root), count) for root, count in counts.items()))


def words_file(length: int, marks: Marks) -> File:
    """The words of a length."""
    return _file(words_name(length), written_words(marks))


def list_file(word: str, place: int, piece: int, postings: str) -> File:
    """A piece of the list of a word's term, which its entry names in a place."""
    return _file(list_name(word, place, piece), postings)


def list_places_file(word: str, place: int, piece: int, places: str) -> File:
    """Where the word stands in the documents of a piece."""
    return _file(places_name(word, place, piece), places)


def keyword_file(field: str, shard: Shard) -> File:
    """A shard of keywords."""
    return _shard(f"{field}/{shard_name(shard[0][0])}", shard)


def document_file(index: WhooshPostings, layout: Layout, name: str, members: slice) -> File:
    """A file of documents: their numbers, then each of them."""
    shown = [_shown(stored_document(index, document)) for document in layout.documents[members]]
    return _file(f"documents/{name}", [written_numbers(layout.numbers[members]), *shown])


def date_file(layout: Layout, year: int, periods: Mapping[int, str]) -> File:
    """The periods of a year, in runs; ``periods``: number in the index → period."""
    part = layout.of_year(year)
    pairs = zip(layout.documents[part], layout.numbers[part], strict=True)
    runs = [
        (period, written_numbers([number for _, number in run]))
        for period, run in itertools.groupby(pairs, key=lambda pair: periods[pair[0]])
    ]
    return _file(f"dates/{year}", runs)


def manifest_file(manifest: Manifest) -> File:
    """What is of all documents."""
    return _file(MANIFEST, manifest.value)


def value_in(file: bytes) -> Any:
    """What a file hands over, if it has no keys."""
    return json.loads(file[file.index(b",") + 1 : file.rindex(b")")])


def entries_in(file: bytes) -> dict[str, Any]:
    """What a file hands over, by key."""
    start, end = file.index(b"(", file.index(b"new Map")) + 1, file.rindex(b"))")
    return dict(json.loads(file[start:end]))


def stored_document(index: WhooshPostings, number: int) -> SearchDocument:
    """A document of the index."""
    return SearchDocument(*index.stored(number))


def _shown(document: SearchDocument) -> list[Any]:
    return [
        document.title,
        document.date,
        document.source,
        document.url,
        document.language,
        beginning(document.summary or document.text),
    ]


def _file(name: str, value: object) -> File:
    return f"{name}.js", f'archiveSearch.add("{name}",{_literal(value)});\n'.encode()


def _shard(name: str, entries: Shard) -> File:
    # A map, not an object: a tag may be called __proto__.
    text = f'archiveSearch.add("{name}",new Map({_literal(entries)}));\n'
    return f"{name}.js", text.encode()


def _literal(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
