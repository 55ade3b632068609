"""The addresses that Firefox and programs for mail put behind links: ``engineers <https://…>``."""

from __future__ import annotations

import re

_ADDRESS = re.compile(
    r" ?<(?:#|(?:https?|file|ftp|mailto|javascript|tel):)[^<>\s]{0,2000}"
    r"(?:\n[ \t]{0,99}[^<>\s]{1,200}){0,30}>"
)
"""Broken to the width of the text as its words are."""
_ENOUGH = 8
"""So many are of links, not of a person who cites them."""


def without_link_addresses(text: str) -> str:
    """``text`` line by line the same, without the addresses of its links."""
    if text.count("<") < _ENOUGH or len(_ADDRESS.findall(text)) < _ENOUGH:
        return text
    return _ADDRESS.sub(lambda address: "\n" * address[0].count("\n"), text)
