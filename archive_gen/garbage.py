"""How often Python looks for values that nothing leads to any more: seldom.

A build makes hundreds of thousands of values and keeps most. Going through them again and again
took a sixth of all time, and made a search wait that takes less itself.
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
    """Look for garbage seldom. Processes that start meanwhile do as this one does."""
    before = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def seldom_collect() -> None:
    """``few_collections`` for a process that ends when its work is done.

    What is left then is not looked through, neither when the work ends nor when the process does.
    """
    gc.set_threshold(*_SELDOM)
    atexit.register(gc.freeze)


def keep_inherited() -> None:
    """The same for a process that another one made as its image.

    What was inherited stays to the end: looking through it for garbage, again and again, took a
    tenth of all time, and copied the memory that processes share.
    """
    gc.freeze()
    gc.set_threshold(*_SELDOM)
