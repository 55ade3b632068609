"""The index that the search page loads: the same documents, analysed the same way.

A page opened from a file may not fetch, but may add script elements. So the index is a folder
of small scripts, each of which hands one value to ``archiveSearch.add``; ``search.js`` loads
those that a query needs.

Documents are numbered by time, undated ones first, then by path from the last to the first:
a higher number is what comes first among equally good matches, and a new article has the
highest number as a rule, so few files change with it.

===================  ==================================================================
``manifest.js``      counts, and for each group of shards the first key of each shard
``terms/*.js``       word key → its terms with postings, and the words of its families
``places/*.js``      word key → where the terms stand: only loaded for phrases
``tag/*.js``, …      keyword → its commonest spelling and its documents, a folder a field
``dates.js``         the periods of all documents, in runs
``documents/N.js``   eight documents: what a hit shows
===================  ==================================================================

Numbers are in the ``notation``. A posting list is, for each document, the gap to the one before
(varint) and the posting (two digits).
"""

from __future__ import annotations

import itertools
import json
import re
import zlib
from collections import Counter
from typing import TYPE_CHECKING, Any

from archive_gen.search import analysis
from archive_gen.search.base import SearchDocument
from archive_gen.search.page_terms import FIELDS, PageTerms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from archive_gen.search.base import SearchIndex
    from archive_gen.search.postings import WhooshPostings

_BLOCK = 8
_EXCERPT = 200
_MIN_SHARD = 6_000
_MAX_SHARD = 12_000


def files(index: SearchIndex) -> Iterator[tuple[str, bytes]]:
    """The files of the page's index: name below ``search/`` and content."""
    with index.reading() as contents:
        yield from _files(contents)


def _files(index: WhooshPostings) -> Iterator[tuple[str, bytes]]:
    numbers = sorted(sorted(index.documents, key=index.path, reverse=True), key=_moment(index))
    spellings: Counter[tuple[str, str]] = Counter()
    for first in range(0, len(numbers), _BLOCK):
        block = [SearchDocument(*index.stored(n)) for n in numbers[first : first + _BLOCK]]
        spellings.update(itertools.chain.from_iterable(map(_spelt, block)))
        yield _file(f"documents/{first // _BLOCK}", [_shown(document) for document in block])
    yield _file("dates", _runs(index.periods[number] for number in numbers))
    terms = PageTerms(index, numbers)
    groups: dict[str, list[str]] = {}
    for group, entries in _groups(terms, _commonest(spellings)):
        groups[group] = []
        for shard in _shards(sorted(entries, key=lambda entry: _page_order(entry[0]))):
            first_key = shard[0][0]
            groups[group].append(first_key)
            yield _shard(f"{group}/{shard_name(first_key)}", shard)
            if group == "terms":
                places = [(word, terms.places(word)) for word, _ in shard if terms.has(word)]
                yield _shard(f"places/{shard_name(first_key)}", places)
    manifest = {
        "documents": len(numbers),
        "length": index.total_length,
        "block": _BLOCK,
        "groups": groups,
    }
    yield _file("manifest", manifest)


def _moment(index: WhooshPostings) -> Callable[[int], int]:
    moments = index.moments
    return lambda document: moments[document]


def _groups(
    terms: PageTerms, spellings: Mapping[tuple[str, str], str]
) -> Iterator[tuple[str, Iterable[tuple[str, Any]]]]:
    """The terms, then each field's keywords with spelling and documents."""
    yield "terms", terms.terms()
    for field in FIELDS:
        keywords = terms.keywords(field).items()
        yield field, [(key, [spellings.get((field, key), key), text]) for key, text in keywords]


def _commonest(spellings: Counter[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Field and keyword → how it is mostly written."""
    best: dict[tuple[str, str], tuple[int, str]] = {}
    for (field, text), count in spellings.items():
        key = field, analysis.keyword(text)
        best[key] = min(best.get(key, (0, "")), (-count, text))
    return {key: text for key, (_, text) in best.items()}


def shard_name(first_key: str) -> str:
    """The file of the shard that begins with a key; ``search.js`` has the same function.

    Readable where that is possible everywhere; else a number made from the key (FNV-1a).
    """
    if re.fullmatch(r"[a-z0-9]{1,24}", first_key):
        return f"w-{first_key}"
    number = 2166136261
    for unit in memoryview(first_key.encode("utf-16-le")).cast("H"):
        number = (number ^ unit) * 16777619 & 0xFFFFFFFF
    return f"x-{number:08x}"


def _shards(entries: Iterable[tuple[str, Any]]) -> Iterator[list[tuple[str, Any]]]:
    """Cut at keys that a checksum picks: an entry more or less moves few of the cuts."""
    shard: list[tuple[str, Any]] = []
    size = 0
    names: set[str] = set()
    for key, value in entries:
        cut = size > _MAX_SHARD or (size > _MIN_SHARD and zlib.crc32(key.encode()) % 8 == 0)
        if (cut and shard_name(key) not in names) or not shard:
            if shard:
                yield shard
            shard, size = [], 0
            names.add(shard_name(key))
        shard.append((key, value))
        size += len(key) + sum(map(len, value))
    if shard:
        yield shard


def _runs(periods: Iterable[str]) -> list[tuple[str, int]]:
    return [(period, len(list(run))) for period, run in itertools.groupby(periods)]


def _shown(document: SearchDocument) -> list[Any]:
    return [
        document.title,
        document.date,
        document.source,
        document.url,
        document.language,
        _excerpt(document.summary or document.text),
        list(document.tags),
        document.path,
    ]


def _excerpt(text: str) -> str:
    flat = " ".join(text[: 4 * _EXCERPT].split())
    if len(flat) <= _EXCERPT:
        return flat
    cut = flat.rfind(" ", _EXCERPT - 30, _EXCERPT)
    return flat[: cut if cut > 0 else _EXCERPT] + " …"


def _spelt(document: SearchDocument) -> Iterator[tuple[str, str]]:
    listed: Mapping[str, Iterable[str]] = {
        "tag": document.tags,
        "source": (document.source,),
        "author": document.authors,
        "place": (document.place,),
    }
    return ((name, text) for name, texts in listed.items() for text in texts)


def _page_order(text: str) -> bytes:
    """JavaScript compares strings by UTF-16 units."""
    return text.encode("utf-16-be", "surrogatepass")


def _file(name: str, value: object) -> tuple[str, bytes]:
    return f"{name}.js", f'archiveSearch.add("{name}",{_literal(value)});\n'.encode()


def _shard(name: str, entries: list[tuple[str, Any]]) -> tuple[str, bytes]:
    # A map, not an object: a tag may be called __proto__.
    text = f'archiveSearch.add("{name}",new Map({_literal(entries)}));\n'
    return f"{name}.js", text.encode()


def _literal(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
