"""The order of day and month that a language writes, for where no other date tells it."""

from __future__ import annotations

from archive_gen.cleaning.language import contradicts, detect_language

_DAY_FIRST = frozenset(
    "ar az be bg bn bs ca cs da de el es et fi fr gl he hi hr hy id is it ka kk lv mk mr ms nb nl "
    "nn no pl pt ro ru sk sl sq sr sw ta te th tr uk ur uz vi".split()
)
"""Languages of whose short dates CLDR puts the day before the month, and a year behind both."""
_ELSEWHERE = frozenset("US CA PH PR PA".split())
"""Regions whose papers write the month first, or either, in whatever language."""


def order_of_language(tag: str) -> bool | None:
    """True where texts in the language ``tag`` write ``04/05/2015`` for a day of May; None where
    nobody knows, as in English."""
    language, *others = tag.split("-")
    is_elsewhere = any(part.upper() in _ELSEWHERE for part in others)
    return True if language.lower() in _DAY_FIRST and not is_elsewhere else None


def order_of_story(stated: str, story: str) -> bool | None:
    """The same for ``story``; ``stated`` is the tag that its page gives it, empty or wrong as it
    may be."""
    return order_of_language(
        (contradicts(stated, story) or stated) if stated else detect_language(story)
    )
