"""Search without an index: every article is scored for every query, in plain steps.

The tests hold the real index to it. It shares the analysis and the formula of a single score
with the program, and nothing else: no postings, no stored numbers, no choice of a best few.
"""

from __future__ import annotations

import fnmatch
from typing import TYPE_CHECKING

from archive_gen.dates import parse_date
from archive_gen.search import analysis, rerank, scoring
from archive_gen.search.page.numbers import tie
from archive_gen.search.query import parse_query
from archive_gen.search.query_tree import (
    All,
    Any,
    Dates,
    Fuzzy,
    Keyword,
    Node,
    Not,
    Text,
    Undated,
    Wild,
    leaves,
)

if TYPE_CHECKING:
    from archive_gen.search.values import SearchDocument


def search(documents: list[SearchDocument], query: str, least: int = 0) -> list[tuple[str, int]]:
    """Path and score of every match, best first; ``least`` words are enough if it is not 0."""
    node = parse_query(query)
    articles = [Article(document) for document in documents]
    reference = Reference(articles)
    if node and least:
        scores = reference.most(node, least)
    else:
        scores = reference.scores(node) if node else {}
    found = sorted(scores, key=lambda article: tie(article.document.path), reverse=True)
    found.sort(key=lambda article: article.moment, reverse=True)
    found.sort(key=lambda article: scores[article], reverse=True)
    meant = [word for part in leaves(node) for word in reference.words_meant(part)] if node else []
    worth = scores[found[0]] + 1 if found else 0
    best = found[: rerank.FIRST] if meant else []
    points = rerank.points([article.document.title for article in best], meant)
    first = [
        (scores[article] + worth * own, article) for article, own in zip(best, points, strict=True)
    ]
    first.sort(key=lambda pair: -pair[0])
    rest = [(scores[article], article) for article in found[len(first) :]]
    return [(article.document.path, score) for score, article in first + rest]


class Article:
    def __init__(self, document: SearchDocument) -> None:
        self.document = document
        self.language = analysis.stem_language(document.language)
        listed = (*document.tags, *document.authors, document.place, document.source)
        named = dict.fromkeys(
            name for _, name in (*document.unshown_keywords, *document.terms) if name not in listed
        )
        texts = (document.title, document.summary, document.text, *listed, *named)
        self.words = [list(analysis.words(text)) for text in texts]
        self.parts = [[analysis.term(self.language, word) for word in part] for part in self.words]
        date = parse_date(document.date) if document.date else None
        self.period = date.period if date else ""
        self.moment = (1, *date.sort_key) if date else (0,)

    def weight(self, terms: set[analysis.Term]) -> int:
        weights = (scoring.TITLE_WEIGHT, scoring.SUMMARY_WEIGHT, *[1] * len(self.parts))
        counts = [sum(term in terms for term in part) for part in self.parts]
        return sum(weight * count for weight, count in zip(weights, counts, strict=False))

    @property
    def length(self) -> int:
        title, summary, *rest = map(len, self.parts)
        long = scoring.TITLE_WEIGHT * title + scoring.SUMMARY_WEIGHT * summary + sum(rest)
        return scoring.LENGTHS[scoring.length_class(long)]


