"""Python's garbage collector, made to run seldom.

A build makes hundreds of thousands of objects and keeps most of them. Going through them again and
again took a sixth of its time, and a search waited longer for it than for its answer.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Objects made and not gone, before those made since are looked at; then how often the older ones.
_SELDOM = (100_000, 20, 20)


@contextlib.contextmanager
def few_collections() -> Iterator[None]:
    """Collect seldom within the block. Processes that are forked meanwhile inherit this."""
    before = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def seldom_collect() -> None:
    """Collect seldom, and not when the process ends: for one that ends when its work is done."""
    gc.set_threshold(*_SELDOM)
    atexit.register(gc.freeze)


def keep_inherited() -> None:
    """Collect seldom, and never what a forked process inherited: all of it stays to the end.

    Going through it took a tenth of all time, and copied the memory that processes share.
    """
    gc.freeze()
    gc.set_threshold(*_SELDOM)
