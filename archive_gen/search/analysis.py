"""What a word is: the one definition that the index, the query and the page share.

Text becomes *words*: runs of letters, digits and marks. A word has a *key*: normalised
(NFKC, lower case, Arabic letters unified) and without diacritics, so that what people type
finds what was printed. Words of one *family* (inflections of one stem in one language) are
found together; the stem comes from the Snowball algorithm of the article's language
(https://snowballstem.org/). There are no stop words: the ranking handles them and phrases
stay exact.

Scripts that put no space between words (Chinese, Japanese, Korean, Thai, …) are cut into
overlapping pairs of characters, and the last character of a run stands alone as well, so that
every single character begins some word.
"""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence, Set

# Combining marks and the letters of scripts that build words with them; joiners and soft
# hyphens are part of the word they stand in. words.js has the same list.
_INNER = (
    "\u00ad\u200c\u200d\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5"
    "\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
    "\u0900-\u0963\u0966-\u0dff\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1-\u0ebc\u0ec8-\u0ecd"
    "\u0f71-\u0f84\u102b-\u103e\u17b4-\u17d3"
)
_PAIRED = (
    "\u0e00-\u0e4f\u0e5a-\u0ecf\u0eda-\u0eff\u1000-\u103f\u104a-\u109f\u1780-\u17df\u17ea-\u17ff"
    "\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
"""Letters of scripts without spaces; a number is one word in these, too."""
_WORD = re.compile(rf"[^\W_][\w{_INNER}]*(?:['’]s\b)?", re.IGNORECASE)
_WILD_WORD = re.compile(rf"[\w*?{_INNER}]+")
_PART = re.compile(rf"(?P<paired>[{_PAIRED}]+)|(?:(?![{_PAIRED}_])[\w{_INNER}])+")
_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
_PLAIN_POSSESSIVE = re.compile(r"(?<=[a-z0-9])'s\b('s\b)?", re.IGNORECASE)
_PLAIN_LETTERS = "".join(c.lower() if c.isalnum() else " " for c in map(chr, range(128))).encode()
_PLAIN_LETTERS += b" " * 128
_PRINTED = (("’", "'"), ("‘", " "), ("“", " "), ("”", " "), ("–", " "), ("—", " "), ("…", " "))
"""What printed text has beside letters → what stands in its place in plain text."""
_INVISIBLE = re.compile("[\u00ad\u0640\u200c\u200d\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]")
_DIACRITIC = re.compile("[\u0300-\u036f\u0653-\u0655\u093c]")
"""The hamza of Arabic and the dot of Hindi among them, which are as often left out."""
_JOINT = re.compile("(?<=[\u0600-\u06ff])\u200c")
"""Of Persian, between a word and its ending: it parts them as a space does."""
_ABBREVIATIONS = re.compile(r"(?!mrs)[b-df-hj-np-tv-xz]+[b-df-hj-np-rtv-xz]s")
"""English abbreviations in the plural (TVs, MPs, PCs): Snowball takes no s where no vowel is."""
_MAX_LENGTH = 64
"""What is longer is no word; its beginning is indexed."""
_UNIFIED = str.maketrans({"ß": "ss", "ς": "σ"})
_PLAIN = str.maketrans(
    {
        "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
        "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه",
    }
)  # fmt: skip
_PLAIN.update(
    {
        zero + digit: str(digit)
        for zero in (
            0x660, 0x6F0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xE50,
            0xED0, 0x1040, 0x17E0,
        )
        for digit in range(10)
    }
)  # fmt: skip
_HOMOPHONES = (
    (0x1210, 0x1200),
    (0x1280, 0x1200),
    (0x1220, 0x1230),
    (0x12D0, 0x12A0),
    (0x1340, 0x1338),
)
"""Series of seven letters of Amharic that sound as others do and are written for them."""
_PLAIN.update({one + n: chr(other + n) for one, other in _HOMOPHONES for n in range(7)})
# BCP 47 primary language → name of its Snowball algorithm.
_STEMMERS = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek",
    "en": "english", "es": "spanish", "et": "estonian", "eu": "basque", "fi": "finnish",
    "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian",
    "id": "indonesian", "it": "italian", "lt": "lithuanian", "nb": "norwegian",
    "ne": "nepali", "nl": "dutch", "nn": "norwegian", "no": "norwegian",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian",
    "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip


class Term(NamedTuple):
    """A word as the index knows it. Its place in the index is this order."""

    language: str
    """Primary language whose stems these are; empty for one that has no stemmer."""
    stem: str
    word: str
    """The word's key."""


def raw_words(text: str) -> Iterator[tuple[int, int, str]]:
    """The runs of letters in ``text``, in order: from, to, as it stands there."""
    for match in _WORD.finditer(text):
        yield (*match.span(), match[0])


def replaced(text: str, word: str, other: str) -> str:
    """``text`` with another word in the place of each whose key is ``word``."""
    return _WORD.sub(
        lambda raw: other if [*map(key, split_word(raw[0]))] == [word] else raw[0], text
    )


def words(text: str) -> list[str]:
    """The words of ``text``, normalised, in order: what is indexed."""
    if not text.isascii():
        for printed, typed in _PRINTED:
            text = text.replace(printed, typed)
    if text.isascii() and "_" not in text:
        return _plain_words(text)
    return list(itertools.chain.from_iterable(map(split_word, _WORD.findall(text))))


def _plain_words(text: str) -> list[str]:
    """The same for text in which only ``a`` to ``z`` and digits are letters, much faster."""
    if "'" in text:
        text = _PLAIN_POSSESSIVE.sub(r" \1", text)
    found = text.encode().translate(_PLAIN_LETTERS).decode().split()
    if len(text) > _MAX_LENGTH and max(map(len, found), default=0) > _MAX_LENGTH:
        return [word[:_MAX_LENGTH] for word in found]
    return found


@functools.lru_cache(maxsize=1 << 10)
def query_words(text: str) -> Sequence[tuple[int, str]]:
    """Words to look for, each with its distance from the first.

    They must stand together in this order. Of a run of paired characters only the pairs are
    needed, and the last character, which the index also has alone, still takes a place.
    """
    found: list[tuple[int, str]] = []
    place = 0
    for raw in _WORD.findall(text):
        for run in _runs(raw):
            wanted = run[:-1] if len(run) > 1 and len(run[0]) == 2 else run
            found += [(place + offset, word) for offset, word in enumerate(wanted)]
            place += len(run)
    return found


def wild_words(text: str) -> list[str]:
    """The words of ``text``, in which ``*`` and ``?`` count as letters.

    A longer run of paired characters is looked for without them: its pairs are the words.
    """
    found = []
    for word in _WILD_WORD.findall(text):
        plain = word.strip("*?")
        if plain:
            found.append(plain if len(plain) > 2 and _is_paired(plain[0]) else word)
    return found


@functools.lru_cache(maxsize=1 << 18)
def split_word(raw: str) -> tuple[str, ...]:
    """The words in a run of letters as it stands in a text."""
    if raw.isascii() and raw.isalnum():
        return (raw.lower()[:_MAX_LENGTH],)
    return tuple(word for run in _runs(raw) for word in run)


def is_single(word: str) -> bool:
    """Whether ``word`` is one character of a paired script: it is looked for as a beginning."""
    return len(word) == 1 and _is_paired(word)


@functools.lru_cache(maxsize=1 << 18)
def key(word: str) -> str:
    """``word`` (normalised) without diacritics."""
    if word.isascii():
        return word
    plain = _DIACRITIC.sub("", unicodedata.normalize("NFD", word)).translate(_PLAIN)
    return unicodedata.normalize("NFC", plain)


@functools.lru_cache(maxsize=1 << 14)
def keyword(text: str) -> str:
    """A tag, a name or a place as it is compared: case, diacritics and spacing don't count."""
    flat = unicodedata.normalize("NFKC", text).lower().translate(_UNIFIED)
    return " ".join(key(_INVISIBLE.sub("", flat)).split())


def stem_language(language: str) -> str:
    """The language whose stems an article in ``language`` (BCP 47) has; empty for none."""
    primary = language.partition("-")[0].lower()
    return primary if primary in _STEMMERS else ""


@functools.lru_cache(maxsize=1 << 18)
def term(language: str, word: str) -> Term:
    """The term that ``word`` (normalised) has in an article of a ``stem_language``."""
    return Term(language, stem(language, word), key(word))


@functools.lru_cache(maxsize=1 << 18)
def stem(language: str, word: str) -> str:
    """The key of the stem of ``word``; words without letters, and pairs, are their own."""
    if not language or not word.isalpha() or _is_paired(word[0]):
        return key(word)
    if language == "en" and _ABBREVIATIONS.fullmatch(word):
        return key(word[:-1])
    return key(_stemmer(language).stemWord(word)) or key(word)


def may_have_stems(language: str, words: list[str], stems: Set[str]) -> set[str]:
    """Those of ``words`` whose ``stem`` is one of ``stems``, and perhaps others: in bulk."""
    stemmed: list[str] = _stemmer(language).stemWords(words) if language else words
    return {
        word
        for word, found in zip(words, stemmed, strict=True)
        if found in stems
        or word in stems
        or word[:-1] in stems
        or not (word.isascii() or stems.isdisjoint((key(word), key(found))))
    }


@functools.cache
def _stemmer(language: str) -> Any:
    import snowballstemmer  # takes 30 ms: not for a query of dates and tags

    stemmer = snowballstemmer.stemmer(_STEMMERS[language])
    if hasattr(stemmer, "maxCacheSize"):
        stemmer.maxCacheSize = 0  # its cache costs four times what it saves; ``stem`` has one
    return stemmer


def _runs(raw: str) -> list[tuple[str, ...]]:
    text = _JOINT.sub("_", _POSSESSIVE.sub("", raw))
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    text = text.lower().translate(_UNIFIED)
    return [
        _pairs(part[0]) if part["paired"] else (part[0][:_MAX_LENGTH],)
        for part in _PART.finditer(text)
        if part["paired"] or any(c.isalnum() for c in part[0])
    ]


def _pairs(run: str) -> tuple[str, ...]:
    return tuple(run[i : i + 2] for i in range(len(run)))


def _is_paired(character: str) -> bool:
    match = _PART.match(character)
    return bool(match and match["paired"])
