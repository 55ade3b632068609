"""No text makes a regular expression of ours slow: the work grows as the text does."""

from __future__ import annotations

import itertools
import os
import re
import signal
import sys
import time
from collections.abc import Callable

import pytest

from tests import pattern_attacks
from tests.pattern_attacks import Use

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(sys.platform == "win32", reason="has no clock of processor time"),
]
_SOAK = bool(os.environ.get("ARCHIVE_SOAK"))
_LENGTH = 1 << 20 if _SOAK else 1 << 15
_PATIENCE = 10.0 if _SOAK else 0.5
"""Seconds of processor time. An expression in proportion takes two fifths at most, nearly all a
twentieth; any other takes more for the short texts, and hours for the long ones."""
_TRIALS = 3
"""On a busy machine the same work may take twice as long now and then."""
_SHARE, _TIMES = 8, 24
"""On a slow machine, what takes longer is in proportion where it takes at most 24 times as long as
an eighth of the text: one that grows with the square of the text takes 64 times as long."""
_BOUNDED = {
    # Search the end of a line only, from a place that their caller gives.
    "archive_gen.cleaning.pictures._ENDS": 120,
    "archive_gen.cleaning.pictures._AGENCY_END": 120,
    # Searches the last 20 characters before a place.
    "archive_gen.search.sentences._LAST_WORD": 20,
    # A query has a thousand characters at most.
    "archive_gen.search.narrowing._CONDITIONS": 1000,
    # Reads what we wrote ourselves, once its checksum was found to be right.
    "archive_gen.search.page.notation._SPELT": 1000,
}


def ends_in_time(call: Callable[[str], object], text: str, seconds: float = _PATIENCE) -> bool:
    def give_up(_signal: int, _frame: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGPROF, give_up)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        call(text)
    except TimeoutError:
        return False
    else:
        return True
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@pytest.mark.parametrize("use", pattern_attacks.all_uses(), ids=lambda use: use.where)
def test_an_expression_takes_time_in_proportion(use: Use) -> None:
    attack(use, _BOUNDED.get(use.where, _LENGTH))


def attack(use: Use, length: int) -> None:
    for call in pattern_attacks.calls(use):
        texts = pattern_attacks.attacks(use.pattern, length)
        shares = pattern_attacks.attacks(use.pattern, length // _SHARE)
        for text, share in zip(texts, shares, strict=True):
            if not (ends_in_time(call, text) or is_in_proportion(call, text, share)):
                raise AssertionError(f"{use.where} with {text[:60]!r} … {text[-20:]!r}")


def is_in_proportion(call: Callable[[str], object], text: str, share: str) -> bool:
    for _ in range(_TRIALS):
        began = time.process_time()
        if ends_in_time(call, share):
            took = time.process_time() - began
            if ends_in_time(call, text, max(_PATIENCE, _TIMES * took)):
                return True
    return False


def test_a_slow_expression_is_found() -> None:
    for slow in (r"\s*,", r"(?:a+)+b", r"<[^>]*?x", r"^(\w+\s?)*$"):
        use = Use("here", re.compile(slow), ("search",))
        texts = pattern_attacks.attacks(use.pattern, 4 * _LENGTH)  # for the fastest of machines
        calls = itertools.product(pattern_attacks.calls(use), texts)
        assert not all(ends_in_time(call, text) for call, text in calls), slow


@pytest.mark.parametrize("slow", [r"\s*,", r"(?:a+)+b"])
def test_a_slow_expression_is_no_fast_one_on_a_slow_machine(
    monkeypatch: pytest.MonkeyPatch, slow: str
) -> None:
    monkeypatch.setattr(sys.modules[__name__], "_TRIALS", 1)
    with pytest.raises(AssertionError, match="here with"):
        attack(Use("here", re.compile(slow), ("search",)), 2 * _LENGTH)


@pytest.mark.parametrize("use", pattern_attacks.all_uses(), ids=lambda use: use.where)
def test_no_round_of_a_possessive_repeat_fails_in_its_middle(use: Use) -> None:
    """Before Python 3.11.5 what such a round has read counts: write an atomic group."""
    assert not list(pattern_attacks.unsafe_possessive(use.pattern))


def test_a_possessive_repeat_that_may_fail_in_its_middle_is_found() -> None:
    for unsafe in (
        r"(?:a|b(?=c))*+",
        r"(?:x|\([^)]*\))++",
        r"((?:(?:ab)?+c)*+)",
        r"a(?:b{2,3}c)?+d",
    ):
        assert list(pattern_attacks.unsafe_possessive(re.compile(unsafe))), unsafe
    for safe in (
        r"(?:[^']++|'')*+",
        r"(?:[^\\]++|\\.)*+",
        r"a*+",
        r"(?>(?:a|b(?=c))*)",
        r"(?:a[bc]*+)++",
    ):
        assert not list(pattern_attacks.unsafe_possessive(re.compile(safe))), safe
