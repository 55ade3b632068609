"""Write ``archive_gen/search/page/endings.json``: the endings that the stemmer of a language takes.

    python -m training.write_endings

An ending of up to three letters is one if the stemmer takes it from a quarter or more of words that
are made up of syllables. The page has no stemmers: by these it tells whether a word that no article
has may be a form of a shorter one. One that is two others behind each other is left out.

From words of three letters a stemmer takes fewer of them: each of these is written with the letters
behind which it is taken from half or more of such words that have a vowel.
"""

from __future__ import annotations

import itertools
import json
import random
import unicodedata
from pathlib import Path

import Stemmer

from archive_gen.search import analysis

TARGET = Path(__file__).parent.parent / "archive_gen" / "search" / "page" / "endings.json"
LATIN = "abcdefghijklmnopqrstuvwxyz", "aeiou"
LETTERS = {
    "ar": ("ابتثجحخدذرزسشصضطظعغفقكلمنهوي", "اوي"),
    "el": ("αβγδεζηθικλμνξοπρστυφχψω", "αειο"),
    "hi": ("कखगघचछजझटठडढणतथदधनपफबभमयरलवशषसहअआइईउऊएऐओऔािीुूेैोौंँ्", "ािेो"),
    "hy": ("աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ", "աեիո"),
    "ne": ("कखगघचछजझटठडढणतथदधनपफबभमयरलवशषसहअआइईउऊएऐओऔािीुूेैोौंँ्", "ािेो"),
    "ru": ("абвгдежзиклмнопрстуфхцчшщъыьэюя", "аеиоу"),
    "sr": ("абвгдђежзијклљмнњопрстћуфхцчџш", "аеиоу"),
    "ta": ("கஙசஜஞடணதநனபமயரறலளழவஷஸஹாிீுூெேைொோௌ்", "ாிுெ"),
    "yi": ("אבגדהוזחטיכלמנסעפצקרשתםןףץך", "אעי"),
}
"""Keys of letters, and some that are vowels; of the others they are Latin."""
WORDS, LEAST, PROBED = 24, 6, 6
LONGEST = 3
MOST_SHORT = 1_800
"""Letters behind which short words of a language have endings: each visit loads them."""
MOST = 200
"""A language with more endings has stacks of them: the shorter ones are enough."""


def endings(language: str) -> list[str]:
    stem = Stemmer.Stemmer(analysis._STEMMERS[language], 0).stemWords
    letters, vowels = LETTERS.get(language, LATIN)
    words = made_up(letters, vowels)
    found = [
        ending
        for length in range(1, LONGEST + 1)
        for ending, count in counted(stem, words, letters, length)
        if count >= LEAST
    ]
    known = set(found)
    simple = [e for e in found if len(e) == 1 or not {e[0], e[1:]} <= known]
    return simple if len(simple) <= MOST else [e for e in simple if len(e) < LONGEST]


def short_endings(language: str, known: list[str]) -> list[str]:
    """The shortest first, as far as they make no long text."""
    letters, vowels = LETTERS.get(language, LATIN)
    stem = Stemmer.Stemmer(analysis._STEMMERS[language], 0).stemWords
    found, length = [], 0
    for ending in known:
        behind = "".join(
            last for last in letters if is_taken(stem, short(letters, vowels, last), ending)
        )
        length += len(behind)
        if behind and length <= MOST_SHORT:
            found.append(f"{ending}:{behind}")
    return found


def short(letters: str, vowels: str, last: str) -> list[str]:
    words = map("".join, itertools.product(letters, letters, last))
    return [word for word in words if not set(word).isdisjoint(vowels)]


def is_taken(stem, words, ending):  # type: ignore[no-untyped-def]
    both = zip(stem([word + ending for word in words]), stem(words), strict=True)
    return 2 * sum(analysis.key(found) == analysis.key(own) for found, own in both) >= len(words)


def made_up(letters: str, vowels: str) -> list[str]:
    chance = random.Random(1)
    others = [c for c in letters if c not in vowels and unicodedata.category(c)[0] == "L"]
    return [
        "".join(chance.choice(others) + chance.choice(vowels) for _ in range(3 if n % 3 else 2))
        + chance.choice(others)
        for n in range(WORDS)
    ]


def counted(stem, words, letters, length):  # type: ignore[no-untyped-def]
    """Endings with the number of words from which the stemmer takes them."""
    asked = ["".join(some) for some in itertools.product(letters, repeat=length)]
    counts = dict.fromkeys(asked, 0)
    for n, (word, own) in enumerate(zip(words, stem(words), strict=True)):
        if n == PROBED:
            asked = [ending for ending in asked if counts[ending]]
        for ending, found in zip(asked, stem([word + e for e in asked]), strict=True):
            counts[ending] += analysis.key(found) == analysis.key(own)
    return counts.items()


if __name__ == "__main__":
    table = {language: endings(language) for language in sorted(analysis._STEMMERS)}
    tables = {
        "endings": {language: " ".join(found) for language, found in table.items()},
        "short": {name: " ".join(short_endings(name, found)) for name, found in table.items()},
    }
    TARGET.write_text(json.dumps(tables, ensure_ascii=False, indent=1) + "\n", "utf-8")
