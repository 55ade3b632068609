"""The mappers themselves are tested in ``contracts/test_mappers.py``."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_gen.parallel import chunks


@given(st.lists(st.integers()), st.integers(1, 10))
def test_chunks_hold_every_item_once_in_order(items: list[int], size: int) -> None:
    made = list(chunks(items, size))
    assert [item for chunk in made for item in chunk] == items
    assert all(len(chunk) == size for chunk in made[:-1])
    assert all(1 <= len(chunk) <= size for chunk in made)


def test_chunks_take_no_more_than_they_give() -> None:
    items = iter(range(10))
    first = next(chunks(items, 3))
    assert first == (0, 1, 2)
    assert next(items) == 3


def double(_context: int, number: int) -> int:
    return 2 * number


_INTERRUPTED = """
import signal, sys, threading
from archive_gen.parallel import ProcessMapper
from tests.test_parallel import double

entered, at = 0, int(sys.argv[1])
enter, main = threading.Condition.__enter__, threading.get_ident()

def interrupted(condition):
    # The moment at which a signal leaves a lock closed: it is taken, and nobody will give it back.
    global entered
    taken = enter(condition)
    if threading.get_ident() == main:
        entered += 1
        if entered == at:
            signal.raise_signal(signal.SIGINT)
    return taken

threading.Condition.__enter__ = interrupted
try:
    print(list(ProcessMapper(2).map(double, 0, range(50))) == [2 * n for n in range(50)])
except KeyboardInterrupt:
    print("interrupted")
"""


@pytest.mark.parametrize("at", [1, 2, 3, 10, 40, 80, 100_000])
def test_ctrl_c_within_the_locks_of_the_pool_ends_the_work(at: int) -> None:
    script = [sys.executable, "-c", _INTERRUPTED, str(at)]
    with subprocess.Popen(
        script, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1]
    ) as process:
        assert process.stdout is not None
        said = process.stdout.readline()  # not to the end: workers that hang hold it open, too
        try:
            process.wait(30)
        finally:
            process.kill()
    assert said == ("True\n" if at == 100_000 else "interrupted\n")


_IGNORED = """
import os, signal, threading, time
from archive_gen.parallel import ProcessMapper
from tests.test_parallel import slowly

signal.signal(signal.SIGINT, signal.SIG_IGN)
threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()
print(list(ProcessMapper(2).map(slowly, 0, range(6))))
"""


def slowly(_context: int, number: int) -> int:
    time.sleep(0.2)
    return number


def test_a_signal_that_the_program_ignores_changes_nothing() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _IGNORED],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        cwd=Path(__file__).parents[1],
    )
    assert done.stdout == "[0, 1, 2, 3, 4, 5]\n"
    assert done.stderr == ""
