"""The numbers that ``lynx -dump`` puts before links: ``[7]engineers``, told below the page."""

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
_ENOUGH = 2
"""So many addresses make a list of links."""


def without_link_numbers(text: str) -> str:
    """``text`` line by line the same, without the numbers whose addresses it lists."""
    if "[1]" not in text:
        return text
    told = frozenset(_ADDRESS_BELOW.findall(text))
    if len(told) < _ENOUGH:
        return text
    plain = _NUMBER.sub(lambda match: "" if match[1] in told else match[0], text)
    return _STAND_IN.sub("", plain)


def lines_of_links(text: str) -> frozenset[int]:
    """The lines, counted from 1, that are but links: of the page's head, and the list below."""
    start = text.rfind(_HEADING)
    if start < 0 or len(_ADDRESS_BELOW.findall(text, start)) < _ENOUGH:
        return frozenset()
    heading = text.count("\n", 0, start) + 2
    return frozenset(
        number
        for number, line in enumerate(text.split("\n"), start=1)
        if (_OF_THE_LIST if number >= heading else _HEAD).match(line)
    )
