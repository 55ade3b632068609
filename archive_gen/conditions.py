"""A condition of a query as it is typed: ``tag:"White House"``. ``narrowing.js`` does the same."""

from __future__ import annotations

import re

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
    """That an article has this term; empty if queries have no field for the taxonomy."""
    field = _OF_TAXONOMIES.get(taxonomy)
    return condition(field, name) if field else ""


def typed(value: str) -> str:
    """A value as one of a field, in quotation marks if it needs them.

    For marks in it, which no value can hold, a joker stands.
    """
    return f'"{MARK.sub("?", value)}"' if _SIGN.search(value) else value
