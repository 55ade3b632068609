"""A condition of a query as it is typed: ``tag:"White House"``. ``narrowing.js`` does the same."""

from __future__ import annotations

import re

OWN = "term"
"""The field of the terms of all own taxonomies."""
MARK = re.compile('["“”„]')
_SIGN = re.compile(r'[\s()"“”„]')
_OF_TAXONOMIES = {
    "tags": "tag",
    "sources": "source",
    "authors": "author",
    "places": "place",
    "stories": "story",
}


def condition(field: str, value: str) -> str:
    """That ``field`` has this value."""
    return f"{field}:{typed(value)}"


def term_condition(taxonomy: str, name: str) -> str:
    """That an article has this term."""
    field = _OF_TAXONOMIES.get(taxonomy)
    return condition(field, name) if field else condition(OWN, own_term(taxonomy, name))


def own_term(taxonomy: str, name: str) -> str:
    """A term of an own taxonomy as a value of ``OWN`` that is no other taxonomy's."""
    return f"{taxonomy}/{name}"


def typed(value: str) -> str:
    """A value as one of a field, in quotation marks if it needs them.

    For marks in it, which no value can hold, a joker stands.
    """
    return f'"{MARK.sub("?", value)}"' if _SIGN.search(value) else value
