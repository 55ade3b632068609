"""The phrases by which a page speaks to its readers: ``phrases.txt``, several languages."""

from __future__ import annotations

from functools import cache
from importlib import resources

from archive_gen.cleaning.characters import is_of_word, kinds

_MAY_BEGIN_SENTENCE = "="
LETTERS = kinds(lambda mark: mark if is_of_word(mark) or mark in "_\n" else " ")


@cache
def _kinds() -> dict[str, tuple[str, bool]]:
    """Each phrase, folded → its kind, and whether a sentence may begin with it, too."""
    kinds: dict[str, tuple[str, bool]] = {}
    kind = ""
    text = resources.files(__package__).joinpath("phrases.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("["):
            kind = line.strip("[]")
        elif line and not line.startswith("#"):
            kinds.setdefault(fold(line), (kind, line.startswith(_MAY_BEGIN_SENTENCE)))
    return kinds


@cache
def _table() -> dict[str, list[str]]:
    """First word → the phrases that begin with it, the longest first."""
    found: dict[str, list[str]] = {}
    for phrase in sorted(_kinds(), key=len, reverse=True):
        found.setdefault(phrase.split(" ", 1)[0], []).append(phrase)
    return found


@cache
def words(letters: int) -> frozenset[str]:
    """The words of four letters and more in all phrases, cut after so many ``letters``."""
    return frozenset(
        [word[:letters] for phrase in _kinds() for word in phrase.split() if len(word) > 3]
    )


def fold(text: str) -> str:
    """``text`` case-folded, letters and digits only, one space between words."""
    return " ".join(lowered(text).translate(LETTERS).split())


def lowered(text: str) -> str:
    """``text`` case-folded; of Turkish, whose two letters i have other capitals, as of the rest."""
    return text.casefold().replace("i\u0307", "i").replace("ı", "i")


def fold_lines(letters: str) -> list[str]:
    """Each line, folded, of a case-folded text as ``LETTERS`` shows it.

    All at once takes a fifth of the time.
    """
    parts = [plain for part in letters.split("  ") if (plain := part.strip(" "))]
    return [line.strip(" ") for line in " ".join(parts).split("\n")]


def find_prompt(key: str) -> tuple[str, bool]:
    """The kind of furniture that a folded line begins as, and whether that is all of it.

    All of it: nothing but such phrases, or a few letters more. Where a sentence may begin with the
    first of them, nothing but numbers may stand beside them.
    """
    if key.partition(" ")[0] not in _table():
        return "", False
    first = phrase = _phrase_at(key, 0)
    if not phrase:
        return "", False
    end = -1
    while phrase:
        end += 1 + len(phrase)
        phrase = _phrase_at(key, end + 1)
    kind, may_begin_sentence = _kinds()[first]
    if may_begin_sentence and any(map(str.isalpha, key[end:])):
        return "", False
    return kind, len(key) - end <= max(12, end)


def _phrase_at(key: str, start: int) -> str:
    """The longest phrase that stands at ``start``; empty if none does."""
    stop = key.find(" ", start)
    first_word = key[start:stop] if stop >= 0 else key[start:]
    for phrase in _table().get(first_word, ()):
        end = start + len(phrase)
        if key.startswith(phrase, start) and key[end : end + 1] in ("", " "):
            return phrase
    return ""
