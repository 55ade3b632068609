"""A query and one condition more or less, as typed: ``narrowing.js`` does the same."""

from __future__ import annotations

import re

_MARK = re.compile('["“”„]')
_SIGN = re.compile(r'[\s()"“”„]')
_OPERATOR = re.compile(r"(?:^|\s)(?:AND|OR|NOT)(?:\s|$)")
_CONDITIONS = re.compile(r"""(?:\s+\w+:(?:"[^"“”„]*"|[^\s()"“”„]+))*\s*\Z""")
"""Those at the end, where ``narrowed`` puts them."""
_OPEN = re.compile(r"(?:^|\s)(?:AND|OR|NOT)\Z")


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


def widened(query: str, field: str, value: str) -> str | None:
    """``query`` without one of the conditions at its end; None if it has not that one."""
    padded = f" {query}"
    rest = _CONDITIONS.sub("", padded, count=1)
    wanted = f" {field}:{typed(value)} "
    before, condition, after = f"{padded[len(rest) :]} ".partition(wanted)
    if not condition or _OPEN.search(rest) or len(_MARK.findall(rest)) % 2:
        return None
    return f"{rest}{before} {after}".strip() or "*"
