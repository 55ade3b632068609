"""The order of names in a language, and the letter below which an index has each.

A letter is what the language takes for one: ``å`` stands behind ``z`` in Swedish and is an ``a``
in German, ``ch`` stands behind ``h`` in Czech. The table states what CLDR's collations have, and
a test asks a browser for the same. Names of the language's own script come first. Chinese is in
the order of its sounds (pinyin), with Latin names among it.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_OPENING = re.compile(r"[\W_]+(?=\w)")
"""Quotation marks and the like, which say nothing of where a name is looked for."""
_NUMBER = re.compile("[0-9]+")
_DIGITS = 12
"""Longer numbers are no quantities."""
_FIRST_OWN = 0x10FF00
"""From here on no character stands for anything: behind a letter, they stand behind all else."""
_FIRST_JAMO, _LAST_JAMO = "\u1100", "\u1112"
"""With these consonants a syllable of Korean begins, when it is taken apart."""
_JAMO = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]")
_FOREIGN_HAN = "漢"
"""Whoever does not read them finds no character among thousands."""
_LAST_PART = 3
"""That of foreign Han, whose characters Unicode does not keep together."""
_SPOKEN_LATER = re.compile("([\u0e40-\u0e44\u0ec0-\u0ec4])([\u0e01-\u0e2e\u0e81-\u0eae])")
"""Vowels of Thai and Lao that stand before the consonant behind which they are spoken."""
_READ_MARKS = frozenset((0, 9, 84, 91, 103, 118, 129, 130, 132))
"""Combining classes of marks that are letters: viramas, vowels of Telugu, Thai, Lao, Tibetan."""

_LIGATURES = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "þ": "th"}
)
_KANA = dict(zip("ぁぃぅぇぉっゃゅょゎ", "あいうえおつやゆよわ", strict=True))
for _code in range(0x30A1, 0x30F7):
    _plain = unicodedata.normalize("NFD", chr(_code - 0x60))[0]
    _KANA[chr(_code)] = _KANA.get(_plain, _plain)
# "c č ć|i=y": behind all of c stand č, then ć; y is an i. What a language has comes after this.
_OF_ALL = (
    "а ә|г=ґ ғ|д ђ|е є|з ѕ|и і й ј|к қ|л љ|н ң њ|о ө|т ћ|у ү ұ|х һ|ч џ"
    "|ب پ|ت=ة|ث ٹ|ج چ|ذ ڈ|ز ڑ ڕ ژ|ف ڤ|ك=ک گ|ل ڵ|ن ں|ه=ہ=ھ=ە=ۃ|و ۆ|ي=ی=ى ێ ے"
    "|כ=ך|מ=ם|נ=ן|פ=ף|צ=ץ|\u0e33=\u0e4d\u0e32|\u0eb3=\u0ecd\u0eb2"
)
_GAJ = "c č ć|d dž đ|l lj|n nj|s š|z ž"
_DANISH = "y=ü=ű|z æ=ä ø=ö=ő å=aa"
_NORWEGIAN = "y=ü=ű|z æ=ä ø=ö=ő=œ å=aa"
_PERSIAN = "و ۆ ه=ہ=ھ=ە=ة=ۃ"
_PERSIAN_ALEF = "آ=آ ا=ٱ ء=أ=إ=ؤ=ئ"
_LETTERS = {
    "ar": "ا=ء=أ=إ=ؤ=ئ ٱ|اا=آ",
    "az": "c ç|e ə|g ğ|h x ı|k q|o ö|s ş|u ü|z w",
    "be": "е ё є|у ў ү ұ",
    "bs": _GAJ,
    "cs": "c č|h ch|r ř|s š|z ž",
    "cy": "c ch|d dd|f ff|g ng|l ll|p ph|r rh|t th",
    "da": _DANISH,
    "eo": "c ĉ|g ĝ|h ĥ|j ĵ|s ŝ|u ŭ",
    "es": "n ñ",
    "et": "s š z ž|w õ ä ö ü",
    "fa": f"{_PERSIAN_ALEF}|{_PERSIAN}",
    "fi": "y=ü|z å ä=æ ö=ø",
    "fil": "n ñ ng",
    "fo": _NORWEGIAN,
    "gl": "n ñ",
    "hr": _GAJ,
    "hu": "c cs|d dz dzs|g gy|l ly|n ny|o ö=ő|s sz|t ty|u ü=ű|z zs",
    "is": "a á|d ð|e é|i í|o ó|u ú|y ý|z þ æ=ä ö=ø å",
    "kk": "е ё є|и й ј|у ұ ү|ы і",
    "ky": "е ё є",
    "lt": "c č|i=y|s š|z ž",
    "lv": "a ā|c č|e ē|g ģ|i y ī|k ķ|l ļ|n ņ|s š|u ū|z ž",
    "mk": "д ђ ѓ|и=й і ј|т ћ ќ",
    "mt": "b ċ|f ġ|g għ|h ħ|y ż",
    "nb": _NORWEGIAN,
    "nn": _NORWEGIAN,
    "no": _NORWEGIAN,
    "pl": "a ą|c ć|e ę|l ł|n ń|o ó|s ś|z ź ż",
    "ps": "ت ٹ|د ڈ|ر ڑ|ز ڕ ژ|ه=ہ=ھ=ە=ة=ۃ",
    "ro": "a ă â|i î|s ș=ş|t ț=ţ",
    "sh": _GAJ,
    "sk": "a ä|c č|h ch|o ô|r ř|s š|z ž",
    "sl": "c č ć|d đ|s š|z ž",
    "sq": "c ç|d dh|e ë|g gj|l ll|n nj|r rr|s sh|t th|x xh|z zh",
    "sr": f"{_GAJ}|и=й і ј",
    "sv": "y=ü=ű|z å ä=æ ö=ø=ő=œ",
    "tr": "c ç|g ğ|h ı|o ö|s ş|u ü",
    "uk": "г ґ ғ|и і ї й ј",
    "ur": "ا آ|ت ٹ|د ڈ|ر ڑ|ز ژ|و ہ=ه ھ ة=ۃ ء|ي=ی=ى ے",
    "vi": "a ă â|d đ|e ê|o ô ơ|u ư",
}
_DOUBLED = {"hu": "cs dz dzs gy ly ny sz ty zs"}
"""Letters of several signs of which the first is written twice where the letter is: ``asszony``."""
_DOTTED_I = ("az", "tr")
_SCRIPTS = {
    "be bg kk ky mk mn ru sr tg tt uk": "\u0400-\u052f",
    "el": "\u0370-\u03ff",
    "hy": "\u0530-\u058f",
    "he yi": "\u0590-\u05ff",
    "ar ckb fa ps sd ug ur": "\u0600-\u06ff",
    "hi mr ne": "\u0900-\u097f",
    "as bn": "\u0980-\u09ff",
    "pa": "\u0a00-\u0a7f",
    "gu": "\u0a80-\u0aff",
    "or": "\u0b00-\u0b7f",
    "ta": "\u0b80-\u0bff",
    "te": "\u0c00-\u0c7f",
    "kn": "\u0c80-\u0cff",
    "ml": "\u0d00-\u0d7f",
    "si": "\u0d80-\u0dff",
    "th": "\u0e00-\u0e7f",
    "lo": "\u0e80-\u0eff",
    "my": "\u1000-\u109f",
    "ka": "\u10d0-\u10ff",
    "ja": "\u3040-\u30ff\u3400-\u9fff",
    "ko": "\u1100-\u11ff",
    "am ti": "\u1200-\u137f",
    "km": "\u1780-\u17ff",
}
_SCRIPT_OF = {tag: script for tags, script in _SCRIPTS.items() for tag in tags.split()}
_BY_STROKES = ("zh-Hant", "zh-HK", "zh-MO", "zh-TW")
"""Chinese as it is written where sounds order nothing: Unicode has it by radicals and strokes."""


@dataclass(frozen=True, slots=True)
class Alphabet:
    """The letters of a language in their order."""

    letters: Mapping[str, str]
    """Letter, or several that are one → what stands for it in a key."""
    several: re.Pattern[str]
    names: Mapping[str, str]
    """How letters are shown of which the capital would be another."""
    script: re.Pattern[str]
    dotted_i: bool
    by_sound: bool

    def key(self, name: str) -> tuple[int, str, str]:
        """What sorts names as an index does: what is no letter first, marks and capitals last.

        Numbers stand by what they are worth: G7 before G20.
        """
        folded = self._folded(name)
        number = _NUMBER.sub(lambda run: run[0].zfill(_DIGITS), folded)
        return (self._part(folded), number, name)

    def initial(self, name: str) -> str:
        """The letter below which an index has ``name``: ``Émile`` is E, ``한`` is ㅎ; else ``#``.

        Names in the order of ``key`` have their initials in one run each.
        """
        folded = self._folded(name)
        if not self._part(folded):
            return "#"
        if _FIRST_JAMO <= folded[0] <= _LAST_JAMO:  # as they are shown alone
            return _JAMO[ord(folded[0]) - ord(_FIRST_JAMO)]
        if self._part(folded) == _LAST_PART:
            return _FOREIGN_HAN
        return self.names.get(folded[:2]) or self.names.get(folded[0]) or folded[0].title()

    def _part(self, folded: str) -> int:
        if not folded[:1].isalpha():
            return 0
        if self.script.match(folded):
            return 1
        return _LAST_PART if _HAN.match(folded) else 2

    def _folded(self, name: str) -> str:
        text = unicodedata.normalize("NFKC", name)
        if opening := _OPENING.match(text):
            text = text[opening.end() :]
        if self.dotted_i:
            text = text.replace("I", "ı").replace("İ", "i")
        text = unicodedata.normalize("NFKC", text.casefold())
        text = _SPOKEN_LATER.sub(r"\2\1", self.several.sub(lambda run: self.letters[run[0]], text))
        if self.by_sound:
            text = _HAN.sub(_sound, text)
        return "".join(map(self._letter, text))

    def _letter(self, character: str) -> str:
        if character.isascii():
            return self.letters.get(character, character)
        if character in self.letters:
            return self.letters[character]
        base, *marks = list(unicodedata.normalize("NFD", character))
        if unicodedata.combining(base) not in _READ_MARKS:
            return ""
        if marks and _FIRST_JAMO <= base <= _LAST_JAMO:
            return "".join((base, *marks))
        for mark in marks:
            marked = unicodedata.normalize("NFC", base + mark)
            if marked in self.letters:
                return self.letters[marked]
        return self.letters.get(base) or base.translate(_LIGATURES)


@functools.cache
def alphabet(language: str) -> Alphabet:
    """That of a BCP 47 tag; of a language that has no letters of its own, the one of all."""
    primary = language.partition("-")[0]
    letters: dict[str, str] = dict(_KANA)
    names: dict[str, str] = {"i": "İ", "ı": "I"} if primary in _DOTTED_I else {}
    for group in f"{_OF_ALL}|{_LETTERS.get(primary, '')}".split("|"):
        _enter(group, letters, names)
    for letter in _DOUBLED.get(primary, "").split():
        letters[letter[0] + letter] = 2 * letters[letter]
    several = sorted((letter for letter in letters if len(letter) > 1), key=len, reverse=True)
    by_strokes = language.startswith(_BY_STROKES)
    script = "\u3400-\u9fff" if by_strokes else _SCRIPT_OF.get(primary, "")
    return Alphabet(
        letters,
        re.compile("|".join(several) or "(?!)"),
        names,
        re.compile(f"[{script}]" if script and "-Latn" not in language else "(?!)"),
        dotted_i=primary in _DOTTED_I,
        by_sound=primary == "zh" and not by_strokes,
    )


def _enter(group: str, letters: dict[str, str], names: dict[str, str]) -> None:
    (base, *same), *own = (alike.split("=") for alike in group.split(" "))
    letters |= dict.fromkeys(same, base)
    for place, (first, *others) in enumerate(own):
        stands_for = base + chr(_FIRST_OWN + place)
        letters |= dict.fromkeys((first, *others), stands_for)
        names[stands_for] = names.get(first) or first[:1].upper() + first[1:]


def _sound(character: re.Match[str]) -> str:
    from anyascii import anyascii  # 10 ms, and only for Chinese

    return f"{anyascii(character[0]).lower()} {character[0]}"
