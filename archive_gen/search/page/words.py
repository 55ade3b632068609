"""All words of the archive, in which the page looks for the one that was meant.

Those of one length have a file, so a slip of one letter loads three of them. It holds two texts.
The first has the words in order, each as a digit, which tells with how many letters it begins like
the one before, and the letters that are left. The second has a digit for each: its *mark*, which
says of the articles that have exactly this word how many these are, as a class (``commonness``),
and whether some have it in the title. So an article more or less changes the marks of rare words
only, and few of them.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from typing import TYPE_CHECKING

from archive_gen.search.correction import commonness
from archive_gen.search.page.notation import DIGIT, DIGITS, shared

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from archive_gen.search.page.lists import TermLists

Marks = dict[str, int]
"""Word → its mark."""
Lists = tuple[str, str]
"""What a file holds."""


def words_name(length: int) -> str:
    """The file of the words of a length; ``lexicon.js`` has the same."""
    return f"words/{length}"


def mark_of(documents: int, *, in_title: bool) -> int:
    """The mark of a word; 0 if no document has it."""
    return commonness(documents) << 1 | in_title


def marks_of(lists: Iterable[tuple[str, TermLists]]) -> Marks:
    """Those of all words; ``lists``: of each term its word, and where it stands."""
    documents: defaultdict[str, int] = defaultdict(int)
    titles: set[str] = set()
    for word, found in lists:
        documents[word] += found.documents
        if found.in_title:
            titles.add(word)
    return {word: mark_of(count, in_title=word in titles) for word, count in documents.items()}


def by_length(marks: Mapping[str, int]) -> dict[int, Marks]:
    """The words of each length."""
    found: defaultdict[int, Marks] = defaultdict(dict)
    for word, mark in marks.items():
        found[len(word)][word] = mark
    return dict(sorted(found.items()))


def written_words(marks: Mapping[str, int]) -> Lists:
    """Words of one length as text."""
    words = sorted(marks)
    texts = itertools.starmap(_written_word, itertools.pairwise(["", *words]))
    return "".join(texts), "".join([DIGITS[marks[word]] for word in words])


def read_words(length: int, lists: Lists) -> Marks:
    """What ``written_words`` wrote; ``lexicon.js`` reads it, too."""
    text, marks = lists
    found: Marks = {}
    word, at = "", 0
    for mark in marks:
        begun = word[: DIGIT[text[at]]]
        end = at + 1 + length - len(begun)
        word = begun + text[at + 1 : end]
        found[word], at = DIGIT[mark], end
    return found


def _written_word(before: str, word: str) -> str:
    count = shared(before, word, len(DIGITS) - 1)
    return DIGITS[count] + word[count:]
