"""A query and one condition more or less, as typed: ``narrowing.js`` does the same."""

from __future__ import annotations

import re

_MARK = re.compile('["“”„]')
_SIGN = re.compile(r'[\s()"“”„]')
_BRACKETS = re.compile(r'["“”„][^"“”„]*["“”„]?|([()])')
"""And what is quoted, so that those in it are passed over."""
_CONDITIONS = re.compile(r"""(?:\s+\w+:(?:"[^"“”„]*"|[^\s()"“”„]+))*\s*\Z""")
"""Those at the end, where ``narrowed`` puts them."""
_OPEN = re.compile(r"""(?:^|[\s()"“”„])(?:AND|OR|NOT)\s*\Z""")


def typed(value: str) -> str:
    """A value as one of a field, in quotation marks if it needs them.

    For marks in it, which no value can hold, a joker stands.
    """
    return f'"{_MARK.sub("?", value)}"' if _SIGN.search(value) else value


def narrowed(query: str, field: str, value: str) -> str:
    """``query`` with one more condition, whatever was left open in it."""
    if len(_MARK.findall(query)) % 2:
        query += '"'
    query += ")" * _open_brackets(query)
    if _OPEN.search(query):
        query = f"({query})"
    return f"{query} {field}:{typed(value)}"


def _open_brackets(query: str) -> int:
    depth = 0
    for bracket in _BRACKETS.findall(query):
        depth = max(0, depth + {"(": 1, ")": -1}.get(bracket, 0))
    return depth


def widened(query: str, field: str, value: str) -> str | None:
    """``query`` without one of the conditions at its end; None if it has not that one."""
    padded = f" {query}"
    rest = _CONDITIONS.sub("", padded, count=1)
    wanted = f" {field}:{typed(value)} "
    before, condition, after = f"{padded[len(rest) :]} ".partition(wanted)
    before = rest + before
    if not condition or _OPEN.search(before) or len(_MARK.findall(rest)) % 2:
        return None
    return f"{before} {after}".strip() or "*"
