"""What a query that nothing matches may find all the same.

Words that no article has are left out, and if the others never stand together, as many of them as
some article has are enough. That is answered unasked, and told. What somebody stated by a sign (a
field, an exclusion, quotation marks) is never given up: queries without it are offered, each with
how many articles it finds. ``relaxing.js`` does the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from archive_gen.search import analysis
from archive_gen.search.query import Part, is_operator, parse_made, parts_of
from archive_gen.search.query_tree import All, Fuzzy, Keyword, Most, Node, Not, Text, Wild, leaves
from archive_gen.search.query_tree import Any as AnyOf
from archive_gen.search.values import Alternative

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_OFFERED = 3
_FILTERS = 8
"""Of more filters it is not tried which one is too much."""
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]+")
_SHORTEST = 3
"""Letters of a beginning, or of a part, that still say what was meant."""


class Articles(Protocol):
    """What is known of the articles: an open index."""

    @property
    def size(self) -> int:
        """How many documents there are."""
        ...

    def matches(self, node: Node) -> int:
        """How many documents match."""
        ...


@dataclass(frozen=True, slots=True)
class Known:
    """A query without the words that no article has."""

    text: str
    node: Node
    missing: tuple[str, ...] = ()
    """What no article has, as typed: those words, and filters and phrases, which stay."""


def known(text: str, node: Node, index: Articles) -> Known:
    """``text`` without the words that no article has, if it has others; ``node`` is its tree."""
    parts = parts_of(text)
    missing = [part for part in parts if _is_missing(part, index)]
    told = tuple(part.text for part in missing)
    rest = [part for part in parts if part not in missing or not _is_plain(part.node)]
    if len(rest) == len(parts) or not any(map(_has_words, rest)):
        return Known(text, node, told)
    return Known(_joined(part.text for part in rest), _all([part.node for part in rest]), told)


def most_met(node: Node, index: Articles) -> tuple[Node, int]:
    """The query as one for as many of its words as some article has, and how many these are.

    The number is 0, and the query as it was, if that is none or it has only one.
    """
    parts = node.parts if isinstance(node, All) else ()
    words = tuple(part for part in parts if _is_plain(part) and not isinstance(part, (All, AnyOf)))
    filters = [part for part in parts if part not in words]
    met, too_many = 0, len(words)
    while too_many - met > 1:
        least = (met + too_many) // 2
        if index.matches(_all([Most(words, least), *filters])):
            met = least
        else:
            too_many = least
    return (_all([Most(words, met), *filters]), met) if met else (node, 0)


def closer(text: str, index: Articles) -> tuple[Alternative, ...]:
    """Queries for the same as ``text`` in another way, that find something."""
    totals = {query: _exactly(query, index) for query in _otherwise(text, index)}
    return tuple(Alternative(query, total) for query, total in totals.items() if total)


def alternatives(text: str, index: Articles) -> tuple[Alternative, ...]:
    """The same and, for a query of which nothing is found, some with fewer conditions.

    At least one, that for all articles, if there are any.
    """
    offered = list(closer(text, index))
    tried = {text, *(other.query for other in offered)}
    for query in _wider(text, index):
        other = _answered(query, index) if len(offered) < _OFFERED else None
        if other and other.query not in tried:
            tried.add(other.query)
            offered.append(other)
    if not offered and index.size:
        offered.append(Alternative("*", index.size))
    return tuple(offered)


def _otherwise(text: str, index: Articles) -> Iterator[str]:
    parts = parts_of(text)
    yield _joined(map(_loosened, parts))
    yield _joined(
        (_is_missing(part, index) and _like(part.node, index)) or part.text for part in parts
    )


def _wider(text: str, index: Articles) -> Iterator[str]:
    """What is left without some conditions, the fewest left out first."""
    parts = parts_of(text)
    missing = [part for part in parts if _is_missing(part, index)]
    filters = [part for part in parts if not _has_words(part)]
    for out in (missing, *([part] for part in filters[:_FILTERS]), filters):
        rest = [part for part in parts if part not in out]
        if not all(isinstance(part.node, Not) for part in rest):
            yield _joined(part.text for part in rest)
    yield _joined(_loosened(part) for part in parts if _has_words(part))


def _exactly(query: str, index: Articles) -> int:
    node = parse_made(query)
    return index.matches(node) if node else 0


def _answered(query: str, index: Articles) -> Alternative | None:
    """``query`` without words that no article has, and how many then answer it; None if none do."""
    node = parse_made(query)
    if node is None:
        return None
    rest = known(query, node, index)
    total = index.matches(rest.node) or index.matches(most_met(rest.node, index)[0])
    return Alternative(rest.text, total) if total else None


def _is_missing(part: Part, index: Articles) -> bool:
    return not isinstance(part.node, Not) and not index.matches(part.node)


def _has_words(part: Part) -> bool:
    return any(leaves(part.node))


def _is_plain(node: Node) -> bool:
    """Whether it asks for words anywhere, in any form."""
    if isinstance(node, (All, AnyOf)):
        return all(map(_is_plain, node.parts))
    if isinstance(node, Text):
        return not (node.exact or node.title)
    return isinstance(node, (Wild, Fuzzy)) and not node.title


def _loosened(part: Part) -> str:
    """A title's words anywhere, the words of a phrase each for itself."""
    node = part.node
    if not isinstance(node, (Text, Wild, Fuzzy)):
        return part.text
    if node.title:
        return part.text.partition(":")[2]
    if not isinstance(node, Text) or not (node.exact or len(analysis.query_words(node.text)) > 1):
        return part.text
    words = [word for _, _, word in analysis.raw_words(node.text)]
    return _joined(word.lower() if is_operator(word) else _apart(word) for word in words)


def _apart(word: str) -> str:
    """Chinese in pieces of two characters, as most of its words are; the rest as it stands."""
    pieces = _HAN.sub(lambda run: f" {_joined(re.findall('..?', run[0]))} ", word)
    return _joined(pieces.split())


def _like(node: Node, index: Articles) -> str | None:
    """For a word or a value that no article has: what begins as it does; None if little does.

    Or the values of which it is a part, as a family name is of an author.
    """
    if isinstance(node, Text):
        words = analysis.query_words(node.text)
        word = analysis.key(words[0][1]) if len(words) == 1 else ""
        before = "title:" if node.title else ""
    elif isinstance(node, Keyword):
        word, before = analysis.keyword(node.value), f"{node.field}:"
    else:
        return None
    if any(sign in word for sign in '*?"“”„'):
        return None
    inside = f'{before}"*{word}*"' if isinstance(node, Keyword) and len(word) >= _SHORTEST else ""
    if inside and _exactly(inside, index):
        return inside
    for length in range(len(word), max(_SHORTEST - 1, len(word) // 2), -1):
        start = f"{word[:length]}*"
        asked = f'{before}"{start}"' if isinstance(node, Keyword) else f"{before}{start}"
        if _exactly(asked, index):
            return asked
    return None


def _all(nodes: list[Node]) -> Node:
    return nodes[0] if len(nodes) == 1 else All(tuple(nodes))


def _joined(texts: Iterable[str]) -> str:
    return " ".join(texts)
