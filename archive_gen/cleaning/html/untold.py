"""The story of a page that leaves it to a script to show: JSON-LD has it, or the data of the
script; the page has not.

Also of a page that shows its beginning and asks for a subscription, and hands machines all of it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from archive_gen.cleaning.html.script_story import find_story, has_data
from archive_gen.cleaning.html.stated.json_ld import text_of
from archive_gen.cleaning.phrases import fold
from archive_gen.texts import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive_gen.cleaning.html.stated.head import Head

_FEW = 40
"""Words of a story that is too short to tell whether the page has it."""
_LONGEST = 200_000
"""Characters of a page that is looked at; looking takes long in a longer one."""
_PLACES = (0.4, 0.65, 0.9)
"""Where in the story it is looked at, …"""
_HARDLY_ANY = 150
"""Words of a page that shows no story."""
_WORDS = 6
"""… and how many words then."""
_BEGUN = 8
"""Words of a beginning that the page shows."""
_NOT_IN_XML = re.compile("[\x00-\x1f\ud800-\udfff\ufffe\uffff]")
_READ = "//body//text()[not(ancestor::script or ancestor::style or ancestor::template)]"


def show_untold(tree: Any, head: Head) -> str:
    """Put what a page does not show of its story at its end.

    Told is where that stands (``JSON-LD``); nothing if the page shows all that is known of it.
    """
    body = tree.find("body")
    is_told = bool(head.article.get("articleBody"))
    if body is None or not (is_told or has_data(tree)):
        return ""
    read = tree.xpath(_READ)
    headline, found = _told(head) if is_told else _in_data(tree, read)
    paragraphs = list(map(_for_trees, found))
    story = [word for paragraph in paragraphs for word in fold(paragraph).split()]
    spaced, joined = (f" {fold(between.join(read))} " for between in (" ", ""))
    if len(story) < _FEW or len(spaced) + sum(map(len, paragraphs)) > _LONGEST:
        return ""
    if any(sample in spaced or sample in joined for sample in _samples(story)):
        return ""
    if not _is_of_page(tree, headline, spaced):
        return ""
    article = body.makeelement("article")
    for paragraph in paragraphs:
        rest = _unshown(paragraph, spaced)
        if rest:
            element = article.makeelement("p")
            element.text = rest
            article.append(element)
    body.append(article)
    return "JSON-LD" if is_told else "data of the page's script"


def _told(head: Head) -> tuple[str, list[str]]:
    """Headline and paragraphs in JSON-LD."""
    return text_of(head.article.get("headline")), head.paragraphs


def _in_data(tree: Any, read: Sequence[str]) -> tuple[str, list[str]]:
    """The same in the data of a script, where the page shows hardly anything."""
    words = sum(len(text.split()) for text in read)
    return find_story(tree) if words < _HARDLY_ANY else ("", [])


def _is_of_page(tree: Any, headline: str, shown: str) -> bool:
    """Whether a page has that headline: others may stand in its JSON-LD, too."""
    key = fold(one_line(headline))
    titles = " ".join(fold(title.text_content()) for title in tree.iter("title"))
    return bool(key) and (f" {key} " in f" {titles} " or f" {key} " in shown)


def _samples(story: Sequence[str]) -> list[str]:
    starts = [int(len(story) * place) for place in _PLACES]
    return [f" {' '.join(story[start : start + _WORDS])} " for start in starts]


def _unshown(paragraph: str, shown: str) -> str:
    """A paragraph without the beginning of it that the page shows."""
    words = paragraph.split(" ")
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        if f" {fold(' '.join(words[:middle]))} " in shown:
            low = middle
        else:
            high = middle - 1
    return " ".join(words[low:]) if low >= min(_BEGUN, len(words)) else paragraph


def _for_trees(text: str) -> str:
    """``text`` without the characters that no tree can hold."""
    return _NOT_IN_XML.sub("", text)
