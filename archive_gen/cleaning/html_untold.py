"""The story of a page that leaves it to a script to show: JSON-LD has it, the page has not.

Also of a page that shows its beginning and asks for a subscription, and hands machines all of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archive_gen.cleaning.html_head import read_head
from archive_gen.cleaning.phrases import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

_FEW = 40
"""Words of a story that is too short to tell whether the page has it."""
_PLACES = (0.4, 0.65, 0.9)
"""Where in the story it is looked at, …"""
_WORDS = 6
"""… and how many words then."""
_READ = "//body//text()[not(ancestor::script or ancestor::style or ancestor::template)]"


def show_untold(tree: Any, text: str) -> None:
    """Put the paragraphs of the story at the end of a page without them."""
    body = tree.find("body")
    if "articleBody" not in text or body is None:
        return
    paragraphs = read_head(tree).paragraphs
    story = [word for paragraph in paragraphs for word in fold(paragraph).split()]
    shown = f" {fold(' '.join(tree.xpath(_READ)))} "
    if len(story) < _FEW or any(sample in shown for sample in _samples(story)):
        return
    article = body.makeelement("article")
    for paragraph in paragraphs:
        if fold(paragraph) not in shown:
            element = article.makeelement("p")
            element.text = paragraph
            article.append(element)
    body.append(article)


def _samples(story: Sequence[str]) -> list[str]:
    starts = [int(len(story) * place) for place in _PLACES]
    return [f" {' '.join(story[start : start + _WORDS])} " for start in starts]
