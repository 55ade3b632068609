"""Markdown texts whose HTML is known without a parser: plain paragraphs, simple links and stress.

Most texts of newspapers are such. What is made of them is what Python-Markdown and the sanitiser
make, byte for byte; a text of which that is not sure is left to these.
"""

from __future__ import annotations

import re
from itertools import chain, zip_longest

REL = "nofollow noopener noreferrer"
"""What a link says of where it leads."""
# Text that holds only these, and none of what follows, is nothing but paragraphs to Markdown with
# our extensions. Counting the characters that are none of some takes a third of the time of
# looking for one that is.
_INACTIVE = re.compile(r"[^\\`*<|\t\r\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029\ufdd0]*+")
# The patterns that follow have each a beginning that the engine finds fast: as one they take ten
# times as long.
# Entities, but for those that importers write for the signs themselves. "AT&T" has none.
_ENTITY = re.compile(r"&(?!(?:lt|gt|amp);)(?:[#\ue000]|\w[\w.\ue000-]*+;)")
_NAMED = re.compile("&amp;(?=(?:lt|gt|amp);)")
_SIGNS = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
# Brackets that stand alone are text, and an underscore between two letters.
_ACTIVE_BRACKET = re.compile(r"\](?:[(:\[]|\s\[)|!\[")
_ACTIVE_UNDERSCORE = re.compile(r"(?<!\w)_|_(?!\w)")
# Code, headings, quotes, lists and rules at the beginning of a line; hard breaks at its end.
_ACTIVE_LINE = re.compile(r"\n(?:[#>+=~:-]|\d+[.)]\s|[^\S\n])")
_ACTIVE_END = re.compile(r"\n(?<=[^\S\n]\n)")
# What a backslash takes the meaning from; not "]", which may still end a definition.
_ANY_MARK = "\ue000"
_ESCAPED = re.compile(r"\\([\\`*_{}\[()>#+.!|-])")
# Links and stress of the simplest kind: whole words without marks, an address of a plain host.
_SIMPLE = re.compile(
    r"""(?<![!\\]) \[ (?P<words>[^\[\]\\`*_<>&\s](?:[^\[\]\\`*_<>&\n]*[^\[\]\\`*_<>&\s])?) \]
        \( (?P<address>https?://(?:(?!xn--)[a-z0-9-]+\.)+[a-z]{2,}
            (?:[/?\#](?:[a-zA-Z0-9./?=_~:,+@%\#-]|&(?!\w+;|\#))*)?) \)
      | (?<![*\\]) (?P<stress>\*{1,2})
        (?P<stressed>[^*\[\]\\`_<>&\s](?:[^*\[\]\\`_<>&\n]*[^*\[\]\\`_<>&\s])?) (?P=stress) (?!\*)
    """,
    re.VERBOSE,
)
_OPENED, _CLOSED = "\ue001", "\ue002"
"""What stands for such marks while a text is looked at as plain."""
_EDGE = re.compile(f"[{_OPENED}{_CLOSED}]")
_ESCAPES = (("&", "&amp;"), (">", "&gt;"), ("<", "&lt;"), ("\xa0", "&nbsp;"))


def html_without_parser(text: str) -> str | None:
    """The safe HTML of a text that is nothing but such; None for any other."""
    # A mark behind a backslash opens nothing, and is no letter: the guard sees another sign for it.
    return _plain(text) if _is_plain(_without_escapes(text)) else _with_simple_marks(text)


def words_without_parser(block: str) -> list[str] | None:
    """The words of a block that is plain; None for any other."""
    if "\\" in block or not _is_plain(block):
        return None
    for entity, sign in _SIGNS:
        block = block.replace(entity, sign)
    return block.split()


def paragraphs(text: str) -> str:
    """``text``, of which no line is blank that holds anything, as HTML."""
    for character, entity in _ESCAPES:
        text = text.replace(character, entity)
    blocks = [block.strip("\n") for block in text.split("\n\n")]
    return "\n".join([f"<p>{block}</p>" for block in blocks if block])


def _plain(text: str) -> str:
    shown = paragraphs(_ESCAPED.sub(r"\1", text) if "\\" in text else text)
    return _NAMED.sub("&", shown) if "&" in text else shown


def _with_simple_marks(text: str) -> str | None:
    """The HTML of a text whose only markup are simple links and stress; None for any other."""
    if ("](" not in text and "*" not in text) or _OPENED in text or _CLOSED in text:
        return None
    tags: list[str] = []

    def marked(match: re.Match[str]) -> str:
        if address := match["address"]:
            href = address.replace("&", "&amp;")
            tags.extend((f'<a href="{href}" rel="{REL}">', "</a>"))
        else:
            tag = "em" if match["stress"] == "*" else "strong"
            tags.extend((f"<{tag}>", f"</{tag}>"))
        return f"{_OPENED}{match['words'] or match['stressed']}{_CLOSED}"

    bare = _SIMPLE.sub(marked, text)
    if not tags or not _is_plain(_without_escapes(bare)):
        return None
    parts = _EDGE.split(_plain(bare))
    return "".join(chain.from_iterable(zip_longest(parts, tags, fillvalue="")))


def _without_escapes(text: str) -> str:
    return _ESCAPED.sub(_ANY_MARK, text) if "\\" in text else text


def _is_plain(text: str) -> bool:
    lines = f"\n{text}\n"
    return not (
        not _INACTIVE.fullmatch(text)
        or _ACTIVE_LINE.search(lines)
        or _ACTIVE_END.search(lines)
        or ("&" in lines and _ENTITY.search(lines))
        or ("_" in lines and _ACTIVE_UNDERSCORE.search(lines))
        or ("[" in lines and _ACTIVE_BRACKET.search(lines))
    )
