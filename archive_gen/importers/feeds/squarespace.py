"""Posts of Squarespace, which exports them in the form of WordPress: HTML as its pages have it."""

from __future__ import annotations

from typing import Any

from archive_gen.importers.own_html import classes, parsed, written

_MARK = 'class="sqs-'
_PASSED_OVER = (
    "sqs-block-newsletter newsletter-block sqs-block-form form-block sqs-block-button button-block "
    "sqs-block-search sqs-block-socialaccountlinks-v2 sqs-block-summary-v2 summary-v2-block "
    "sqs-block-embed sqs-block-video"
).split()
"""Blocks that ask readers for something, or show what stands elsewhere."""


def is_of_it(text: str) -> bool:
    """Whether a post is made of its blocks."""
    return _MARK in text


def as_page(text: str) -> str:
    """The text and the pictures of such a post, without what its page does with them."""
    body = parsed(text)
    for element in list(body.iter("div", "noscript", "figure", "figcaption")):
        if not classes(element).isdisjoint(_PASSED_OVER):
            element.drop_tree()
        elif element.tag == "noscript":
            element.drop_tag()  # the picture behind it has an address only by a script
        elif element.tag == "figure":
            _unquote(element)
        elif element.tag == "figcaption":
            _flatten(element)
    return written(body)


def _unquote(figure: Any) -> None:
    """A quotation stands in a figure, too; whose it is is no caption."""
    if figure.find(".//blockquote") is not None:
        for said in figure.iter("figcaption"):
            said.tag = "p"
        figure.tag = "div"


def _flatten(caption: Any) -> None:
    for block in list(caption.iter("div", "p")):
        block.drop_tag()
