"""The query language: a typed line → a tree of what to look for.

Lenient where a meaning is clear (an open quote ends with the line, a colon after an unknown
word is just a colon); a ``QueryError`` with a sentence where none is. ``query.js`` has the
same grammar::

    query   = choice choice ...             all of them must match
    choice  = both ("OR" both)*
    both    = signed ("AND" signed)*
    signed  = ["-" | "NOT"] part
    part    = "(" query ")" | [field ":"] (quoted | word)
    word    = one that may hold ``*`` and ``?``, or end in ``~`` or ``~2``

So ``floods river OR lake`` is floods, with a river or a lake.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive_gen.conditions import OWN
from archive_gen.dates import parse_date
from archive_gen.search import analysis
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
)
from archive_gen.search.values import QueryError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

KEYWORD_FIELDS = {
    "tag": "tag", "tags": "tag", "source": "source", "author": "author", "authors": "author",
    "place": "place", "story": "story", "stories": "story", "term": OWN, "terms": OWN,
    "lang": "language", "language": "language",
}  # fmt: skip
"""The name of a field in a query → the field of the index."""

_MAX_LENGTH = 1000
_MAX_DEPTH = 20
# Each is looked for among all words of the archive.
_MAX_WIDE = 10
_MAX_FUZZY = 20
_NARROW = 3
"""With so many letters before a joker, few words are looked through."""
_SCAN = re.compile(
    r"""\s*(?:(?P<bracket>[()])
        |(?P<minus>-(?=[^\s-]))
        |(?P<part>(?:(?P<field>[A-Za-z]+):(?=[^\s]))?
            (?:["“”„](?P<quoted>[^"“”„]*)["“”„]?|(?P<word>[^\s()"“”„]+)))
        |(?P<rest>.))""",
    re.VERBOSE | re.DOTALL,
)
_BLANK = re.compile("[\x1c-\x1f\x85\ufeff]")
"""Blanks to Python or to JavaScript, not to both."""
_OPERATORS = ("AND", "OR", "NOT")
_FUZZY = re.compile(r"(?P<word>.*\w)~(?P<edits>[12]?)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Part:
    """One of the conditions of a query, and as it was typed."""

    text: str
    node: Node


def parse_query(text: str) -> Node | None:
    """What ``text`` asks for; None if it asks for nothing. Raises ``QueryError``."""
    if len(text) > _MAX_LENGTH:
        raise QueryError("The query is longer than {value} characters.", str(_MAX_LENGTH))
    node = _Parser(text).query()
    if node is not None:
        _demand_little(node)
    return node


def _demand_little(node: Node) -> None:
    found = list(_looked_for(node))
    if sum(isinstance(word, Wild) and _is_wide(word) for word in found) > _MAX_WIDE:
        raise QueryError(
            "At most {value} words may have * or ? before their third letter.", str(_MAX_WIDE)
        )
    if sum(isinstance(word, Fuzzy) for word in found) > _MAX_FUZZY:
        raise QueryError("At most {value} words may end in ~.", str(_MAX_FUZZY))


def _looked_for(node: Node) -> Iterator[Node]:
    """What it is made of, also what is excluded."""
    if isinstance(node, Not):
        yield from _looked_for(node.part)
    elif isinstance(node, (All, Any)):
        for part in node.parts:
            yield from _looked_for(part)
    else:
        yield node


def _is_wide(word: Wild) -> bool:
    return len(re.split(r"[*?]", word.pattern, maxsplit=1)[0]) < _NARROW


def parse_made(text: str | None) -> Node | None:
    """The same for a query that was made of another, if any; None also if it became too long."""
    try:
        return parse_query(text) if text else None
    except QueryError:
        return None


def parts_of(text: str) -> list[Part]:
    """The conditions that all must hold, each once. Joined by spaces, they ask for the same.

    Raises ``QueryError``.
    """
    return _Parser(text).parts()


def is_operator(word: str) -> bool:
    """Whether it joins or excludes others instead of being looked for."""
    return word in _OPERATORS


def with_words(text: str, change: Callable[[str], str]) -> str:
    """``text`` with what ``change`` makes of each part that is looked for as plain words.

    Names and values of fields, jokers, fuzzy words, AND, OR and NOT stay. ``query.js`` does so too.
    """
    return _SCAN.sub(lambda piece: _with_word(piece, change), text)


def _with_word(piece: re.Match[str], change: Callable[[str], str]) -> str:
    kind = "word" if piece["quoted"] is None else "quoted"
    field, value = (piece["field"] or "").lower(), piece[kind]
    if not value or field in _FIELDS or field in KEYWORD_FIELDS:
        return piece[0]
    if kind == "word" and (is_operator(value) or _FUZZY.fullmatch(value) or _has_joker(value)):
        return piece[0]
    start, end = (place - piece.start() for place in piece.span(kind))
    return piece[0][:start] + change(value) + piece[0][end:]


class _Parser:
    def __init__(self, text: str) -> None:
        self._text = text = _BLANK.sub(" ", text)
        self._pieces = [m for m in _SCAN.finditer(text) if m[0].strip()]
        self._next = 0
        self._depth = 0

    def query(self) -> Node | None:
        parts = []
        while (piece := self._peek()) and not (piece["bracket"] == ")" and self._depth):
            parts.append(self._choice())
        return _joined(All, parts)

    def parts(self) -> list[Part]:
        found: dict[str, Part] = {}
        while self._peek():
            start, signed = self._next, [self._typed(self._signed)]
            while self._take("AND"):
                signed.append(self._typed(self._signed))
            if self._is_next("OR"):  # it binds what was taken apart
                self._next = start
                signed = [self._typed(self._choice)]
            found |= {text: Part(text, node) for text, node in signed if node is not None}
        return list(found.values())

    def _typed(self, rule: Callable[[], Node | None]) -> tuple[str, Node | None]:
        start = self._next
        node = rule()
        pieces = self._pieces[start : self._next]
        return self._text[pieces[0].start() : pieces[-1].end()].strip() if pieces else "", node

    def _choice(self) -> Node | None:
        parts = [self._both()]
        while self._take("OR"):
            parts.append(self._both())
        return _joined(Any, parts)

    def _both(self) -> Node | None:
        parts = [self._signed()]
        while self._take("AND"):
            parts.append(self._signed())
        return _joined(All, parts)

    def _signed(self) -> Node | None:
        piece = self._peek()
        if piece is None or (piece["bracket"] == ")" and self._depth):
            return None
        self._next += 1
        operator = None if piece["field"] else piece["word"]
        if piece["minus"] or operator == "NOT":
            part = self._signed()
            return Not(part) if part is not None else None
        if piece["bracket"] == "(":
            return self._bracketed()
        return _part(piece) if piece["part"] and operator not in ("AND", "OR") else None

    def _bracketed(self) -> Node | None:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise QueryError("The query has too many brackets inside each other.")
        inner = self.query()
        self._depth -= 1
        self._next += 1  # behind the bracket that closes it, or the end
        return inner

    def _peek(self) -> re.Match[str] | None:
        return self._pieces[self._next] if self._next < len(self._pieces) else None

    def _take(self, word: str) -> bool:
        found = self._is_next(word)
        self._next += found
        return found

    def _is_next(self, word: str) -> bool:
        piece = self._peek()
        return piece is not None and piece["word"] == word and not piece["field"]


def _joined(kind: type[All | Any], parts: list[Node | None]) -> Node | None:
    found = tuple(part for part in parts if part is not None)
    return kind(found) if len(found) > 1 else found[0] if found else None


def _part(piece: re.Match[str]) -> Node | None:
    field = (piece["field"] or "").lower()
    quoted = piece["quoted"]
    value = quoted if quoted is not None else piece["word"]
    if field in _FIELDS:
        return _FIELDS[field](value)
    if field in KEYWORD_FIELDS:
        return Keyword(KEYWORD_FIELDS[field], value) if value.strip() else None
    if field == "title":
        return _words(value, exact=quoted is not None, title=True)
    if quoted is None:
        return _words(piece["part"])
    # Before a phrase a name that is none of a field is a word: He said:"No deal".
    return _joined(All, [_words(piece["field"] or ""), _words(quoted, exact=True)])


def _words(value: str, *, exact: bool = False, title: bool = False) -> Node | None:
    fuzzy = None if exact else _FUZZY.fullmatch(value)
    if fuzzy:
        return Fuzzy(fuzzy["word"], int(fuzzy["edits"] or 1), title)
    if not exact and _has_joker(value):
        return _wild(value, title=title)
    return Text(value, exact, title) if any(c.isalnum() for c in value) else None


def _has_joker(value: str) -> bool:
    """A question may end with a mark."""
    return "*" in value or "?" in value.rstrip("?")


def _wild(value: str, *, title: bool) -> Node | None:
    if not value.strip("*"):
        return All(())
    parts: list[Node | None] = []
    for piece in analysis.wild_words(value):
        joker = "*" in piece or "?" in piece
        parts.append(Wild(piece, title) if joker else Text(piece, title=title))
    return _joined(All, parts)


def _dates(value: str) -> Node:
    first, dots, last = value.partition("..")
    if not dots:
        return Dates(_period(first), _period(first))
    if not first and not last:
        raise QueryError("A range of dates needs a beginning or an end, like date:2015..2016-02.")
    start, end = (_period(period) if period else "" for period in (first, last))
    if f"{end}~" < start:
        raise QueryError("The range {value} ends before it begins.", f"{start}..{end}")
    return Dates(start, end)


def _before(value: str) -> Node:
    return All((Dates("", _period(value)), Not(Dates(_period(value), _period(value)))))


def _after(value: str) -> Node:
    return All((Dates(_period(value), ""), Not(Dates(_period(value), _period(value)))))


def _is(value: str) -> Node:
    if value.lower() != "undated":
        raise QueryError(
            "'is:{value}' is not known; is:undated finds articles without a date.", value
        )
    return Undated()


def _period(value: str) -> str:
    try:
        return parse_date(value).period
    except ValueError:
        raise QueryError(
            "'{value}' is not a date; write dates like 2015, 2015-10 or 2015-10-07.", value
        ) from None


_FIELDS: Mapping[str, Callable[[str], Node]] = {
    "date": _dates, "before": _before, "after": _after, "is": _is,
}  # fmt: skip
