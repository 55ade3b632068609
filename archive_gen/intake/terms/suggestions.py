"""Terms that an archive's articles share, for a person to take into the vocabulary.

No language is known here. A name is written with capitals in the middle of a sentence; where a
script has no capitals, words that keep company stand for a name (their cohesion, as in J. da
Silva and G. Lopes, *A local maxima method*, 1999, counted in articles). Keywords that pages have
named count too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from archive_gen.cleaning.characters import has_case
from archive_gen.cleaning.datelines import read_dateline
from archive_gen.cleaning.dates.in_text import is_month, is_weekday
from archive_gen.cleaning.names import is_particle
from archive_gen.markdown_text import without_addresses
from archive_gen.scripts import UNSPACED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from archive_gen.article import Article
    from archive_gen.intake.terms.vocabulary import Vocabulary

_SENTENCE = re.compile(r"[.!?…。！？؟।\n]+[\s\"'”»’)]*")
_WORD = re.compile(r"[^\s,;:()\[\]\"“”„«»|/—–]+[,;:()\[\]\"“”„«»|/—–]?")
_UNSPACED = re.compile(f"[{UNSPACED}]+")
_LATE = frozenset(',;:()[]"“”„«»|/—–')
"""Behind a word they end a name."""
_MARKDOWN = re.compile(r"\\(?=[^\w\s])|^[#>*-]+ |^\d+\. |[*\[\]]", re.MULTILINE)
_OF_OWNER = re.compile(r"['’]s?$")
_LONGEST_NAME = 5
_FEWEST_LETTERS = 3
_GERMAN = 0.25
"""Where so many words within sentences have capitals, one of them alone is no name."""
_MOST = 400_000
"""So many terms are counted at a time; then those met once are forgotten."""
_COHESIVE = 0.5
_SHOWN = 3

Titled: TypeAlias = tuple[str, list[str]]
"""The title of an article, and its terms in order."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A term that articles share."""

    term: str
    count: int
    """In how many articles it stands."""
    titles: tuple[str, ...]
    """Of the first of them."""


def suggest(
    articles: Iterable[Titled], vocabulary: Vocabulary, *, limit: int, least: int = 3
) -> list[Suggestion]:
    """The ``limit`` terms of most articles, of at least ``least``, that the vocabulary lacks."""
    once: dict[str, str] = {}  # the title of the only article
    counts: dict[str, int] = {}
    titles: dict[str, list[str]] = {}
    number = 0
    for title, terms in articles:
        number += 1
        for term in terms:
            count = counts.get(term)
            if count:
                counts[term] = count + 1
                if count < _SHOWN:
                    titles[term].append(title)
            elif term in once:
                counts[term] = 2
                titles[term] = [once.pop(term), title]
            else:
                once[term] = title
        if len(once) + len(counts) > _MOST:
            once.clear()
    frequent = {term: count for term, count in counts.items() if count >= least}
    chosen = [
        term
        for term in sorted(frequent, key=lambda term: (-frequent[term], term))
        if frequent[term] * 2 <= max(number, least * 2)
        and not vocabulary.tag_of(term)
        and _is_whole(term, frequent)
    ]
    own = _without_parts(chosen, frequent)
    return [Suggestion(term, counts[term], tuple(titles[term])) for term in own[:limit]]


def titled(article: Article) -> Titled:
    """What ``suggest`` has to know of an article."""
    return article.title, sorted(terms_of(article))


def terms_of(article: Article) -> set[str]:
    """What an article could be tagged with: its keywords, names, and uncased phrases."""
    body = without_addresses(article.body)
    text = _MARKDOWN.sub("", f"{article.title}\n{article.summary}\n{body}")
    found = set(article.tags)
    shouted = article.title.isupper()
    if not text.isascii():
        for sentence in _SENTENCE.split(text.partition("\n")[2] if shouted else text):
            found.update(_phrases(sentence))
    names = {name for line in text.split("\n")[1:] for name in _names(line)}
    several = {name for name in names if " " in name}
    german = len(several) < len(names) and _share_of_capitals(text) > _GERMAN
    found.update(several if german else names)
    return {term for term in found if len(term) >= _FEWEST_LETTERS or not term.isascii()}


def _names(line: str) -> Iterator[str]:
    """The place of a dateline, and runs of words with capitals that do not begin a sentence."""
    dateline = read_dateline(line)
    if dateline and dateline.place:
        yield dateline.place
    for sentence in _SENTENCE.split(line[dateline.length :] if dateline else line):
        for run in _runs(_WORD.findall(sentence)[1:]):
            yield from _as_name(run)


def _runs(words: Iterable[str]) -> Iterator[list[str]]:
    """Words with capitals that follow one another, and the particles between them."""
    run: list[str] = []
    for word in words:
        if not run and word.islower():
            continue
        bare = word.strip(",;:()[]\"“”„«»|/—–'’*_`-")
        if run or bare[:1].isupper():
            bare = _OF_OWNER.sub("", bare)
        if bare[:1].isupper() or (run and is_particle(bare)):
            run.append(bare)
        elif run:
            yield run
            run = []
        if run and word[-1] in _LATE:
            yield run
            run = []
    if run:
        yield run


def _as_name(run: list[str]) -> Iterator[str]:
    while run and not run[-1][:1].isupper():
        run = run[:-1]
    of_calendar = len(run) == 1 and (is_weekday(run[0]) or is_month(run[0]))
    if run and len(run) <= _LONGEST_NAME and not of_calendar:
        yield " ".join(run)


def _share_of_capitals(text: str) -> float:
    words = [w for s in _SENTENCE.split(text) for w in _WORD.findall(s)[1:] if w[:1].isalpha()]
    return sum(word[0].isupper() for word in words) / len(words) if words else 0.0


def _phrases(sentence: str) -> Iterator[str]:
    """Two or three words, or two to five letters, of scripts without capitals."""
    if sentence.isascii():
        return
    for run in _UNSPACED.findall(sentence):
        for length in range(2, 6):
            yield from (run[i : i + length] for i in range(len(run) - length + 1))
    words = [
        "" if word.isascii() else word.strip(',;:()[]"“”„«»|/—–،؛')
        for word in _WORD.findall(sentence)
    ]
    plain = [w if w.isalpha() and not has_case(w) else "" for w in words]
    for length in (2, 3):
        for i in range(len(plain) - length + 1):
            part = plain[i : i + length]
            if all(part) and not any(map(_UNSPACED.search, part)):
                yield " ".join(part)


def _is_whole(term: str, counts: dict[str, int]) -> bool:
    """Whether an uncased phrase holds together: its parts are seldom apart."""
    if has_case(term):
        return True
    words, join = _parts(term)
    parts = (join(words[:-1]), join(words[1:]))
    largest = max(counts.get(part, 0) for part in parts)
    return len(words) < 2 or counts[term] >= _COHESIVE * largest


def _parts(term: str) -> tuple[list[str], Callable[[list[str]], str]]:
    """The words of a term, or its letters where no spaces part words; and what joins them."""
    if " " in term:
        return term.split(" "), " ".join
    return ([term] if has_case(term) else list(term)), "".join


def _without_parts(terms: list[str], counts: dict[str, int]) -> list[str]:
    """Without a term that hardly stands anywhere but within a longer one."""
    longer: dict[str, int] = {}
    for term in terms:
        words, join = _parts(term)
        for length in range(1, len(words)):
            for start in range(len(words) - length + 1):
                part = join(words[start : start + length])
                longer[part] = max(longer.get(part, 0), counts[term])
    return [term for term in terms if longer.get(term, 0) < 0.8 * counts[term]]
