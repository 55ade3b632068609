"""Tables of an article, each in a box that can be scrolled with the keys when it is too wide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_gen import markup

if TYPE_CHECKING:
    from collections.abc import Callable


def boxed(body: str, box: Callable[[int, str], str]) -> str:
    """``body``, safe HTML, with each table that is in no other replaced by what ``box`` makes of
    its number, from 1, and its HTML."""
    if "<table" not in body:
        return body
    parts: list[str] = []
    done = start = depth = number = 0
    for tag in markup.TAG.finditer(body):
        if tag[0].startswith(("<table>", "<table ")):
            start = start if depth else tag.start()
            depth += 1
        elif tag[0] == "</table>":
            depth -= 1
            if not depth:
                number += 1
                parts += (body[done:start], box(number, body[start : tag.end()]))
                done = tag.end()
    return "".join((*parts, body[done:]))
