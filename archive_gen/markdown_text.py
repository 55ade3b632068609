"""Plain text → Markdown that renders as exactly that text, with its links and stress."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Sequence

# What opens markup anywhere in a line. An underscore inside a word does not.
_INLINE = re.compile(
    r"""[*`]                                  # emphasis, code
      | (?<![^\W_])_ | _(?![^\W_])            # emphasis
      | \\(?=[\\`*_{}\[\]()>\#+\-.!|]|$)      # what Markdown would take for an escape
      | \[ | (?<=\])\(                       # a link, where its address begins later
      | \{(?=:)                               # attributes
      | \#$                                   # the closing of a heading
    """,
    re.VERBOSE,
)
_SPECIAL = "*`_\\]{#"
"""What the pattern above needs; most lines have none of it."""
_ENTITY = re.compile(r"&(?=#|\w+;)")
_TAG = re.compile(r"<(?=\S|\Z)")
# What opens a block at the start of a line.
_BLOCK = re.compile(r"#|>|[+-](?=\s|$|-)|!!!|\[(?=[^\]]*\]:)|\[(?=TOC\])")
_NUMBER = re.compile(r"\A(\d+)([.)])(?=\s|$)")
# The same in a part of a line beside whose ends markup stands.
_BESIDE_MARKUP = re.compile(
    r"[*`\\\[\]] | (?<![^\W_])_ | _(?![^\W_]) | \{(?=:|\Z) | [#!]\Z", re.VERBOSE
)
_NOT_IN_ADDRESS = re.compile(r"""[\s\x00-\x1f\x7f()<>"'\\`*\[\]{}|^]+""")
_ADDRESS_OF_LINK = re.compile(r"(?<=\])\((?:https?://|mailto:)[^\s()]*\)")


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a line that leads somewhere, or is stressed."""

    start: int
    stop: int
    """Characters of the line; no white space stands at the ends."""
    mark: str = ""
    """``*`` or ``**`` for stress; empty for a link."""
    address: str = ""
    """Where a link leads."""


def escape(text: str) -> str:
    """One paragraph, as Markdown without markup. White space becomes single spaces.

    As little as possible is escaped, so that the file stays pleasant to read.
    """
    return escape_line(" ".join(text.split()))


def escape_line(line: str) -> str:
    """The same for a text whose only white space is single spaces."""
    escaped = _escape_inline(line) if any(map(line.__contains__, _SPECIAL)) else line
    if "&" in escaped:
        escaped = _ENTITY.sub("&amp;", escaped)
    if "<" in escaped:
        escaped = _TAG.sub("&lt;", escaped)
    return _escape_opening(escaped)


def _escape_opening(line: str) -> str:
    """``line`` without what would open a block at its start."""
    if line[:1].isalpha():  # as most lines begin, and no block does
        return line
    line = _NUMBER.sub(r"\1\\\2", line, count=1) if _NUMBER.match(line) else line
    return "\\" + line if _BLOCK.match(line) else line


def _escape_inline(line: str) -> str:
    if "[" not in line:
        return _INLINE.sub(r"\\\g<0>", line)
    last = line.rfind("](")

    def escaped(match: re.Match[str]) -> str:
        return match[0] if match[0] == "[" and match.start() > last else f"\\{match[0]}"

    return _INLINE.sub(escaped, line)


def table_of(rows: Sequence[Sequence[str]]) -> str:
    """A table of which the first row is the head; its cells are Markdown already. Empty without
    rows."""
    if not rows:
        return ""
    written = [[cell.replace("|", "\\|") for cell in row] for row in rows]
    written.insert(1, ["---"] * len(rows[0]))
    return "\n".join(f"| {' | '.join(row)} |" for row in written)


def marked_up(line: str, spans: Sequence[Span]) -> str:
    """``escape_line`` with the links and the stress of ``spans``.

    Of two spans one lies in the other, or they share no character; none lies in one of its kind.
    """
    if not spans:
        return escape_line(line)
    # An outer span opens before one that it holds, and closes behind it.
    outer_first = sorted(spans, key=lambda span: (span.start, -span.stop))
    edges = [(span.stop, _closing(span)) for span in reversed(outer_first)]
    edges += [(span.start, span.mark or "[") for span in outer_first]
    parts, done = [], 0
    for place, mark in sorted(edges, key=lambda edge: edge[0]):
        parts += [_escape_beside(line[done:place]), mark]
        done = place
    written = "".join([*parts, _escape_beside(line[done:])])
    return _escape_opening(written) if parts[0] else written


def moved(span: Span, by: int) -> Span:
    """``span`` where its line has ``by`` characters more before it."""
    return replace(span, start=span.start + by, stop=span.stop + by)


def without_addresses(text: str) -> str:
    """Markdown without the addresses of its links, which are none of its words."""
    return _ADDRESS_OF_LINK.sub("", text) if "](" in text else text


def addresses_in(text: str) -> list[str]:
    """The addresses that ``without_addresses`` leaves out."""
    return _ADDRESS_OF_LINK.findall(text) if "](" in text else []


def _escape_beside(part: str) -> str:
    # What stands before a colon where a link begins may define what a name means.
    escaped = _BESIDE_MARKUP.sub(r"\\\g<0>", _ENTITY.sub("&amp;", part)).replace(r"\]:", "&#93;:")
    return _TAG.sub("&lt;", escaped)


def _closing(span: Span) -> str:
    return span.mark or f"]({_written(span.address)})"


def _written(address: str) -> str:
    """An address without anything that could end it, or that Markdown reads first."""
    plain = _NOT_IN_ADDRESS.sub(lambda match: quote(match[0], errors="replace"), address)
    return _ENTITY.sub("&amp;", plain)
