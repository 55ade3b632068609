"""A query and one more condition, as they can be typed: ``narrowing.js`` does the same."""

from __future__ import annotations

import re

_MARK = re.compile('["“”„]')
_SIGN = re.compile(r'[\s()"“”„]')
_OPERATOR = re.compile(r"(?:^|\s)(?:AND|OR|NOT)(?:\s|$)")


def typed(value: str) -> str:
    """A value as one of a field, in quotation marks if it needs them.

    For marks in it, which no value can hold, a joker stands.
    """
    return f'"{_MARK.sub("?", value)}"' if _SIGN.search(value) else value


def narrowed(query: str, field: str, value: str) -> str:
    """``query`` with one more condition, whatever joins its words or was left open in it."""
    if len(_MARK.findall(query)) % 2:
        query = f'({query}")'
    elif _OPERATOR.search(query):
        query = f"({query})"
    return f"{query} {field}:{typed(value)}"