class Reference:
    def __init__(self, articles: list[Article]) -> None:
        self.articles = articles
        self.terms = {term for a in articles for part in a.parts for term in part}
        self.languages = {article.language for article in articles}
        self.roots = {
            (analysis.key(word), article.language, analysis.stem(article.language, word))
            for article in articles
            for part in article.words
            for word in part
        }

    def scores(self, node: Node) -> dict[Article, int]:
        if isinstance(node, All):
            parts = [self.scores(part) for part in node.parts]
            return {
                a: sum(part[a] for part in parts)
                for a in self.articles
                if all(a in p for p in parts)
            }
        if isinstance(node, Any):
            parts = [self.scores(part) for part in node.parts]
            return {
                a: sum(part.get(a, 0) for part in parts)
                for a in self.articles
                if any(a in part for part in parts)
            }
        if isinstance(node, Not):
            found = self.scores(node.part)
            return {article: 0 for article in self.articles if article not in found}
        if isinstance(node, (Keyword, Dates, Undated)):
            return {article: 0 for article in self.articles if self.has(article, node)}
        if isinstance(node, Wild):
            return self.group(*self.groups(node), title=node.title)
        if isinstance(node, Fuzzy):
            return self.group(*self.groups(node), title=node.title)
        assert isinstance(node, Text)
        return self.text(node)

    def most(self, node: Node, least: int) -> dict[Article, int]:
        assert isinstance(node, All)
        plain = [part for part in node.parts if is_plain(part)]
        words = list(map(self.scores, plain))
        others = [self.scores(part) for part in node.parts if part not in plain]
        return {
            a: sum(part.get(a, 0) for part in (*words, *others))
            for a in self.articles
            if sum(a in part for part in words) >= least and all(a in part for part in others)
        }

    def groups(self, node: Text | Wild | Fuzzy) -> list[set[analysis.Term]]:
        if isinstance(node, Wild):
            return [{t for t in self.terms if matches(t.word, node.pattern)}]
        if isinstance(node, Fuzzy):
            word = analysis.keyword(node.word)
            return [{t for t in self.terms if distance(word, t.word, node.edits) <= node.edits}]
        wanted = analysis.query_words(node.text)
        exact = node.exact or len(wanted) > 1
        return [self.meant(word, exact=exact) for _, word in wanted]

    def words_meant(self, node: Text | Wild | Fuzzy) -> list[rerank.Meant]:
        found = [{term.word for term in group} for group in self.groups(node)]
        if not isinstance(node, Text):
            plain = analysis.keyword(node.word if isinstance(node, Fuzzy) else node.pattern)
            return [rerank.Meant(words, words, {plain.strip("*")}) for words in found]
        typed = [{analysis.key(word)} for _, word in analysis.query_words(node.text)]
        return [rerank.Meant(*pair) for pair in zip(typed, found, strict=True)]

    def has(self, article: Article, node: Keyword | Dates | Undated) -> bool:
        if isinstance(node, Undated):
            return not article.period
        if isinstance(node, Keyword):
            document = article.document
            values = {
                "tag": document.tags,
                "source": (document.source,),
                "author": document.authors,
                "place": (document.place,),
                "story": (),
                "term": tuple(
                    text for group, name in document.terms for text in (name, f"{group}/{name}")
                ),
                "language": (document.language,),
            }[node.field]
            values += tuple(
                name for field, name in document.unshown_keywords if field == node.field
            )
            return any(matches(analysis.keyword(value), node.value) for value in values if value)
        period = article.period
        if not period:
            return False
        if node.first == node.last:
            return (period + "-").startswith(node.first + "-")
        # A period lies in the range if its first and its last day do.
        first, last = f"{period}-01-01"[:10], (period + "-99-99")[:10]
        return (not node.first or first >= (node.first + "-01-01")[:10]) and (
            not node.last or last <= (node.last + "-99-99")[:10]
        )

    def text(self, node: Text) -> dict[Article, int]:
        wanted = analysis.query_words(node.text)
        if not wanted:
            return {}
        groups = self.groups(node)
        parts = [self.group(group, title=node.title) for group in groups]
        return {
            a: sum(part[a] for part in parts)
            for a in self.articles
            if all(a in part for part in parts) and self.stands(a, wanted, groups, title=node.title)
        }

    def stands(self, a: Article, wanted: list[tuple[int, str]], groups, *, title: bool) -> bool:  # type: ignore[no-untyped-def]
        return any(
            all(
                start + offset < len(part) and part[start + offset] in group
                for (offset, _), group in zip(wanted, groups, strict=True)
            )
            for part in (a.parts[:1] if title else a.parts)
            for start in range(len(part))
        )

    def meant(self, word: str, *, exact: bool) -> set[analysis.Term]:
        plain = analysis.key(word)
        if analysis.is_single(word):
            return {term for term in self.terms if term.word.startswith(word)}
        roots = {(language, analysis.stem(language, plain)) for language in self.languages}
        roots |= {(language, stem) for key, language, stem in self.roots if key == plain}
        found = {term for term in self.terms if term[:2] in roots}
        return {term for term in found if term.word == plain} if exact else found

    def group(self, terms: set[analysis.Term], *, title: bool) -> dict[Article, int]:
        found: dict[Article, int] = {}
        for article in self.articles:
            # A word that must be in the title counts with all its places in the article.
            places = article.parts[: 1 if title else None]
            present = terms.intersection(set().union(*places))
            if present:
                found[article] = article.weight(present)
        if not found:
            return {}
        average = sum(article.length for article in self.articles) / len(self.articles)
        rarity = scoring.rarity(len(self.articles), len(found))
        return {a: rarity * scoring.impact(w, a.length, average) for a, w in found.items()}


def is_plain(node: Node) -> bool:
    if isinstance(node, Text):
        return not (node.exact or node.title)
    return isinstance(node, (Wild, Fuzzy)) and not node.title


def matches(value: str, pattern: str) -> bool:
    plain = analysis.keyword(pattern).replace("[", "[[]")
    return fnmatch.fnmatchcase(value, plain)


def distance(first: str, second: str, limit: int) -> int:
    """The number of edits, or ``limit + 1`` if there are more than ``limit``.

    An edit inserts, drops or changes a character, or swaps two neighbours (the restricted
    Damerau-Levenshtein distance).
    """
    if first == second:
        return 0
    if abs(len(first) - len(second)) > limit or limit < 1:
        return limit + 1
    before: list[int] = []
    above = list(range(len(second) + 1))
    for row, letter in enumerate(first, 1):
        here = [row]
        for column, other in enumerate(second, 1):
            cost = min(above[column] + 1, here[-1] + 1, above[column - 1] + (letter != other))
            if row > 1 < column and letter == second[column - 2] and first[row - 2] == other:
                cost = min(cost, before[column - 2] + 1)
            here.append(cost)
        if min(here) > limit:
            return limit + 1
        before, above = above, here
    return min(above[-1], limit + 1)
