"""Plain text → Markdown that renders as exactly that text."""

from __future__ import annotations

import re

# What opens markup anywhere in a line. An underscore inside a word does not.
_INLINE = re.compile(
    r"""[*`]                                  # emphasis, code
      | (?<![^\W_])_ | _(?![^\W_])            # emphasis
      | \\(?=[\\`*_{}\[\]()>\#+\-.!]|$)       # what Markdown would take for an escape
      | \[ | (?<=\])\(                       # a link, where its address begins later
      | \{(?=:)                               # attributes
      | \#$                                   # the closing of a heading
    """,
    re.VERBOSE,
)
_SPECIAL = "*`_\\]{#"
"""What the pattern above needs; most lines have none of it."""
_ENTITY = re.compile(r"&(?=#|\w+;)")
_TAG = re.compile(r"<(?=\S)")
# What opens a block at the start of a line.
_BLOCK = re.compile(r"#|>|[+-](?=\s|$|-)|!!!|\[(?=[^\]]*\]:)|\[(?=TOC\])")
_NUMBER = re.compile(r"\A(\d+)([.)])(?=\s|$)")


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
    if escaped[:1].isalpha():  # as most lines begin, and no block does
        return escaped
    escaped = _NUMBER.sub(r"\1\\\2", escaped, count=1) if _NUMBER.match(escaped) else escaped
    return "\\" + escaped if _BLOCK.match(escaped) else escaped


def _escape_inline(line: str) -> str:
    if "[" not in line:
        return _INLINE.sub(r"\\\g<0>", line)
    last = line.rfind("](")

    def escaped(match: re.Match[str]) -> str:
        return match[0] if match[0] == "[" and match.start() > last else f"\\{match[0]}"

    return _INLINE.sub(escaped, line)
