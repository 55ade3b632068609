"""Updates the index in the folder given as argument again and again, until it is killed."""

from __future__ import annotations

import itertools
import sys
from pathlib import Path

from archive_gen.search.whoosh.index import WhooshIndex
from tests.contracts.search_corpus import document

ARTICLES = 25


def state(number: int) -> list[str]:
    """The paths that are in the index in a state: a few come and go."""
    return [f"{n}.md" for n in range(ARTICLES) if n % 5 != number % 5]


def main() -> None:
    index = WhooshIndex(Path(sys.argv[1]))
    for number in itertools.count(int(sys.argv[2])):
        paths = state(number)
        articles = [document(n, path=path, text=f"state{number}") for n, path in enumerate(paths)]
        gone = set(state(number - 1)) - set(paths)
        index.update(articles, gone)
        print(number, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
