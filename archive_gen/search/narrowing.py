"""A query and one condition more or less, as typed: ``narrowing.js`` does the same."""

from __future__ import annotations

import re

from archive_gen.conditions import MARK, condition

_BRACKETS = re.compile(r'["“”„][^"“”„]*["“”„]?|([()])')
"""And what is quoted, so that those in it are passed over."""
_CONDITIONS = re.compile(r"""(?:\s+\w+:(?:"[^"“”„]*"|[^\s()"“”„]+))*\s*\Z""")
"""Those at the end, where ``narrowed`` puts them."""
_OPEN = re.compile(r"""(?:^|[\s()"“”„])(?:AND|OR|NOT)\s*\Z""")


def narrowed(query: str, field: str, value: str) -> str:
    """``query`` with one more condition, whatever was left open in it."""
    if len(MARK.findall(query)) % 2:
        query += '"'
    query += ")" * _open_brackets(query)
    if _OPEN.search(query):
        query = f"({query})"
    return f"{query} {condition(field, value)}"


def _open_brackets(query: str) -> int:
    depth = 0
    for bracket in _BRACKETS.findall(query):
        depth = max(0, depth + {"(": 1, ")": -1}.get(bracket, 0))
    return depth


def widened(query: str, field: str, value: str) -> str | None:
    """``query`` without one of the conditions at its end; None if it has not that one."""
    padded = f" {query}"
    rest = _CONDITIONS.sub("", padded, count=1)
    wanted = f" {condition(field, value)} "
    before, found, after = f"{padded[len(rest) :]} ".partition(wanted)
    before = rest + before
    if not found or _OPEN.search(before) or len(MARK.findall(rest)) % 2:
        return None
    return f"{before} {after}".strip() or "*"
