"""A build whose folders are listed in an order of their own: ``varied_build.py SEED ARGUMENTS``."""

import os
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from archive_gen.cli import main

CHANCE = random.Random(int(sys.argv[1]))  # noqa: S311
listdir, scandir = os.listdir, os.scandir


def shuffled_names(path: Any = ".") -> list[Any]:
    names = listdir(path)
    CHANCE.shuffle(names)
    return names


class ShuffledEntries:
    """What ``os.scandir`` gives, in another order."""

    def __init__(self, path: Any = ".") -> None:
        with scandir(path) as entries:
            self._entries = list(entries)
        CHANCE.shuffle(self._entries)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._entries)

    def __next__(self) -> Any:
        if not self._entries:
            raise StopIteration
        return self._entries.pop()

    def __enter__(self) -> "ShuffledEntries":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Nothing is open."""


os.listdir = shuffled_names
os.scandir = ShuffledEntries  # type: ignore[assignment, misc]
main(sys.argv[2:])
