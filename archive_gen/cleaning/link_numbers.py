"""The numbers that ``lynx -dump`` puts before links: ``[7]engineers``, told below the page."""

from __future__ import annotations

import re

_ADDRESS_BELOW = re.compile(r"^ {1,9}(\d{1,4})\. [a-z]{3,10}:\S{1,2000}$", re.MULTILINE)
_NUMBER = re.compile(r"\[(\d{1,4})\](?=\S)")
_STAND_IN = re.compile(r"\[(?:INLINE|IMG|IMAGE|LINK|EMBED|USEMAP)\] ?")
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
