"""Search: the index that Whoosh keeps, answers from it, and the page's index made from it.

Only what is called is imported: a build that changes nothing opens no index.

==============  =================================================================
``narrowing``   a query and one more condition
``values``      documents, hits, and why there are none
``analysis``    what a word is
``scoring``     how well an article matches
``rice``        numbers as bits
``version``     which program wrote an index
``documents``   an article as the index holds it
``flat/``       flat files beside Whoosh's, in which a search finds what it needs
``page/``       the index that the search page loads
``whoosh/``     the index as Whoosh keeps it
``view``        the state of the index that was committed last
``derived``     what is made of Whoosh's files after each commit
``snapshot``    the state that one search sees
``query_tree``  what a query asks for, as a tree
``query``       a typed line → such a tree
``matching``    which articles match
``ranking``     the best of them, without scoring all
``rerank``      the first page in its final order
``correction``  likelier words
``relaxing``    what a query that nothing matches may find
``meaning``     the query as typed, or as it was meant
``facets``      years, tags, sources and places of the matches
``similar``     more like this
``sentences``   where sentences end
``snippets``    a passage that shows why an article matches
``open_index``  answers from one state of the index
``searcher``    the search of an archive, opened when it is first asked
``answer``      the answer as JSON
==============  =================================================================
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from archive_gen.catalogue.entry import Entry
    from archive_gen.search.whoosh.index import WhooshIndex


def open_or_create(folder: Path, demand_whole: Callable[[], object]) -> tuple[WhooshIndex, bool]:
    """The index in ``folder``, and whether it is new: then it is empty and to be filled.

    ``demand_whole`` is what ``begin_check`` returned.
    """
    from archive_gen.search.whoosh.index import WhooshIndex

    return WhooshIndex.open_or_create(folder, demand_whole)


def begin_check(folder: Path) -> Callable[[], object]:
    """Begin to compare the files of the index with what was written, while others go on.

    What is returned waits for the end, and raises ``IndexMissingError`` if they differ.
    """
    from concurrent.futures import ThreadPoolExecutor

    from archive_gen.search.derived import check

    # Reading and reckoning checksums leave the interpreter to other threads.
    executor = ThreadPoolExecutor(1)
    found = executor.submit(check, folder)
    executor.shutdown(wait=False)
    return found.result


def join(folder: Path) -> None:
    """Join what was added in parts, so that searching it is quick; see ``flat.join``."""
    from archive_gen.search import derived

    derived.join(folder)


def is_broken(folder: Path) -> bool:
    """Whether files of the index are not what was written: then the next one is made anew."""
    from archive_gen.search.derived import check
    from archive_gen.search.values import IndexMissingError

    try:
        check(folder)
    except IndexMissingError:
        return True
    return False


def in_page_order(entries: Iterable[Entry]) -> list[str]:
    """The paths of articles in the order in which the parts of an index are to have them."""
    from archive_gen.search.page.numbers import order_key, tie
    from archive_gen.search.whoosh.schema import moment

    keys = ((order_key(moment(entry.date), tie(entry.path)), entry.path) for entry in entries)
    return [path for _, path in sorted(keys)]


def stamp(folder: Path) -> str:
    """Names the state of the index in ``folder`` without opening it; empty if there is none.

    Each update makes files of new names, so names and sizes tell one state from another.
    What searching makes of them, and may make at any time, does not count.
    """
    import hashlib

    if not folder.is_dir():
        return ""
    kept = [path for path in folder.iterdir() if path.suffix in (".toc", "")]
    files = sorted((path.name, path.stat().st_size) for path in kept if path.name != "view")
    return hashlib.blake2b(repr(files).encode(), digest_size=16).hexdigest()
