"""No text makes a regular expression of ours slow: the work grows as the text does."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import sys
from collections.abc import Iterator

import pytest

from tests import pattern_attacks
from tests.pattern_attacks import Use

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(sys.platform == "win32", reason="has no clock of processor time"),
]
_SOAK = bool(os.environ.get("ARCHIVE_SOAK"))
_LENGTH = 1 << 20 if _SOAK else 1 << 14
_PATIENCE = 10.0 if _SOAK else 0.25
"""Seconds of processor time. An expression in proportion takes a twentieth; any other takes ten
times that for the short texts, and hours for the long ones."""
_BOUNDED = {
    # Search the end of a line only, from a place that their caller gives.
    "archive_gen.cleaning.pictures._ENDS": 120,
    "archive_gen.cleaning.pictures._AGENCY_END": 120,
    # Searches the last 20 characters before a place.
    "archive_gen.search.sentences._LAST_WORD": 20,
    # Reads what we wrote ourselves, once its checksum was found to be right.
    "archive_gen.search.page.notation._SPELT": 1000,
}


@contextlib.contextmanager
def patience(text: str) -> Iterator[None]:
    def give_up(_signal: int, _frame: object) -> None:
        raise TimeoutError(text)

    before = signal.signal(signal.SIGPROF, give_up)
    signal.setitimer(signal.ITIMER_PROF, _PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@pytest.mark.parametrize("use", pattern_attacks.all_uses(), ids=lambda use: use.where)
def test_an_expression_takes_time_in_proportion(use: Use) -> None:
    attack(use, _BOUNDED.get(use.where, _LENGTH))


def attack(use: Use, length: int) -> None:
    for call in pattern_attacks.calls(use):
        for text in pattern_attacks.attacks(use.pattern, length):
            with patience(f"{use.where} with {text[:60]!r} … {text[-20:]!r}"):
                call(text)


def test_a_slow_expression_is_found() -> None:
    for slow in (r"\s*,", r"(?:a+)+b", r"<[^>]*?x", r"^(\w+\s?)*$"):
        with pytest.raises(TimeoutError):
            # Long enough for the fastest of machines.
            attack(Use("here", re.compile(slow), ("search",)), 8 * _LENGTH)
