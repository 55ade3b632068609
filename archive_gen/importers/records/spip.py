"""What SPIP's writers type → HTML. https://www.spip.net/fr_article1578.html"""

from __future__ import annotations

import html
import re

_HEADING = re.compile(r"^\{\{\{([^{}]{1,500})\}\}\}[ \t]*$", re.MULTILINE)
_STRESS = re.compile(r"(\{{1,3})([^{}]{1,2000})\}{1,3}")
_TAGS = {"{": "em", "{{": "strong"}
_LINK = re.compile(r"\[([^\[\]>]{1,500})->([^\[\]]{0,500})\]")
_ELSEWHERE = ("https://", "http://", "mailto:")
"""How addresses begin that are no number of another article."""
_NOTE = re.compile(r"\[\[([^\[\]]{1,2000})\]\]")
_PICTURE = re.compile(r"<(?:doc|img|emb|image|document)\d{1,9}(?:\|[^<>]{0,99})?>", re.IGNORECASE)
_ITEM = re.compile(r"-(?:[*#]{1,9})?[ \t]{1,9}(?=\S)")
_BREAK = re.compile(r"\n_[ \t]{1,9}")
_BLOCK = re.compile(r"<(?:p|h[1-6]|ul|ol|div|table|blockquote|quote|poesie)\b", re.IGNORECASE)


def as_page(text: str) -> str:
    """The HTML of a text: blank lines part its paragraphs, and pictures are left out."""
    text = _PICTURE.sub("", text.replace("\r\n", "\n"))
    text = _HEADING.sub(r"\n\n<h3>\1</h3>\n\n", text)
    text = _LINK.sub(_linked, _NOTE.sub(r" [\1]", text))
    text = _BREAK.sub("<br>", _STRESS.sub(_stressed, text))
    return "\n".join(map(_block, re.split(r"\n[ \t]*\n", text)))


def _linked(match: re.Match[str]) -> str:
    text, address = match[1], match[2].strip()
    leads = address.startswith(_ELSEWHERE)
    return f'<a href="{html.escape(address)}">{text}</a>' if leads else text


def _stressed(match: re.Match[str]) -> str:
    tag = _TAGS.get(match[1])
    return f"<{tag}>{match[2]}</{tag}>" if tag else match[2]


def _block(block: str) -> str:
    block = block.strip()
    if not block or _BLOCK.match(block):
        return block
    lines = block.split("\n")
    if all(map(_ITEM.match, lines)):
        items = (_ITEM.sub("", line, count=1) for line in lines)
        return f"<ul><li>{'</li><li>'.join(items)}</li></ul>"
    return f"<p>{block}</p>"
