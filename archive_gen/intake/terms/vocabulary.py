"""The site's vocabulary of tags, found in texts of any script.

``site.yaml`` names the tags and other words for them. A word counts where it stands as a word;
scripts that do not part words are searched for it anywhere. The text is read once, however many
words there are.

Arabic and Hebrew write "and", "in", "to", "from", "the" together with the word that follows
(``وبالقاهرة``, ``ובירושלים``): behind such letters a word stands as a word, too.
"""

from __future__ import annotations

import dataclasses
import itertools
import re
import sys
import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

import msgspec

from archive_gen.markdown_text import without_addresses
from archive_gen.scripts import HANGUL, UNSPACED
from archive_gen.texts import fold_term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from archive_gen.cleaning import Cleaned

_UNSPACED = re.compile(f"[{UNSPACED}{HANGUL}\U00020000-\U0003134f]")
_RUNS = re.compile(f"[\u30a0-\u30ff]|[{HANGUL}]")
"""Katakana and Hangul: a word does not begin in the middle of a run of them."""
_POINTS = re.compile("[\u0591-\u05bd\u05bf-\u05c7\u0640\u064b-\u0652\u0670]")
"""Vowel points of Hebrew and Arabic, and what stretches a word: most texts leave them out."""
_BEFORE = frozenset(
    "".join(parts)
    for words in (
        (("", "و", "ف"), ("", "ب", "ك", "ل"), ("", "ال")),
        (("", "و", "ف"), ("لل",)),
        (("", "ו"), ("", "ש", "כש", "מש", "לכש"), ("", "ב", "ל", "כ", "מ"), ("", "ה")),
    )
    for parts in itertools.product(*words)
) - {""}
"""Letters that are other words, written together with the one that follows."""
_LONGEST = max(map(len, _BEFORE))
_TO_THE, _THE = "لل", "ال"
"""Behind "to", the article of Arabic loses its alif."""
_PERSIAN = re.compile("[پچژگکیےٹڈڑ]")
_ARABIC = re.compile("[يىكةؤإ]")
_SHORTEST = 3
"""A term of fewer letters is not looked for behind other letters."""
_ORIGIN = "vocabulary"


@dataclass(frozen=True)
class Vocabulary:
    """Tags, each with other words for it."""

    tags: Mapping[str, tuple[str, ...]]

    def tag_of(self, word: str) -> str:
        """The tag to which ``word`` leads; empty if there is none."""
        return self._by_term.get(fold_term(word), "")

    def find(self, text: str) -> tuple[str, ...]:
        """The tags that ``text`` names, in the order of the vocabulary."""
        folded = fold_term(text)
        found = {*self._by_words(folded), *self._by_letters(folded)}
        return tuple(tag for tag in self.tags if tag in found)

    @cached_property
    def _by_term(self) -> dict[str, str]:
        pairs = ((word, tag) for tag, words in self.tags.items() for word in (tag, *words))
        return {fold_term(word): tag for word, tag in pairs}

    @cached_property
    def _spaced(self) -> dict[str, list[tuple[tuple[str, ...], str]]]:
        """First word → the words of each term that begins with it, and its tag."""
        found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for term, tag in self._by_term.items():
            words = tuple(_words(term))
            if words and not _UNSPACED.search(term):
                found.setdefault(words[0], []).append((words, tag))
        return found

    @cached_property
    def _unspaced(self) -> dict[str, list[tuple[str, str]]]:
        """First two letters → each term that begins with them, and its tag."""
        found: dict[str, list[tuple[str, str]]] = {}
        for term, tag in self._by_term.items():
            if _UNSPACED.search(term):
                found.setdefault(term[:2], []).append((term, tag))
        return found

    def _by_words(self, folded: str) -> Iterator[str]:
        if not self._spaced:
            return
        words = _words(_UNSPACED.sub(" ", folded))
        prefixed = not _is_persian(folded)
        for index, word in enumerate(words):
            for start in (word, *(_behind(word) if prefixed and not word.isascii() else ())):
                for term, tag in self._spaced.get(start, ()):
                    long = start is word or sum(map(len, term)) >= _SHORTEST
                    if long and tuple(words[index + 1 : index + len(term)]) == term[1:]:
                        yield tag

    def _by_letters(self, folded: str) -> Iterator[str]:
        if not self._unspaced or not _UNSPACED.search(folded):
            return
        for index in range(len(folded)):
            for length in (1, 2):
                for term, tag in self._unspaced.get(folded[index : index + length], ()):
                    if folded.startswith(term, index) and not _inside_run(folded, index):
                        yield tag


def with_vocabulary(cleaned: Cleaned, vocabulary: Vocabulary) -> Cleaned:
    """``cleaned`` with the tags that its title, summary and body name, after its own.

    A tag of its own that is another word for one of the vocabulary becomes that one.
    """
    article = cleaned.article
    own = [vocabulary.tag_of(tag) or tag for tag in article.tags]
    body = without_addresses(article.body)
    named = vocabulary.find(f"{article.title}\n{article.summary}\n{body}")
    tags = tuple(dict.fromkeys((*own, *named)))
    if tags == article.tags:
        return cleaned
    before = cleaned.origins.get("tags", "")
    origin = "; ".join(filter(None, (before, _ORIGIN if set(tags) - set(own) else "")))
    return dataclasses.replace(
        cleaned,
        article=msgspec.structs.replace(article, tags=tags),
        origins={**cleaned.origins, "tags": origin},
    )


NO_VOCABULARY = Vocabulary({})


def vocabulary_of(tags: Mapping[str, Iterable[str]]) -> Vocabulary:
    """The vocabulary that the setting ``tags`` states."""
    return Vocabulary({tag: tuple(words) for tag, words in tags.items()})


def _inside_run(text: str, index: int) -> bool:
    """Whether ``index`` is the middle of a word in Katakana or Hangul."""
    one, other = _RUNS.match(text, index - 1) if index else None, _RUNS.match(text, index)
    return bool(one and other and (one[0] < "\u3100") == (other[0] < "\u3100"))


def _behind(word: str) -> Iterator[str]:
    """What an Arabic or Hebrew word may be without the letters before it that are other words."""
    for length in range(1, min(_LONGEST, len(word) - 1) + 1):
        before, rest = word[:length], word[length:]
        if before in _BEFORE:
            yield rest
            if before.endswith(_TO_THE):
                yield _THE + rest


def _is_persian(text: str) -> bool:
    """Whether a text in Arabic letters is Persian, Urdu or the like, which write words apart."""
    return len(_PERSIAN.findall(text)) > len(_ARABIC.findall(text))


def _words(text: str) -> list[str]:
    return _word().findall(_POINTS.sub("", text))


@cache
def _word() -> re.Pattern[str]:
    """A run of letters and digits with the marks that Indic and other scripts put on them."""
    marks = (chr(c) for c in range(0x300, sys.maxunicode) if c < 0x1FFFF)
    kept = "".join(mark for mark in marks if unicodedata.category(mark) in ("Mn", "Mc"))
    return re.compile(rf"[^\W_](?:[^\W_]|[{re.escape(kept)}])*")
