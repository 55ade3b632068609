"""What the extraction library takes for the story, said of our own lines.

Trafilatura (Barbaresi 2021, https://aclanthology.org/2021.acl-demo.15/) finds the story in the
tree. We ask which lines of the page it kept, and go on from there with every line in place.
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any

from archive_gen.cleaning.html.wrapping import bracket_notes, unwrap
from archive_gen.cleaning.phrases import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_HOLDERS = frozenset("list table row quote div".split())
_BAR = "wm-ipp"
"""The Wayback Machine's own, in copies taken from there."""
_LONG = 25
"""Characters of a folded line that counts wherever it stands in what was kept."""
_LONGER, _EDGE = 60, 50
"""Characters of one that counts if its beginning and its end stand there, and of these."""
_CLOSING = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)
_OF_A_HEAD = frozenset("title meta link base script style noscript template".split())


def load_tree(text: str) -> Any | None:
    """The tree of a page; None if there is none in ``text``."""
    from trafilatura import load_html

    for name in ("trafilatura", "htmldate"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    text = _without_early_ends(text)
    # The tag may be left out, but the library takes a text without it for none of a page.
    tree = load_html(text if "html" in text[:50].lower() else f"<html>{text}")
    if tree is not None and tree.find("head") is not None and tree.find("body") is None:
        _begin_body(tree)
    if tree is not None and _BAR in text:
        for bar in tree.xpath(f'//*[@id="{_BAR}"][parent::*]'):
            bar.drop_tree()
    if tree is not None:
        for picture in tree.iter("amp-img"):
            picture.tag = "img"
        unwrap(tree)
        bracket_notes(tree)
    return tree


def _without_early_ends(text: str) -> str:
    """Without the ends of pages inside this one, as advertisements used to bring them.

    Browsers read on after ``</html>``; the parser does not always, and the story is lost.
    """
    return text if len(_CLOSING.findall(text)) <= 2 else _CLOSING.sub("", text)


def _begin_body(tree: Any) -> None:
    """Where ``<body>`` was left out, it begins at the first element that no head can hold."""
    head = tree.find("head")
    elements = list(head)
    first = next(
        (
            place
            for place, element in enumerate(elements)
            if isinstance(element.tag, str) and element.tag not in _OF_A_HEAD
        ),
        len(elements),
    )
    body = tree.makeelement("body")
    tree.append(body)
    body.extend(elements[first:])


def extracted(tree: Any, keys: Sequence[str]) -> list[bool]:
    """Whether the library keeps each line; ``keys`` are the folded lines of the page.

    A long line counts if it stands anywhere in what was kept, a short one only as a whole.
    """
    kept = [fold(text) for text in _kept(tree)]
    exact = frozenset(kept)
    flat = f" {' '.join(kept)} "
    return [_is_kept(key, exact, flat) for key in keys]


def _is_kept(key: str, exact: frozenset[str], flat: str) -> bool:
    if key in exact:
        return True
    if len(key) >= _LONG and f" {key} " in flat:
        return True
    return len(key) >= _LONGER and key[:_EDGE] in flat and key[-_EDGE:] in flat


def _kept(tree: Any) -> Iterator[str]:
    """The blocks of what the library extracts, in order."""
    from trafilatura import bare_extraction

    try:
        document = bare_extraction(tree, include_comments=False)
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError):
        return  # a page that its heuristics stumble over
    body = getattr(document, "body", None)
    if body is None:
        return
    waiting = [body]
    while waiting:
        element = waiting.pop()
        if isinstance(element, str):
            yield element
        elif element is body or (
            element.tag in _HOLDERS and len(element) and not (element.text or "").strip()
        ):
            for child in reversed(element):
                if child.tail and child.tail.strip():
                    waiting.append(child.tail)
                waiting.append(child)
        else:
            yield "".join(element.itertext())
