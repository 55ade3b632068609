"""Names of people, places and publications as they stand in short lines of a page."""

from __future__ import annotations

import re

# Small words inside names, in several languages; anything else in lower case ends a name.
_PARTICLE_LIST = (
    "al af av bin bint da das de degli dei del della den der des di do dos du e el ibn la las le "
    "lo los mc of ten ter the van vander vom von y zu zum zur ben й де ла фон ван"
)
_PARTICLES = frozenset(_PARTICLE_LIST.split(" "))
_SEPARATORS = re.compile(
    r"\s*[,;&،、·|/]\s*|\s+(?:and|und|et|y|e|en|och|og|i|и|та|ve|mit|with|و)\s+(?=\S)",
    re.IGNORECASE,
)
_NOT_IN_NAMES = re.compile(r"[\d@:?!…\"“”«»„#=<>\[\]{}©]|https?")


def is_name(text: str, most: int = 4) -> bool:
    """Whether ``text`` has the form of a person's name of 2 to ``most`` words."""
    words = text.split()
    return (
        2 <= len(words) <= most
        and not _NOT_IN_NAMES.search(text)
        and all(_begins_as_name(word) or word.casefold() in _PARTICLES for word in words)
        and _begins_as_name(words[0])
        and _begins_as_name(words[-1])
        and text[-1] not in ".,;-–—"
    )


def split_names(text: str) -> tuple[str, ...]:
    """The names in a list of names, roles and places after them left out."""
    names = (level_capitals(_leading_name(part)) for part in _SEPARATORS.split(text))
    return tuple(dict.fromkeys(name for name in names if name))


def level_capitals(text: str) -> str:
    """``INÉS BALTAR`` → ``Inés Baltar``; short words (agencies) stay as they are."""
    if not text.isupper() or len(text) < 5:
        return text
    return (
        " ".join(
            word.lower() if word.casefold() in _PARTICLES and n else word.title()
            for n, word in enumerate(text.split())
        )
        .replace("’S", "’s")
        .replace("'S", "'s")
    )


def _leading_name(text: str) -> str:
    words: list[str] = []
    for word in text.split():
        if not (_begins_as_name(word) or (words and word.casefold() in _PARTICLES)):
            break
        words.append(word)
    while words and words[-1].casefold() in _PARTICLES and not _begins_as_name(words[-1]):
        words.pop()
    name = " ".join(words).strip(" .,;:-–—|()")
    return name if 0 < len(words) <= 6 and not _NOT_IN_NAMES.search(name) else ""


def _begins_as_name(word: str) -> bool:
    """A capital, or a letter of a script that has none."""
    first = word.lstrip("'’(‘`-.")[:1]
    return first.isalpha() and (first.isupper() or first.lower() == first.upper())
