"""What programs write beside links when they make text of a page.

``lynx -dump`` puts numbers before them (``[7]engineers``) and tells below the page what they mean;
Firefox and programs for mail put their addresses behind them (``engineers <https://…>``).
"""

from __future__ import annotations

import re

LISTED = "list of links"
"""The prompt of a block of such a list."""
_ADDRESS_BELOW = re.compile(r"^ {1,9}(\d{1,4})\. [a-z]{3,10}:\S{1,2000}$", re.MULTILINE)
_HEAD = re.compile(r" {1,9}#\[\d{1,4}\]")
"""Above the page: feeds, other languages."""
_NUMBER = re.compile(r"(?<!\w)\[(\d{1,4})\](?=\S)")
_STAND_IN = re.compile(r"\[(?:INLINE|IMG|IMAGE|LINK|EMBED|USEMAP)\] ?")
_OF_THE_LIST = re.compile(
    r"References$| {1,9}(?:Visible|Hidden) links:?$| {1,9}\d{1,4}\. [a-z]{3,10}:"
)
_HEADING = "\nReferences\n"
_LEAST_OF_LIST = 2
"""So many addresses make a list of links."""
_ADDRESS_BEHIND = re.compile(
    r" ?<(?:#|(?:https?|file|ftp|mailto|javascript|tel):)[^<>\s]{0,2000}"
    r"(?:\n[ \t]{0,99}[^<>\s]{1,200}){0,30}>"
)
"""Broken to the width of the text as its words are."""
_LEAST_BEHIND = 8
"""So many are of links, not of a person who cites them."""


def without_link_numbers(text: str) -> str:
    """``text`` line by line the same, without the numbers whose addresses it lists."""
    if "[1]" not in text:
        return text
    told = frozenset(_ADDRESS_BELOW.findall(text))
    if len(told) < _LEAST_OF_LIST:
        return text
    plain = _NUMBER.sub(lambda match: "" if match[1] in told else match[0], text)
    return _STAND_IN.sub("", plain)


def lines_of_links(text: str) -> frozenset[int]:
    """The lines, counted from 1, that are but links: of the page's head, and the list below."""
    start = text.rfind(_HEADING)
    if start < 0 or len(_ADDRESS_BELOW.findall(text, start)) < _LEAST_OF_LIST:
        return frozenset()
    heading = text.count("\n", 0, start) + 2
    return frozenset(
        number
        for number, line in enumerate(text.split("\n"), start=1)
        if (_OF_THE_LIST if number >= heading else _HEAD).match(line)
    )


def without_link_addresses(text: str) -> str:
    """``text`` line by line the same, without the addresses of its links."""
    if text.count("<") < _LEAST_BEHIND or len(_ADDRESS_BEHIND.findall(text)) < _LEAST_BEHIND:
        return text
    return _ADDRESS_BEHIND.sub(lambda address: "\n" * address[0].count("\n"), text)
